import Foundation
import Testing

/// `chairtime config`, run as a user runs it.
struct ConfigCommandTests {
  @Test func `a new file is written once and has no fault`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "site.toml").path
    let written = try BuiltProgram.run("config", "init", file)
    #expect(written.code == 0)
    #expect(written.output == "Wrote \(file); edit it, then run chairtime config check.\n")
    let checked = try BuiltProgram.run("config", "check", file)
    #expect(checked.code == 0)
    #expect(
      checked.output == "\(file): Suite B, 12 chairs, the host's time zone; no fault.\n")
    let again = try BuiltProgram.run("config", "init", file)
    #expect(again.code == 1)
    #expect(again.error == "\(file) is there already; it was left so.\n")
  }

  @Test func `a fault is told with its line and exit code 2`() throws {
    let folder = try TestFolder()
    try folder.write("[facility]\nchairs = \"many\"\n", to: "site.toml")
    let checked = try BuiltProgram.run("config", "check", "site.toml", folder: folder.url)
    #expect(checked.code == 2)
    #expect(
      checked.output
        == "site.toml:2: facility.chairs: a text stands here; "
        + "expected a number from 1 to 500, or a list of different names.\n")
  }

  @Test func `a peer on another host is warned of`() throws {
    let folder = try TestFolder()
    try folder.write("[hl7]\npeer = \"hl7.example:2575\"\n", to: "site.toml")
    let checked = try BuiltProgram.run("config", "check", "site.toml", folder: folder.url)
    #expect(checked.code == 0)
    #expect(checked.output.contains("Warning: hl7.peer hl7.example:2575 is not on this host"))
    try folder.write(
      "[hl7]\npeer = \"hl7.example:2575\"\npeer_in_clear = true\n", to: "site.toml")
    let allowed = try BuiltProgram.run("config", "check", "site.toml", folder: folder.url)
    #expect(allowed.output.contains("without encryption"))
    try folder.write("[hl7]\npeer = \"unix:/run/hl7.sock\"\n", to: "site.toml")
    let near = try BuiltProgram.run("config", "check", "site.toml", folder: folder.url)
    #expect(!near.output.contains("Warning"))
  }

  @Test(arguments: [
    ("", nil), ("&sslmode=verify-full", nil), ("&sslmode=verify-ca", nil),
    ("&sslmode=require", "another host that takes"), ("&sslmode=disable", "anyone on the way"),
    ("&sslmode=prefer", "anyone on the way"), ("&sslmode=allow", "anyone on the way"),
  ])
  func `a way to the server that encrypts nothing, or asks nobody who it is, is warned of`(
    setting: String, warning: String?
  ) throws {
    let folder = try TestFolder()
    for (host, isWarned) in [("h.example", true), ("%2Frun%2Fpg", false)] {
      let path = folder.url.appending(path: "server.toml").path
      try Data("[store]\naddress = \"postgres://\(host)/ct?suite=north\(setting)\"\n".utf8)
        .write(to: URL(filePath: path))
      chmod(path, 0o600)
      let ended = try BuiltProgram.run("config", "check", path)
      #expect(ended.code == 0, "\(ended.error)")
      let told = ended.output.replacingOccurrences(of: "\n", with: " ")
      #expect(told.contains("sslmode=") == (isWarned && warning != nil), "\(told)")
      if isWarned, let warning { #expect(told.contains(warning), "\(told)") }
    }
  }

  @Test func `a file that is not there ends with exit code 1`() throws {
    let folder = try TestFolder()
    let checked = try BuiltProgram.run("config", "check", "none.toml", folder: folder.url)
    #expect(checked.code == 1)
    #expect(checked.error.contains("there is no such file"))
  }
}

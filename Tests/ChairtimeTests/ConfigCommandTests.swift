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

  @Test func `keys that clash or do not exist are told by line, and stop every command`() throws {
    let folder = try TestFolder()
    try folder.write(
      "[keys]\nstop-a-drug = \"s\"\nstart-drug = \"S\"\n[keys.bord]\nlock = \"L\"\n",
      to: "site.toml")
    let checked = try BuiltProgram.run("config", "check", "site.toml", folder: folder.url)
    #expect(checked.code == 2)
    let told = checked.output.replacing("\n", with: " ")
    #expect(
      told.contains(
        "site.toml:3: keys.start-drug: there is no such action (did you mean \"start-a-drug\"?)"),
      "\(told)")
    #expect(
      told.contains(
        "site.toml:5: keys.bord.lock: there is no such screen (did you mean \"board\"?)"))
    try folder.write("[keys]\nstop-a-drug = \"s\"\n", to: "site.toml")
    let clash = try BuiltProgram.run("config", "check", "site.toml", folder: folder.url)
    #expect(clash.code == 2)
    #expect(
      clash.output.replacing("\n", with: " ").contains(
        "site.toml:2: keys.stop-a-drug: s is on the screen board already: Start a drug (start-a-drug)"
      ),
      "\(clash.output)")
    let path = folder.url.appending(path: "site.toml").path
    let stopped = try BuiltProgram.run(
      ["board", "--store", folder.url.appending(path: "s.store").path], input: Data(),
      folder: folder.url, environment: ["CHAIRTIME_CONFIG": path])
    #expect(stopped.code != 0, "\(stopped)")
    #expect(stopped.error.contains("keys.stop-a-drug"), "\(stopped)")
  }

  @Test func `a user's own file is checked with the site's, over whose keys it lies`() throws {
    let folder = try TestFolder()
    let own = folder.url.appending(path: "chairtime")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    func check(site: String?, user: String) throws -> BuiltProgram.Ended {
      let file = own.appending(path: "site.toml")
      try? FileManager.default.removeItem(at: file)
      if let site { try Data(site.utf8).write(to: file) }
      try Data(user.utf8).write(to: own.appending(path: "user.toml"))
      for name in ["site.toml", "user.toml"] { chmod(own.appending(path: name).path, 0o600) }
      return try BuiltProgram.run(
        ["config", "check"], input: Data(), folder: folder.url,
        environment: ["XDG_CONFIG_HOME": folder.url.path, "CHAIRTIME_CONFIG": ""])
    }
    let alone = try check(site: nil, user: "[keys]\nlock = \"L\"\n")
    #expect(alone.code == 0, "\(alone)")
    #expect(alone.output.contains("user.toml: 1 action with other keys; no fault."), "\(alone)")
    #expect(!alone.output.contains("site.toml"))
    let both = try check(
      site: "[keys]\nlock = \"L\"\n", user: "[keys]\nswitch-person = \"L\"\n")
    #expect(both.code == 2, "\(both)")
    #expect(both.output.contains("user.toml:2: keys.switch-person: L is on the screen"), "\(both)")
    let much = try check(site: nil, user: "[facility]\nname = \"X\"\n")
    #expect(much.code == 2 && much.output.contains("more than a user's own screens"), "\(much)")
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

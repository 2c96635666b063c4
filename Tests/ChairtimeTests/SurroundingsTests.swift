import Foundation
import Glibc
import TestSupport
import Testing

/// The program under an environment that leaves things out.
struct SurroundingsTests {
  private let home = TemporaryFolder()

  private func run(
    _ line: String, _ environment: [String: String] = [:]
  ) throws -> BuiltProgram.Ended {
    try Shell.run(line, home: home, environment: environment)
  }

  private static let open =
    "printf 'family: Sample\\ngiven: Odd\\nborn: %s\\nmrn: 1\\n' 1961-02-04 "
    + "| chairtime session open --chair 1 --id s1"

  @Test(arguments: ["--at ''", "--at ' '"])
  func `an empty time is refused, not taken as now`(option: String) throws {
    _ = try run(Self.open)
    let ended = try run("chairtime session site s1 port --kind port \(option)")
    #expect(ended.code == 1)
    #expect(
      ended.error
        == "--at: no time is given; leave the option out for now, or type a time.\n", "\(ended)")
    // The parser itself refuses the other spelling.
    #expect(try run("chairtime session site s1 port --kind port --at=").code == 64)
    #expect(try !run("chairtime session show s1 --facts").output.contains("port"))
  }

  @Test func `an empty store is refused, not replaced by the usual one`() throws {
    _ = try run(Self.open)
    for line in ["chairtime session list --store=", "chairtime board --plain --store= | cat"] {
      let ended = try run("set -o pipefail; " + line)
      #expect(ended.code != 0 && !ended.output.contains("SAMPLE"), "\(ended)")
    }
  }

  @Test func `a tilde in the store's variable is the home folder`() throws {
    _ = try run(Self.open, ["CHAIRTIME_STORE": "~/a/b.store"])
    #expect(FileManager.default.fileExists(atPath: home.file("a/b.store")))
    #expect(try run("chairtime session list --store=~/a/b.store").output.contains("SAMPLE"))
    #expect(!FileManager.default.fileExists(atPath: home.file("~")))
  }

  @Test func `without HOME the account's folder is used, never the root folder`() throws {
    let ended = try run("env -u HOME chairtime session list; env -u HOME chairtime config check")
    let account = try #require(getpwuid(getuid())?.pointee.pw_dir)
    let folder = String(cString: account)
    for name in [".local/share/chairtime/chairtime.store", ".config/chairtime/site.toml"] {
      // The account that runs the tests may have its own.
      if FileManager.default.fileExists(atPath: "\(folder)/\(name)") { continue }
      #expect(ended.error.contains("\(folder)/\(name)"), "\(ended)")
    }
    #expect(!ended.error.contains("//"), "\(ended)")
    #expect(!ended.error.contains(" /.local"), "\(ended)")
  }

  @Test func `the plain board goes into a pipe, one row a line`() throws {
    _ = try run(Self.open)
    let ended = try run("chairtime board --plain --chairs 2 --suite North | cat")
    #expect(ended.code == 0 && ended.error.isEmpty, "\(ended.error)")
    let lines = ended.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("Board of North, "), "\(ended.output)")
    #expect(lines[1].hasPrefix("Chair 1, SAMPLE, Odd"), "\(ended.output)")
    #expect(lines[2] == "Chair 2, free")
  }

  @Test func `the plain board shows no patient in a pipe once people are enrolled`() throws {
    _ = try run(Self.open)
    let enrolled = try run(
      "printf '864213\\n864213\\n' | chairtime people add 'R. SAMPLE' --role supervisor --pin-stdin"
    )
    #expect(enrolled.code == 0, "\(enrolled)")
    let ended = try run("chairtime board --plain | cat; exit ${PIPESTATUS[0]}")
    #expect(ended.code == 1 && !ended.output.contains("SAMPLE"), "\(ended)")
    #expect(ended.error.hasPrefix("The board shows patients to people who are signed in"))
  }

  /// Permissions do not bind root, so root runs the program as another account.
  @Test func `the store of another account cannot be read; it is not missing`() throws {
    _ = try run(Self.open, ["CHAIRTIME_STORE": home.file("theirs/s.store")])
    chmod(home.path, 0o755)
    chmod(home.file("theirs"), geteuid() == 0 ? 0o700 : 0)
    defer { chmod(home.file("theirs"), 0o700) }
    let asOther =
      geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    for command in ["session list", "verify", "session show s1", "board --plain | cat"] {
      let ended = try run(
        "set -o pipefail; \(asOther)chairtime \(command)",
        ["CHAIRTIME_STORE": home.file("theirs/s.store")])
      #expect(ended.code != 0)
      #expect(ended.error.contains("cannot be read: this account has no permission"), "\(ended)")
      #expect(!ended.error.contains("There is no store"))
    }
  }
}

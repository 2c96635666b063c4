import Foundation
import TestSupport
import Testing

/// The commands in the `sh` blocks of the pages, run in their order in a home folder of each page.
///
/// There lie a day of the demonstration, a book of appointments, a site's drugs and a session
/// document; the hospital's system is a peer of the test. What can only be shown by example, an id
/// or today's date, is put into the line. `docs/operations.md` has a test of its own.
struct ShownCommandTests {
  private static let pages = [
    "docs/exports.md", "docs/formulary.md", "docs/schedule.md", "docs/site.md", "docs/store.md",
    "docs/supervisor-guide.md",
  ]

  @Test(arguments: pages)
  func `every command of the page runs`(page: String) throws {
    let home = TemporaryFolder()
    let peer = try TestPeer(.acknowledge("AA"))
    defer { peer.stop() }
    try prepare(home, peer, page)
    let text = try Documents.text(of: page)
    var ran = 0
    for (line, block) in Documents.lines(of: text)
    where block == "sh" && line.hasPrefix("chairtime ") {
      let ended = try Shell.run(try filled(line, home), home: home)
      #expect(ended.code == 0, "\(line)\n\(ended.output.suffix(300))\(ended.error)")
      ran += 1
    }
    #expect(ran > 0)
  }

  private func prepare(_ home: TemporaryFolder, _ peer: TestPeer, _ page: String) throws {
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: URL(filePath: home.file(name)))
    }
    try write("name,class,ndcs\nherceptest,therapeutic,50242-060-01\n", "site.csv")
    try write(
      "time,family,given,born,mrn,chair\n"
        + (1...3).map { "0\($0):30,TESTER,Odd\($0),1961-02-04,9000\($0),\($0)\n" }.joined(),
      "book.csv")
    try write(
      try String(
        contentsOf: conformanceFolder.appending(path: "chemo-75-minutes.json"), encoding: .utf8),
      "visit.json")
    if page != "docs/site.md" {
      let ended = try Shell.run(
        """
        umask 077 && mkdir -p .config/chairtime backup &&
        printf '[hl7]\\npeer = "127.0.0.1:\(peer.port)"\\n' > .config/chairtime/site.toml
        """, home: home)
      #expect(ended.code == 0, "\(ended.error)")
    }
    let demo = try Shell.run(
      "chairtime demo --until 2026-11-20 --no-reviews --zone UTC", home: home)
    #expect(demo.code == 0, "\(demo.error)")
  }

  /// The line with what stands for an example put in.
  private func filled(_ line: String, _ home: TemporaryFolder) throws -> String {
    var line = line.replacing("/media/backup", with: home.file("backup"))
    if line.contains("import book.csv") || line.contains("chairtime schedule") {
      line = line.replacing("2026-11-23", with: "$(date +%F)")
    }
    func first(_ pattern: Regex<Substring>, of command: String) throws -> String {
      let listed = try Shell.run(command, home: home)
      return String(try #require(listed.output.firstMatch(of: pattern), "\(listed)").output)
    }
    if line.contains("2026-11-20-k7qx2m") {
      let clean = try first(
        /2026-11-20-[a-z0-9]{6}/, of: "chairtime review --date 2026-11-20 | tac")
      line = line.replacing("2026-11-20-k7qx2m", with: clean)
    }
    if line.contains("1KE0C7Q2ZQ0123456789") {
      let id = try first(
        /\b[0-9A-Z]{20}\b/, of: "chairtime outbox list --all --format json")
      line = line.replacing("1KE0C7Q2ZQ0123456789", with: id)
    }
    return line
  }
}

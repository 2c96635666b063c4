import Foundation
import Testing

/// The built program on a real terminal.
@Suite(.serialized) struct ScreenTests {
  @Test func `the board opens, a dose is recorded, and the next start shows it`() throws {
    let it = try TmuxTerminal()
    try it.open()
    try it.seat()
    try it.press("s")
    try it.type("paclitaxel")
    try it.accept("Enter takes the choice: PACLitaxel")
    try #require(it.wait(for: "Peripheral IV"))
    try it.press("1")
    try it.accept("Enter takes the choice: Port", "Will record: PACLitaxel")
    #expect(it.wait(for: "Recorded: PACLitaxel infusion started"))
    try it.press("q", "q")
    #expect(it.wait(for: "ready$"))
    #expect(!it.scrollback.contains("TESTER") && !it.scrollback.contains("PACLitaxel"))
    try it.open()
    #expect(it.screen.contains("TESTER, Amara"))
    #expect(it.screen.contains("PACLitaxel"))
  }

  @Test func `what a patient got at the last visit comes first, however long ago it was`() throws {
    let it = try TmuxTerminal()
    try KeptStore.copy(version: 4, to: it.folder.url.path + "/s.store")
    try it.open()
    try it.seat(["90000162"])
    try it.press("s")
    #expect(
      it.wait { screen in
        screen.split(separator: "\n").contains {
          $0.contains("pembrolizumab") && $0.contains("last visit")
        }
      })
  }

  @Test func `who the patient is is asked again at once where an answer cannot be`() throws {
    let it = try TmuxTerminal()
    try it.line(
      "\(BuiltProgram.path.path) session open --chair 3 --store \(it.folder.url.path)/s.store")
    for (question, answer, complaint) in [
      ("Family name:", "", "family is missing."), ("Family name:", "Tester", nil),
      ("Given name:", "Amara", nil), ("Date of birth (04-Feb-1961):", "31-Feb-1961", "not a date"),
      ("Date of birth (04-Feb-1961):", "04-Feb-1961", nil), ("Sex", "female?", "sex is one of"),
      ("Sex", "", nil), ("Medical record number:", "90000417", nil), ("Visit number", "", nil),
    ] {
      try #require(
        it.wait { screen in
          screen.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }?
            .hasPrefix(question) ?? false
        }, "\(question)\n\(it.screen)")
      try it.line(answer)
      if let complaint { try #require(it.wait(for: complaint), "\(it.screen)") }
    }
    #expect(it.wait(for: "session opened in chair 3"), "\(it.screen)")
  }

  @Test func `a closed session is signed off from the review, and the command sees it`() throws {
    // High enough for the whole statement, so that one Enter signs it.
    let it = try TmuxTerminal(rows: 60)
    let store = it.folder.url.path + "/s.store"
    func run(_ arguments: String..., input: String = "") throws -> String {
      let ended = try BuiltProgram.run(
        arguments + ["--store", store], input: Data(input.utf8), folder: nil)
      #expect(ended.code == 0, "\(arguments): \(ended.error)\(ended.output)")
      return ended.output
    }
    let opened = try run(
      "session", "open", "--chair", "3", "--zone", "America/Chicago", "--at", "-200",
      input: "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: f\nmrn: 90000417\nvisit: V1\n")
    let name = String(opened.split(separator: "\n").first ?? "")
    _ = try run("session", "site", name, "port", "--kind", "port", "--at", "-200")
    _ = try run("session", "start", name, "paclitaxel", "--site", "port", "--at", "-190")
    _ = try run("session", "stop", name, "paclitaxel", "--at", "-90")
    _ = try run("session", "close", name, "--at", "-80", "--anyway")
    try it.open()
    try it.press("d", "g")
    try #require(it.wait(for: "Go to a day"))
    try it.answer(String(name.prefix(10)))
    try #require(it.wait(for: "TESTER, Amara"))
    #expect(it.screen.contains("1 clean"))
    try it.press("y")
    #expect(it.wait(for: "Sign off"))
    try it.accept("Will sign off: TESTER, Amara")
    #expect(it.wait(for: "Recorded: signed off TESTER, Amara"))
    #expect(it.wait(for: "reviewed"))
    try it.press("q")
    #expect(it.wait(for: "0 open sessions"))
    try it.press("q")
    #expect(it.wait(for: "ready$"))
    let review = try run("review", "--date", String(name.prefix(10)))
    #expect(review.contains("0 clean, 1 reviewed"))
    #expect(try run("explain", name, "--packet").contains("J. Okafor"))
  }

  @Test func `the folder of an export is a whole path, whatever path names the store`() throws {
    let it = try TmuxTerminal(columns: 200)
    let folder = it.folder.url.resolvingSymlinksInPath().path
    try it.line("cd \(folder) && \(BuiltProgram.path.path) --store ./s.store --as 'J. Okafor'")
    try #require(it.wait(for: " open session"))
    try it.seat()
    try it.press("q", "d")
    try #require(it.wait(for: "TESTER, Amara"))
    try it.press("x")
    #expect(it.wait(for: "Will write: \(folder)/exports/"))
  }

  @Test func `two terminals on one store follow each other within a second or so`() throws {
    let folder = try TestFolder()
    let one = try TmuxTerminal(folder: folder)
    let two = try TmuxTerminal(folder: folder)
    try one.open()
    try two.open()
    try one.seat()
    #expect(two.wait(for: "TESTER, Amara"))
    // The chair under the highlight was taken, so nothing is chosen until a key moves.
    try two.press("Down", "Enter")
    #expect(two.wait(for: "MRN 90000417"))
    try two.press("s")
    try two.type("carboplatin")
    try two.accept("Enter takes the choice: CARBOplatin")
    try #require(two.wait(for: "Peripheral IV"))
    try two.press("1")
    try two.accept("Enter takes the choice: Port", "Will record: CARBOplatin")
    #expect(one.wait(for: "CARBOplatin"))
  }

  @Test func `a fact shows elsewhere soon after a slow disk has it`() throws {
    let folder = try TestFolder()
    let one = try TmuxTerminal(folder: folder)
    let two = try TmuxTerminal(folder: folder)
    try two.open()
    // The other terminal is told when the log is written; the fact can be read 300 ms later.
    try one.line(
      "strace -f -o /dev/null -e trace=fdatasync -e inject=fdatasync:delay_enter=300000 "
        + one.command())
    try #require(one.wait(for: " open session"), "strace is needed: bash .ci/setup tests")
    try one.seat()
    for number in 1...3 {
      try one.press("t")
      try one.answer("note \(number)")
      if number == 1 {
        #expect(two.wait(for: "TESTER, Amara"))
        try two.press("Down", "Enter", "f")
      }
      try #require(one.wait { $0.contains("Recorded: note") && $0.contains("note \(number)") })
      let since = ContinuousClock.now
      #expect(two.wait(for: "note: note \(number)"))
      #expect(since.duration(to: .now) < .seconds(5))
    }
  }
}

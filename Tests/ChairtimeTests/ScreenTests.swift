import Foundation
import Testing

/// The built program on a real terminal.
@Suite(.serialized) struct ScreenTests {
  @Test func `the board opens, a dose is recorded, and the next start shows it`() throws {
    let it = try TmuxTerminal()
    try it.open()
    try it.seat()
    try it.press("s")
    try it.type("pacli")
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
    try two.press("Enter")
    #expect(two.wait(for: "MRN 90000417"))
    try two.press("s")
    try two.type("carbo")
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
        try two.press("Enter", "f")
      }
      try #require(one.wait { $0.contains("Recorded: note") && $0.contains("note \(number)") })
      let since = ContinuousClock.now
      #expect(two.wait(for: "note: note \(number)"))
      #expect(since.duration(to: .now) < .seconds(5))
    }
  }

  @Test func `after any resizing the screen is as if drawn fresh`() throws {
    let it = try TmuxTerminal()
    try it.open()
    try it.seat()
    for (columns, rows) in [(120, 40), (61, 16), (40, 10), (200, 50), (10, 2), (3, 1), (80, 24)] {
      try it.tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }
    #expect(it.wait { $0.contains("TESTER, Amara") && $0.contains("? help") })
    let before = it.screen
    try it.press("C-r")
    #expect(it.wait { $0 == before })
    try it.tmux("resize-window", "-x", "59", "-y", "14")
    #expect(it.wait(for: "Chairtime needs 60x15"))
    #expect(!it.screen.contains("TESTER"))
  }

  @Test func `Ctrl-Z gives a clean shell and fg the same screen`() throws {
    let it = try TmuxTerminal()
    let settings = try it.settings()
    try it.open()
    try it.seat()
    let before = it.screen
    try it.press("C-z")
    #expect(it.wait(for: "Stopped"))
    #expect(try it.isAsBefore(settings))
    #expect(!it.screen.contains("TESTER"))
    try it.line("fg")
    #expect(it.wait { $0 == before })
    try it.press("q", "q")
    #expect(it.wait(for: "ready$"))
    #expect(try it.isAsBefore(settings))
  }

  @Test(arguments: [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGSEGV, SIGILL, SIGABRT, SIGUSR1, SIGXCPU, SIGALRM, 40,
  ])
  func `whatever ends it, the terminal is as before`(signal: Int32) throws {
    let it = try TmuxTerminal()
    let settings = try it.settings()
    try it.open()
    try it.seat()
    let program = try #require(it.program)
    kill(program, signal)
    #expect(it.wait { $0.contains("ready$") && !$0.contains("TESTER") })
    #expect(try it.isAsBefore(settings))
    #expect(!it.scrollback.contains("TESTER"))
    // Nothing that was recorded is lost.
    try it.open()
    #expect(it.screen.contains("TESTER, Amara"))
  }

  @Test(arguments: [false, true])
  func `when the terminal is gone, the program goes too`(ignoresHangup: Bool) throws {
    let it = try TmuxTerminal()
    if ignoresHangup { try it.line("trap '' HUP") }
    try it.open()
    let program = try #require(it.program)
    try it.tmux("kill-server")
    var isGone = false
    for _ in 0..<200 where !isGone {
      isGone = kill(program, 0) != 0
      if !isGone { usleep(25_000) }
    }
    #expect(isGone)
    if !isGone { kill(program, SIGKILL) }
  }

  @Test(arguments: [("NO_COLOR", "1", "xterm-256color"), ("A", "1", "vt100")])
  func `without colour not one colour code is sent`(name: String, value: String, term: String)
    throws
  {
    let it = try TmuxTerminal(term: term, environment: [name: value])
    let raw = it.folder.url.appending(path: "raw")
    try it.tmux("pipe-pane", "cat > \(raw.path)")
    try it.open()
    try it.seat()
    try it.press("q", "q")
    #expect(it.wait(for: "ready$"))
    let sent = String(decoding: try Data(contentsOf: raw), as: UTF8.self)
    #expect(sent.contains("TESTER"))
    for match in sent.matches(of: /\u{1B}\[([0-9;]*)m/) {
      for number in match.1.split(separator: ";").compactMap({ Int($0) }) {
        #expect(!(30...38).contains(number) && !(40...48).contains(number) && number < 90)
      }
    }
  }

  @Test func `in the C locale not one byte is beyond ASCII`() throws {
    let it = try TmuxTerminal(environment: ["LANG": "C"])
    let raw = it.folder.url.appending(path: "raw")
    try it.tmux("pipe-pane", "cat > \(raw.path)")
    try it.open()
    try it.seat(["90000417", "Müller", "Amara", "04-Feb-1961"])
    try it.press("s")
    #expect(it.wait(for: "Start a drug"))
    try it.press("Escape")
    #expect(it.wait(for: "Nothing given yet."))
    try it.press("q", "q")
    #expect(it.wait(for: "ready$"))
    let sent = try Data(contentsOf: raw)
    #expect(sent.count > 2000)
    // What the shell echoed before the program began is not the program's.
    #expect(sent.allSatisfy { $0 < 0x80 })
    #expect(String(decoding: sent, as: UTF8.self).contains("MULLER"))
  }

  @Test(arguments: [
    "linux", "screen-256color", "xterm", "vt100", "xterm-256color", "tmux-256color",
  ])
  func `usual terminals all show the same words`(term: String) throws {
    let it = try TmuxTerminal(term: term)
    try it.open()
    try it.seat()
    #expect(it.screen.contains("TESTER, Amara  born 04-Feb-1961"))
    try it.press("?")
    #expect(it.wait(for: "Keys: Session"))
    try it.press("Up", "Down", "PageDown", "Escape")
    #expect(it.wait(for: "Before closing"))
  }

  @Test func `an unknown terminal is one line and exit 1`() throws {
    for term in ["nobody-knows", "", "dumb"] {
      let it = try TmuxTerminal()
      try it.line("clear; TERM='\(term)' \(it.command()); echo code=$?")
      #expect(it.wait(for: "code=1"), "\(term)")
      #expect(it.screen.contains("cannot open the screens"))
    }
  }

  @Test func `without a terminal it says so and ends`() throws {
    let folder = try TestFolder()
    chmod(folder.url.path, 0o700)
    let ended = try BuiltProgram.run("--store", folder.url.path + "/s.store")
    #expect(ended.code == 1)
    #expect(ended.output.isEmpty)
    #expect(ended.error.hasPrefix("cannot open the screens: standard input and output"))
  }

  @Test(arguments: [true, false])
  func `a hundred thousand pasted letters are no command`(bracketed: Bool) throws {
    let it = try TmuxTerminal()
    try it.open()
    let text = String(repeating: "qnx\n", count: 25_000)
    try it.paste(text, bracketed: bracketed)
    // A key right behind an unbracketed paste still counts as part of it.
    var isHelpShown = false
    for _ in 0..<20 where !isHelpShown {
      try it.press("?")
      usleep(200_000)
      isHelpShown = it.screen.contains("Keys: Board")
    }
    #expect(isHelpShown)
    try it.press("Escape")
    #expect(it.wait(for: "0 open sessions"))
  }

  @Test func `an escape sequence in a name is shown and not obeyed`() throws {
    let it = try TmuxTerminal()
    let raw = it.folder.url.appending(path: "raw")
    try it.open()
    try it.press("n")
    try it.answer("90000417")
    try it.tmux("pipe-pane", "cat > \(raw.path)")
    try it.paste("\u{1B}]0;owned\u{7}\u{1B}[31mTes\u{202E}ter\u{9B}2J", bracketed: true)
    try it.press("Enter")
    try it.answer("Amara")
    try it.answer("04-Feb-1961")
    try it.accept("Will record: session of", by: "C-s")
    #expect(it.wait(for: "Nothing given yet."))
    let sent = String(decoding: try Data(contentsOf: raw), as: UTF8.self)
    #expect(!sent.contains("\u{1B}]0;owned"))
    #expect(!sent.contains("\u{202E}") && !sent.contains("\u{9B}"))
    #expect(it.flag("pane_title") != "owned")
    #expect(it.screen.uppercased().contains("]0;OWNED"))
  }

  @Test func `escape answers at once`() throws {
    let it = try TmuxTerminal()
    try it.tmux("set-option", "-g", "escape-time", "0")
    try it.open()
    try it.press("?")
    #expect(it.wait(for: "Keys: Board"))
    let start = ContinuousClock.now
    try it.press("Escape")
    #expect(it.wait(for: "Chairtime"))
    #expect(ContinuousClock.now - start < .seconds(1))
  }
}

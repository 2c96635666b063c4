import Foundation
import Testing

/// The program on terminals of many kinds, and what a terminal sends.
@Suite(.serialized) struct TerminalKindTests {
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

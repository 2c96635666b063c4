import Foundation
import Testing

/// What the program leaves behind on a real terminal: stopped, resized, killed or gone.
@Suite(.serialized) struct TerminalLeavingTests {
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

  @Test(arguments: [nil, SIGTERM, SIGSEGV])
  func `a terminal that was asked for clicks is left without them`(signal: Int32?) throws {
    let it = try TmuxTerminal()
    let settings = it.folder.url.appending(path: ".config/chairtime")
    try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: true)
    let file = settings.appending(path: "user.toml")
    try Data("[screens]\nmouse = true\n".utf8).write(to: file)
    for path in [settings.path, file.path] { chmod(path, path == file.path ? 0o600 : 0o700) }
    func isAsked() throws -> String { try it.tmux("display-message", "-p", "#{mouse_any_flag}") }
    try it.open()
    #expect(try isAsked() == "1\n")
    try it.press("C-z")
    #expect(it.wait(for: "Stopped"))
    #expect(try isAsked() == "0\n")
    try it.line("fg")
    #expect(it.wait { $0.contains(" open session") })
    #expect(try isAsked() == "1\n")
    if let signal {
      kill(try #require(it.program), signal)
    } else {
      try it.press("q")
    }
    #expect(it.wait { $0.contains("ready$") && !$0.contains("open session") })
    #expect(try isAsked() == "0\n")
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
}

import Foundation
import TestSupport
import Testing

/// A real terminal for the real program: a shell in tmux, with its own server and home.
///
/// Nothing sleeps blindly: what is expected is waited for, a moment at a time, for at most thirty
/// seconds.
final class TmuxTerminal {
  let folder: TestFolder
  private let socket: String
  /// When the last key was sent.
  private var lastKey: ContinuousClock.Instant?

  /// Starts a job-control shell of this size; `environment` is all the program sees.
  init(
    columns: Int = 80, rows: Int = 24, term: String = "xterm-256color",
    environment: [String: String] = [:], folder: TestFolder? = nil
  ) throws {
    self.folder = try folder ?? TestFolder()
    let home = self.folder.url.path
    chmod(home, 0o700)
    socket = home + "/t\(UInt32.random(in: 0 ..< .max))"
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8", "TZ": "America/Chicago",
      "PS1": "ready$ ", "SWIFT_BACKTRACE": "enable=no", "TERM": term,
    ]
    for (name, value) in environment { variables[name] = value }
    let words = variables.map { "\($0)='\($1)'" }.sorted().joined(separator: " ")
    try tmux(
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env -i \(words) bash --norc --noprofile")
    try tmux("set-option", "-g", "status", "off")
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    try #require(wait { $0.contains("ready$") }, "tmux and bash are needed")
  }

  deinit {
    _ = try? tmux("kill-server")
  }

  @discardableResult
  func tmux(_ arguments: String...) throws -> String {
    // Not Foundation's Process: it waits until the server tmux starts has ended as well.
    let output = folder.url.appending(path: "out").path
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    closeOtherFiles(&actions)
    // Test threads block signals; what is spawned must not inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = (["tmux", "-S", socket] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var program = pid_t()
    try #require(
      posix_spawnp(&program, "tmux", &actions, &attributes, &words, environ) == 0, "tmux is needed")
    var status: Int32 = 0
    while waitpid(program, &status, 0) < 0 && errno == EINTR {}
    return String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
  }

  // MARK: The program

  /// The line that starts the screens on this terminal's store.
  func command(_ more: String = "") -> String {
    "\(BuiltProgram.path.path) --store \(folder.url.path)/s.store --as 'J. Okafor' \(more)"
  }

  /// Starts the screens and waits for the board.
  func open(_ more: String = "") throws {
    try line(command(more))
    try #require(wait { $0.contains("Chairtime") && $0.contains(" open session") }, "no board")
  }

  /// The running program's process, found by its parent, the shell.
  var program: pid_t? {
    guard let shell = try? tmux("display-message", "-p", "#{pane_pid}"),
      let number = Int(shell.trimmingCharacters(in: .whitespacesAndNewlines)),
      let list = try? String(
        contentsOfFile: "/proc/\(number)/task/\(number)/children", encoding: .utf8)
    else { return nil }
    return list.split(separator: " ").compactMap { pid_t($0) }.last
  }

  // MARK: Typing

  /// Presses keys by tmux's names, at the pace of a hand.
  func press(_ keys: String...) throws {
    for key in keys {
      keepPace(isAccepting: key == "Enter" || key == "C-s")
      try tmux("send-keys", key)
    }
  }

  /// Accepts one question after the other, each when its sentence is on the screen.
  func accept(_ sentences: String..., by key: String = "Enter") throws {
    for sentence in sentences {
      try #require(wait(for: sentence), "\(sentence)\n\(screen)")
      lastKey = .now
      try acceptShown(by: key)
    }
  }

  /// Types into the field in front and goes on to the next when the text is on the screen.
  func answer(_ text: String) throws {
    let before = look
    try type(text)
    try #require(wait { _ in look != before }, "\(text)\n\(screen)")
    lastKey = .now
    try acceptShown(by: "Enter")
  }

  /// Opens a session from the board and waits for its screen.
  /// - Parameter patient: MRN, family name, given name and date of birth.
  func seat(_ patient: [String] = ["90000417", "Tester", "Amara", "04-Feb-1961"]) throws {
    try press("n")
    for text in patient { try answer(text) }
    try accept("Will record: session of", by: "C-s")
    try #require(wait(for: "Nothing given yet."), "\(screen)")
  }

  /// Accepts what the screen shows, and again as often as the program says that the key came too early.
  ///
  /// A busy machine reads keys late and together, and the program takes them for a burst.
  private func acceptShown(by key: String) throws {
    for _ in 0..<10 {
      let before = look
      try press(key)
      try #require(wait { _ in look != before }, "\(key) did nothing\n\(screen)")
      let isEarly = ["it did nothing", "the second did nothing", "came at once with the text"]
        .contains { screen.contains($0) }
      if !isEarly { return }
    }
  }

  func type(_ text: String) throws {
    keepPace(isAccepting: false)
    try tmux("send-keys", "-l", "--", text)
  }

  /// Waits as long as a hand does before its next key.
  ///
  /// The program takes faster keys for a burst: a question must stand for 300 ms before Enter answers it.
  private func keepPace(isAccepting: Bool) {
    let pause: Duration = .milliseconds(isAccepting ? 400 : 100)
    if let lastKey {
      let left = pause - lastKey.duration(to: .now)
      if left > .zero { Thread.sleep(forTimeInterval: left / .seconds(1)) }
    }
    lastKey = .now
  }

  /// Types a line into the shell.
  func line(_ text: String) throws {
    try type(text)
    try press("Enter")
  }

  /// Pastes, with the paste brackets where `bracketed`.
  func paste(_ text: String, bracketed: Bool) throws {
    keepPace(isAccepting: false)
    let file = folder.url.appending(path: "paste")
    try Data(text.utf8).write(to: file)
    try tmux("load-buffer", file.path)
    if bracketed {
      try tmux("paste-buffer", "-p", "-r")
    } else {
      try tmux("paste-buffer", "-r")
    }
  }

  // MARK: Looking

  var screen: String { (try? tmux("capture-pane", "-p")) ?? "" }

  /// The screen with its colours and the place of the cursor.
  private var look: String {
    ((try? tmux("capture-pane", "-p", "-e")) ?? "") + flag("cursor_x") + "," + flag("cursor_y")
  }

  /// The screen and everything that scrolled away.
  var scrollback: String { (try? tmux("capture-pane", "-p", "-S", "-")) ?? "" }

  func flag(_ name: String) -> String {
    ((try? tmux("display-message", "-p", "#{\(name)}")) ?? "")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Waits until the screen is as wanted; false after thirty seconds.
  func wait(_ isThere: (String) -> Bool) -> Bool {
    for _ in 0..<1200 {
      if isThere(screen) { return true }
      usleep(25_000)
    }
    return false
  }

  func wait(for text: String) -> Bool { wait { $0.contains(text) } }

  /// Whether the terminal is as a shell leaves it: no alternate screen, a cursor, its settings.
  func isAsBefore(_ earlier: String) throws -> Bool {
    let said = try settings()
    return flag("alternate_on") == "0" && flag("cursor_flag") == "1" && !said.isEmpty
      && said == earlier
  }

  /// The tty's settings in the words of `stty -g`.
  func settings() throws -> String {
    // A word of its own for each question: an earlier answer may still be on the screen.
    let word = "over-\(UUID().uuidString.prefix(8))"
    try line("clear; stty -g; echo \(word.prefix(2))''\(word.dropFirst(2))")
    guard wait(for: word) else { return "" }
    return screen.split(separator: "\n").first { $0.contains(":") }.map(String.init) ?? ""
  }
}

import Foundation
import TestSupport
import Testing

/// Nothing of a patient gets out of the store and the screen.
@Suite(.serialized) struct PrivacyTests {
  /// A name that no program text holds.
  private static let mark = "Zzmarked"

  private func holds(_ text: String) -> Bool {
    text.range(of: Self.mark, options: .caseInsensitive) != nil
  }

  private func seat(_ it: TmuxTerminal) throws {
    try it.seat(["90000417", Self.mark, "Fiction", "04-Feb-1961"])
    #expect(holds(it.screen))
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGQUIT, SIGTRAP])
  func `a crash leaves no core file, no trace and no name`(signal: Int32) throws {
    let it = try TmuxTerminal(environment: ["SWIFT_BACKTRACE": "enable=yes,color=no"])
    let folder = it.folder.url
    let work = folder.appending(path: "work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    try it.line("ulimit -c unlimited; cd \(work.path); clear")
    try it.open("2> \(folder.path)/err")
    try seat(it)
    let program = try #require(it.program)
    let limits = try String(contentsOfFile: "/proc/\(program)/limits", encoding: .utf8)
    let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") } ?? ""
    #expect(core.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"], "\(core)")
    kill(program, signal)
    #expect(it.wait { $0.contains("ready$") && !self.holds($0) })
    #expect(!holds(it.scrollback))
    #expect(try FileManager.default.contentsOfDirectory(atPath: work.path) == [])
    let said = String(
      decoding: try Data(contentsOf: folder.appending(path: "err")), as: UTF8.self)
    #expect(!holds(said) && !said.contains("Registers") && !said.contains("Thread 0"))
  }

  @Test(arguments: ["xterm-256color", "vt100", "linux", "screen"])
  func `after leaving nothing of a patient can be scrolled back to`(term: String) throws {
    let it = try TmuxTerminal(term: term)
    let raw = it.folder.url.appending(path: "raw")
    try it.tmux("pipe-pane", "cat > \(raw.path)")
    try it.open()
    try seat(it)
    try it.press("s")
    try it.type("paclitaxel")
    try it.accept("Enter takes the choice: PACLitaxel")
    try #require(it.wait(for: "Peripheral IV"))
    try it.press("1")
    try it.accept("Enter takes the choice: Port", "Will record: PACLitaxel")
    #expect(it.wait(for: "Recorded: PACLitaxel"))
    let program = try #require(it.program)
    for file in ["cmdline", "environ", "comm"] {
      // The environment of another user's process cannot be read.
      guard let bytes = try? Data(contentsOf: URL(filePath: "/proc/\(program)/\(file)")) else {
        continue
      }
      #expect(!holds(String(decoding: bytes, as: UTF8.self)), "\(file)")
    }
    try it.press("e", "q", "f", "q", "?", "q", "q", "q")
    #expect(it.wait(for: "ready$"))
    #expect(!holds(it.scrollback))
    #expect(!it.scrollback.contains("PACLitaxel"))
    for name in ["window_name", "pane_title", "session_name"] { #expect(!holds(it.flag(name))) }
    // No title, no clipboard: not one operating system command (ECMA-48 OSC) is sent.
    let sent = try Data(contentsOf: raw)
    #expect(holds(String(decoding: sent, as: UTF8.self)))
    #expect(sent.range(of: Data([0x1b, 0x5d])) == nil)
  }

  /// Each command, led into an error with the marked name at hand.
  @Test func `no error and no file outside the store names a patient`() throws {
    let folder = TemporaryFolder()
    for name in ["home", "temp", "data", "in"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    let environment = [
      "HOME": folder.file("home"), "TMPDIR": folder.file("temp"), "TZ": "UTC",
      "SWIFT_BACKTRACE": "enable=yes",
    ]
    let store = folder.file("data/s.store")
    func run(_ words: [String], _ input: String = "") throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        words, input: Data(input.utf8), folder: URL(filePath: folder.file("in")),
        environment: environment)
    }
    func write(_ text: String, _ name: String) throws -> String {
      try Data(text.utf8).write(to: URL(filePath: folder.file("in/\(name)")))
      return folder.file("in/\(name)")
    }
    let patient = "family: \(Self.mark)\ngiven: Fiction\nborn: 04-Feb-1961\nsex: f\nmrn: 90000417\n"
    let opened = try run(
      ["session", "open", "--chair", "3", "--zone", "UTC", "--store", store], patient)
    #expect(opened.code == 0, "\(opened.error)")
    let session = String(opened.output.split(separator: "\n").first ?? "")

    let badPatient = try write(patient + "born: \(Self.mark)\n\(Self.mark)\n", "patient.txt")
    let badDocument = try write(
      "{\"format\": \"chairtime.session/1\", \"id\": {\"id\": \"\(Self.mark)\"}",
      "document.json")
    let oddDocument = try write(
      "{\"format\": \"chairtime.session/1\", \"session\": \"\(Self.mark)\"}", "odd.json")
    let badSchedule = try write(
      "time,family,given,born,mrn\n25:99,\(Self.mark),Fiction,31-Feb-1961,1\n"
        + "09:00,\"\(Self.mark)\n", "book.csv")
    let broken = folder.file("data/broken.store")
    try FileManager.default.copyItem(atPath: store, toPath: broken)
    var bytes = try Data(contentsOf: URL(filePath: broken))
    if let range = bytes.range(of: Data(Self.mark.utf8)) {
      for index in range.prefix(2) { bytes[index] = 0 }
    }
    try bytes.write(to: URL(filePath: broken))
    chmod(broken, 0o600)

    let attempts: [([String], String)] = [
      (["session", "open", "--chair", "3"], "family: \(Self.mark)\nborn: \(Self.mark)\n"),
      (["session", "open", "--chair", "3", "--patient", badPatient], ""),
      (["session", "open", "--chair", "3", "--id", session], patient),
      (["session", "start", session, "no such drug at all", "--site", "x"], ""),
      (["session", "stop", session, "paclitaxel"], ""),
      (["session", "stop", "no-session", "paclitaxel"], ""),
      (["session", "close", session, "--at", "99:99"], ""),
      (["session", "reopen", session], ""), (["session", "amend", session, "99"], ""),
      (["session", "handoff", session], ""), (["session", "show", "no-session"], ""),
      (["session", "list", "--date", "never"], ""),
      (["explain", session, "--as-of", "never"], ""), (["explain", badDocument], ""),
      (["derive", badDocument, oddDocument], ""), (["derive", "-"], "{\"\(Self.mark)\""),
      (["review", "--sign-off", session], ""), (["review", "--date", "never"], ""),
      (["export", "--format", "csv", "--out", folder.file("nowhere/file")], ""),
      (["export", "--format", "hl7"], ""),
      (["import", "--anonymous", badDocument, oddDocument], ""),
      (["import", "--patient", badPatient, oddDocument], ""), (["import", badSchedule], ""),
      (["schedule", "--date", "never"], ""), (["replay", "--policy", "no=such"], ""),
      (["verify", "--head", "1:2"], ""), (["backup", store], ""), (["demo"], ""),
      (["people", "retire", "N. NOBODY"], ""), (["audit", "--date", "never"], ""),
      (["board"], ""), (["config", "accept"], ""),
    ]
    var refused = 0
    for place in [store, broken] {
      for (words, input) in attempts {
        let isFileOnly = words[0] == "derive" || (words[0] == "explain" && words[1] != session)
        let ended = try run(words + (isFileOnly ? [] : ["--store", place]), input)
        #expect(!holds(ended.error), "\(words): \(ended.error)")
        #expect(!ended.error.contains("Fatal error"), "\(words): \(ended.error)")
        if ended.code != 0 {
          refused += 1
          #expect(!holds(ended.output), "\(words): \(ended.output)")
        }
      }
    }
    #expect(refused > 40)
    for place in ["home", "temp"] {
      let files = FileManager.default.enumerator(atPath: folder.file(place))?.allObjects ?? []
      #expect(files.isEmpty, "\(place): \(files)")
    }
  }
}

import Foundation
import Testing

/// People at a real terminal: prompts without echo, and who is there on the screens.
@Suite(.serialized) struct SignInScreenTests {
  private static let supervisor = "246813"

  private func command(_ it: TmuxTerminal, _ words: String) -> String {
    "\(BuiltProgram.path.path) \(words) --store \(it.folder.url.path)/s.store"
  }

  /// Enrols a supervisor at the prompt.
  private func enrol(_ it: TmuxTerminal) throws {
    try it.line(command(it, "people add 'R. SAMPLE' --role supervisor"))
    #expect(it.wait(for: "New PIN for R. SAMPLE, 6 to 12 digits:"))
    try it.line(Self.supervisor)
    #expect(it.wait(for: "Type it again:"))
    try it.line(Self.supervisor)
    try #require(it.wait(for: "Enrolled R. SAMPLE as supervisor."))
  }

  @Test func `a PIN is asked without echo, and Ctrl-C gives the echo back`() throws {
    let it = try TmuxTerminal()
    let settings = try it.settings()
    try enrol(it)
    #expect(!it.scrollback.contains(Self.supervisor))
    #expect(try it.isAsBefore(settings))
    try it.line(command(it, "people retire 'R. SAMPLE' --actor 'R. SAMPLE'"))
    #expect(it.wait(for: "PIN of R. SAMPLE:"))
    try it.type("777123")
    // The PIN appears neither in the command line nor in the environment of a process.
    let program = try #require(it.program)
    for file in ["cmdline", "environ"] {
      let bytes = try Data(contentsOf: URL(filePath: "/proc/\(program)/\(file)"))
      #expect(bytes.range(of: Data("777123".utf8)) == nil)
    }
    try it.press("C-c")
    #expect(it.wait(for: "No PIN was given. Nothing was done."))
    #expect(!it.scrollback.contains("777123"))
    #expect(try it.isAsBefore(settings))
  }

  @Test func `the board asks who is there, shows nobody before, and records under that name`()
    throws
  {
    let it = try TmuxTerminal()
    try it.open()
    try it.seat()
    try it.press("q", "q")
    #expect(it.wait(for: "ready$"))
    try enrol(it)
    try it.line("clear; \(it.command())")
    #expect(it.wait(for: "Who is there?"))
    #expect(!it.screen.contains("TESTER"))
    try it.press("1")
    try it.answer("777123")
    #expect(it.wait(for: "Wrong PIN."))
    try it.answer(Self.supervisor)
    #expect(it.wait(for: "Signed in: Supervisor R. SAMPLE."))
    #expect(it.wait(for: "TESTER, Amara"))
    try it.press("Enter")
    #expect(it.wait(for: "MRN 90000417"))
    try it.press("C-l")
    #expect(it.wait { !$0.contains("TESTER") && $0.contains("R. SAMPLE") })
    try it.press("C-q")
    #expect(it.wait(for: "ready$"))
    for text in ["777123", Self.supervisor, "TESTER"] { #expect(!it.scrollback.contains(text)) }
    let audit = try BuiltProgram.run(
      "audit", "--actor", "R. SAMPLE", "--pin-stdin", "--store",
      "\(it.folder.url.path)/s.store", input: "\(Self.supervisor)\n")
    for words in ["failed to sign in: wrong PIN", "R. SAMPLE signed in", "looked at session"] {
      #expect(audit.output.contains(words), "\(words): \(audit.error)")
    }
  }

  @Test func `two terminals share the count of wrong PINs`() throws {
    let folder = try TestFolder()
    let one = try TmuxTerminal(folder: folder)
    let two = try TmuxTerminal(folder: folder)
    try enrol(one)
    for it in [one, two] {
      try it.line("clear; \(it.command())")
      #expect(it.wait(for: "Who is there?"))
      try it.press("1")
    }
    for it in [one, two, one] {
      try it.answer("777123")
      #expect(it.wait(for: "Wrong PIN."))
    }
    try two.answer(Self.supervisor)
    #expect(two.wait(for: "Too many wrong PINs under this name"))
    try two.press("C-q")
    try one.press("C-q")
  }
}

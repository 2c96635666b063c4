import Foundation
import TestSupport
import Testing

/// Ways past the sign-in, the audit record and the store's own files.
struct RoundTheRecordTests {
  private let folder = TemporaryFolder()
  private static let supervisor = "246813"

  private func run(_ arguments: String..., store: String = "chair.store", pins: String...) throws
    -> BuiltProgram.Ended
  {
    try BuiltProgram.run(
      arguments + ["--store", folder.file(store)],
      input: Data(pins.map { $0 + "\n" }.joined().utf8), folder: nil)
  }

  private func enrol(in store: String = "chair.store") throws {
    let ended = try run(
      "people", "add", "R. SAMPLE", "--role", "supervisor", "--pin-stdin", store: store,
      pins: Self.supervisor)
    #expect(ended.code == 0, "\(ended.error)")
  }

  private func book() throws -> String {
    let path = folder.file("book.csv")
    try Data(
      ("time,family,given,born,sex,mrn,visit,chair,drugs\n"
        + "09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n").utf8
    ).write(to: URL(filePath: path))
    return path
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  // MARK: Appointments

  @Test(arguments: ["chair.store", "chairtime.store"])
  func `appointments belong to one store, and another store of the folder opens none`(
    store: String
  ) throws {
    try enrol(in: store)
    let imported = try run(
      "import", try book(), "--date", "2026-11-23", "--actor", "R. SAMPLE", "--pin-stdin",
      store: store, pins: Self.supervisor)
    #expect(imported.code == 0, "\(imported.error)")
    func list(_ store: String) throws -> BuiltProgram.Ended {
      try run("schedule", "--date", "2026-11-23", store: store)
    }
    #expect(try list(store).error.contains("needs a signed-in person"))
    // A store that is not there has nobody to ask, and is not made by looking.
    let missing = try list("none.store")
    #expect(missing.code == 1)
    #expect(missing.output == "")
    #expect(missing.error.hasPrefix("There is no store at"))
    // A store made for the purpose, in which nobody is enrolled.
    #expect(
      try run("demo", "--until", "2026-07-01", "--zone", "UTC", store: "mallory.store").code == 0)
    let other = try list("mallory.store")
    #expect(!other.output.contains("TESTER"), "\(other.output)")
    let signed = try run(
      "schedule", "--date", "2026-11-23", "--actor", "R. SAMPLE", "--pin-stdin", store: store,
      pins: Self.supervisor)
    #expect(signed.output.contains("TESTER, Amara"))
  }

  @Test func `an appointment book is imported by those who may`() throws {
    try enrol()
    let before = try names()
    let refused = try run("import", try book())
    #expect(refused.code == 1)
    #expect(refused.error.contains("needs a signed-in person"))
    #expect(try names() == (before + ["book.csv"]).sorted())
    // Past a store of another name nothing reaches the appointments of this one.
    #expect(try run("import", try book(), "--date", "2026-11-23", store: "none.store").code == 0)
    #expect(
      try !run(
        "schedule", "--date", "2026-11-23", "--actor", "R. SAMPLE", "--pin-stdin",
        pins: Self.supervisor
      ).output.contains("TESTER"))
  }

  @Test func `a demonstration is not written where people are enrolled`() throws {
    try enrol()
    let ended = try run("demo", "--until", "2026-07-01", "--zone", "UTC")
    #expect(ended.code == 1)
    #expect(ended.error.hasPrefix("People are enrolled in the store"))
    #expect(try run("verify").output.contains("0 facts verified"))
  }

  // MARK: Files

  @Test func `nothing is written over the store or under a name of it`() throws {
    #expect(try run("demo", "--until", "2026-07-01", "--zone", "UTC").code == 0)
    let head = try run("verify").output
    for name in ["chair.store", "chair.store-wal", "chair.store-head", "chair.store-journal"] {
      let path = folder.file(name)
      for words in [
        ["export", "--date", "2026-07-01", "--format", "csv", "--out", path],
        ["outbox", "write", path], ["backup", path],
      ] {
        let ended = try BuiltProgram.run(
          words + ["--store", folder.file("chair.store")], input: Data(), folder: nil)
        #expect(ended.code == 1, "\(words): \(ended.error)")
      }
      #expect(try BuiltProgram.run("config", "init", path).code == 1)
    }
    #expect(try run("verify").output == head)
  }

  @Test(arguments: ["../../../x", "a/b", ".x", "a b"])
  func `a session has a plain name`(name: String) throws {
    let opened = try run("session", "open", "--chair", "3", "--id", name)
    #expect(opened.code == 64)
    #expect(opened.error.contains("a session's name has 1 to 64 letters"))
    let document = try String(
      contentsOf: conformanceFolder.appending(path: "chemo-210-minutes.json"), encoding: .utf8
    ).replacingOccurrences(of: "\"chemo-210-minutes\"", with: "\"\(name)\"")
    let path = folder.file("session.json")
    try Data(document.utf8).write(to: URL(filePath: path))
    let imported = try run("import", "--anonymous", path)
    #expect(imported.code == 1)
    #expect(imported.error.contains("a session's name has 1 to 64 letters"), "\(imported.error)")
    #expect(try run("session", "list").output.hasSuffix("0 sessions\n"))
  }

  // MARK: A store that cannot be written

  @Test func `where a PIN cannot be counted, nobody signs in`() throws {
    try enrol()
    let store = folder.file("chair.store")
    chmod(folder.path, 0o500)
    defer { chmod(folder.path, 0o700) }
    var line = "chairtime session list --actor 'R. SAMPLE' --pin-stdin --store '\(store)'"
    if geteuid() == 0 {
      for name in try names() { chown(folder.file(name), 65534, 65534) }
      chown(folder.path, 65534, 65534)
      line = "setpriv --reuid=65534 --regid=65534 --clear-groups " + line
    }
    for pin in ["777123", Self.supervisor] {
      let ended = try Shell.run(line, input: "\(pin)\n")
      #expect(ended.code == 1)
      #expect(ended.output == "")
      #expect(
        ended.error.contains("A sign-in needs a store that can be written"), "\(ended.error)")
    }
  }

  @Test func `a board that only looks counts PINs and keeps who looked`() throws {
    let it = try TmuxTerminal()
    let store = it.folder.url.path + "/s.store"
    func run(_ words: [String], _ pins: String...) throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        words + ["--store", store], input: Data(pins.map { $0 + "\n" }.joined().utf8), folder: nil)
    }
    let first = ["people", "add", "R. SAMPLE", "--role", "supervisor", "--pin-stdin"]
    #expect(try run(first, Self.supervisor).code == 0)
    try it.line("\(BuiltProgram.path.path) board --read-only --store \(store)")
    #expect(it.wait(for: "Who is there?"), "\(it.screen)")
    try it.press("1")
    #expect(it.wait(for: "PIN"))
    try it.answer("777123")
    #expect(it.wait(for: "Wrong PIN."))
    try it.answer(Self.supervisor)
    #expect(it.wait(for: "Signed in"), "\(it.screen)")
    try it.press("n")
    #expect(it.wait(for: "This screen only looks"), "\(it.screen)")
    let audit = try run(
      ["audit", "--all", "--actor", "R. SAMPLE", "--pin-stdin"], Self.supervisor
    ).output
    #expect(audit.contains("failed to sign in: wrong PIN"))
    #expect(audit.contains("R. SAMPLE signed in"))
  }
}

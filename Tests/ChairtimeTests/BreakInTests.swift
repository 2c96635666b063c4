import Foundation
import InfusionRecord
import SQLiteStore
import SessionStore
import TestSupport
import Testing

/// The store changed with SQLite's own shell, as a person with the account of the suite would.
@Suite struct BreakInTests {
  private let folder = TemporaryFolder()
  private var store: String { folder.file("s.store") }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments, input: Data(), folder: nil,
      environment: ["CHAIRTIME_STORE": store, "CHAIRTIME_CONFIG": folder.file("site.toml")])
  }

  private func sqlite(_ sql: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [store, sql]
    let ended = try BuiltProgram.run(process, input: Data())
    #expect(ended.code == 0, "\(ended.error)")
  }

  /// Runs SQL with the triggers dropped, and makes them again.
  private func sqliteWithoutTriggers(_ sql: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [
      store, "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'",
    ]
    let drops = try BuiltProgram.run(process, input: Data()).output
    process.arguments?.removeLast()
    let list = Process()
    list.executableURL = process.executableURL
    list.arguments = [store, "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'"]
    let makes = try BuiltProgram.run(list, input: Data()).output
    try sqlite(drops + sql + ";" + makes)
  }

  /// A demonstration's day, whose outbox is filled.
  private func fill() throws {
    try Data("[hl7]\npeer = \"127.0.0.1:9\"\n".utf8).write(
      to: URL(filePath: folder.file("site.toml")))
    chmod(folder.file("site.toml"), 0o600)
    for command in [
      ["demo", "--days", "1", "--until", "2026-07-01", "--zone", "UTC"],
      ["outbox", "fill", "--date", "2026-07-01"],
    ] {
      let ended = try BuiltProgram.run(
        command, input: Data(), folder: nil,
        environment: ["CHAIRTIME_STORE": store, "CHAIRTIME_CONFIG": folder.file("site.toml")])
      #expect(ended.code == 0, "\(ended.error)")
    }
    #expect(try run("verify").code == 0)
  }

  @Test(arguments: [
    "DELETE FROM posting", "DELETE FROM posting WHERE message = 3",
    "INSERT INTO outbox_filling VALUES (2, 999999, 0, 1)",
    "UPDATE outbox_filling SET facts = facts - 1", "UPDATE message SET made = 0",
    "UPDATE message SET session = 1", "UPDATE posting SET credit = 1 WHERE message = 2",
  ])
  func `nothing is filled, sent or exported from an outbox that was changed`(sql: String) throws {
    try fill()
    try sqliteWithoutTriggers(sql)
    let verified = try run("verify")
    #expect(verified.code == 2 && !verified.output.hasPrefix("1138 facts verified"))
    for command in [
      ["outbox", "fill", "--date", "2026-07-01"], ["outbox", "send"],
      ["outbox", "write", folder.file("batch")],
      ["export", "--format", "csv", "--date", "2026-07-01"],
    ] {
      let ended = try BuiltProgram.run(
        command, input: Data(), folder: nil,
        environment: ["CHAIRTIME_STORE": store, "CHAIRTIME_CONFIG": folder.file("site.toml")])
      #expect(ended.code == 1, "\(command) \(ended.output)")
      #expect(ended.error.contains("is not as this program wrote it"), "\(ended.error)")
      #expect(ended.output == "")
    }
  }

  @Test func `one INSERT cannot stop a credit`() throws {
    try fill()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [store, "INSERT INTO outbox_filling VALUES (2, 999999, 0, 1)"]
    #expect(try BuiltProgram.run(process, input: Data()).code != 0)
  }

  @Test func `a trigger that was added stops every command, and verify names it`() throws {
    try fill()
    try sqlite("CREATE TRIGGER quiet AFTER INSERT ON fact BEGIN DELETE FROM name; END")
    for command in [["session", "list"], ["outbox", "list"], ["board", "--plain"]] {
      let ended = try BuiltProgram.run(
        command, input: Data(), folder: nil, environment: ["CHAIRTIME_STORE": store])
      #expect(ended.code == 1)
      #expect(ended.error.contains("trigger quiet"), "\(ended.error)")
    }
    let verified = try run("verify")
    #expect(verified.code == 2)
    #expect(verified.output.contains("trigger quiet"))
  }

  @Test func `an emptied index of people does not turn sign-in off`() throws {
    let opened = try SQLiteStore(StorePlace(path: store))
    try opened.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "ws-1",
      at: RecordedTime(milliseconds: 1_795_438_800_000))
    opened.close()
    try sqlite(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, '<= 4', '<= 0') WHERE name = 'audit_people';
      PRAGMA writable_schema = RESET; REINDEX audit_people; PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, '<= 0', '<= 4') WHERE name = 'audit_people';
      """)
    let ended = try run("people", "list")
    #expect(ended.code == 1)
    #expect(ended.error.contains("does not agree with the audit record"), "\(ended.error)")
    #expect(try run("session", "list").code == 1)
    #expect(try run("verify").code == 2)
  }
}

import InfusionRecord
import TestSupport
import Testing

@testable import SQLiteStore
@testable import SessionStore

/// Changes of the outbox by another program.
@Suite struct OutboxTamperTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("s.store") }
  private let at = RecordedTime(milliseconds: 1_795_500_000_123)

  /// A store with one session and one held message.
  private func filled() throws -> SQLiteStore {
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord()
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    let posting = OutboxMessage.Posting(
      id: "U1", unit: "U1", isCredit: false, code: "96415", units: 2)
    let message = OutboxMessage(
      control: "M1", session: record.session, made: at, content: Array("MSH|one\r".utf8),
      postings: [posting])
    try store.change(
      [OutboxChange(session: record.session, expecting: 0, withdrawing: [], adding: [message])],
      seen: 1, by: "R. SAMPLE", at: at)
    return store
  }

  @Test(arguments: [
    "UPDATE message SET content = x'00'", "UPDATE message SET control = 'M9'",
    "UPDATE message SET state = 3", "DELETE FROM message",
    "REPLACE INTO message SELECT * FROM message", "UPDATE posting SET units = 9",
    "DELETE FROM posting", "REPLACE INTO posting SELECT * FROM posting",
    "INSERT INTO posting VALUES (1, 2, 'U2', 'U2', 0, '96413', 1)",
    "UPDATE message_step SET note = 'x'", "DELETE FROM message_step",
    "INSERT INTO message_step (rowid, message, state, at, actor, seal) SELECT 2, 1, 3, at, actor, seal FROM message_step",
    "INSERT INTO message_step (rowid, message, state, at, actor, seal) SELECT 5, 1, 2, at, actor, seal FROM message_step",
    "DELETE FROM outbox_filling", "UPDATE outbox_filling SET facts = 9",
    "INSERT INTO outbox_filling VALUES (2, 1, 0, 1)",
  ])
  func `the database itself refuses to change what was sent`(sql: String) throws {
    let store = try filled()
    let entry = try store.entry("M1")
    store.close()
    let raw = try Database(path)
    try raw.execute("PRAGMA foreign_keys = ON")
    #expect(throws: DatabaseError.self) { try raw.execute(sql) }
    raw.close()
    let again = try SQLiteStore(StorePlace(path: path))
    #expect(try again.entry("M1") == entry)
    #expect(try again.verify().isWhole)
  }

  @Test(arguments: [
    ("UPDATE message SET content = x'00'", "was altered"),
    ("UPDATE message SET state = 3", "another state"),
    ("UPDATE message_step SET note = 'AE'", "was altered"),
    ("DELETE FROM message_step WHERE rowid = 1", "removed"),
  ])
  func `changes with the triggers dropped are found`(sql: String, found: String) throws {
    let store = try filled()
    try store.record(
      OutboxStep(.sent, at: at, actor: "R. SAMPLE"), of: "M1", expecting: 1)
    store.close()
    try tamper(path, sql)
    let again = try SQLiteStore(StorePlace(path: path))
    let problems = try again.verify().problems
    #expect(problems.map(\.kind).contains(.outbox))
    #expect(problems.contains { $0.sentence.contains(found) }, "\(problems)")
  }
}

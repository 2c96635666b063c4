import Glibc
import InfusionRecord
import TestSupport
import Testing

@testable import SQLiteStore
@testable import SessionStore

/// Changes of what decides which charges go out: lines, fillings, times and sessions of messages.
@Suite struct OutboxSealTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("s.store") }
  private let at = RecordedTime(milliseconds: 1_795_500_000_123)

  private func message(_ control: String, _ session: SessionID) -> OutboxMessage {
    OutboxMessage(
      control: control, session: session, made: at, content: Array("MSH|\(control)\r".utf8),
      postings: [
        OutboxMessage.Posting(
          id: "U\(control)", unit: "U\(control)", isCredit: false, code: "96415", units: 2)
      ])
  }

  /// A store with two sessions and a message of each, filled twice.
  private func filled() throws -> SQLiteStore {
    let store = try SQLiteStore(StorePlace(path: path))
    for (number, name) in ["s1", "s2"].enumerated() {
      var record = SampleRecord(session: name, seed: UInt64(number))
      record.openWithPort()
      try store.append(record.events, to: record.session, expecting: 0)
      try store.change(
        [
          OutboxChange(
            session: record.session, expecting: 0, withdrawing: [],
            adding: [message("M\(number + 1)", record.session)])
        ], seen: 2 * number + 2, by: "R. SAMPLE", at: at)
    }
    return store
  }

  /// Changes that were not seen before, and what is said of each.
  private static let changes = [
    ("DELETE FROM posting WHERE message = 2", "Message M2"),
    ("UPDATE posting SET units = 9 WHERE message = 1", "Message M1"),
    ("UPDATE posting SET credit = 1 WHERE message = 1", "Message M1"),
    ("INSERT INTO posting VALUES (1, 2, 'UX', 'UX', 1, '96413', 1)", "Message M1"),
    ("UPDATE message SET made = made + 1 WHERE number = 1", "Message M1"),
    ("UPDATE message SET session = 1 WHERE number = 2", "Message M2"),
    ("UPDATE message_step SET at = at + 1 WHERE rowid = 2", "Step 2"),
    ("UPDATE outbox_filling SET facts = 3 WHERE number = 1", "Filling 1"),
    ("UPDATE outbox_filling SET at = at + 1 WHERE number = 2", "Filling 2"),
    ("DELETE FROM outbox_filling WHERE number = 2", "Filling 2"),
    ("INSERT INTO outbox_filling VALUES (3, 5, 0, 1)", "Filling 3 of the outbox was inserted"),
    ("INSERT INTO outbox_filling VALUES (3, 900, 0, 1)", "Filling 3 of the outbox was inserted"),
    ("DELETE FROM outbox_seal WHERE rowid = 3", "Entry 3"),
    ("UPDATE outbox_seal SET number = 2 WHERE rowid = 1", "Entry 1"),
    (
      "INSERT INTO message SELECT 3, 'M3', session, made, hash, content, 1 FROM message "
        + "WHERE number = 1", "Message number 3 was inserted"
    ),
  ]

  @Test(arguments: changes)
  func `a change of the outbox is found, named, and stops what goes out`(
    sql: String, named: String
  ) throws {
    try filled().close()
    try tamper(path, sql)
    let store = try SQLiteStore(StorePlace(path: path))
    let problems = try store.verify().problems
    #expect(problems.contains { $0.kind == .outbox && $0.sentence.contains(named) }, "\(problems)")
    #expect { try store.checkChains() } throws: { isAltered($0, named) }
    #expect { try store.change([], seen: 5, by: "R. SAMPLE", at: at) } throws: {
      isAltered($0, named)
    }
    #expect {
      try store.record(OutboxStep(.sent, at: at, actor: "R. SAMPLE"), of: "M1", expecting: 1)
    } throws: {
      isAltered($0, named)
    }
  }

  @Test(arguments: [
    "INSERT INTO outbox_filling VALUES (3, 5, 0, 1)",
    "INSERT INTO outbox_filling VALUES (3, 900, 0, 1)",
    "INSERT INTO message SELECT 3, 'M3', session, made, hash, content, 1 FROM message WHERE number = 1",
    "INSERT INTO message_step (rowid, message, state, at, actor, seal) SELECT 3, 1, 2, at, actor, seal FROM message_step WHERE rowid = 1",
    "INSERT INTO checkpoint VALUES (9, 0, 0, 0, 0, 0, '0 0 00')",
    "DELETE FROM outbox_seal", "UPDATE outbox_seal SET seal = randomblob(32)",
    "INSERT INTO outbox_seal (rowid, kind, number, seal) VALUES (19, 3, 3, randomblob(32))",
  ])
  func `the database itself refuses what is not sealed first`(sql: String) throws {
    try filled().close()
    let raw = try Database(path)
    #expect(throws: DatabaseError.self) { try raw.execute(sql) }
    raw.close()
    #expect(try SQLiteStore(StorePlace(path: path)).verify().isWhole)
  }

  @Test func `a cut end of the chain is told at the next start, which does not fail`() throws {
    try filled().close()
    try tamper(
      path,
      "DELETE FROM outbox_seal WHERE rowid > 6; DELETE FROM outbox_filling WHERE number = 2; "
        + "DELETE FROM checkpoint WHERE number = 2")
    let store = try SQLiteStore(StorePlace(path: path))
    #expect(try store.outboxWarning()?.contains("outbox") == true)
    #expect(try !store.verify().isWhole)
  }

  @Test func `a head that was written down finds a chain that was cut`() throws {
    let store = try filled()
    let head = try store.verify().outboxHead
    // Each filling adds its message, the step, itself and a note of the other chains' heads.
    #expect(head.count == 8)
    #expect(try store.verify(outbox: head).isWhole)
    store.close()
    try tamper(
      path,
      "DELETE FROM outbox_seal WHERE rowid > 6; DELETE FROM outbox_filling WHERE number = 2; "
        + "DELETE FROM checkpoint WHERE number = 2")
    unlink(path + "-outbox-head")
    let cut = try SQLiteStore(StorePlace(path: path))
    #expect(try cut.verify().isWhole)
    #expect(try cut.verify(outbox: head).problems.map(\.kind) == [.tailCut])
  }

  @Test func `lines that the bytes of a message do not say are found`() throws {
    let store = try filled()
    let found = try store.verify(lines: { $0.control == "M2" ? "it lacks a line" : nil })
    #expect(found.problems.map(\.sentence) == ["Message M2: it lacks a line."])
  }
}

/// Whether an error is that of an altered store and says `what`.
func isAltered(_ error: any Error, _ what: String) -> Bool {
  if case StoreError.altered(_, let sentence) = error { sentence.contains(what) } else { false }
}

import GRDB
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// Messages in the store: what the database itself refuses, and what `verify` finds.
@Suite struct OutboxStoreTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("s.store") }
  private static let at = RecordedTime(milliseconds: 1_795_500_000_123)

  private func message(
    _ control: String = "M1", content: String = "MSH|one\r", id: String = "U1", units: Int = 2,
    isCredit: Bool = false
  ) -> OutboxMessage {
    OutboxMessage(
      control: control, session: SessionID("2026-11-23-sample"), made: Self.at,
      content: Array(content.utf8),
      postings: [
        OutboxMessage.Posting(id: id, unit: id, isCredit: isCredit, code: "96415", units: units)
      ])
  }

  private func step(_ state: OutboxState, _ note: String? = nil) -> OutboxStep {
    OutboxStep(state, at: Self.at, actor: "R. SAMPLE", note: note)
  }

  private func change(
    _ store: SQLiteStore, adding: [OutboxMessage] = [], withdrawing: [String] = [],
    expecting: Int = 0
  ) throws {
    try store.change(
      [
        OutboxChange(
          session: SessionID("2026-11-23-sample"), expecting: expecting, withdrawing: withdrawing,
          adding: adding, reason: "changed")
      ], seen: 1, by: "R. SAMPLE", at: Self.at)
  }

  /// A store with one session and one held message.
  private func filled() throws -> SQLiteStore {
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord()
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    try change(store, adding: [message()])
    return store
  }

  @Test func `a message is read back as it was put in, with its steps`() throws {
    let store = try filled()
    try store.record(step(.sent), of: "M1", expecting: 1)
    try store.record(step(.rejected, "AE: no visit"), of: "M1", expecting: 2)
    let entry = try #require(try store.entry("M1"))
    #expect(entry.message == message())
    #expect(entry.steps == [step(.held), step(.sent), step(.rejected, "AE: no visit")])
    #expect(try store.entries(of: SessionID("2026-11-23-sample")) == [entry])
    #expect(try store.controls([.rejected], limit: 9) == ["M1"])
    #expect(try store.controls([.held, .sent], limit: 9) == [])
    #expect(try store.entry("M2") == nil)
    #expect(try store.verify().isWhole)
  }

  @Test func `the same id never comes with other content`() throws {
    let store = try filled()
    #expect(throws: StoreError.self) {
      try change(store, adding: [message(content: "MSH|two\r")], expecting: 1)
    }
    #expect(throws: StoreError.self) {
      try change(store, adding: [message("M2", units: 3)], expecting: 1)
    }
    // The same content under the same transaction id may be made anew, and be taken back.
    try change(store, adding: [message("M2"), message("M3", isCredit: true)], expecting: 1)
    #expect(try store.entries(of: SessionID("2026-11-23-sample")).count == 3)
  }

  @Test func `who decided on an outbox that changed is told, and nothing is recorded`() throws {
    let store = try filled()
    let other = try SQLiteStore(StorePlace(path: path))
    try other.record(step(.sent), of: "M1", expecting: 1)
    func isChanged(_ error: any Error) -> Bool {
      if case StoreError.messageChanged = error { true } else { false }
    }
    #expect { try store.record(step(.sent), of: "M1", expecting: 1) } throws: { isChanged($0) }
    #expect { try change(store, withdrawing: ["M1"], expecting: 1) } throws: { isChanged($0) }
    #expect(try store.entry("M1")?.steps.count == 2)
  }

  /// Every pair of states: what may follow what.
  @Test func `only what may follow follows`() throws {
    let after: [OutboxState: Set<OutboxState>] = [
      .held: [.sent, .withdrawn], .sent: [.sent, .acknowledged, .rejected],
      .rejected: [.held, .withdrawn], .acknowledged: [], .withdrawn: [],
    ]
    let ways: [OutboxState: [OutboxState]] = [
      .held: [], .sent: [.sent], .acknowledged: [.sent, .acknowledged],
      .rejected: [.sent, .rejected], .withdrawn: [.withdrawn],
    ]
    let store = try filled()
    var number = 1
    for from in OutboxState.allCases {
      for next in OutboxState.allCases {
        number += 1
        let control = "P\(number)"
        let steps = try store.entries(of: SessionID("2026-11-23-sample")).reduce(0) {
          $0 + $1.steps.count
        }
        try change(store, adding: [message(control)], expecting: steps)
        var count = 1
        for state in ways[from] ?? [] {
          try store.record(step(state), of: control, expecting: count)
          count += 1
        }
        let isAllowed = after[from]?.contains(next) == true
        if isAllowed {
          try store.record(step(next), of: control, expecting: count)
        } else {
          #expect(throws: StoreError.self, "\(from) \(next)") {
            try store.record(step(next), of: control, expecting: count)
          }
        }
        #expect(try store.entry(control)?.state == (isAllowed ? next : from))
      }
    }
    #expect(try store.verify().isWhole)
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
    let raw = try DatabaseQueue(path: path)
    #expect(throws: DatabaseError.self) {
      try raw.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
    try raw.close()
    let again = try SQLiteStore(StorePlace(path: path))
    #expect(try again.entry("M1") == entry)
    #expect(try again.verify().isWhole)
  }

  @Test(arguments: [
    ("message_keeps_its_content", "UPDATE message SET content = x'00'", "was altered"),
    ("message_state_follows", "UPDATE message SET state = 3", "another state"),
    ("message_step_is_not_edited", "UPDATE message_step SET note = 'AE'", "was altered"),
    ("message_step_is_not_deleted", "DELETE FROM message_step WHERE rowid = 1", "removed"),
  ])
  func `what was changed past the guards is found`(
    guarding: String, sql: String, found: String
  ) throws {
    let store = try filled()
    try store.record(step(.sent), of: "M1", expecting: 1)
    store.close()
    let raw = try DatabaseQueue(path: path)
    try raw.writeWithoutTransaction { database in
      let made = try String.fetchOne(
        database, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [guarding])
      try database.execute(sql: "DROP TRIGGER \(guarding)")
      try database.execute(sql: sql)
      try database.execute(sql: try #require(made))
    }
    try raw.close()
    let again = try SQLiteStore(StorePlace(path: path))
    let problems = try again.verify().problems
    #expect(problems.map(\.kind).contains(.outbox))
    #expect(problems.contains { $0.sentence.contains(found) }, "\(problems)")
  }
}

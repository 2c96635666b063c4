import Glibc
import InfusionRecord
import TestSupport
import Testing

@testable import SQLiteStore
@testable import SessionStore

/// Signatures and exports verify what was recorded since the last checkpoint.
@Suite struct CheckpointTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("s.store") }

  /// A closed session that waits for its signature, after `others` sessions of two facts.
  private func filled(others: Int = 0) throws -> SampleRecord {
    let store = try SQLiteStore(StorePlace(path: path))
    var batches: [Append] = []
    for number in 0..<others {
      var record = SampleRecord(session: "o\(number)", seed: UInt64(number))
      record.openWithPort()
      batches.append(Append(session: record.session, expecting: 0, events: record.events))
    }
    if others > 0 { try store.append(batches) }
    var record = SampleRecord(session: "last", seed: 99_999)
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.stop("a1", at: "12:00")
    try store.append(record.events, to: record.session, expecting: 0)
    store.close()
    return record
  }

  private func sign(_ store: SQLiteStore, _ record: inout SampleRecord) throws {
    let review = Review(
      statementHash: "ab", rulebook: "2026.1", policy: ["cd"], reviewer: "R. SAMPLE")
    let event = record.event(.sessionReviewed(review), at: "13:00")
    try store.append([event], to: record.session, expecting: record.events.count)
  }

  @Test(arguments: [
    ("UPDATE fact SET minute = minute + 1 WHERE rowid = 3", "Fact 3"),
    ("DELETE FROM fact WHERE rowid = 2", "removed"),
    ("UPDATE session SET status = 2 WHERE number = 1", "another day or status"),
  ])
  func `nothing is signed and nothing exported on a broken chain`(
    sql: String, named: String
  ) throws {
    var record = try filled()
    try tamper(path, sql)
    let store = try SQLiteStore(StorePlace(path: path))
    #expect { try sign(store, &record) } throws: { isAltered($0, named) }
    #expect { try store.checkChains() } throws: { isAltered($0, named) }
    #expect(try store.head().count == 4)
  }

  @Test func `a checkpoint is written every 2,000 entries, and what follows it is verified`() throws
  {
    var record = try filled(others: 1_000)
    let store = try SQLiteStore(StorePlace(path: path))
    try sign(store, &record)
    let checkpoints = try store.access { try $0.number("SELECT count(*) AS n FROM checkpoint") }
    #expect(checkpoints == 1)
    #expect(try store.verify().isWhole)
    store.close()
    // Before the checkpoint a change is left to the verification of everything.
    try tamper(path, "UPDATE fact SET minute = minute + 1 WHERE rowid = 3")
    let again = try SQLiteStore(StorePlace(path: path))
    try again.checkChains()
    #expect(try again.verify().problems.first?.position == 3)
    again.close()
    try tamper(path, "UPDATE fact SET minute = minute + 1 WHERE rowid = 2005")
    #expect { try SQLiteStore(StorePlace(path: path)).checkChains() } throws: {
      isAltered($0, "Fact 2005")
    }
  }

  @Test func `the facts of the session that is signed are verified wherever the checkpoint is`()
    throws
  {
    var record = try filled(others: 1_000)
    let store = try SQLiteStore(StorePlace(path: path))
    try store.checkChains()
    #expect(try store.access { try $0.number("SELECT count(*) AS n FROM checkpoint") } == 1)
    store.close()
    try tamper(path, "UPDATE fact SET minute = minute - 30 WHERE rowid = 2003")
    let again = try SQLiteStore(StorePlace(path: path))
    try again.checkChains()
    #expect { try sign(again, &record) } throws: { isAltered($0, "Fact 2003") }
    // So are those of the days that are exported, and of the sessions whose charges change.
    let day = record.day
    #expect { try again.check(day...day) } throws: { isAltered($0, "Fact 2003") }
    try again.check(CivilDate(dayNumber: 1)...CivilDate(dayNumber: 2))
    func change(_ id: SessionID) -> OutboxChange {
      OutboxChange(session: id, expecting: 0, withdrawing: [], adding: [], reason: "")
    }
    let at = RecordedTime(milliseconds: 1_795_438_800_000)
    try again.change([change(SessionID("o7"))], seen: 0, by: "R. SAMPLE", at: at)
    #expect {
      try again.change([change(record.session)], seen: 0, by: "R. SAMPLE", at: at)
    } throws: {
      isAltered($0, "Fact 2003")
    }
  }

  @Test func `what is verified and read in one go is of one moment`() throws {
    let record = try filled()
    let store = try SQLiteStore(StorePlace(path: path))
    let before = try #require(try store.log(of: record.session))
    try store.reading {
      try store.checkChains()
      try store.check(record.session)
      let other = try SQLiteStore(StorePlace(path: path))
      var more = record
      let event = more.event(.noteAdded(text: "fictitious", administration: nil), at: "12:10")
      try other.append([event], to: record.session, expecting: record.events.count)
      #expect(try store.log(of: record.session)?.version == before.version)
      #expect(try store.head().count == before.version)
    }
    #expect(try store.log(of: record.session)?.version == before.version + 1)
  }

  @Test(arguments: [
    "UPDATE checkpoint SET facts = facts - 1", "UPDATE checkpoint SET fillings = 1",
    "UPDATE fact SET seal = randomblob(32) WHERE rowid = 2004", "DELETE FROM checkpoint",
    "UPDATE outbox_seal SET seal = randomblob(32)",
  ])
  func `a changed checkpoint is found`(sql: String) throws {
    _ = try filled(others: 1_000)
    let store = try SQLiteStore(StorePlace(path: path))
    try store.checkChains()
    store.close()
    try tamper(path, sql)
    for companion in ["-head", "-audit", "-outbox-head"] { unlink(path + companion) }
    let again = try SQLiteStore(StorePlace(path: path))
    #expect { try again.checkChains() } throws: { isAltered($0, "") }
    #expect(try !again.verify().isWhole)
  }

  @Test func `an index that lacks facts of a session is found before a signature`() throws {
    var record = try filled()
    // The screens read a session by this index: the drug's stop is hidden.
    try withIndexAsTable(path, "sqlite_autoindex_fact_2", columns: "session, number, place") {
      "DELETE FROM \($0) WHERE place = 4"
    }
    let store = try SQLiteStore(StorePlace(path: path))
    #expect(try store.log(of: record.session)?.version == 3)
    #expect { try store.checkChains() } throws: { isAltered($0, "lacks facts") }
    #expect { try sign(store, &record) } throws: { isAltered($0, "lacks facts") }
  }

  @Test(arguments: [
    ("audit_people", "kind, place"), ("audit_configuration", "kind, place"),
    ("audit_restriction", "kind, place"),
  ])
  func `an emptied index of people, configurations or restrictions turns nothing off`(
    index: String, columns: String
  ) throws {
    let time = RecordedTime(milliseconds: 1_795_438_800_000)
    let first = try SQLiteStore(StorePlace(path: path))
    try first.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "ws-1",
      at: time)
    try first.audit(
      AuditEntry(
        time: time, actor: "R. SAMPLE", workstation: "ws-1",
        action: .configurationAccepted(hash: "ab")))
    try first.restrict(
      "90000417", because: "staff member", under: .now(of: "R. SAMPLE", in: first, to: .restrict),
      at: time)
    first.close()
    try withIndexAsTable(path, index, columns: columns) { "DELETE FROM \($0)" }
    let store = try SQLiteStore(StorePlace(path: path))
    let what = "does not agree with the audit record"
    if index == "audit_people" {
      #expect { _ = try store.people() } throws: { isAltered($0, what) }
      #expect {
        _ = try store.signIn("R. SAMPLE", PIN(typed: "1"), workstation: "w", at: time)
      } throws: { isAltered($0, what) }
    } else if index == "audit_restriction" {
      #expect { _ = try store.restrictions() } throws: { isAltered($0, what) }
    } else {
      #expect { _ = try store.acceptedConfiguration() } throws: { isAltered($0, what) }
    }
    #expect(try store.verify().problems.map(\.kind).contains(.structure))
  }

  @Test func `a last audit entry that was changed turns nothing off`() throws {
    let store = try SQLiteStore(StorePlace(path: path))
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "ws-1",
      at: RecordedTime(milliseconds: 1_795_438_800_000))
    store.close()
    try tamper(path, "UPDATE audit SET kind = 11, body = '{\"people\":0,\"configurations\":0}'")
    #expect { _ = try SQLiteStore(StorePlace(path: path)).people() } throws: {
      isAltered($0, "Audit entry 1")
    }
  }
}

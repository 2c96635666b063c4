import Foundation
import InfusionRecord
import TestSupport
import Testing

@testable import SQLiteStore
@testable import SessionStore

/// Lists and indexes that another program changed without the rows that they are made of.
@Suite struct IndexTamperTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("s.store") }
  private let at = RecordedTime(milliseconds: 1_795_500_000_123)

  /// The store that each test changes, by the ending of each file's name.
  private static let files = Result { try made() }

  /// Makes a store with an open session, a closed one with two messages, and many closed ones. A
  /// checkpoint follows the facts.
  private static func made() throws -> [String: Data] {
    let folder = TemporaryFolder()
    let at = RecordedTime(milliseconds: 1_795_500_000_123)
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    var open = SampleRecord(session: "open", seed: 1)
    open.openWithPort()
    let closed = IndexTamperTests.closed()
    var batches = [open, closed].map {
      Append(session: $0.session, expecting: 0, events: $0.events)
    }
    for number in 0..<700 {
      var record = SampleRecord(session: "o\(number)", seed: UInt64(number + 10))
      record.openWithPort()
      record.add(.sessionClosed(answers: []), at: "12:10")
      batches.append(Append(session: record.session, expecting: 0, events: record.events))
    }
    try store.append(batches)
    let messages = ["M1", "M2"].map { control in
      OutboxMessage(
        control: control, session: closed.session, made: at,
        content: Array("MSH|\(control)\r".utf8),
        postings: [
          OutboxMessage.Posting(
            id: "U\(control)", unit: "U\(control)", isCredit: false, code: "96415", units: 2)
        ])
    }
    try store.change(
      [OutboxChange(session: closed.session, expecting: 0, withdrawing: [], adding: messages)],
      seen: 5, by: "R. SAMPLE", at: at)
    let listed = "SELECT count(*) AS n FROM checkpoint WHERE list IS NOT NULL"
    #expect(try store.access { try $0.number(listed) } == 1)
    #expect(try store.verify().isWhole)
    store.close()
    var files: [String: Data] = [:]
    for ending in ["", "-head", "-outbox-head"] {
      files[ending] = try Data(contentsOf: URL(filePath: folder.file("s.store" + ending)))
    }
    return files
  }

  private static func closed() -> SampleRecord {
    var record = SampleRecord(session: "closed", seed: 2)
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.stop("a1", at: "12:00")
    record.add(.sessionClosed(answers: []), at: "12:10")
    return record
  }

  /// Puts a copy of the store at `path`.
  private func fill() throws {
    for (ending, bytes) in try Self.files.get() {
      try bytes.write(to: URL(filePath: path + ending))
      chmod(path + ending, 0o600)
    }
  }

  /// An export reads no message, so it goes on if only those are in doubt.
  private func expectRefused(
    _ named: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let store = try SQLiteStore(StorePlace(path: path))
    if !named.lowercased().contains("message") {
      #expect(sourceLocation: location) { try store.checkChains() } throws: { isAltered($0, named) }
    }
    #expect(sourceLocation: location) {
      try store.change([], seen: 6, by: "R. SAMPLE", at: at)
    } throws: { isAltered($0, named) }
    #expect(sourceLocation: location) {
      try store.record(OutboxStep(.sent, at: at, actor: "R. SAMPLE"), of: "M1", expecting: 1)
    } throws: { isAltered($0, named) }
    #expect(try !store.verify().isWhole, sourceLocation: location)
  }

  struct Index: Sendable, CustomTestStringConvertible {
    let name: String
    let columns: String
    let named: String
    var testDescription: String { name }
  }

  private static let indexes = [
    Index(name: "session_open", columns: "status, place", named: "session"),
    Index(name: "session_day", columns: "day, place", named: "session"),
    Index(name: "sqlite_autoindex_session_1", columns: "id, place", named: "session"),
    Index(name: "sqlite_autoindex_fact_2", columns: "session, number, place", named: "facts"),
    Index(name: "fact_patient", columns: "mrn, place", named: "patients"),
    Index(name: "message_session", columns: "session, place", named: "message"),
    Index(name: "message_waiting", columns: "state, number, place", named: "message"),
    Index(name: "sqlite_autoindex_message_1", columns: "control, place", named: "message"),
    Index(name: "message_step_message", columns: "message, place", named: "message_step"),
  ]

  @Test(arguments: indexes)
  func `an emptied index stops what is filled, sent and exported`(index: Index) throws {
    try fill()
    try withIndexAsTable(path, index.name, columns: index.columns) { "DELETE FROM \($0)" }
    try expectRefused(index.named)
  }

  @Test(arguments: indexes)
  func `an index that lacks one row, long before the checkpoint, does too`(index: Index) throws {
    try fill()
    try withIndexAsTable(path, index.name, columns: index.columns) {
      "DELETE FROM \($0) WHERE place = (SELECT min(place) FROM \($0))"
    }
    try expectRefused(index.named)
  }

  @Test(arguments: [
    ("UPDATE session SET day = day + 1 WHERE number = 2", "Session closed is listed"),
    ("UPDATE session SET status = 1 WHERE number = 1", "Session open is listed"),
    ("UPDATE session SET status = 0 WHERE number = 600", "is listed under another day"),
    ("DELETE FROM session WHERE number = 702", "session"),
    ("UPDATE message SET state = 5 WHERE number = 2", "Message M2 is listed in another state"),
    ("UPDATE message SET state = 3 WHERE number = 1", "Message M1 is listed in another state"),
  ])
  func `a list that its facts or steps do not make stops them too`(
    sql: String, named: String
  ) throws {
    try fill()
    try tamper(path, sql)
    try expectRefused(named)
  }

  @Test(arguments: [
    "UPDATE session SET status = 1 WHERE number = 1", "UPDATE session SET status = 2",
    "UPDATE session SET status = 0 WHERE number = 600",
  ])
  func `the board does not open on other open sessions than the facts make`(sql: String) throws {
    try fill()
    let whole = try SQLiteStore(StorePlace(path: path), mode: .readOnly)
    try whole.checkLists()
    whole.close()
    try tamper(path, sql)
    let store = try SQLiteStore(StorePlace(path: path), mode: .readOnly)
    #expect { try store.checkLists() } throws: { isAltered($0, "is listed under another") }
  }

  @Test(arguments: ["session_open", "fact_patient"])
  func `the board does not open on an index that lacks a row`(name: String) throws {
    try fill()
    let index = try #require(Self.indexes.first { $0.name == name })
    try withIndexAsTable(path, name, columns: index.columns) {
      "DELETE FROM \($0) WHERE place = (SELECT min(place) FROM \($0))"
    }
    let store = try SQLiteStore(StorePlace(path: path))
    #expect { try store.checkLists() } throws: { isAltered($0, index.named) }
  }

  @Test func `the lists are compared again after another program wrote`() throws {
    try fill()
    let store = try SQLiteStore(StorePlace(path: path))
    try store.checkChains()
    try store.checkLists()
    var later = SampleRecord(session: "later", seed: 7)
    later.openWithPort()
    try store.append(later.events, to: later.session, expecting: 0)
    try store.checkLists()
    try tamper(path, "UPDATE session SET status = 1 WHERE number = 1")
    #expect { try store.checkLists() } throws: { isAltered($0, "Session open") }
    #expect { try store.checkChains() } throws: { isAltered($0, "Session open") }
    try tamper(path, "UPDATE session SET status = 0 WHERE number = 1")
    try store.checkChains()
    #expect(try store.board().map(\.session.text) == ["open", "later"])
  }

  @Test func `a session that is corrected, closed and reopened keeps the list whole`() throws {
    try fill()
    let store = try SQLiteStore(StorePlace(path: path))
    var record = Self.closed()
    let known = record.events.count
    record.add(.sessionReopened, at: "12:20")
    record.add(.sessionClosed(answers: []), at: "12:30")
    let more = Array(record.events[known...])
    try store.append(more, to: record.session, expecting: known)
    try store.checkLists()
    try store.checkChains()
    try store.write { try store.addCheckpoint($0) }
    try store.checkChains()
    #expect(try store.verify().isWhole)
    store.close()
    let again = try SQLiteStore(StorePlace(path: path))
    try again.checkChains()
    try again.checkLists()
  }

  @Test(arguments: [
    "UPDATE message SET content = x'4d5348', hash = randomblob(32) WHERE number = 1",
    "UPDATE message_step SET note = 'x' WHERE rowid = 1",
    "UPDATE message_step SET state = 5 WHERE rowid = 1; UPDATE message SET state = 5 WHERE number = 1",
  ])
  func `a message that waits since before the checkpoint is compared with its seals`(
    sql: String
  ) throws {
    try fill()
    try tamper(path, sql)
    let store = try SQLiteStore(StorePlace(path: path))
    #expect { _ = try store.entry("M1") } throws: { isAltered($0, "Message M1") }
    #expect { _ = try store.entries(of: SessionID("closed")) } throws: {
      isAltered($0, "Message M1")
    }
  }

  @Test func `wrong PINs that were taken out of the index are missed`() throws {
    let pin = PIN(typed: "246813")
    let store = try SQLiteStore(StorePlace(path: path))
    try store.enrol("R. SAMPLE", as: .supervisor, pin: pin, by: "a", workstation: "w", at: at)
    _ = try store.signIn("R. SAMPLE", PIN(typed: "135790"), workstation: "w", at: at)
    store.close()
    try withIndexAsTable(path, "audit_person", columns: "person, place") {
      "DELETE FROM \($0) WHERE place = 2"
    }
    let again = try SQLiteStore(StorePlace(path: path))
    #expect { _ = try again.signIn("R. SAMPLE", pin, workstation: "w", at: at) } throws: {
      isAltered($0, "does not agree with the audit record")
    }
  }
}

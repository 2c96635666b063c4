import InfusionRecord
import TestSupport
import Testing

@testable import SQLiteStore
@testable import SessionStore

/// The write-ahead log is moved into the file only while nothing else can commit.
@Suite struct LogTransferTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("s.store") }

  private func record(_ store: SQLiteStore, notes: Int) throws {
    var record = SampleRecord(session: "s1", seed: 1)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    for _ in 0..<notes {
      let note = record.add(.noteAdded(text: "x", administration: nil), at: "09:00")
      try store.append([note], to: record.session, expecting: record.events.count - 1)
    }
  }

  /// The size of the database file without its log.
  private var size: Int { FileStatus(path: path)?.size ?? 0 }

  @Test func `while another process holds the write lock, the log stays where it is`() throws {
    let store = try SQLiteStore(StorePlace(path: path))
    store.maintain()
    try record(store, notes: 40)
    let before = size
    let other = try Database(path)
    try other.execute("BEGIN IMMEDIATE")
    store.maintain()
    #expect(size == before)
    try other.execute("ROLLBACK")
    other.close()
    store.maintain()
    #expect(size > before)
    #expect(try store.verify().isWhole)
  }

  @Test func `SQLite moves nothing by itself, and a long log is moved after a write`() throws {
    let store = try SQLiteStore(StorePlace(path: path))
    let before = size
    try record(store, notes: 10)
    #expect(size == before)
    let pages = try store.access { $0.logPages }
    #expect(pages > 10)
    var record = SampleRecord(session: "s2", seed: 2)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    for _ in 0..<100 {
      let note = record.add(.noteAdded(text: "x", administration: nil), at: "09:00")
      try store.append([note], to: record.session, expecting: record.events.count - 1)
    }
    #expect(size > before)
    #expect(try store.access { $0.logPages } < 250)
    #expect(try store.verify().isWhole)
  }

  @Test func `a log that cannot be moved costs no fact`() throws {
    let store = try SQLiteStore(StorePlace(path: path))
    let reader = try Database(path)
    try reader.execute("BEGIN; SELECT count(*) FROM fact")
    try record(store, notes: 120)
    #expect(try store.head().count == 122)
    try reader.execute("COMMIT")
    reader.close()
    #expect(try store.verify().isWhole)
  }
}

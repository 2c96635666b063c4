import CSQLite
import Foundation
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// Work at the chair reads only what it needs, however long the record is.
@Suite struct ReachTests {
  private let folder = TemporaryFolder()

  /// A store of `sessions` closed sessions, and an open one.
  private func store(_ name: String, sessions: Int) throws -> (SQLiteStore, SampleRecord) {
    let store = try SQLiteStore(StorePlace(path: folder.file(name)))
    var batches: [Append] = []
    for index in 0..<sessions {
      var record = SampleRecord(session: "2026-10-01-\(index)", seed: UInt64(index + 1))
      record.openWithPort()
      record.start("a1", "paclitaxel", at: "09:00")
      record.stop("a1", at: "12:00")
      record.add(.sessionClosed(answers: []), at: "12:10")
      let review = Review(statementHash: "ab", rulebook: "x", policy: [], reviewer: "R. SAMPLE")
      record.add(.sessionReviewed(review), at: "12:11")
      batches.append(Append(session: record.session, expecting: 0, events: record.events))
    }
    if !batches.isEmpty { try store.append(batches) }
    var open = SampleRecord(session: "2026-11-24-open", seed: 0)
    open.openWithPort()
    try store.append(open.events, to: open.session, expecting: 0)
    return (store, open)
  }

  /// The number of instructions that SQLite's virtual machine runs for `body`.
  private func steps(_ store: SQLiteStore, _ body: () throws -> Void) throws -> Int {
    final class Counter { var count = 0 }
    let counter = Counter()
    let pointer = Unmanaged.passUnretained(counter).toOpaque()
    let count: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { pointer in
      if let pointer { Unmanaged<Counter>.fromOpaque(pointer).takeUnretainedValue().count += 1 }
      return 0
    }
    try store.access { sqlite3_progress_handler($0.handle, 1, count, pointer) }
    try body()
    try store.access { sqlite3_progress_handler($0.handle, 0, nil, nil) }
    return withExtendedLifetime(counter) { counter.count }
  }

  private typealias Act = (name: String, body: (SQLiteStore, SampleRecord) throws -> Void)
  private let acts: [Act] = [
    ("head", { store, _ in _ = try store.head() }),
    ("board", { store, _ in _ = try store.board() }),
    ("a session", { store, open in _ = try store.log(of: open.session) }),
    (
      "a patient's last visit",
      { store, open in
        _ = try store.lastVisit(of: "90000001", before: CivilDate(dayNumber: 30_000))
      }
    ),
    (
      "the first call of changes",
      { store, _ in
        let head = try store.head()
        store.lastSeen = nil
        _ = try store.changes(since: head)
      }
    ),
    (
      "changes after another process's fact",
      { store, open in
        let head = try store.head()
        let other = try SQLiteStore(store.place)
        var more = open
        let note = more.add(.noteAdded(text: "x", administration: nil), at: "09:00")
        try other.append([note], to: open.session, expecting: open.events.count)
        #expect(try store.changes(since: head).sessions == [open.session])
        other.close()
      }
    ),
    (
      "an append",
      { store, open in
        var more = open
        more.add(.noteAdded(text: "x", administration: nil), at: "09:00")
        let note = more.add(.noteAdded(text: "y", administration: nil), at: "09:01")
        try store.append([note], to: open.session, expecting: open.events.count + 1)
      }
    ),
  ]

  @Test func `a fact, the board and what changed cost no more on a long record`() throws {
    let (short, open) = try store("short.store", sessions: 2)
    let (long, same) = try store("long.store", sessions: 600)
    for act in acts {
      let few = try steps(short) { try act.body(short, open) }
      let many = try steps(long) { try act.body(long, same) }
      #expect(few > 0, "\(act.name)")
      #expect(many <= few + few / 4 + 20, "\(act.name): \(few) steps, then \(many)")
    }
  }

  @Test func `with checkpoints at rest, no append runs one`() throws {
    let (store, open) = try store("idle.store", sessions: 0)
    var log = open
    func append(_ count: Int) throws {
      for _ in 0..<count {
        let note = log.add(.noteAdded(text: "x", administration: nil), at: "09:00")
        try store.append([note], to: log.session, expecting: log.events.count - 1)
      }
    }
    try append(20)
    store.maintain()
    let file = folder.file("idle.store")
    let before = FileManager.default.contents(atPath: file)
    // More pages than a log without idle checkpoints holds.
    try append(150)
    #expect(FileManager.default.contents(atPath: file) == before)
    store.maintain()
    #expect(FileManager.default.contents(atPath: file) != before)
    #expect(try store.log(of: log.session)?.events == log.events)
    #expect(try store.verify().isWhole)
  }
}

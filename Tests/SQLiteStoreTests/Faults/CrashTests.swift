import Foundation
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// Processes that record are killed, or many record at once.
///
/// `CHAIRTIME_KILLS=1000 CHAIRTIME_FACTS=1000 swift test --filter CrashTests` is the full count.
@Suite(.serialized) struct CrashTests {
  @Test func `no acknowledged fact is lost when a writer is killed at random`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    var generator = SystemRandomNumberGenerator()
    var acknowledged: [Event.ID] = []
    let kills = rounds("CHAIRTIME_KILLS", usually: 25)
    for round in 0..<kills {
      let writer = try WriterProcess(path, name: "w\(round % 7)", count: 100_000, in: folder.path)
      if round % 5 > 0 { writer.waitUntil { $0.contains("ready") } }
      usleep(UInt32.random(in: 0...40_000, using: &generator))
      writer.kill()
      writer.wait()
      // The next start needs no repair.
      let store = try SQLiteStore(StorePlace(path: path))
      for id in writer.acknowledged { #expect(try store.session(of: id) != nil, "\(round)") }
      acknowledged += writer.acknowledged
      if round % 50 == 49 || round == kills - 1 { #expect(try store.verify().problems == []) }
      store.close()
    }
    let store = try SQLiteStore(StorePlace(path: path))
    for id in acknowledged { #expect(try store.session(of: id) != nil) }
    #expect(!acknowledged.isEmpty)
    print("\(kills) kills, \(acknowledged.count) acknowledged facts, none lost")
  }

  @Test func `eight writers lose nothing, double nothing, and no store is too busy`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let facts = rounds("CHAIRTIME_FACTS", usually: 40)
    let writers = try (0..<8).map { index in
      // Half of them into one session.
      try WriterProcess(
        path, name: "writer-\(index)", count: facts, session: index < 4 ? "shared" : nil,
        in: folder.path)
    }
    for writer in writers { #expect(writer.wait() == 0, "\(writer.lines.last ?? "")") }
    let acknowledged = writers.flatMap(\.acknowledged)
    #expect(acknowledged.count == 8 * facts)
    #expect(Set(acknowledged).count == 8 * facts)
    let store = try SQLiteStore(StorePlace(path: path))
    for id in acknowledged { #expect(try store.session(of: id) != nil) }
    #expect(try store.log(of: SessionID("shared"))?.version == 4 * facts + 1)
    let found = try store.verify()
    #expect(found.problems == [])
    #expect(found.head.count == 8 * facts + 5)
  }

  @Test func `a reader learns of another process's fact within a second`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let store = try SQLiteStore(StorePlace(path: path))
    let before = try store.changes(since: .empty)
    let writer = try WriterProcess(path, name: "other", count: 1, in: folder.path)
    writer.waitUntil { $0.contains { $0.hasPrefix("ack") } }
    let started = ContinuousClock.now
    let changes = try store.changes(since: before.head)
    #expect(changes.sessions == [SessionID("other")])
    #expect(ContinuousClock.now - started < .seconds(1))
  }

  @Test func `a copy made while others record is whole`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let writers = try (0..<3).map {
      try WriterProcess(path, name: "w\($0)", count: 100_000, in: folder.path)
    }
    for writer in writers { writer.waitUntil { $0.count > 20 } }
    let store = try SQLiteStore(StorePlace(path: path))
    var last = Head.empty
    for copy in 0..<rounds("CHAIRTIME_COPIES", usually: 4) {
      for writer in writers { writer.pause() }
      let known = writers.flatMap(\.acknowledged)
      for writer in writers { writer.resume() }
      let found = try store.backup(to: folder.file("copy-\(copy)"))
      for writer in writers { writer.pause() }
      #expect(found.isWhole)
      #expect(found.head.count >= last.count)
      last = found.head
      // A restored copy is a store like any other, and holds all that was acknowledged before it.
      let restored = try SQLiteStore(StorePlace(path: folder.file("copy-\(copy)")))
      for id in known { #expect(try restored.session(of: id) != nil) }
      #expect(try restored.head() == found.head)
      restored.close()
      for end in ["", "-wal", "-shm", "-reserve"] { unlink(folder.file("copy-\(copy)\(end)")) }
      for writer in writers { writer.resume() }
    }
    for writer in writers {
      #expect(writer.isRunning)
      writer.kill()
    }
    // The copy's head is found in the store that went on.
    let found = try store.verify(against: last)
    #expect(found.problems == [] && found.head.count >= last.count && last.count > 0)
    print("the last copy has \(last.count) facts, the store \(found.head.count) at the end")
  }
}

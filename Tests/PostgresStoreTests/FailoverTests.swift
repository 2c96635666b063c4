import Foundation
import InfusionRecord
import SessionStore
import Synchronization
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// A primary that dies, freezes or comes back, and its standby. `CHAIRTIME_FAILOVERS=1000` kills as many.
@Suite(.serialized) struct FailoverTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["CHAIRTIME_FAILOVERS"].flatMap { Int($0) } ?? 2

  /// A primary with the tables, and a standby that follows it.
  private func pair(synchronous: Bool) throws -> (primary: TestCluster, standby: TestCluster) {
    let primary = try TestCluster()
    try primary.initialize()
    return (primary, try standby(of: primary, synchronous: synchronous))
  }

  private func standby(of primary: TestCluster, synchronous: Bool) throws -> TestCluster {
    let standby = try primary.makeStandby()
    // Otherwise it would wait for a standby of its own once it is promoted.
    try standby.configure(["synchronous_standby_names = ''"])
    standby.reload()
    try primary.wait(for: "EXISTS (SELECT 1 FROM pg_stat_replication WHERE state = 'streaming')")
    if synchronous {
      try primary.configure(["synchronous_standby_names = 'standby'"])
      primary.reload()
      try primary.wait(for: "EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')")
    }
    return standby
  }

  /// A session whose facts another thread appends one after the other, each until it is acknowledged.
  private final class Recording: Sendable {
    struct State {
      var acknowledged: [Event.ID] = []
      var resent = 0
      var isEnding = false
      var hasEnded = false
      var fault: String?
    }

    let state = Mutex(State())

    init(_ name: String, on address: ServerAddress) {
      BackgroundThread.start { [self] in
        record(name, address)
        state.withLock { $0.hasEnded = true }
      }
    }

    private func record(_ name: String, _ address: ServerAddress) {
      var record = SampleRecord(
        session: name, seed: UInt64(name.utf8.reduce(7) { $0 &* 31 + Int($1) }))
      record.openWithPort()
      var store: PostgresStore?
      var next = 0
      while !state.withLock({ $0.isEnding }) {
        if next == record.events.count {
          record.add(.noteAdded(text: "note \(next)", administration: nil), at: "09:00")
        }
        let event = record.events[next]
        do throws(StoreError) {
          if store == nil { store = try PostgresStore(address) }
          guard let opened = store else { return }
          try opened.append([event], to: record.session, expecting: next)
          state.withLock { $0.acknowledged.append(event.id) }
          next += 1
        } catch {
          switch error {
          case .unanswered, .unreachable, .busy, .readOnly, .io: state.withLock { $0.resent += 1 }
          default:
            state.withLock { $0.fault = error.sentence }
            return
          }
          usleep(10_000)
        }
      }
    }

    var count: Int { state.withLock { $0.acknowledged.count } }

    /// Waits until so many more facts are acknowledged; false if they are not within a minute.
    func goesOn(by count: Int) -> Bool {
      let wanted = self.count + count
      for _ in 0..<6_000 where self.count < wanted && state.withLock({ $0.fault }) == nil {
        usleep(10_000)
      }
      return self.count >= wanted
    }

    func end() -> [Event.ID] {
      state.withLock { $0.isEnding = true }
      while !state.withLock({ $0.hasEnded }) { usleep(5_000) }
      return state.withLock { $0.acknowledged }
    }
  }

  @Test func `a primary that is killed while facts are appended loses none that was acknowledged`()
    throws
  {
    var (primary, standby) = try pair(synchronous: true)
    var acknowledged = 0
    var resent = 0
    var heads: [String: Head] = [:]
    for round in 1...Self.rounds {
      // A suite for each round, so that what is verified stays short.
      let suite = "round-\(round)"
      try primary.run(ServerSetup.adding(suite: suite), in: "record")
      try primary.run(
        ServerSetup.adding(terminal: "terminal", to: suite, as: .reviewer), in: "record")
      let recording = Recording("s", on: primary.address(of: suite, then: [standby]))
      #expect(recording.goesOn(by: 5 + Int.random(in: 0..<40)))
      usleep(UInt32.random(in: 0..<3_000))
      primary.kill()
      try standby.promote()
      #expect(recording.goesOn(by: 10), "\(recording.state.withLock { $0.fault ?? "" })")
      let ids = recording.end()
      let store = try PostgresStore(standby.address(of: suite))
      let log = try #require(try store.log(of: SessionID("s")))
      // Each acknowledged fact is there once, in its place; the last may be there without an acknowledgement.
      #expect(Array(log.events.map(\.id).prefix(ids.count)) == ids)
      #expect(log.version <= ids.count + 1)
      #expect(try store.verify().problems == [])
      heads[suite] = try store.head()
      acknowledged += ids.count
      resent += recording.state.withLock { $0.resent }
      store.close()
      primary = standby
      if round < Self.rounds { standby = try self.standby(of: primary, synchronous: true) }
      if round.isMultiple(of: 50) {
        print("failover \(round): \(acknowledged) acknowledged, \(resent) sent again")
      }
    }
    // What earlier rounds recorded went through all later failovers.
    for (suite, head) in heads {
      #expect(try PostgresStore(primary.address(of: suite), mode: .readOnly).head() == head)
    }
    print("\(Self.rounds) failovers: \(acknowledged) acknowledged, 0 lost, \(resent) sent again")
  }

  @Test func `facts that an asynchronous standby lost are named by who saw them acknowledged`()
    throws
  {
    let (primary, standby) = try pair(synchronous: false)
    var address = primary.address(then: [standby])
    address.patience = 5
    let store = try PostgresStore(address)
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    try primary.wait(
      for: "EXISTS (SELECT 1 FROM pg_stat_replication WHERE replay_lsn = pg_current_wal_lsn())")
    // The standby is behind by what comes now: it follows nobody any more.
    _ = try standby.number("ALTER SYSTEM SET primary_conninfo = ''")
    standby.reload()
    try primary.wait(for: "NOT EXISTS (SELECT 1 FROM pg_stat_replication)")
    for count in 2..<12 {
      let note = record.add(.noteAdded(text: "\(count)", administration: nil), at: "09:00")
      try store.append([note], to: record.session, expecting: count)
    }
    primary.kill()
    try standby.promote()
    let note = record.event(.noteAdded(text: "after", administration: nil), at: "09:10")
    func isMissing(_ error: any Error) -> Bool {
      if case StoreError.factsMissing = error { true } else { false }
    }
    var named = false
    for _ in 0..<5 where !named {
      do throws(StoreError) {
        _ = try store.append([note], to: record.session, expecting: 12)
        Issue.record("it was recorded")
      } catch {
        named = isMissing(error)
        if !named { guard case .unanswered = error else { throw error } }
      }
    }
    #expect(named)
    #expect { _ = try store.board() } throws: { isMissing($0) }
    // The chain alone does not tell.
    #expect(try PostgresStore(standby.address()).verify().problems == [])
  }

  @Test func `an append that waits for a stopped standby is told in time, and is there once later`()
    throws
  {
    let (primary, standby) = try pair(synchronous: true)
    var address = primary.address()
    address.patience = 1
    let store = try PostgresStore(address)
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    standby.freeze()
    let note = record.add(.noteAdded(text: "while it stands", administration: nil), at: "09:00")
    let clock = ContinuousClock()
    let first = clock.measure {
      #expect(throws: StoreError.self) {
        try store.append([note], to: record.session, expecting: 2)
      }
    }
    // Two requests of one second each, and what the server answers of the lock.
    #expect(first < .seconds(4), "\(first)")
    #expect(throws: StoreError.self) {
      try store.append([note], to: record.session, expecting: 2)
    }
    let waiting = try primary.number(
      "SELECT count(*) FROM pg_stat_activity WHERE usename = 'terminal' AND state = 'active'")
    #expect(waiting <= 2)
    standby.thaw()
    var head: Head?
    for _ in 0..<30 where head == nil {
      head = try? store.append([note], to: record.session, expecting: 2)
    }
    #expect(head?.count == 3)
    #expect(try store.log(of: record.session)?.events == record.events)
  }

  @Test func `a frozen primary is passed over, and acknowledges nothing when it is thawed`() throws
  {
    let (primary, standby) = try pair(synchronous: true)
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try PostgresStore(primary.address()).append(record.events, to: record.session, expecting: 0)
    primary.freeze()
    try standby.promote()
    let clock = ContinuousClock()
    var opened: PostgresStore?
    let time = try clock.measure {
      opened = try PostgresStore(primary.address(then: [standby]))
    }
    #expect(time < .milliseconds(3_500), "\(time)")
    let note = record.add(.noteAdded(text: "on the new one", administration: nil), at: "09:00")
    try opened?.append([note], to: record.session, expecting: 2)
    primary.thaw()
    var old = primary.address()
    old.patience = 1
    let other = record.event(.noteAdded(text: "on the old one", administration: nil), at: "09:00")
    #expect(throws: StoreError.self) {
      try PostgresStore(old).append([other], to: record.session, expecting: 2)
    }
    #expect(try opened?.log(of: record.session)?.events == record.events)
  }
}

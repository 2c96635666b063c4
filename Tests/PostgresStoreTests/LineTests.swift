import Glibc
import InfusionRecord
import SessionStore
import Synchronization
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// A line that is cut or falls silent at each byte of a request and of its answer.
@Suite struct LineTests {
  @Test(arguments: [CuttingProxy.Fault.cut, .silence])
  func `wherever the line fails in an append, the fact is there once at the end`(
    fault: CuttingProxy.Fault
  ) throws {
    let fixture = try ServerFixture(in: "record")
    let proxy = try CuttingProxy(before: fixture.server.administrator("record").hosts[0])
    defer { proxy.end() }
    var address = proxy.address(fixture.server.address(of: fixture.suite))
    address.patience = 1
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try fixture.open().append(record.events, to: record.session, expecting: 0)
    // How long an append is, with what comes after it.
    let measured = try PostgresStore(address)
    proxy.arm(.cut, after: 1_000_000)
    let note = record.add(.noteAdded(text: "measured", administration: nil), at: "09:00")
    try measured.append([note], to: record.session, expecting: 2)
    let length = proxy.disarm()
    measured.close()
    #expect(length > 500)
    // Silence costs a second each time.
    let step = fault == .cut ? 61 : length / 2
    for place in stride(from: 0, through: length, by: step) {
      let store = try PostgresStore(address)
      _ = try store.head()
      let count = record.events.count
      let note = record.add(.noteAdded(text: "at \(place)", administration: nil), at: "09:00")
      proxy.arm(fault, after: place)
      do throws(StoreError) {
        try store.append([note], to: record.session, expecting: count)
      } catch {
        switch error {
        case .unanswered, .unreachable: break
        default: Issue.record("\(place): \(error.sentence)")
        }
        proxy.disarm()
        try store.append([note], to: record.session, expecting: count)
      }
      proxy.disarm()
      store.close()
    }
    let found = try fixture.open()
    #expect(try found.log(of: record.session)?.events == record.events)
    #expect(try found.verify().problems == [])
  }

  @Test func `eight machines with batches of many sessions hold each other up and never for good`()
    throws
  {
    let fixture = try ServerFixture(in: "record")
    let watcher = try ServerConnection.open(
      fixture.server.administrator("record"), wanting: .any)
    let deadlocks = "SELECT deadlocks AS number FROM pg_stat_database WHERE datname = 'record'"
    let before = try watcher.number(deadlocks)
    let address = fixture.server.address(of: fixture.suite)
    let running = Mutex(8)
    let faults = Mutex<[String]>([])
    for machine in 0..<8 {
      BackgroundThread.start {
        do throws(StoreError) {
          let store = try PostgresStore(address)
          for round in 0..<6 {
            // Sessions of its own, and one that all of them append to.
            var batches: [Append] = []
            for number in 0..<Int.random(in: 1...12) {
              var record = SampleRecord(
                session: "m\(machine)-\(round)-\(number)",
                seed: UInt64(machine * 10_000 + round * 100 + number))
              record.openWithPort()
              batches.append(
                Append(session: record.session, expecting: 0, events: record.events))
            }
            batches.shuffle()
            try store.append(
              batches,
              under: Right(actor: "RN T. SAMPLE", workstation: "w", proof: .account, act: .record))
          }
        } catch {
          faults.withLock { $0.append(error.sentence) }
        }
        running.withLock { $0 -= 1 }
      }
    }
    while running.withLock({ $0 > 0 }) { usleep(20_000) }
    #expect(faults.withLock { $0 } == [])
    #expect(try fixture.open().verify().problems == [])
    #expect(try watcher.number(deadlocks) == before)
  }
}

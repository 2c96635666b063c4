import Glibc
import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// PgBouncer between terminals and the server.
///
/// `CHAIRTIME_POOLER=transaction swift test --filter 'FactStoreTests|PeopleTests'` runs the tests of every store
/// through one.
@Suite struct PoolerTests {
  init() throws {
    try #require(Pooler.isInstalled, "pgbouncer is needed: bash .ci/setup tests")
  }

  @Test(arguments: Pooler.Mode.allCases)
  func `terminals behind a pooler record, sign in, follow each other and verify`(
    mode: Pooler.Mode
  ) throws {
    let fixture = try ServerFixture(in: "record")
    let pooler = try Pooler(mode, before: fixture.server.administrator("record").hosts[0])
    let address = pooler.address(fixture.server.address(of: fixture.suite))
    let stores = try (0..<6).map { _ in try PostgresStore(address) }
    // Connections behind the pooler change hands between these requests.
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try stores[0].append(record.events, to: record.session, expecting: 0)
    for turn in 0..<24 {
      let note = record.add(.noteAdded(text: "\(turn)", administration: nil), at: "09:00")
      try stores[turn % 6].append([note], to: record.session, expecting: 2 + turn)
      let head = try stores[(turn + 1) % 6].head()
      #expect(head.count == 3 + turn)
    }
    #expect(try stores[3].log(of: record.session)?.events == record.events)
    try stores[1].enrol(
      "R. SAMPLE", as: .supervisor, pin: ServerFixture.pin, by: "account", workstation: "w",
      at: ServerFixture.at)
    let entered = try stores[2].signIn(
      "R. SAMPLE", ServerFixture.pin, workstation: "w", at: ServerFixture.at)
    if case .signedIn(let person, _) = entered {
      #expect(person.role == .supervisor)
    } else {
      Issue.record("\(entered)")
    }
    // Whoever listens hears of it; behind a pooler of transactions nobody listens, and the loop asks.
    let signal = stores[4].changeSignal()
    #expect((signal == nil) == (mode == .transaction))
    if let signal {
      signal.clear()
      record.actor = "R. SAMPLE"
      let note = record.add(.noteAdded(text: "heard", administration: nil), at: "09:01")
      try stores[5].append([note], to: record.session, expecting: 26)
      var one = pollfd(fd: signal.descriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&one, 1, 2_000) == 1)
    }
    #expect(try stores[5].verify().problems == [])
  }
}

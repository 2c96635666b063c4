import Foundation
import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

@Suite struct ServerConnectionTests {
  private func expect(
    _ address: ServerAddress, _ part: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do throws(StoreError) {
      _ = try PostgresStore(address)
      Issue.record("it was opened", sourceLocation: sourceLocation)
    } catch {
      #expect(error.sentence.contains(part), "\(error.sentence)", sourceLocation: sourceLocation)
    }
  }

  @Test func `a server that cannot be used is told in a sentence`() throws {
    let fixture = try ServerFixture(in: "record")
    let right = fixture.server.address(of: fixture.suite)
    var wrong = right
    wrong.hosts = [ServerAddress.Host(name: "/nonexistent")]
    expect(wrong, "cannot be reached")
    wrong = right
    wrong.database = "nowhere"
    expect(wrong, "database \"nowhere\" does not exist")
    wrong = right
    wrong.user = "stranger_to_all"
    expect(wrong, "role \"stranger_to_all\" does not exist")
    wrong = right
    wrong.suite = "no-such-suite"
    expect(wrong, "There is no store at")
    wrong = right
    wrong.database = "postgres"
    expect(wrong, "no tables of Chairtime")
  }

  @Test func `the next host is tried if the first does not answer`() throws {
    let fixture = try ServerFixture(in: "record")
    var address = fixture.server.address(of: fixture.suite)
    address.hosts.insert(ServerAddress.Host(name: "/nonexistent"), at: 0)
    #expect(try PostgresStore(address).head() == .empty)
  }

  @Test func `a missing library is a sentence about its package`() {
    #expect {
      try PostgresLibrary(named: "libpq-that-is-not-there.so.5")
    } throws: { error in
      (error as? PostgresLibrary.Missing)?.what.contains("libpq-that-is-not-there") == true
    }
  }

  @Test func `a database of a later or an earlier program is left as it is`() throws {
    let fixture = try ServerFixture()
    try fixture.run("UPDATE schema_version SET version = 9, reads_from = 9")
    #expect { _ = try fixture.open() } throws: { error in
      if case StoreError.newer(_, 9, 3) = error { true } else { false }
    }
    try fixture.run("UPDATE schema_version SET version = 9, reads_from = 3")
    #expect(try fixture.open().head() == .empty)
    try fixture.run("UPDATE schema_version SET version = 0, reads_from = 0")
    #expect { _ = try fixture.open() } throws: { error in
      if case StoreError.older = error { true } else { false }
    }
  }

  @Test func `after its connection was ended a store goes on with the next request`() throws {
    let fixture = try ServerFixture(in: "record")
    try fixture.fill()
    let store = try fixture.open()
    let before = try store.head()
    let process = try store.access { try $0.number("SELECT pg_backend_pid() AS number") }
    try fixture.server.run("SELECT pg_terminate_backend(\(process), 5000)")
    var record = SampleRecord(session: "after", seed: 5)
    record.openWithPort()
    let head = try store.append(record.events, to: record.session, expecting: 0)
    #expect(head.count == before.count + 2)
    #expect(try store.verify().isWhole)
  }

  @Test func `an older copy in the server's place is noticed by who saw more`() throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    let store = try fixture.open()
    var record = SampleRecord(session: "later", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    // As a standby that was promoted too early holds it.
    try fixture.tamper(
      """
      DELETE FROM fact WHERE position > 24; DELETE FROM visit WHERE position > 24;
      DELETE FROM session WHERE number = 4;
      UPDATE suite SET facts = 24, sessions = 3, seal = (SELECT seal FROM fact WHERE position = 24)
      """)
    try fixture.server.run(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'test_reviewer' AND datname = '\(fixture.database)'"
    )
    let note = record.event(.noteAdded(text: "x", administration: nil), at: "09:00")
    func isMissing(_ error: any Error) -> Bool {
      if case StoreError.factsMissing = error { true } else { false }
    }
    #expect { _ = try store.board() } throws: { error in
      if case StoreError.unanswered = error { true } else { isMissing(error) }
    }
    #expect {
      try store.append([note], to: record.session, expecting: 2)
    } throws: { isMissing($0) }
  }

  @Test func `another terminal's fact wakes the loop`() throws {
    let fixture = try ServerFixture(in: "record")
    let (mine, other) = (try fixture.open(), try fixture.open())
    let signal = try #require(mine.changeSignal())
    func isReadable(_ milliseconds: Int) -> Bool {
      Deadline(milliseconds: milliseconds).wait(for: signal.descriptor, reading: true)
    }
    signal.clear()
    #expect(!isReadable(50))
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try other.append(record.events, to: record.session, expecting: 0)
    #expect(isReadable(5_000))
    signal.clear()
    #expect(try mine.changes(since: .empty).sessions == [record.session])
    #expect(!isReadable(50))
  }

  @Test func `rights that changed after they were read decide an append`() throws {
    let fixture = try ServerFixture(in: "record")
    let (mine, other) = (try fixture.open(), try fixture.open())
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    let right = Right(actor: record.actor, workstation: "ws-1", proof: .account, act: .record)
    try mine.append(record.events, to: record.session, expecting: 0, under: right)
    try other.enrol(
      "R. SAMPLE", as: .supervisor, pin: ServerFixture.pin, by: "account", workstation: "w",
      at: ServerFixture.at)
    let note = record.event(.noteAdded(text: "x", administration: nil), at: "09:00")
    #expect {
      try mine.append([note], to: record.session, expecting: 2, under: right)
    } throws: { error in
      if case StoreError.refused(let refusal) = error {
        refusal.cause == .peopleEnrolled
      } else {
        false
      }
    }
    var refusals = 0
    try mine.auditEntries { if $0.action.kind == .refused { refusals += 1 } }
    #expect(refusals == 1)
  }
}

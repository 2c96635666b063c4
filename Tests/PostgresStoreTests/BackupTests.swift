import Foundation
import InfusionRecord
import SQLiteStore
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// A backup of a server's record into a file.
@Suite struct BackupTests {
  private let folder = TemporaryFolder()

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test func `a backup of a server is one file that has all its heads and verifies`() throws {
    let fixture = try ServerFixture(in: "record")
    try fixture.fillOutbox()
    let server = try fixture.open(.readOnly)
    let heads = try server.heads()
    let made = try SQLiteStore.backup(
      of: server, at: server.location, to: folder.file("b.store"), against: heads)
    #expect(made.problems == [])
    #expect(
      [made.head, made.auditHead, made.outboxHead] == [heads.facts, heads.audit, heads.outbox])
    #expect((heads.facts?.count, heads.outbox?.count) == (2, 6))
    #expect(files == ["b.store"])
    let copy = try SQLiteStore(StorePlace(path: folder.file("b.store")), mode: .readOnly)
    #expect(try copy.verify().head == heads.facts)
    #expect(try copy.people().people == server.people().people)
  }

  @Test func `a standby gives a backup, and one that is behind is told by what it lacks`() throws {
    let primary = try TestCluster()
    try primary.initialize()
    let standby = try primary.makeStandby()
    let address = primary.address(then: [standby])
    let store = try PostgresStore(address)
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    let source = try PostgresStore(address, mode: .readOnly, on: .standby)
    #expect(try source.lack(of: store.heads(), within: 10) == 0)
    // Nothing that is recorded from now on is replayed there.
    _ = try standby.number("SELECT (pg_wal_replay_pause() IS NULL)::int")
    let note = record.add(.noteAdded(text: "later", administration: nil), at: "09:00")
    try store.append([note], to: record.session, expecting: 2)
    let heads = try store.heads()
    #expect(try source.lack(of: heads, within: 0) == 1)
    // A copy of that moment does not begin with the heads of the primary.
    let behind = try SQLiteStore.backup(
      of: source, at: source.location, to: folder.file("behind.store"), against: heads)
    #expect(behind.problems.map(\.kind) == [.tailCut])
    _ = try standby.number("SELECT (pg_wal_replay_resume() IS NULL)::int")
    #expect(try source.lack(of: heads, within: 10) == 0)
    let made = try SQLiteStore.backup(
      of: source, at: source.location, to: folder.file("b.store"), against: heads)
    #expect(made.problems == [])
    #expect(made.head == heads.facts)
    #expect(try source.verify(against: heads.facts).problems == [])
    #expect(throws: StoreError.self) {
      try PostgresStore(standby.address()).append([note], to: record.session, expecting: 3)
    }
  }

  @Test func `wherever the line is cut, a backup says so in a sentence and leaves no file`() throws
  {
    let fixture = try ServerFixture(in: "record")
    try fixture.fill()
    let proxy = try CuttingProxy(before: fixture.server.administrator("record").hosts[0])
    defer { proxy.end() }
    let address = proxy.address(fixture.server.address(of: fixture.suite))
    func backup(_ store: PostgresStore) throws {
      _ = try SQLiteStore.backup(
        of: store, at: store.location, to: folder.file("b.store"), against: KeptHeads())
    }
    let measured = try PostgresStore(address, mode: .readOnly)
    proxy.arm(.cut, after: 1_000_000)
    try backup(measured)
    let length = proxy.disarm()
    try FileManager.default.removeItem(atPath: folder.file("b.store"))
    #expect(length > 4_000)
    for place in stride(from: 300, to: length - 100, by: length / 7) {
      let store = try PostgresStore(address, mode: .readOnly)
      proxy.arm(.cut, after: place)
      #expect("\(place)") {
        try backup(store)
      } throws: { error in
        if case StoreError.unreachable = error { true } else { false }
      }
      proxy.disarm()
      #expect(files == [], "\(place)")
    }
  }

  @Test
  func `a backup of a record that was changed leaves no file, and one that broke off is named`()
    throws
  {
    let fixture = try ServerFixture()
    try fixture.fill()
    try fixture.tamper("UPDATE fact SET minute = minute + 1 WHERE position = 12")
    let store = try fixture.open(.readOnly)
    func backup() throws {
      _ = try SQLiteStore.backup(
        of: store, at: store.location, to: folder.file("b.store"), against: KeptHeads())
    }
    #expect {
      try backup()
    } throws: { error in
      if case StoreError.altered(_, let what) = error { what.contains("Fact 12") } else { false }
    }
    #expect(files == [])
    try FileManager.default.createDirectory(
      atPath: folder.file("b.store-copying"), withIntermediateDirectories: false)
    #expect {
      try backup()
    } throws: { error in
      if case StoreError.unsafe(_, let what) = error {
        what.contains("-copying is there")
      } else {
        false
      }
    }
  }
}

import Foundation
import InfusionRecord
import SQLiteStore
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// Moving a record between a file and a server.
@Suite struct CopyTests {
  private let folder = TemporaryFolder()

  /// The address of an empty suite as the owner of the server sees it, and as a terminal does.
  private func suite() throws -> (owner: ServerAddress, terminal: ServerAddress) {
    let fixture = try ServerFixture(in: "record")
    var owner = fixture.server.administrator("record")
    owner.suite = fixture.suite
    return (owner, fixture.server.address(of: fixture.suite))
  }

  /// The heads of a whole record.
  private func heads(_ store: any Store) throws -> [Head] {
    let found = try store.verify()
    #expect(found.problems == [])
    return [found.head, found.auditHead, found.outboxHead]
  }

  /// Copies a file to a server and back to another file, and compares the heads.
  private func moveThereAndBack(_ file: SQLiteStore) throws {
    let before = try heads(file)
    let suite = try suite()
    let there = try ServerTarget(suite.owner).take(recordOf: file, at: file.location)
    #expect([there.facts, there.audit, there.outbox] == before)
    let server = try PostgresStore(suite.terminal)
    #expect(try heads(server) == before)
    let back = try SQLiteStore(StorePlace(path: folder.file("back.store")))
    _ = try back.take(recordOf: server, at: server.location)
    #expect(try heads(back) == before)
    try expectSame(file, server, back)
  }

  private func expectSame(_ stores: any Store...) throws {
    let days = CivilDate(dayNumber: 0)...CivilDate(dayNumber: 2_932_896)
    let logs = try stores.map { store in
      var logs: [EventLog] = []
      try store.read(days) { logs.append($0) }
      return logs
    }
    #expect(Set(logs.map(\.count)).count == 1)
    for other in logs.dropFirst() { #expect(other == logs.first) }
    let people = try stores.map { try $0.people().people }
    for other in people.dropFirst() { #expect(other == people.first) }
    let sent = try stores.map { store in
      try store.controls(Set(OutboxState.allCases), limit: 1_000).map { try store.entry($0) }
    }
    for other in sent.dropFirst() { #expect(other == sent.first) }
  }

  @Test(arguments: 1...8)
  func `a file of every released version goes to a server and back with the same heads`(
    version: Int
  ) throws {
    let kept = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "SQLiteStoreTests/Fixtures/version-\(version).store")
    let path = folder.file("s.store")
    try FileManager.default.copyItem(at: kept, to: URL(filePath: path))
    chmod(path, 0o600)
    try moveThereAndBack(try SQLiteStore(StorePlace(path: path)))
  }

  @Test func `texts of every plane of Unicode go there and back`() throws {
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    var record = SampleRecord()
    record.openWithPort()
    for plane in 0...16 {
      let scalars = (0..<40).compactMap { Unicode.Scalar(UInt32(plane) << 16 | 0xA1 + $0 * 1_500) }
      let text = String(String.UnicodeScalarView(scalars.filter { $0 != "\0" }))
      record.actor = "P. \(plane) \(text.prefix(20))"
      record.add(
        .noteAdded(text: text + " \\ \" \u{1} \t\n", administration: nil), at: "09:00",
        reason: text)
    }
    record.add(.noteAdded(text: "a zero: \0", administration: nil), at: "09:10")
    try store.append(record.events, to: record.session, expecting: 0)
    try moveThereAndBack(store)
  }

  @Test func `recording goes on after the copy, with the chain of the file`() throws {
    let file = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    var record = SampleRecord()
    record.openWithPort()
    try file.append(record.events, to: record.session, expecting: 0)
    let suite = try suite()
    _ = try ServerTarget(suite.owner).take(recordOf: file, at: file.location)
    let note = record.add(.noteAdded(text: "x", administration: nil), at: "09:00")
    let head = try PostgresStore(suite.terminal).append(
      [note], to: record.session, expecting: 2)
    #expect(try file.append([note], to: record.session, expecting: 2) == head)
  }

  @Test func `a suite that holds a record takes no other, and a terminal may not copy into one`()
    throws
  {
    let file = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    var record = SampleRecord()
    record.openWithPort()
    try file.append(record.events, to: record.session, expecting: 0)
    let suite = try suite()
    #expect { try ServerTarget(suite.terminal).take(recordOf: file, at: "") } throws: { error in
      if case StoreError.forbidden = error { true } else { false }
    }
    _ = try ServerTarget(suite.owner).take(recordOf: file, at: "")
    #expect { try ServerTarget(suite.owner).take(recordOf: file, at: "") } throws: { error in
      if case StoreError.invalid = error { true } else { false }
    }
    #expect { try file.take(recordOf: PostgresStore(suite.terminal), at: "") } throws: { error in
      if case StoreError.invalid = error { true } else { false }
    }
  }

  @Test func `a record that was changed is not copied, and nothing of it is kept`() throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    try fixture.tamper("UPDATE fact SET minute = minute + 1 WHERE position = 12")
    let target = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    #expect {
      try target.take(recordOf: fixture.open(.examining), at: "the suite")
    } throws: { error in
      if case StoreError.altered(_, let what) = error { what.contains("Fact 12") } else { false }
    }
    #expect(try target.head() == .empty)
  }
}

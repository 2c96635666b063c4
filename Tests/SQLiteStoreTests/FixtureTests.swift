import Foundation
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// A store of each released version.
///
/// Made by `chairtime demo --days 1 --until 2026-07-01 --zone America/Chicago --seed 11` of that
/// version, from version 3 on with `chairtime outbox fill` and one message withdrawn, from version 6 on with
/// a restricted patient whose record was opened. They are never made again.
@Suite struct FixtureTests {
  struct Fixture: Sendable, CustomTestStringConvertible {
    let version: Int
    let head: String
    /// The number of messages in its outbox; one is withdrawn.
    var messages = 0
    var testDescription: String { "version \(version)" }
  }

  static let fixtures = [
    Fixture(
      version: 1,
      head: "1138:2cf39eac1d189e1c3b491d751c0fa43bc752e20b38042f556e226dff1ed32ae7"),
    Fixture(
      version: 2,
      head: "1138:e5d9f0b9287b28241a7408ab7bf780e4f590b2dbd33a2d65dc9fb00e6e459ee5"),
    Fixture(
      version: 3,
      head: "1138:e5d9f0b9287b28241a7408ab7bf780e4f590b2dbd33a2d65dc9fb00e6e459ee5",
      messages: 35),
    Fixture(
      version: 4,
      head: "1138:e5d9f0b9287b28241a7408ab7bf780e4f590b2dbd33a2d65dc9fb00e6e459ee5",
      messages: 35),
    Fixture(
      version: 5,
      head: "1138:9edf91f2acc036660a55c4ee275db5eab71104de161c86ea4bcf77f51af16d65",
      messages: 35),
    Fixture(
      version: 6,
      head: "1138:9edf91f2acc036660a55c4ee275db5eab71104de161c86ea4bcf77f51af16d65",
      messages: 35),
    Fixture(
      version: 7,
      head: "1138:c8d72651d4736896c811886a3397d0f2c2601b3a2afef01bfc964a397ba8a29f",
      messages: 35),
    Fixture(
      version: 8,
      head: "1138:c8d72651d4736896c811886a3397d0f2c2601b3a2afef01bfc964a397ba8a29f",
      messages: 35),
  ]

  /// A copy of the store of a version.
  private func kept(_ version: Int, in folder: TemporaryFolder) throws -> String {
    let path = folder.file("s.store")
    let kept = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/version-\(version).store")
    try FileManager.default.copyItem(at: kept, to: URL(filePath: path))
    chmod(path, 0o600)
    return path
  }

  @Test(arguments: fixtures)
  func `a store of every released version is read, verified and written to`(fixture: Fixture) throws
  {
    let folder = TemporaryFolder()
    let path = try kept(fixture.version, in: folder)
    let store = try SQLiteStore(StorePlace(path: path))
    #expect(try store.head().description == fixture.head)
    #expect(try store.verify(against: Head(fixture.head)).problems == [])
    let day = try #require(CivilDate(year: 2026, month: 7, day: 1))
    let logs = try store.logs(on: day)
    #expect(logs.count == 35)
    #expect(logs.reduce(0) { $0 + $1.version } == 1138)
    let messages = try store.controls(Set(OutboxState.allCases), limit: 1000)
    #expect(messages.count == fixture.messages)
    #expect(try store.controls([.withdrawn], limit: 1000).count == min(1, fixture.messages))
    for control in messages { #expect(try store.entry(control)?.message.postings.isEmpty == false) }
    var record = SampleRecord(session: "later", seed: 3)
    // In the store of version 2 people are enrolled, so one of them records.
    if let person = try store.people().active.first { record.actor = person.name }
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    #expect(try store.verify(against: Head(fixture.head)).isWhole)
  }

  /// A version before 5 sealed neither lines nor fillings; what it holds is sealed when it is opened.
  @Test(arguments: fixtures.filter { $0.messages > 0 })
  func `an outbox of every version is sealed whole, and a change of it is found`(fixture: Fixture)
    throws
  {
    let folder = TemporaryFolder()
    let path = try kept(fixture.version, in: folder)
    let store = try SQLiteStore(StorePlace(path: path))
    let found = try store.verify()
    // A message, its step and the step that withdrew one; one filling. From version 7 on its note of heads,
    // and in version 8 those of a restriction and of the opening of that record.
    let notes = fixture.version < 7 ? 0 : fixture.version == 7 ? 1 : 3
    #expect(found.outboxHead.count == 2 * fixture.messages + 2 + notes)
    try store.checkChains()
    store.close()
    try tamper(path, "DELETE FROM posting WHERE message = 7")
    let again = try SQLiteStore(StorePlace(path: path))
    #expect { try again.checkChains() } throws: { isAltered($0, "Message ") }
  }

  @Test(arguments: [
    "DELETE FROM message_step WHERE rowid = 9", "DELETE FROM posting WHERE message = 7",
    "UPDATE message SET state = 3 WHERE number = 7",
  ])
  func `an old store whose outbox was changed is opened, records, and sends nothing`(sql: String)
    throws
  {
    let folder = TemporaryFolder()
    let path = try kept(4, in: folder)
    try tamper(path, sql)
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord(session: "later", seed: 3)
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    let lines = { (message: OutboxMessage) in message.postings.isEmpty ? "it lacks lines" : nil }
    #expect(try store.verify(lines: lines).problems.contains { $0.kind == .outbox })
  }

  @Test func `restrictions of every version hold`() throws {
    for fixture in Self.fixtures {
      let folder = TemporaryFolder()
      let store = try SQLiteStore(StorePlace(path: try kept(fixture.version, in: folder)))
      let found = try store.restrictions()
      #expect(found.all.map(\.mrn) == (fixture.version < 6 ? [] : ["90000357"]))
      #expect(found.glassBreaks.map(\.actor) == (fixture.version < 6 ? [] : ["N. NOBODY"]))
    }
  }

  @Test func `there is a fixture of every version`() {
    #expect(Self.fixtures.map(\.version) == Array(1...Schema.current.version))
  }
}

import InfusionRecord
import SessionStore
import Synchronization
import TestServer
import TestSupport

@testable import PostgresStore

/// A suite in a database of its own, for tests that change tables, triggers or rights.
struct ServerFixture {
  static let at = RecordedTime(milliseconds: 1_795_500_000_123)
  static let pin = PIN(typed: "246813")

  let server: TestServer
  let database: String
  let suite: String

  private static let count = Atomic(0)

  /// A suite in `database`; nil makes a database that no other test uses.
  init(in database: String? = nil) throws {
    server = try TestServer.shared(.c)
    let number = ServerFixture.count.add(1, ordering: .relaxed).newValue
    self.database = database ?? "own\(number)"
    suite = "f\(number)"
    if database == nil { try server.makeDatabase(self.database) }
    try server.addSuite(suite, in: self.database)
  }

  func open(
    _ mode: StoreMode = .readWrite, as login: String = "test_reviewer"
  ) throws -> PostgresStore {
    try PostgresStore(server.address(of: suite, in: database, as: login), mode: mode)
  }

  /// Runs SQL as the superuser, as a person who owns the server could. `$suite` is the suite's number.
  func run(_ sql: String) throws {
    let number = "(SELECT number FROM chairtime.suite WHERE id = '\(suite)')"
    try server.run(
      "SET search_path = chairtime; "
        + sql.split(separator: "$suite", omittingEmptySubsequences: false).joined(separator: number),
      in: database)
  }

  /// Switches the triggers off, runs SQL, and switches them on again.
  func tamper(_ sql: String) throws {
    let tables = ServerSchema.suiteTables.map(\.name)
    let off = tables.map { "ALTER TABLE \($0) DISABLE TRIGGER USER;" }.joined()
    let on = ServerSchema.triggers.map {
      "ALTER TABLE \($0.table) ENABLE ALWAYS TRIGGER \($0.name);"
    }.joined()
    try run("BEGIN; \(off) SET CONSTRAINTS ALL DEFERRED; \(sql); \(on) COMMIT")
  }

  /// Three sessions written in turns: 24 facts.
  @discardableResult
  func fill() throws -> Head {
    let store = try open()
    defer { store.close() }
    var records = (0..<3).map { SampleRecord(session: "s\($0)", seed: UInt64($0)) }
    for index in records.indices { records[index].openWithPort() }
    for record in records {
      try store.append(record.events, to: record.session, expecting: 0)
    }
    for hour in 8..<11 {
      for index in records.indices {
        let start = records[index].start("a\(hour)", "drug \(hour)", at: "\(hour):00")
        let stop = records[index].stop("a\(hour)", at: "\(hour):30")
        try store.append(
          [start, stop], to: records[index].session, expecting: records[index].events.count - 2)
      }
    }
    return try store.head()
  }

  /// A supervisor, a session and its message, and what the audit record has of them.
  func fillOutbox() throws {
    let store = try open()
    defer { store.close() }
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: Self.pin, by: "account", workstation: "w", at: Self.at)
    var record = SampleRecord(session: "s1", seed: 1)
    record.actor = "R. SAMPLE"
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    let message = OutboxMessage(
      control: "M1", session: record.session, made: Self.at, content: Array("MSH|1\r".utf8),
      postings: [
        OutboxMessage.Posting(id: "U1", unit: "U1", isCredit: false, code: "96415", units: 2)
      ])
    try store.change(
      [OutboxChange(session: record.session, expecting: 0, withdrawing: [], adding: [message])],
      seen: 2, by: record.actor, at: Self.at)
    try store.record(
      OutboxStep(.sent, at: Self.at, actor: "R. SAMPLE"), of: "M1", expecting: 1)
    try store.audit(
      AuditEntry(
        time: Self.at, actor: record.actor, workstation: "w",
        action: .exported(what: "hl7 outbox", sessions: 1)))
  }
}

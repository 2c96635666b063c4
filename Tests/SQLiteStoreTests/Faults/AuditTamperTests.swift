import Glibc
import InfusionRecord
import TestSupport
import Testing

@testable import SQLiteStore
@testable import SessionStore

/// Changes of the audit record by another program.
@Suite struct AuditTamperTests {
  private let folder = TemporaryFolder()
  private let pin = PIN(typed: "246813")
  private let wrong = PIN(typed: "135790")
  private let start = RecordedTime(milliseconds: 1_795_438_800_000)

  private func filled() throws -> (Head, String) {
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: pin, by: "account", workstation: "ws-1", at: start)
    var record = SampleRecord()
    record.actor = "R. SAMPLE"
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    _ = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: start)
    _ = try store.signIn("R. SAMPLE", pin, workstation: "ws", at: start)
    try store.audit(
      AuditEntry(
        time: start, actor: "R. SAMPLE", workstation: "ws", action: .viewed(record.session)))
    let head = try store.auditHead()
    store.close()
    return (head, folder.file("s.store"))
  }

  @Test(arguments: [
    "UPDATE audit SET kind = 5 WHERE kind = 6", "UPDATE audit SET recorded = recorded + 1",
    "UPDATE audit SET person = NULL WHERE rowid = 2", "DELETE FROM audit WHERE rowid = 2",
    "UPDATE audit SET body = replace(body, 'supervisor', 'nurse')",
    "UPDATE audit SET facts = 0", "UPDATE name SET text = 'N. NOBODY' WHERE text = 'R. SAMPLE'",
    "DELETE FROM audit WHERE rowid = 4",
  ])
  func `a change of the audit record is found`(sql: String) throws {
    let (head, path) = try filled()
    try tamper(path, sql)
    unlink(path + "-head")
    unlink(path + "-audit")
    let store = try SQLiteStore(StorePlace(path: path), mode: .readOnly)
    #expect(try !store.verify(audit: head).isWhole)
  }

  /// Entries that decide who may do what, far behind the last checkpoint.
  @Test(arguments: [
    "UPDATE audit SET body = replace(body, '\"role\":\"nurse\"', '\"role\":\"supervisor\"') WHERE rowid = 2",
    "UPDATE audit SET body = replace(body, '\"hash\":\"a', '\"hash\":\"b') WHERE rowid = 3",
    "UPDATE audit SET body = replace(body, '90000417', '90000418') WHERE rowid = 4",
    "UPDATE audit SET kind = 4 WHERE rowid = 2",
    "UPDATE audit SET seal = zeroblob(32) WHERE rowid = 1",
  ])
  func
    `an old entry that decides a right, a setting or a restriction is not believed if it was altered`(
      sql: String
    ) throws
  {
    let path = folder.file("s.store")
    let store = try SQLiteStore(StorePlace(path: path))
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: pin, by: "account", workstation: "ws-1", at: start)
    try store.enrol(
      "N. OTHER", as: .nurse, pin: PIN(typed: "975318"), by: "R. SAMPLE", workstation: "ws-1",
      at: start)
    var actions: [AuditAction] = [
      .configurationAccepted(hash: String(repeating: "a", count: 64)),
      .restricted(mrn: "90000417", reason: "staff member"),
    ]
    for _ in 0..<20 { actions.append(.viewed(SessionID("2026-11-23-sample"))) }
    for action in actions {
      try store.audit(
        AuditEntry(time: start, actor: "R. SAMPLE", workstation: "ws-1", action: action))
    }
    store.close()
    try tamper(path, sql)
    let altered = try SQLiteStore(StorePlace(path: path))
    defer { altered.close() }
    #expect(throws: StoreError.self) {
      _ = try altered.enrolmentRows()
      _ = try altered.acceptedConfiguration()
      _ = try altered.restrictionRows()
    }
  }

  @Test func `a wrong PIN that is made a right one for a moment stops the sign-in`() throws {
    let path = folder.file("s.store")
    let store = try SQLiteStore(StorePlace(path: path))
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: pin, by: "account", workstation: "ws-1", at: start)
    for _ in 0..<3 { _ = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: start) }
    store.close()
    try tamper(path, "UPDATE audit SET kind = 5 WHERE rowid = 3")
    let altered = try SQLiteStore(StorePlace(path: path))
    defer { altered.close() }
    #expect(throws: StoreError.self) {
      _ = try altered.signIn("R. SAMPLE", wrong, workstation: "ws", at: start)
    }
  }

  @Test func `a cut end is found at the next start`() throws {
    let (_, path) = try filled()
    try tamper(path, "DELETE FROM audit WHERE rowid = 4")
    #expect(throws: StoreError.self) { _ = try SQLiteStore(StorePlace(path: path)) }
  }

  @Test(arguments: [
    "UPDATE audit SET kind = 5 WHERE rowid = 2", "DELETE FROM audit",
    "UPDATE audit SET body = body",
    "INSERT INTO audit SELECT * FROM audit WHERE rowid = 1",
    "REPLACE INTO audit (rowid, format, kind, recorded, actor, workstation, person, facts, body, seal) SELECT 1, format, kind, recorded, actor, workstation, person, facts, body, seal FROM audit WHERE rowid = 2",
  ])
  func `the database itself refuses to change an audit entry`(sql: String) throws {
    let (_, path) = try filled()
    let raw = try Database(path)
    #expect(throws: DatabaseError.self) { try raw.execute(sql) }
  }
}

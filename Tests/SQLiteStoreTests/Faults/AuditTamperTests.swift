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
    // Nothing but a head that was kept tells that the last entry is gone.
    if !sql.hasSuffix("rowid = 4") {
      #expect(throws: StoreError.self) { try store.auditEntries { _ in } }
    }
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

  /// R. SAMPLE and M. OTHER have the numbers 1 and 3 in the table of names. The entries of M. OTHER's wrong
  /// PINs are 4, 5, 6 and 8; entry 7 is a sign-in of R. SAMPLE.
  private func filledWithWrongPINs() throws -> String {
    let path = folder.file("s.store")
    let store = try SQLiteStore(StorePlace(path: path))
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: pin, by: "account", workstation: "ws-1", at: start)
    try store.audit(
      AuditEntry(
        time: start, actor: "R. SAMPLE", workstation: "ws-1",
        action: .viewed(SessionID("2026-11-23-sample"))))
    try store.enrol(
      "M. OTHER", as: .nurse, pin: PIN(typed: "975318"), by: "R. SAMPLE", workstation: "ws-1",
      at: start)
    let wrong = PIN(typed: "135790")
    for _ in 0..<3 { _ = try store.signIn("M. OTHER", wrong, workstation: "ws-1", at: start) }
    _ = try store.signIn("R. SAMPLE", pin, workstation: "ws-1", at: start)
    let later = RecordedTime(milliseconds: start.milliseconds + 6_000)
    _ = try store.signIn("M. OTHER", wrong, workstation: "ws-1", at: later)
    store.close()
    return path
  }

  private static let names = "(SELECT number FROM name WHERE text = "
  private static let supervisor = "\(names)'R. SAMPLE')"
  private static let nurse = "\(names)'M. OTHER')"

  /// Each leaves the number of entries about people as it was.
  @Test(arguments: [
    // To another person: all of them, all but the last, one.
    "UPDATE audit SET person = \(supervisor) WHERE kind = 6",
    "UPDATE audit SET person = \(supervisor) WHERE rowid IN (4, 5, 6)",
    "UPDATE audit SET person = \(supervisor) WHERE rowid = 4",
    // To a name that nobody has.
    "INSERT INTO name (text) VALUES ('N. NOBODY'); "
      + "UPDATE audit SET person = \(names)'N. NOBODY') WHERE rowid IN (4, 5, 6)",
    // Behind the enrolment, in the place of another entry.
    """
    UPDATE audit SET rowid = 99 WHERE rowid = 2; UPDATE audit SET rowid = 2 WHERE rowid = 5;
    UPDATE audit SET rowid = 5 WHERE rowid = 99
    """,
    // Another kind, and a right PIN of another person.
    "UPDATE audit SET kind = 7 WHERE rowid IN (4, 5, 6)",
    "UPDATE audit SET person = \(nurse) WHERE rowid = 7",
    "UPDATE audit SET kind = 2 WHERE rowid = 6",
    "UPDATE audit SET recorded = recorded - 900000 WHERE kind = 6",
  ])
  func `wrong PINs that do not count for a moment stop the sign-in, and count again afterwards`(
    sql: String
  ) throws {
    let path = try filledWithWrongPINs()
    let kept = folder.file("kept.store")
    try copy(path, to: kept)
    try tamper(path, sql)
    let later = RecordedTime(milliseconds: start.milliseconds + 10_000)
    let altered = try? SQLiteStore(StorePlace(path: path))
    for name in ["M. OTHER", "R. SAMPLE"] {
      #expect(throws: StoreError.self) {
        guard let altered else { throw StoreError.missing(path: path) }
        _ = try altered.signIn(name, wrong, workstation: "ws", at: later)
      }
    }
    altered?.close()
    let whole = try SQLiteStore(StorePlace(path: kept))
    defer { whole.close() }
    #expect(
      try whole.signIn("M. OTHER", wrong, workstation: "ws", at: later) == .wait(seconds: 11))
  }

  private func copy(_ path: String, to other: String) throws {
    let store = try SQLiteStore(StorePlace(path: path))
    defer { store.close() }
    _ = try store.backup(to: other)
  }

  @Test func `a right PIN ends the count of its person alone`() throws {
    let path = try filledWithWrongPINs()
    let store = try SQLiteStore(StorePlace(path: path))
    defer { store.close() }
    let later = RecordedTime(milliseconds: start.milliseconds + 30_000)
    _ = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: later)
    let right = PIN(typed: "975318")
    guard case .signedIn = try store.signIn("M. OTHER", right, workstation: "ws", at: later) else {
      Issue.record("M. OTHER did not sign in")
      return
    }
    for _ in 0..<2 {
      #expect(try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: later) == .wrong)
    }
    #expect(try store.signIn("M. OTHER", wrong, workstation: "ws", at: later) == .wrong)
    #expect(try store.signIn("R. SAMPLE", pin, workstation: "ws", at: later) == .wait(seconds: 5))
    #expect(try store.verify().isWhole)
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

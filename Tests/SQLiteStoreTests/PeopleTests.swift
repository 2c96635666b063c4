import Foundation
import GRDB
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// People, PINs and the audit record in a store.
@Suite struct PeopleTests {
  private let folder = TemporaryFolder()
  private let pin = PIN(typed: "246813")
  private let wrong = PIN(typed: "135790")
  private let start = RecordedTime(milliseconds: 1_795_438_800_000)

  private func store() throws -> SQLiteStore {
    try SQLiteStore(StorePlace(path: folder.file("s.store")))
  }

  private func after(_ seconds: Int64) -> RecordedTime {
    RecordedTime(milliseconds: start.milliseconds + seconds * 1000)
  }

  private func enrol(
    _ store: SQLiteStore, _ name: String = "R. SAMPLE", as role: Role = .supervisor
  ) throws {
    try store.enrol(name, as: role, pin: pin, by: "account", workstation: "ws-1", at: start)
  }

  private func kinds(_ store: SQLiteStore) throws -> [AuditEntry.Deed.Kind] {
    var kinds: [AuditEntry.Deed.Kind] = []
    try store.auditEntries { kinds.append($0.deed.kind) }
    return kinds
  }

  @Test func `who is enrolled signs in with the PIN and with no other`() throws {
    let store = try store()
    try enrol(store)
    #expect(try store.people().people == [Person(name: "R. SAMPLE", role: .supervisor)])
    let found = try store.signIn("R. SAMPLE", pin, workstation: "ws-1", at: after(1))
    #expect(found == .signedIn(Person(name: "R. SAMPLE", role: .supervisor)))
    #expect(try store.signIn("R. SAMPLE", wrong, workstation: "ws-1", at: after(2)) == .wrong)
    #expect(try store.signIn("N. NOBODY", pin, workstation: "ws-1", at: after(3)) == .wrong)
    #expect(try kinds(store) == [.enrolled, .signedIn, .signInFailed, .signInFailed])
    #expect(try store.verify().problems == [])
  }

  @Test func `two terminals share the count of wrong PINs, and the wait ends by the clock`() throws
  {
    let one = try store()
    let two = try store()
    try enrol(one)
    func attempt(_ store: SQLiteStore, _ pin: PIN, _ seconds: Int64) throws -> SignInResult {
      try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(seconds))
    }
    #expect(try attempt(one, wrong, 0) == .wrong)
    #expect(try attempt(two, wrong, 0) == .wrong)
    #expect(try attempt(one, wrong, 0) == .wrong)
    // Even the right one is not looked at.
    #expect(try attempt(two, pin, 1) == .wait(seconds: 4))
    #expect(try attempt(one, pin, 4) == .wait(seconds: 1))
    #expect(try attempt(two, wrong, 5) == .wrong)
    #expect(try attempt(one, pin, 6) == .wait(seconds: 14))
    #expect(try attempt(one, pin, 20) == .signedIn(Person(name: "R. SAMPLE", role: .supervisor)))
    // The count begins anew.
    #expect(try attempt(two, wrong, 21) == .wrong)
    #expect(try attempt(two, wrong, 21) == .wrong)
    #expect(try attempt(two, pin, 21) == .signedIn(Person(name: "R. SAMPLE", role: .supervisor)))
  }

  @Test func `many terminals at once gain no more tries than one`() async throws {
    let first = try store()
    try enrol(first)
    let path = folder.file("s.store")
    let (wrong, start) = (wrong, start)
    let outcomes = await withTaskGroup(of: SignInResult?.self) { group in
      for _ in 0..<12 {
        group.addTask {
          guard let store = try? SQLiteStore(StorePlace(path: path)) else { return nil }
          return try? store.signIn("R. SAMPLE", wrong, workstation: "ws", at: start)
        }
      }
      var outcomes: [SignInResult?] = []
      for await outcome in group { outcomes.append(outcome) }
      return outcomes
    }
    #expect(outcomes.count { $0 == .wrong } == 3)
    #expect(outcomes.count { $0 == .wait(seconds: 5) } == 9)
    #expect(try kinds(first).count { $0 == .signInFailed } == 3)
  }

  @Test func `a new PIN takes the place of the old one and ends the wait`() throws {
    let store = try store()
    try enrol(store)
    for _ in 0..<3 {
      _ = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: start)
    }
    try store.setPIN(
      of: "R. SAMPLE", to: wrong, by: "N. FICTION", workstation: "ws", at: after(1))
    let found = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: after(1))
    #expect(found == .signedIn(Person(name: "R. SAMPLE", role: .supervisor)))
    #expect(try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(2)) == .wrong)
  }

  @Test func `a supervisor is always left, and a name is given once`() throws {
    let store = try store()
    #expect(throws: RosterRefusal.firstMustSupervise) {
      try enrol(store, "N. NOBODY", as: .nurse)
    }
    try enrol(store)
    #expect(throws: RosterRefusal.isEnrolled("R. SAMPLE")) { try enrol(store) }
    #expect(throws: RosterRefusal.lastSupervisor) {
      try store.retire("R. SAMPLE", by: "R. SAMPLE", workstation: "ws", at: start)
    }
    #expect(throws: RosterRefusal.lastSupervisor) {
      try store.give(.nurse, to: "R. SAMPLE", by: "R. SAMPLE", workstation: "ws", at: start)
    }
    #expect(throws: RosterRefusal.unknown) {
      try store.retire("N. NOBODY", by: "R. SAMPLE", workstation: "ws", at: start)
    }
    try enrol(store, "N. NOBODY", as: .nurse)
    try store.give(.supervisor, to: "N. NOBODY", by: "R. SAMPLE", workstation: "ws", at: start)
    try store.retire("R. SAMPLE", by: "N. NOBODY", workstation: "ws", at: start)
    #expect(throws: RosterRefusal.isRetired("R. SAMPLE")) { try enrol(store) }
    #expect(try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(1)) == .wrong)
    #expect(try store.people().active == [Person(name: "N. NOBODY", role: .supervisor)])
  }

  @Test func `the file holds no PIN, and two people with one PIN differ in it`() throws {
    let store = try store()
    try enrol(store)
    try enrol(store, "N. NOBODY", as: .nurse)
    _ = try store.signIn("N. NOBODY", wrong, workstation: "ws", at: start)
    let bodies = try store.access { try String.fetchAll($0, sql: "SELECT body FROM audit") }
    #expect(bodies.allSatisfy { !$0.contains("246813") && !$0.contains("135790") })
    #expect(Set(bodies.prefix(2).map { $0.suffix(64) }).count == 2)
    for name in ["s.store", "s.store-wal", "s.store-audit"] {
      let bytes = try Data(contentsOf: URL(filePath: folder.file(name)))
      #expect(bytes.range(of: Data("246813".utf8)) == nil, "\(name)")
      #expect(bytes.range(of: Data("135790".utf8)) == nil, "\(name)")
    }
  }

  @Test func `every kind of entry is read back as it was written`() throws {
    let store = try store()
    let deeds: [AuditEntry.Deed] = [
      .roleGiven(person: "N. NOBODY", role: .supervisor), .retired(person: "N. NOBODY"),
      .pinSet(person: "N. NOBODY"), .signedIn(person: "N. NOBODY"),
      .enrolled(person: "N. NOBODY", role: .nurse),
      .signInFailed(person: nil), .signInFailed(person: "N. NOBODY"), .viewed(SessionID("s1")),
      .exported(what: "csv 2026-11-23", sessions: 35), .imported(what: "session s1"),
      .configurationAccepted(hash: ""), .refused(.export),
    ]
    let entries = deeds.map {
      AuditEntry(time: start, actor: "R. SAMPLE", workstation: "ws-1", deed: $0)
    }
    try store.audit(entries)
    var read: [AuditEntry] = []
    try store.auditEntries { read.append($0) }
    #expect(read == entries)
    #expect(Set(read.map(\.deed.kind)) == Set(AuditEntry.Deed.Kind.allCases))
  }

  // MARK: Tampering

  private func filled() throws -> (Head, String) {
    let store = try store()
    try enrol(store)
    var record = SampleRecord()
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    _ = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: start)
    _ = try store.signIn("R. SAMPLE", pin, workstation: "ws", at: start)
    try store.audit(
      AuditEntry(
        time: start, actor: "R. SAMPLE", workstation: "ws", deed: .viewed(record.session)))
    let head = try store.auditHead()
    store.close()
    return (head, folder.file("s.store"))
  }

  private func tamper(_ path: String, _ sql: String) throws {
    let raw = try DatabaseQueue(path: path)
    try raw.writeWithoutTransaction { database in
      let guards = try Row.fetchAll(
        database, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      try database.execute(sql: "PRAGMA foreign_keys = OFF")
      for row in guards { try database.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
      try database.execute(sql: sql)
      for row in guards { try database.execute(sql: row["sql"]) }
    }
    try raw.close()
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
  func `the database itself refuses to change an entry`(sql: String) throws {
    let (_, path) = try filled()
    let raw = try DatabaseQueue(path: path)
    #expect(throws: DatabaseError.self) {
      try raw.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
  }
}

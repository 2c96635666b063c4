import InfusionRecord
import SQLiteStore
import SessionStore
import TestSupport
import Testing

/// What every store must do about restricted records: it hides nothing itself, but it refuses in the
/// transaction that writes, and the entries add up to the same restrictions everywhere.
@Suite struct RestrictionTests {
  private let folder = TemporaryFolder()
  private static let at = RecordedTime(milliseconds: 1_795_438_800_000)
  private static let pin = PIN(typed: "246813")
  private let mrn = "Ab900417"

  private func after(_ minutes: Int64) -> RecordedTime {
    RecordedTime(milliseconds: Self.at.milliseconds + minutes * 60_000)
  }

  /// A store with a supervisor and two nurses, and a session that the first nurse holds.
  private func enrolled(_ kind: StoreKind) throws -> (store: any Store, record: SampleRecord) {
    let store = try kind.open(folder)
    let people = [("R. SAMPLE", Role.supervisor), ("N. NOBODY", .nurse), ("K. FICTION", .nurse)]
    for (name, role) in people {
      let supervisor = try store.people().active.first { $0.role == .supervisor }
      try store.enrol(
        name, as: role, pin: Self.pin, by: supervisor?.name ?? "account", workstation: "ws-1",
        at: Self.at)
    }
    var record = SampleRecord()
    record.actor = "N. NOBODY"
    record.nurse = "N. NOBODY"
    record.mrn = mrn
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    return (store, record)
  }

  private func right(of name: String, to act: Act, in store: any Store) throws -> Right {
    try .now(of: name, in: store, to: act)
  }

  /// Appends a note of `name`, decided on the record as it stands in the store.
  private func note(
    by name: String, at time: RecordedTime, in session: SessionID, of store: any Store
  ) throws {
    let log = try #require(try store.log(of: session))
    var generator = SystemRandomNumberGenerator()
    let event = Event(
      id: Event.ID(at: time, using: &generator), session: session,
      clinicalTime: Instant(seconds: time.milliseconds / 60_000 * 60), recordedTime: time,
      actor: name, workstation: "ws-1", fact: .noteAdded(text: "seen", administration: nil))
    try store.append(
      [event], to: session, expecting: log.version,
      under: right(of: name, to: .record, in: store))
  }

  private func expectRestricted(_ write: () throws -> Void) throws {
    do {
      try write()
      Issue.record("it was not refused")
    } catch StoreError.refused(let refusal) {
      #expect(refusal.cause == .restricted)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `a restricted session is written by its nurse and by nobody else`(kind: StoreKind) throws {
    let (store, record) = try enrolled(kind)
    try note(by: "K. FICTION", at: after(1), in: record.session, of: store)
    // The number as a scanner with Caps Lock types it.
    try store.restrict(
      mrn.lowercased(), because: "staff member",
      under: right(of: "R. SAMPLE", to: .restrict, in: store), at: after(2))
    let head = try store.head()
    for name in ["K. FICTION", "R. SAMPLE"] {
      try expectRestricted { try note(by: name, at: after(3), in: record.session, of: store) }
    }
    #expect(try store.head() == head)
    try note(by: "N. NOBODY", at: after(3), in: record.session, of: store)
    // Sessions of others are as before.
    var other = SampleRecord(session: "other", seed: 9)
    other.actor = "K. FICTION"
    other.nurse = "K. FICTION"
    other.openWithPort()
    try store.append(other.events, to: other.session, expecting: 0)
    try note(by: "R. SAMPLE", at: after(4), in: other.session, of: store)
    #expect(try store.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `who breaks the glass writes for 12 hours, and again after another reason`(
    kind: StoreKind
  ) throws {
    let (store, record) = try enrolled(kind)
    try store.restrict(
      mrn, because: "staff member", under: right(of: "R. SAMPLE", to: .restrict, in: store),
      at: after(1))
    func open(at time: RecordedTime) throws {
      try store.audit(
        AuditEntry(
          time: time, actor: "K. FICTION", workstation: "ws-1",
          action: .glassBroken(mrn: mrn, session: record.session, reason: "helped at the chair")))
    }
    try open(at: after(2))
    try note(by: "K. FICTION", at: after(2 + 719), in: record.session, of: store)
    try expectRestricted {
      try note(by: "K. FICTION", at: after(2 + 720), in: record.session, of: store)
    }
    // It opens the record to that person alone.
    try expectRestricted {
      try note(by: "R. SAMPLE", at: after(3), in: record.session, of: store)
    }
    try open(at: after(2 + 721))
    try note(by: "K. FICTION", at: after(2 + 722), in: record.session, of: store)
    let found = try store.restrictions()
    #expect(found.glassBreaks.map(\.actor) == ["K. FICTION", "K. FICTION"])
    #expect(found.glassBreaks.first?.words.hasSuffix("helped at the chair") == true)
  }

  @Test(arguments: StoreKind.allCases)
  func `a restriction is a supervisor's, once, and ends with a release`(kind: StoreKind) throws {
    let (store, record) = try enrolled(kind)
    let nurse = try right(of: "N. NOBODY", to: .restrict, in: store)
    do {
      try store.restrict(mrn, because: "mine", under: nurse, at: after(1))
      Issue.record("it was not refused")
    } catch StoreError.refused(let refusal) {
      #expect(refusal.act == .restrict && refusal.cause == .needsSupervisor)
    }
    let right = try right(of: "R. SAMPLE", to: .restrict, in: store)
    #expect(throws: RestrictionRefusal.isNotRestricted) {
      try store.release(mrn, because: "x", under: right, at: after(1))
    }
    try store.restrict(mrn, because: "staff member", under: right, at: after(1))
    #expect(throws: RestrictionRefusal.isRestricted) {
      try store.restrict(mrn, because: "again", under: right, at: after(1))
    }
    #expect(try store.restrictions().all.map(\.reason) == ["staff member"])
    try store.release(mrn, because: "left the hospital", under: right, at: after(2))
    #expect(try store.restrictions().isEmpty)
    try note(by: "K. FICTION", at: after(3), in: record.session, of: store)
    // Another connection adds up the same entries.
    #expect(try kind.open(folder).restrictions() == store.restrictions())
    #expect(try store.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `a new visit of a restricted patient is opened with a reason, and held`(kind: StoreKind)
    throws
  {
    let (store, record) = try enrolled(kind)
    try store.restrict(
      mrn, because: "staff member", under: right(of: "R. SAMPLE", to: .restrict, in: store),
      at: after(1))
    var second = SampleRecord(session: "second", seed: 5)
    second.actor = "K. FICTION"
    second.nurse = "K. FICTION"
    second.mrn = mrn
    second.openWithPort()
    for event in second.events.indices { second.events[event].recordedTime = after(4) }
    let head = try store.head()
    try expectRestricted {
      try store.append(
        second.events, to: second.session, expecting: 0,
        under: right(of: "K. FICTION", to: .record, in: store))
    }
    #expect(try store.head() == head)
    try store.audit(
      AuditEntry(
        time: after(3), actor: "K. FICTION", workstation: "ws-1",
        action: .glassBroken(mrn: mrn, session: nil, reason: "arrives at my chair")))
    try store.append(second.events, to: second.session, expecting: 0)
    try note(by: "K. FICTION", at: after(5), in: second.session, of: store)
    try expectRestricted {
      try note(by: "N. NOBODY", at: after(6), in: second.session, of: store)
    }
    #expect(try store.visits(of: mrn).map(\.session) == [record.session, second.session])
    #expect(try store.visits(of: mrn.uppercased()).count == 2)
    #expect(try store.visits(of: "90009999").isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func `a session gets the number of a restricted patient only with a reason`(kind: StoreKind)
    throws
  {
    let (store, _) = try enrolled(kind)
    var record = SampleRecord(session: "mine", seed: 7)
    record.actor = "K. FICTION"
    record.nurse = "K. FICTION"
    record.mrn = "90000555"
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    try store.restrict(
      mrn, because: "staff member", under: right(of: "R. SAMPLE", to: .restrict, in: store),
      at: after(1))
    var opening = try #require(record.log.opening)
    opening.patient.mrn = mrn.uppercased()
    var amended = record.event(
      .eventSuperseded(replaces: record.events[0].id, replacement: .sessionOpened(opening)),
      at: "07:00", reason: "wrong patient")
    amended.recordedTime = after(3)
    let right = try right(of: "K. FICTION", to: .record, in: store)
    try expectRestricted {
      try store.append([amended], to: record.session, expecting: 2, under: right)
    }
    try store.audit(
      AuditEntry(
        time: after(2), actor: "K. FICTION", workstation: "ws-1",
        action: .glassBroken(mrn: mrn, session: nil, reason: "wrong number typed")))
    try store.append([amended], to: record.session, expecting: 2, under: right)
    #expect(try store.log(of: record.session)?.opening?.patient.mrn == mrn.uppercased())
  }

  @Test(arguments: StoreKind.allCases)
  func `a reason that no store can keep is refused`(kind: StoreKind) throws {
    let (store, _) = try enrolled(kind)
    let head = try store.auditHead()
    #expect(throws: StoreError.self) {
      try store.restrict(
        mrn, because: String(repeating: "x", count: 4_100),
        under: right(of: "R. SAMPLE", to: .restrict, in: store), at: after(1))
    }
    #expect(try store.auditHead() == head)
  }
}

import Foundation
import InfusionRecord
import SQLiteStore
import SessionStore
import TestSupport
import Testing

/// What every `AuditLog` must do: people, PINs and the audit record.
@Suite struct PeopleTests {
  private let folder = TemporaryFolder()
  private let pin = PIN(typed: "246813")
  private let wrong = PIN(typed: "135790")
  private let start = RecordedTime(milliseconds: 1_795_438_800_000)
  private let sample = SignInResult.signedIn(
    Person(name: "R. SAMPLE", role: .supervisor), pin: 1)

  private func after(_ seconds: Int64) -> RecordedTime {
    RecordedTime(milliseconds: start.milliseconds + seconds * 1000)
  }

  private func enrol(
    _ store: any Store, _ name: String = "R. SAMPLE", as role: Role = .supervisor
  ) throws {
    let supervisor = try store.people().active.first { $0.role == .supervisor }
    try store.enrol(
      name, as: role, pin: pin, by: supervisor?.name ?? "account", workstation: "ws-1", at: start)
  }

  private func kinds(_ store: any Store) throws -> [AuditAction.Kind] {
    var kinds: [AuditAction.Kind] = []
    try store.auditEntries { kinds.append($0.action.kind) }
    return kinds
  }

  @Test(arguments: StoreKind.allCases)
  func `who is enrolled signs in with the PIN and with no other`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    try enrol(store)
    #expect(try store.people().people == [Person(name: "R. SAMPLE", role: .supervisor)])
    let found = try store.signIn("R. SAMPLE", pin, workstation: "ws-1", at: after(1))
    #expect(found == sample)
    #expect(try store.signIn("R. SAMPLE", wrong, workstation: "ws-1", at: after(2)) == .wrong)
    #expect(try store.signIn("N. NOBODY", pin, workstation: "ws-1", at: after(3)) == .wrong)
    #expect(try kinds(store) == [.enrolled, .signedIn, .signInFailed, .signInFailed])
    #expect(try store.verify().problems == [])
  }

  /// `é` and `K` have two spellings in Unicode that Swift takes for equal and a database does not.
  @Test(arguments: StoreKind.allCases)
  func `a name in another spelling is the same person, and breaks nothing`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    try enrol(store, "Jos\u{E9} SAMPLE")
    try enrol(store, "K. FICTION", as: .nurse)
    let other = "Jose\u{301} SAMPLE"
    func isSignedIn(_ name: String, _ pin: PIN, at workstation: String = "ws-1") throws -> Bool {
      guard case .signedIn = try store.signIn(name, pin, workstation: workstation, at: after(60))
      else { return false }
      return true
    }
    #expect(try isSignedIn(other, pin))
    try store.setPIN(
      of: other, to: PIN(typed: "975318"), by: "Jos\u{E9} SAMPLE", workstation: "ws-1", at: after(1)
    )
    #expect(try isSignedIn("Jos\u{E9} SAMPLE", PIN(typed: "975318")))
    #expect(try isSignedIn(other, PIN(typed: "975318")))
    // A workstation that is named like a person.
    #expect(try isSignedIn("K. FICTION", pin, at: "\u{212A}. FICTION"))
    try store.retire(
      "\u{212A}. FICTION", by: "Jos\u{E9} SAMPLE", workstation: "ws-1", at: after(70))
    #expect(try store.signIn("K. FICTION", pin, workstation: "ws-1", at: after(80)) == .retired)
    #expect(try store.verify().problems == [])
    #expect(try kind.open(folder).people().people.count == 2)
  }

  @Test(arguments: StoreKind.allCases)
  func `two terminals share the count of wrong PINs, and the wait ends by the clock`(
    kind: StoreKind
  ) throws {
    let one = try kind.open(folder)
    let two = try kind.open(folder)
    try enrol(one)
    func attempt(_ store: any Store, _ pin: PIN, _ seconds: Int64) throws -> SignInResult {
      try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(seconds))
    }
    #expect(try attempt(one, wrong, 0) == .wrong)
    #expect(try attempt(two, wrong, 0) == .wrong)
    #expect(try attempt(one, wrong, 0) == .wrong)
    // The right one is not checked either.
    #expect(try attempt(two, pin, 1) == .wait(seconds: 4))
    #expect(try attempt(one, pin, 4) == .wait(seconds: 1))
    #expect(try attempt(two, wrong, 5) == .wrong)
    #expect(try attempt(one, pin, 6) == .wait(seconds: 14))
    #expect(try attempt(one, pin, 20) == sample)
    // The count starts again.
    #expect(try attempt(two, wrong, 21) == .wrong)
    #expect(try attempt(two, wrong, 21) == .wrong)
    #expect(try attempt(two, pin, 21) == sample)
  }

  /// One clock is 15 minutes ahead.
  @Test(arguments: StoreKind.allCases)
  func `terminals whose clocks differ gain no tries without a wait`(kind: StoreKind) throws {
    let (one, two) = (try kind.open(folder), try kind.open(folder))
    try enrol(one)
    var wrongs = 0
    for second in 0..<60 {
      let (store, ahead) = second.isMultiple(of: 2) ? (one, Int64(0)) : (two, 900)
      let found = try store.signIn(
        "R. SAMPLE", wrong, workstation: "ws", at: after(Int64(second) + ahead))
      if found == .wrong { wrongs += 1 }
    }
    // By one clock there are five in a minute; each clock more gives one more at each step.
    #expect(wrongs <= 8, "\(wrongs)")
  }

  @Test func `many terminals at once gain no more tries than one`() async throws {
    let first = try SQLiteStore(StorePlace(path: folder.file("s.store")))
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

  @Test(arguments: StoreKind.allCases)
  func `a new PIN takes the place of the old one and ends the wait`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    try enrol(store)
    for _ in 0..<3 {
      _ = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: start)
    }
    try enrol(store, "N. FICTION")
    try store.setPIN(
      of: "R. SAMPLE", to: wrong, by: "N. FICTION", workstation: "ws", at: after(1))
    let found = try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: after(1))
    #expect(found == .signedIn(Person(name: "R. SAMPLE", role: .supervisor), pin: 2))
    #expect(try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(2)) == .wrong)
  }

  @Test(arguments: StoreKind.allCases)
  func `a supervisor is always left, and a name is given once`(kind: StoreKind) throws {
    let store = try kind.open(folder)
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
    // Only the owner of the PIN learns that the name is retired.
    #expect(try store.signIn("R. SAMPLE", wrong, workstation: "ws", at: after(1)) == .wrong)
    #expect(try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(1)) == .retired)
    #expect(try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(1)) == .retired)
    #expect(
      try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(1)) == .wait(seconds: 5))
    #expect(try store.people().active == [Person(name: "N. NOBODY", role: .supervisor)])
  }

  @Test(arguments: StoreKind.allCases)
  func `a name that looks like another is refused with the one that it resembles`(
    kind: StoreKind
  ) throws {
    let store = try kind.open(folder)
    try enrol(store)
    try enrol(store, "N. NOBODY", as: .nurse)
    for name in ["r. sample", "R.  SAMPLE", "R. S\u{410}MPLE", "R. SAMP1E", "Ｒ. SAMPLE"] {
      #expect(throws: RosterRefusal.looksLike("R. SAMPLE")) { try enrol(store, name, as: .nurse) }
    }
    // Of a person who has left, too: facts speak of that name.
    try store.retire("N. NOBODY", by: "R. SAMPLE", workstation: "ws", at: start)
    #expect(throws: RosterRefusal.looksLike("N. NOBODY")) { try enrol(store, "N. N0BODY") }
    #expect(RosterRefusal.looksLike("R. SAMPLE").sentence.contains("R. SAMPLE"))
    try enrol(store, "K. FICTION", as: .nurse)
    #expect(try store.people().people.count == 3)
  }

  @Test(arguments: StoreKind.allCases)
  func `names that look alike and were enrolled before go on to sign in`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    try enrol(store)
    // As an earlier version enrolled it.
    let twin = AuditEntry(
      time: start, actor: "R. SAMPLE", workstation: "ws-1",
      action: .enrolled(person: "r. sample", role: .nurse))
    try store.append([AuditRow(twin, digest: PINDigest(of: wrong))]) { true }
    let signedIn = try store.signIn("r. sample", wrong, workstation: "ws", at: after(1))
    #expect(signedIn == .signedIn(Person(name: "r. sample", role: .nurse), pin: 1))
    let other = try store.signIn("R. SAMPLE", pin, workstation: "ws", at: after(2))
    #expect(other == .signedIn(Person(name: "R. SAMPLE", role: .supervisor), pin: 1))
  }

  @Test(arguments: StoreKind.allCases)
  func `a PIN that would be refused today still signs in`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    let date = PIN(typed: "04021961")
    #expect(throws: PIN.Fault.guessable(.date)) { try PIN(choosing: "04021961") }
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: date, by: "account", workstation: "ws-1", at: start)
    #expect(try store.signIn("R. SAMPLE", date, workstation: "ws", at: after(1)) == sample)
  }

  @Test func `the file holds no PIN, and two people with one PIN differ in it`() throws {
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    try enrol(store)
    try enrol(store, "N. NOBODY", as: .nurse)
    _ = try store.signIn("N. NOBODY", wrong, workstation: "ws", at: start)
    let rows = try store.enrolmentRows() + store.auditRows(about: "N. NOBODY")
    let bodies = rows.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.allSatisfy { !$0.contains("246813") && !$0.contains("135790") })
    #expect(Set(bodies.prefix(2).map { $0.suffix(64) }).count == 2)
    for name in ["s.store", "s.store-wal", "s.store-audit"] {
      let bytes = try Data(contentsOf: URL(filePath: folder.file(name)))
      #expect(bytes.range(of: Data("246813".utf8)) == nil, "\(name)")
      #expect(bytes.range(of: Data("135790".utf8)) == nil, "\(name)")
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `every kind of entry is read back as it was written`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    let actions: [AuditAction] = [
      .enrolled(person: "N. NOBODY", role: .nurse),
      .roleGiven(person: "N. NOBODY", role: .supervisor), .retired(person: "N. NOBODY"),
      .pinSet(person: "N. NOBODY"), .signedIn(person: "N. NOBODY"),
      .signInFailed(person: nil), .signInFailed(person: "N. NOBODY"), .viewed(SessionID("s1")),
      .exported(what: "csv 2026-11-23", sessions: 35), .imported(what: "session s1"),
      .configurationAccepted(hash: ""), .refused(.export),
      .restricted(mrn: "90000417", reason: "staff member"),
      .released(mrn: "90000417", reason: "left"),
      .glassBroken(mrn: "90000417", session: SessionID("s1"), reason: "helped"),
      .glassBroken(mrn: "90000417", session: nil, reason: "asked for the record"),
      .tookOver(from: "N. NOBODY", reason: "called away"),
      .appointmentsForgotten(before: CivilDate(dayNumber: 20_780), days: 3),
    ]
    let entries = actions.map {
      AuditEntry(time: start, actor: "R. SAMPLE", workstation: "ws-1", action: $0)
    }
    let digest = try PINDigest(of: pin)
    let rows = entries.map { entry in
      AuditRow(
        entry, digest: [.enrolled, .pinSet].contains(entry.action.kind) ? digest : nil)
    }
    try store.append(rows) { true }
    var read: [AuditEntry] = []
    try store.auditEntries { read.append($0) }
    #expect(read == entries)
    #expect(Set(read.map(\.action.kind)) == Set(AuditAction.Kind.allCases))
  }

  @Test(arguments: StoreKind.allCases)
  func `the configuration in force is the last that was accepted`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    #expect(try store.acceptedConfiguration() == nil)
    for hash in ["ab", "cd", ""] {
      try store.audit(
        AuditEntry(
          time: start, actor: "R. SAMPLE", workstation: "ws-1",
          action: .configurationAccepted(hash: hash)))
      #expect(try store.acceptedConfiguration() == hash)
    }
    #expect(try store.auditHead().count == 3)
  }

  @Test(arguments: ["", "a\u{0}b", String(repeating: "x", count: 257)])
  func `a name that no store can keep is refused`(name: String) throws {
    for kind in StoreKind.allCases {
      let store = try kind.open(folder)
      #expect(throws: StoreError.self) {
        try store.audit(
          AuditEntry(time: start, actor: name, workstation: "ws-1", action: .imported(what: "x")))
      }
      #expect(try store.auditHead() == .empty)
    }
  }
}

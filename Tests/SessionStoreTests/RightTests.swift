import InfusionRecord
import SQLiteStore
import SessionStore
import TestSupport
import Testing

/// What every store must do about rights: it decides in the transaction that writes.
///
/// Each test takes a right, changes the people in another connection, and then writes under the right, as
/// a command does that waited at a prompt.
@Suite struct RightTests {
  private let folder = TemporaryFolder()
  private static let at = RecordedTime(milliseconds: 1_795_438_800_000)
  private static let pin = PIN(typed: "246813")

  /// A store in which a supervisor and a nurse are enrolled.
  private func enrolled(_ kind: StoreKind) throws -> any Store {
    let store = try kind.open(folder)
    for (name, role) in [("R. SAMPLE", Role.supervisor), ("N. FICTION", .supervisor)] {
      try enrol(name, as: role, in: store)
    }
    try enrol("N. NOBODY", as: .nurse, in: store)
    return store
  }

  private func enrol(_ name: String, as role: Role, in store: any Store) throws {
    let supervisor = try store.people().active.first { $0.role == .supervisor }
    let right = try right(of: supervisor?.name ?? "account", to: .managePeople, in: store)
    try store.enrol(name, as: role, pin: Self.pin, under: right, at: Self.at)
  }

  private func right(of name: String, to act: Act, in store: any Store) throws -> Right {
    try .now(of: name, in: store, to: act)
  }

  private func refusals(_ store: any Store) throws -> [AuditEntry] {
    var entries: [AuditEntry] = []
    try store.auditEntries { if $0.action.kind == .refused { entries.append($0) } }
    return entries
  }

  /// Expects that `write` is refused for `cause`, that the refusal is kept, and that nothing else is.
  private func expectRefusal(
    _ act: Act, of name: String, _ cause: RightRefusal.Cause, in store: any Store,
    sourceLocation: SourceLocation = #_sourceLocation, _ write: () throws -> Void
  ) throws {
    let (facts, audit) = (try store.head(), try store.auditHead())
    let kept = try refusals(store).count
    do {
      try write()
      Issue.record("it was not refused", sourceLocation: sourceLocation)
    } catch StoreError.refused(let refusal) {
      #expect(
        refusal == RightRefusal(act: act, actor: name, cause: cause), sourceLocation: sourceLocation
      )
    }
    #expect(try store.head() == facts, sourceLocation: sourceLocation)
    #expect(try store.auditHead().count == audit.count + 1, sourceLocation: sourceLocation)
    let entries = try refusals(store)
    #expect(entries.count == kept + 1, sourceLocation: sourceLocation)
    #expect(entries.last?.action == .refused(act), sourceLocation: sourceLocation)
    #expect(entries.last?.actor == name, sourceLocation: sourceLocation)
    #expect(try store.verify().problems == [], sourceLocation: sourceLocation)
  }

  private func record(by actor: String) -> SampleRecord {
    var record = SampleRecord()
    record.actor = actor
    record.openWithPort()
    return record
  }

  /// A closed session by the nurse.
  private func closed(in store: any Store) throws -> SampleRecord {
    var record = record(by: "N. NOBODY")
    record.add(.sessionClosed(answers: []), at: "08:00")
    try store.append(record.events, to: record.session, expecting: 0)
    return record
  }

  private func review(by actor: String) -> Fact {
    .sessionReviewed(
      Review(statementHash: "ab", rulebook: "2026.1", policy: [], reviewer: actor))
  }

  // MARK: The first enrolment

  @Test(arguments: StoreKind.allCases)
  func `a first enrolment held open makes no supervisor once people are enrolled`(
    kind: StoreKind
  ) throws {
    let store = try kind.open(folder)
    let held = try right(of: "M. MADEUP", to: .managePeople, in: store)
    try enrol("R. SAMPLE", as: .supervisor, in: store)
    try expectRefusal(.managePeople, of: "M. MADEUP", .peopleEnrolled, in: store) {
      try store.enrol(
        "M. MADEUP", as: .supervisor, pin: Self.pin, under: held, at: Self.at)
    }
    #expect(try store.people().people.map(\.name) == ["R. SAMPLE"])
  }

  @Test func `of three first enrolments at once one wins`() async throws {
    let path = folder.file("s.store")
    let first = try SQLiteStore(StorePlace(path: path))
    let names = ["M. MADEUP", "R. SAMPLE", "N. FICTION"]
    let held = try names.map { try right(of: $0, to: .managePeople, in: first) }
    let won = await withTaskGroup(of: Bool.self) { group in
      for right in held {
        group.addTask {
          guard let store = try? SQLiteStore(StorePlace(path: path)) else { return false }
          do {
            try store.enrol(
              right.actor, as: .supervisor, pin: Self.pin, under: right, at: Self.at)
            return true
          } catch {
            return false
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(won == 1)
    #expect(try first.people().people.count == 1)
    #expect(try refusals(first).count == 2)
  }

  @Test(arguments: StoreKind.allCases)
  func `a fact of the account is refused once people are enrolled`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    let record = record(by: "account")
    let held = try right(of: "account", to: .record, in: store)
    try enrol("R. SAMPLE", as: .supervisor, in: store)
    try expectRefusal(.record, of: "account", .peopleEnrolled, in: store) {
      try store.append(record.events, to: record.session, expecting: 0, under: held)
    }
  }

  // MARK: Role, retirement, PIN

  @Test(arguments: StoreKind.allCases)
  func `a supervisor demoted at the prompt takes over no name`(kind: StoreKind) throws {
    let store = try enrolled(kind)
    let held = try right(of: "R. SAMPLE", to: .managePeople, in: store)
    let manager = try right(of: "N. FICTION", to: .managePeople, in: store)
    try store.give(.nurse, to: "R. SAMPLE", under: manager, at: Self.at)
    try expectRefusal(.managePeople, of: "R. SAMPLE", .needsSupervisor, in: store) {
      try store.setPIN(of: "N. FICTION", to: PIN(typed: "135780"), under: held, at: Self.at)
    }
    try expectRefusal(.managePeople, of: "R. SAMPLE", .needsSupervisor, in: store) {
      try store.enrol("M. MADEUP", as: .nurse, pin: Self.pin, under: held, at: Self.at)
    }
    try expectRefusal(.managePeople, of: "R. SAMPLE", .needsSupervisor, in: store) {
      try store.give(.supervisor, to: "R. SAMPLE", under: held, at: Self.at)
    }
    try expectRefusal(.managePeople, of: "R. SAMPLE", .needsSupervisor, in: store) {
      try store.retire("N. NOBODY", under: held, at: Self.at)
    }
    #expect(
      try store.signIn("N. FICTION", Self.pin, workstation: "ws", at: Self.at)
        == .signedIn(Person(name: "N. FICTION", role: .supervisor), pin: 1))
  }

  @Test(arguments: StoreKind.allCases)
  func `a sign-off is refused after a demotion and passes before it`(kind: StoreKind) throws {
    let store = try enrolled(kind)
    var record = try closed(in: store)
    record.actor = "R. SAMPLE"
    let held = try right(of: "R. SAMPLE", to: .signOff, in: store)
    let manager = try right(of: "N. FICTION", to: .managePeople, in: store)
    let event = record.event(review(by: "R. SAMPLE"), at: "09:00")
    try store.give(.nurse, to: "R. SAMPLE", under: manager, at: Self.at)
    // Calling it recording changes nothing: the fact says what it needs.
    for act in [Act.signOff, .record] {
      try expectRefusal(.signOff, of: "R. SAMPLE", .needsSupervisor, in: store) {
        try store.append(
          [event], to: record.session, expecting: record.events.count, under: held.to(act))
      }
    }
    try store.give(.supervisor, to: "R. SAMPLE", under: manager, at: Self.at)
    try store.append([event], to: record.session, expecting: record.events.count, under: held)
    #expect(try store.log(of: record.session)?.status == .reviewed)
  }

  @Test(arguments: StoreKind.allCases)
  func `a nurse reopens what is closed, and not what is reviewed`(kind: StoreKind) throws {
    let store = try enrolled(kind)
    var record = try closed(in: store)
    let nurse = try right(of: "N. NOBODY", to: .record, in: store)
    let reopening = record.event(.sessionReopened, at: "09:00", reason: "more to record")
    let closing = record.event(.sessionClosed(answers: []), at: "09:01")
    try store.append([reopening, closing], to: record.session, expecting: 3, under: nurse)
    record.actor = "R. SAMPLE"
    try store.append(
      [record.event(review(by: "R. SAMPLE"), at: "09:05")], to: record.session, expecting: 5)
    record.actor = "N. NOBODY"
    let again = record.event(.sessionReopened, at: "09:10", reason: "more to record")
    try expectRefusal(.reopenReviewed, of: "N. NOBODY", .needsSupervisor, in: store) {
      try store.append([again], to: record.session, expecting: 6, under: nurse)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `a retired nurse's held command records nothing`(kind: StoreKind) throws {
    let store = try enrolled(kind)
    let record = record(by: "N. NOBODY")
    let held = try right(of: "N. NOBODY", to: .record, in: store)
    try store.retire(
      "N. NOBODY", under: right(of: "R. SAMPLE", to: .managePeople, in: store), at: Self.at)
    try expectRefusal(.record, of: "N. NOBODY", .retired, in: store) {
      try store.append(record.events, to: record.session, expecting: 0, under: held)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `a PIN changed after the sign-in ends it`(kind: StoreKind) throws {
    let store = try enrolled(kind)
    let record = record(by: "N. NOBODY")
    let held = try right(of: "N. NOBODY", to: .record, in: store)
    try store.setPIN(
      of: "N. NOBODY", to: PIN(typed: "135780"),
      under: right(of: "R. SAMPLE", to: .managePeople, in: store), at: Self.at)
    try expectRefusal(.record, of: "N. NOBODY", .pinChanged, in: store) {
      try store.append(record.events, to: record.session, expecting: 0, under: held)
    }
    // Not even the own PIN is changed under the old one.
    try expectRefusal(.look, of: "N. NOBODY", .pinChanged, in: store) {
      try store.setPIN(of: "N. NOBODY", to: Self.pin, under: held.to(.look), at: Self.at)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `who signed in records under no other name`(kind: StoreKind) throws {
    let store = try enrolled(kind)
    let record = record(by: "R. SAMPLE")
    let nurse = try right(of: "N. NOBODY", to: .record, in: store)
    try expectRefusal(.record, of: "N. NOBODY", .otherAuthor, in: store) {
      try store.append(record.events, to: record.session, expecting: 0, under: nurse)
    }
    try expectRefusal(.record, of: "N. NOBODY", .otherAuthor, in: store) {
      try store.audit(
        AuditEntry(
          time: Self.at, actor: "R. SAMPLE", workstation: "ws-1",
          action: .exported(what: "csv 2026-11-23", sessions: 1)), under: nurse)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `a person who is not enrolled has no right, whatever PIN is claimed`(
    kind: StoreKind
  ) throws {
    let store = try enrolled(kind)
    let record = record(by: "M. MADEUP")
    let claimed = Right(
      actor: "M. MADEUP", workstation: "ws-1", proof: .pin(number: 0), act: .record)
    try expectRefusal(.record, of: "M. MADEUP", .notEnrolled, in: store) {
      try store.append(record.events, to: record.session, expecting: 0, under: claimed)
    }
  }

  // MARK: Every act

  /// Each act that a supervisor does and leaves in the audit record.
  static let supervising: [(AuditAction, Act)] = [
    (.exported(what: "csv 2026-11-23", sessions: 1), .export),
    (.imported(what: "session s1"), .importDocuments),
    (.configurationAccepted(hash: "ab"), .changeConfiguration),
    (.enrolled(person: "M. MADEUP", role: .nurse), .managePeople),
    (.roleGiven(person: "N. NOBODY", role: .supervisor), .managePeople),
    (.retired(person: "N. FICTION"), .managePeople),
    (.pinSet(person: "R. SAMPLE"), .managePeople),
  ]

  @Test(arguments: StoreKind.allCases)
  func `what a nurse may not do is refused by what is written, not by what is claimed`(
    kind: StoreKind
  ) throws {
    let store = try enrolled(kind)
    let nurse = try right(of: "N. NOBODY", to: .look, in: store)
    for (action, act) in Self.supervising {
      let entry = AuditEntry(
        time: Self.at, actor: "N. NOBODY", workstation: "ws-1", action: action)
      try expectRefusal(act, of: "N. NOBODY", .needsSupervisor, in: store) {
        try store.audit(entry, under: nurse)
      }
      #expect(throws: StoreError.self) { try store.audit(entry, under: nil) }
    }
    // A session document is imported as facts: the act that is claimed counts as well.
    let record = record(by: "N. NOBODY")
    try expectRefusal(.importDocuments, of: "N. NOBODY", .needsSupervisor, in: store) {
      try store.append(
        record.events, to: record.session, expecting: 0, under: nurse.to(.importDocuments))
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `the outbox is filled, sent and decided by those who may export`(kind: StoreKind) throws {
    let store = try enrolled(kind)
    let record = try closed(in: store)
    let supervisor = try right(of: "R. SAMPLE", to: .export, in: store)
    let nurse = try right(of: "N. NOBODY", to: .export, in: store)
    let change = OutboxChange(
      session: record.session, expecting: 0, withdrawing: [],
      adding: [
        OutboxMessage(
          control: "M1", session: record.session, made: Self.at, content: Array("MSH\r".utf8),
          postings: [])
      ])
    func step(_ state: OutboxState, _ name: String = "R. SAMPLE") -> OutboxStep {
      OutboxStep(state, at: Self.at, actor: name)
    }
    try expectRefusal(.export, of: "N. NOBODY", .needsSupervisor, in: store) {
      try store.change([change], seen: 0, under: nurse, at: Self.at)
    }
    #expect(try store.entries(of: record.session) == [])
    try store.change([change], seen: 0, under: supervisor, at: Self.at)
    try expectRefusal(.export, of: "N. NOBODY", .needsSupervisor, in: store) {
      try store.record(step(.sent, "N. NOBODY"), of: "M1", expecting: 1, under: nurse)
    }
    #expect(throws: StoreError.self) {
      try store.record(step(.sent), of: "M1", expecting: 1, under: nil)
    }
    try store.record(step(.sent), of: "M1", expecting: 1, under: supervisor)
    // The message is with the peer. Its answer is true although the sender was retired meanwhile.
    try store.retire(
      "R. SAMPLE", under: right(of: "N. FICTION", to: .managePeople, in: store), at: Self.at)
    try expectRefusal(.export, of: "R. SAMPLE", .retired, in: store) {
      try store.record(step(.sent), of: "M1", expecting: 2, under: supervisor)
    }
    try store.record(step(.acknowledged), of: "M1", expecting: 2, under: nil)
    #expect(try store.entry("M1")?.state == .acknowledged)
  }

  // MARK: The files by which an act is decided

  @Test(arguments: StoreKind.allCases)
  func `nothing is signed off or exported by files that no supervisor accepted`(
    kind: StoreKind
  ) throws {
    let store = try enrolled(kind)
    var record = try closed(in: store)
    record.actor = "R. SAMPLE"
    let event = record.event(review(by: "R. SAMPLE"), at: "09:00")
    var right = try right(of: "R. SAMPLE", to: .signOff, in: store)
    let accepted = ConfigurationHash(
      site: "ab", formulary: "cd", editTables: "ef", drugTables: "gh")
    try store.audit(
      AuditEntry(
        time: Self.at, actor: "R. SAMPLE", workstation: "ws-1",
        action: .configurationAccepted(hash: accepted.text)),
      under: right.to(.changeConfiguration))
    for (hash, beginning) in [
      (ConfigurationHash(), "The site's configuration changed"),
      (ConfigurationHash(site: "xx", formulary: "cd", editTables: "ef"), "The site's"),
      (ConfigurationHash(site: "ab", formulary: "xx", editTables: "ef"), "The formulary is not"),
      (ConfigurationHash(site: "ab", editTables: "ef"), "A supervisor accepted a formulary"),
      (ConfigurationHash(site: "ab", formulary: "cd", editTables: "xx"), "The edit tables changed"),
      (
        ConfigurationHash(site: "ab", formulary: "cd", editTables: "ef"), "The tables of drug codes"
      ),
    ] {
      right.configuration = hash
      let sentence = try #require(hash.difference(from: accepted))
      #expect(sentence.hasPrefix(beginning))
      try expectRefusal(.signOff, of: "R. SAMPLE", .configuration(sentence), in: store) {
        try store.append([event], to: record.session, expecting: 3, under: right)
      }
      try expectRefusal(.export, of: "R. SAMPLE", .configuration(sentence), in: store) {
        try store.change([], seen: 0, under: right.to(.export), at: Self.at)
      }
    }
    // Recording at the chair depends on no file.
    let note = record.event(.noteAdded(text: "a note", administration: nil), at: "09:00")
    try store.append([note], to: record.session, expecting: 3, under: right.to(.record))
    right.configuration = accepted
    try store.append([event], to: record.session, expecting: 4, under: right)
    #expect(try store.log(of: record.session)?.status == .reviewed)
  }

  @Test(arguments: [
    ConfigurationHash(), ConfigurationHash(site: "ab"), ConfigurationHash(formulary: "cd"),
    ConfigurationHash(site: "ab", formulary: "cd", editTables: "ef"),
    ConfigurationHash(editTables: "ef"), ConfigurationHash(drugTables: "gh"),
  ])
  func `hashes are read back as they were written`(hash: ConfigurationHash) {
    #expect(ConfigurationHash(text: hash.text) == hash)
  }

  @Test func `a hash that an earlier version accepted is that of the site's file`() {
    let hash = String(repeating: "a", count: 64)
    #expect(ConfigurationHash(text: hash) == ConfigurationHash(site: hash))
    #expect(ConfigurationHash(site: hash).text == hash)
  }

  // MARK: Names of sessions

  @Test(arguments: StoreKind.allCases)
  func `a new session's name is plain`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    for name in [
      "../../../x", "a/b", ".a", "-a", "a b", "ä", "", String(repeating: "a", count: 65),
    ] {
      var record = SampleRecord(session: name)
      record.openWithPort()
      #expect(throws: StoreError.self, "\(name)") {
        try store.append(record.events, to: record.session, expecting: 0)
      }
    }
    for name in ["a", "2026-11-23-sample", "A.b_c-9", String(repeating: "a", count: 64)] {
      var record = SampleRecord(session: name, seed: UInt64(name.count))
      record.openWithPort()
      try store.append(record.events, to: record.session, expecting: 0)
    }
  }

  @Test(arguments: [
    ("2026-11-23-sample", "2026-11-23-sample"), ("../../../x", "_._.._.._x"), ("-a", "_a"),
    ("a b/ä", "a_b___"),
  ])
  func `a file's name has nothing of an old session's name but plain letters`(
    name: String, file: String
  ) {
    #expect(SessionID(name).fileName == file)
  }
}

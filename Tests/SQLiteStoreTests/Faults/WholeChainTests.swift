import Glibc
import InfusionRecord
import TestSupport
import Testing

@testable import SQLiteStore
@testable import SessionStore

/// A chain that was deleted whole, together with the file of its head.
@Suite struct WholeChainTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("s.store") }
  private let at = RecordedTime(milliseconds: 1_795_500_000_123)
  private let pin = PIN(typed: "246813")

  private let noOutbox = """
    DELETE FROM checkpoint; DELETE FROM outbox_filling; DELETE FROM message_step;
    DELETE FROM posting; DELETE FROM message; DELETE FROM outbox_seal
    """

  /// A store with a supervisor, a session and its message; nil enrols nobody.
  private func fill(enrolling name: String? = "R. SAMPLE") throws {
    let store = try SQLiteStore(StorePlace(path: path))
    if let name {
      try store.enrol(name, as: .supervisor, pin: pin, by: "account", workstation: "w", at: at)
    }
    var record = SampleRecord(session: "s1", seed: 1)
    record.actor = name ?? record.actor
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    let message = OutboxMessage(
      control: "M1", session: record.session, made: at, content: Array("MSH|1\r".utf8),
      postings: [
        OutboxMessage.Posting(id: "U1", unit: "U1", isCredit: false, code: "96415", units: 2)
      ])
    try store.change(
      [OutboxChange(session: record.session, expecting: 0, withdrawing: [], adding: [message])],
      seen: 2, by: record.actor, at: at)
    try store.audit(
      AuditEntry(
        time: at, actor: record.actor, workstation: "w",
        action: .exported(what: "hl7 outbox", sessions: 1)))
    #expect(try store.verify().isWhole)
    store.close()
  }

  private func without(_ sql: String, _ companion: String) throws -> SQLiteStore {
    try tamper(path, sql)
    unlink(path + companion)
    return try SQLiteStore(StorePlace(path: path))
  }

  @Test func `without its audit record a store enrols nobody, signs and exports nothing`() throws {
    try fill()
    let store = try without("DELETE FROM audit", "-audit")
    let named = "knew 1 entry of the audit record, and there are 0"
    #expect { _ = try store.people() } throws: { isAltered($0, "of the audit record") }
    #expect {
      try store.enrol("N. NOBODY", as: .supervisor, pin: pin, by: "a", workstation: "w", at: at)
    } throws: { isAltered($0, "of the audit record") }
    #expect { try store.checkChains() } throws: { isAltered($0, "audit record") }
    let sentences = try store.verify().problems.map(\.sentence)
    #expect(sentences.contains { $0.contains(named) }, "\(sentences)")
  }

  /// Each hides the note that tells of a removed audit record, for the moment of an act.
  @Test(arguments: [
    "INSERT INTO session (number, id, day, status) SELECT max(number) + 1, 'ghost', 20788, 2 FROM session",
    "UPDATE fact SET body = json_remove(body, '$.audit')",
    "UPDATE fact SET body = json_remove(body, '$.audit') WHERE kind = 1",
    "UPDATE fact SET kind = 17 WHERE kind = 1", "UPDATE checkpoint SET audit = 0",
    "DELETE FROM session", "UPDATE fact SET session = 99",
  ])
  func `nobody is taken for nobody enrolled while the audit record is away`(sql: String) throws {
    try fill()
    try tamper(path, noOutbox)
    unlink(path + "-outbox-head")
    let store = try without("DELETE FROM audit; \(sql)", "-audit")
    #expect { _ = try store.people() } throws: { isAltered($0, "") }
  }

  @Test func `a fact that was recorded while the audit record was away is told for ever`() throws {
    func row(_ number: Int, _ audit: Int) -> FactRow {
      var record = SampleRecord(session: "s1", seed: UInt64(number))
      let event = record.event(.noteAdded(text: "fictitious", administration: nil), at: "09:00")
      return FactRow(event, number: number)
        .noting(audit: Head(count: audit, hash: [UInt8](repeating: UInt8(audit), count: 32)))
    }
    func problem(_ counts: [Int]) -> Verification.Problem? {
      var check = AuditNoteCheck()
      do {
        for (index, count) in counts.enumerated() {
          try check.check(row(index + 1, count), at: index + 1) { place in
            place <= 3 ? [UInt8](repeating: UInt8(place), count: 32) : nil
          }
        }
        return nil
      } catch { return error as? Verification.Problem }
    }
    #expect(problem([0, 0, 1, 1, 2, 3]) == nil)
    #expect(problem([1, 2, 0])?.position == 3)
    #expect(problem([1, 2, 1])?.position == 3)
    #expect(problem([1, 4])?.kind == .tailCut)
  }

  @Test func `the first enrolment is known to the outbox at once`() throws {
    let store = try SQLiteStore(StorePlace(path: path))
    try store.enrol("R. SAMPLE", as: .supervisor, pin: pin, by: "a", workstation: "w", at: at)
    store.close()
    let again = try without("DELETE FROM audit", "-audit")
    #expect { _ = try again.people() } throws: {
      isAltered($0, "knew 1 entry of the audit record, and there are 0")
    }
  }

  @Test(arguments: ["R. SAMPLE", nil])
  func `without its outbox a store fills and exports nothing, and records on`(name: String?) throws
  {
    try fill(enrolling: name)
    let store = try without(noOutbox, "-outbox-head")
    let named = "of the outbox, and they were removed or replaced"
    try expectRecording(in: store, by: name)
    if name == nil {
      #expect {
        try store.enrol("N. NOBODY", as: .supervisor, pin: pin, by: "a", workstation: "w", at: at)
      } throws: { isAltered($0, named) }
    }
    #expect { try store.checkChains() } throws: { isAltered($0, named) }
    #expect { try store.change([], seen: 2, by: "R. SAMPLE", at: at) } throws: {
      isAltered($0, named)
    }
    #expect(try store.verify().problems.map(\.kind).contains(.outbox))
    #expect(try store.outboxDoubt()?.contains(named) == true)
  }

  /// Signs in, looks and records as at a chair.
  private func expectRecording(in store: SQLiteStore, by name: String?) throws {
    #expect(try store.people().isEmpty == (name == nil))
    if let name {
      guard case .signedIn = try store.signIn(name, pin, workstation: "w", at: at) else {
        Issue.record("the sign-in failed")
        return
      }
    }
    let count = try #require(try store.log(of: SessionID("s1"))?.version)
    var record = SampleRecord(session: "s1", seed: UInt64(count))
    record.actor = name ?? record.actor
    let note = record.add(.noteAdded(text: "seen", administration: nil), at: "07:10")
    try store.append([note], to: record.session, expecting: count)
    #expect(try store.log(of: record.session)?.version == count + 1)
  }

  @Test func `an end of the outbox that is missing is told for good, and stops no recording`()
    throws
  {
    try fill()
    // The file of the head is still there.
    try tamper(path, noOutbox)
    for _ in 0..<2 {
      let store = try SQLiteStore(StorePlace(path: path))
      try expectRecording(in: store, by: "R. SAMPLE")
      #expect(try store.outboxDoubt()?.contains("It holds 0 entries of the outbox, but") == true)
      // What is noted of openings must not begin the chain again.
      try store.audit(
        AuditEntry(
          time: at, actor: "R. SAMPLE", workstation: "w",
          action: .glassBroken(mrn: "1", session: nil, reason: "helped at the chair")))
      #expect { try store.checkChains() } throws: { isAltered($0, "of the outbox") }
      #expect(try store.verify().problems.map(\.kind).contains(.outbox))
      store.close()
    }
  }

  @Test(arguments: [
    ("UPDATE checkpoint SET audit = 999", true), ("DELETE FROM posting", true),
    ("UPDATE outbox_seal SET seal = zeroblob(32)", true),
    ("UPDATE message SET hash = zeroblob(32)", false),
    ("UPDATE message_step SET seal = zeroblob(32)", false),
  ])
  func `a damaged outbox stops no recording, and verify names it`(sql: String, isEnd: Bool) throws {
    try fill()
    try tamper(path, sql)
    let store = try SQLiteStore(StorePlace(path: path))
    try expectRecording(in: store, by: "R. SAMPLE")
    #expect(try !store.verify().isWhole)
    // A message is compared with its own seals when it is sent.
    guard isEnd else { return }
    #expect { try store.change([], seen: 2, by: "R. SAMPLE", at: at) } throws: {
      isAltered($0, "")
    }
  }

  @Test func `the end of the audit record is missed from an opening with a reason on`() throws {
    try fill()
    let store = try SQLiteStore(StorePlace(path: path))
    try store.audit(
      AuditEntry(
        time: at, actor: "R. SAMPLE", workstation: "w",
        action: .glassBroken(mrn: "90000417", session: nil, reason: "helped at the chair")))
    let count = try store.auditHead().count
    store.close()
    let again = try without("DELETE FROM audit WHERE rowid = \(count)", "-audit")
    #expect { _ = try again.restrictions() } throws: { isAltered($0, "of the audit record") }
    #expect(try !again.verify().isWhole)
  }

  @Test func `without audit record and outbox a store enrols nobody, signs and exports nothing`()
    throws
  {
    try fill()
    unlink(path + "-outbox-head")
    let store = try without("DELETE FROM audit; " + noOutbox, "-audit")
    let named = "A fact of session s1 was recorded when the audit record had 1 entry"
    #expect { _ = try store.people() } throws: { isAltered($0, named) }
    #expect {
      try store.enrol("N. NOBODY", as: .supervisor, pin: pin, by: "a", workstation: "w", at: at)
    } throws: { isAltered($0, named) }
    #expect { try store.checkChains() } throws: { isAltered($0, named) }
    #expect(try store.verify().problems.map(\.kind).contains(.tailCut))
    // What the session says is read as before.
    #expect(try store.log(of: SessionID("s1"))?.version == 2)
  }

  @Test func `the end of the audit record is missed too, from the last change of people on`() throws
  {
    try fill()
    let store = try SQLiteStore(StorePlace(path: path))
    try store.enrol("A. NURSE", as: .nurse, pin: pin, by: "R. SAMPLE", workstation: "w", at: at)
    let count = try store.auditHead().count
    store.close()
    let again = try without("DELETE FROM audit WHERE rowid = \(count)", "-audit")
    #expect { _ = try again.people() } throws: { isAltered($0, "of the audit record") }
    #expect(try !again.verify().isWhole)
  }

  @Test(arguments: [ChainName.facts, .audit])
  func `a head that is ahead of its chain is told with the chain's name`(chain: ChainName) throws {
    try fill()
    let file = HeadFile(of: chain, at: StorePlace(path: path))
    let head = try #require(file.read())
    file.write(Head(count: head.count + 2, hash: head.hash))
    do throws(StoreError) {
      _ = try SQLiteStore(StorePlace(path: path))
      Issue.record("the store was opened")
    } catch {
      #expect(
        error.sentence.hasPrefix(
          "The store \(path) holds \(chain.words(head.count)), but \(head.count + 2) were recorded: "
            + "2 are missing at the end."))
    }
  }
}

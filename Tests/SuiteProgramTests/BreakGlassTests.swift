import InfusionRecord
import RecorderUI
import ScriptedProgram
import SessionStore
import TestSupport
import Testing

@testable import SuiteProgram

/// Restricted records and locked screens of others, by the keys that people press.
@Suite struct BreakGlassTests {
  private let store = MemoryStore()
  private static let zero = RecordedTime(milliseconds: 0)
  private static let mrn = "90000417"

  init() throws {
    let people = [
      ("R. SAMPLE", Role.supervisor, "246813"), ("J. Okafor", .nurse, "904271"),
      ("K. FICTION", .nurse, "864029"),
    ]
    for (name, role, pin) in people {
      try store.enrol(
        name, as: role, pin: PIN(typed: pin), by: "R. SAMPLE", workstation: "ws-1", at: Self.zero)
    }
    for (session, chair) in [("2026-11-23-one", "1"), ("2026-11-23-two", "2")] {
      var record = SampleRecord(session: session, seed: UInt64(chair) ?? 1)
      record.actor = "J. Okafor"
      record.nurse = "J. Okafor"
      if chair == "2" { record.mrn = "90000500" }
      record.openWithPort(at: "15:00")
      record.start("a1", "paclitaxel", at: "15:05")
      store.add(record)
    }
  }

  private func restrict() throws {
    try store.restrict(
      Self.mrn, because: "staff member",
      under: .now(of: "R. SAMPLE", in: store, to: .restrict), at: Self.zero)
  }

  /// The audit record after the enrolments and the restriction.
  private func actions() -> [AuditAction] {
    store.actions.filter { ![.enrolled, .restricted].contains($0.kind) }
  }

  private func signedIn(_ name: String, _ pin: String) throws -> ScriptedProgram {
    var program = try ScriptedProgram(on: store)
    program.press([name, pin, "Enter"])
    #expect(program.loop.state.place == .board)
    return program
  }

  // MARK: Views

  @Test func `a nurse's look at another's session is kept once a day, not at each visit`() throws {
    var program = try signedIn("2", "864029")
    #expect(program.loop.state.actor.name == "K. FICTION")
    for _ in 0..<3 { program.press("Enter", "e", "Esc", "Esc") }
    #expect(actions() == [.signedIn(person: "K. FICTION"), .viewed(SessionID("2026-11-23-one"))])
    program.wait(.seconds(60))
    program.press("Down", "Enter", "Esc")
    #expect(actions().last == .viewed(SessionID("2026-11-23-two")))
    // The next day it is kept again.
    program.clock.advance(by: .seconds(86_400))
    program.wait(.seconds(1))
    program.press("Esc", "2", "864029", "Enter", "Home", "Enter")
    #expect(actions().count { $0.kind == .viewed } == 3)
  }

  @Test(arguments: [("2", "864029"), ("3", "246813")])
  func `a session is not shown if the look at it cannot be kept`(name: String, pin: String) throws {
    var program = try signedIn(name, pin)
    store.willAudit = { (_: [AuditRow]) throws(StoreError) in
      throw StoreError.busy(path: "memory", seconds: 2)
    }
    for keys in [
      ["Home", "Enter"], ["Home", "e"], ["Down", "Enter"], ["Home", "t"],
      ["Home", "R"], ["Home", "x"], ["Down", "w"],
    ] {
      program.press(keys)
      #expect(program.loop.state.screen == .board, "\(keys)")
      #expect(program.loop.state.prompt == nil, "\(keys)")
      #expect(!program.shows("MRN"), "\(keys)")
      #expect(program.shows("The record was not opened"), "\(keys)")
    }
    #expect(actions().map(\.kind) == [.signedIn])
    store.willAudit = nil
    program.press("Home", "Enter")
    #expect(program.shows("MRN"))
    #expect(actions().last == .viewed(SessionID("2026-11-23-one")))
  }

  @Test(arguments: [("2", "864029"), ("3", "246813")])
  func `the visits of a patient are not shown if a look at them cannot be kept, then or later`(
    name: String, pin: String
  ) throws {
    var program = try signedIn(name, pin)
    let busy = { (_: [AuditRow]) throws(StoreError) in
      throw StoreError.busy(path: "memory", seconds: 2)
    }
    store.willAudit = busy
    program.press("F", "90000417", "Enter", "Enter")
    #expect(program.loop.state.screen == .patients)
    #expect(program.loop.state.search?.visits.isEmpty == true)
    #expect(!program.shows("PACLitaxel"))
    #expect(program.shows("The record was not opened"))
    #expect(actions().map(\.kind) == [.signedIn])
    store.willAudit = nil
    program.press("Enter")
    #expect(program.loop.state.screen == .visits)
    #expect(actions().last == .viewed(SessionID("2026-11-23-one")))
    // A later look that cannot be kept takes the visits away too, also behind a locked screen.
    let (session, person) = (SessionID("2026-11-23-one"), program.loop.state.actor.name)
    for isLocked in [false, true] {
      program.press(isLocked ? ["Enter", "C-l"] : [])
      program.loop.state.leave(session, of: person, because: "It is locked.")
      #expect(!program.loop.state.path.contains(.visits))
      #expect(!program.loop.state.path.contains { $0.session == session })
      #expect(program.loop.state.search?.visits.isEmpty == true)
    }
  }

  @Test func `a form over another's session is a look at it`() throws {
    var program = try signedIn("2", "864029")
    let session = SessionID("2026-11-23-one")
    program.press("Home", "t", "Esc", "t", "Esc")
    #expect(actions() == [.signedIn(person: "K. FICTION"), .viewed(session)])
    program.press("Enter", "t", "Esc", "Esc")
    #expect(actions().count == 2)
  }

  @Test
  func `a machine that lost its right drops the record, and asks for a PIN once it has it again`()
    throws
  {
    try restrict()
    for isLocked in [false, true] {
      var program = try signedIn("2", "864029")
      program.press(isLocked ? ["C-l"] : ["Down", "Enter", "t", "half a word"])
      store.willRead = { () throws(StoreError) in
        throw StoreError.forbidden(path: "memory", what: "no role in the suite")
      }
      program.wait(.seconds(6))
      #expect(program.loop.state.asksWhoIsThere)
      #expect(program.loop.state.sessions.isEmpty)
      #expect(program.loop.state.prompt == nil)
      #expect(program.loop.state.path == [.board])
      program.press("Enter", "Esc", "Enter", "Enter")
      #expect(program.loop.state.asksWhoIsThere)
      #expect(!program.shows("TESTER"))
      store.willRead = nil
      program.wait(.seconds(6))
      #expect(program.loop.state.asksWhoIsThere)
      program.press("Esc", "2", "864029", "Enter")
      #expect(program.loop.state.sessions.count == 2)
      #expect(program.shows("RESTRICTED"))
      #expect(!program.shows("90000417"))
    }
  }

  @Test func `a store that knows nobody any more is not taken for one without people`() throws {
    var program = try signedIn("2", "864029")
    program.loop.state.enrol(Roster())
    #expect(program.loop.state.asksWhoIsThere)
    #expect(program.loop.state.sessions.isEmpty)
    #expect(program.loop.state.refusal(of: .signOff) != nil)
  }

  @Test func `a nurse's look at the own session is no entry`() throws {
    var program = try signedIn("1", "904271")
    program.press("Enter", "Esc")
    #expect(actions() == [.signedIn(person: "J. Okafor")])
  }

  // MARK: Restricted records

  @Test func `a restricted patient is hidden from all but the nurse who holds the chair`() throws {
    try restrict()
    var program = try signedIn("2", "864029")
    #expect(program.shows("RESTRICTED"))
    // The other patient of that name has another number.
    program.press("/", "90000417")
    #expect(program.shows("No chair matches"))
    program.press("Esc")
    for key in ["s", "x", "t", "w", "f", "e"] {
      program.press("/", "restricted", "Enter", key)
      #expect(program.shows("estricted"), "\(key)")
      #expect(!program.shows("90000417"), "\(key)")
      program.press("Esc", "Esc")
    }
    let restricted = program.loop.state.reading(of: SessionID("2026-11-23-one"))
    #expect(restricted?.log.opening?.patient.isRestricted == true)
    #expect(restricted?.log.administrations.isEmpty == true)
    program.press("C-t", "1", "904271", "Enter")
    #expect(!program.shows("RESTRICTED"))
    program.press("/", "90000417", "Enter", "Enter")
    #expect(program.shows("MRN 90000417"))
  }

  @Test func `breaking the glass asks why, is kept first, and shows the record`() throws {
    try restrict()
    var program = try signedIn("2", "864029")
    program.press("/", "restricted", "Enter", "Enter")
    #expect(
      program.shows("RESTRICTED. If you open it, your name, the time and your reason are kept"))
    program.press("Enter")
    #expect(program.loop.state.prompt != nil)
    #expect(!actions().contains { $0.kind == .glassBroken })
    program.press("helped at the chair", "Enter")
    #expect(program.shows("RESTRICTED RECORD OPENED"))
    #expect(program.shows("90000417"))
    let session = SessionID("2026-11-23-one")
    #expect(
      actions() == [
        .signedIn(person: "K. FICTION"),
        .glassBroken(mrn: Self.mrn, session: session, reason: "helped at the chair"),
        .viewed(session),
      ])
    // It is written to as any other, and hidden again after a shift.
    program.press("t", "seen", "C-s")
    #expect(try store.log(of: session)?.events.last?.actor == "K. FICTION")
    program.press("Esc")
    program.clock.advance(by: .seconds(13 * 3600))
    program.wait(.seconds(1))
    program.press("Esc", "2", "864029", "Enter")
    #expect(program.shows("RESTRICTED"))
  }

  @Test func `a restriction that comes while the record is on the screen closes it`() throws {
    var program = try signedIn("2", "864029")
    program.press("Home", "Enter", "t", "half a no")
    #expect(program.shows("90000417"))
    try restrict()
    program.wait(.seconds(1))
    #expect(program.loop.state.screen == .board)
    #expect(program.loop.state.prompt == nil)
    #expect(!program.shows("90000417"))
  }

  @Test func `the review hides the patient, keeps the units, and lists what was opened`() throws {
    store.add(SampleRecord.closed("2026-11-23-zzz"))
    try restrict()
    var program = try signedIn("3", "246813")
    program.press("d")
    #expect(program.shows("RESTRICTED"))
    #expect(program.shows("96413"))
    #expect(!program.shows("opened with a reason"))
    program.press("Y")
    #expect(program.shows("None of those shown is closed without a question."))
    program.press("Esc", "/", "zzz", "Enter", "Enter", "to sign it", "Enter")
    #expect(program.shows("90000417"))
    program.press("Esc")
    #expect(program.shows("Find zzz"))
    program.press("Esc")
    #expect(program.shows("1 opened with a reason"))
    program.press("y", "Read", "Enter")
    #expect(store.all.contains { $0.status == .reviewed })
  }

  @Test func `a number of a restricted patient asks for a reason and tells nothing before`() throws
  {
    try restrict()
    store.add(.closed("2026-11-20-past"))
    var program = try signedIn("2", "864029")
    program.press("n")
    #expect(program.loop.state.prompt?.value(.family) == "")
    #expect(!program.shows("Why again"))
    program.press(Self.mrn, "Enter")
    #expect(program.shows("This MRN is of a RESTRICTED record"))
    #expect(program.loop.state.prompt?.value(.family) == "")
    for shown in ["chair 3", "another name"] {
      #expect(!program.shows(shown), "\(shown)")
    }
    let version = store.all.count
    for wrong in [".", "xxxxxxxx", "visit"] {
      program.press("C-u", wrong, "Enter")
      #expect(program.shows("two words, or one of eight letters"), "\(wrong)")
    }
    #expect(!actions().contains { $0.kind == .glassBroken })
    program.press("C-u", "arrives at my chair", "C-s")
    #expect(
      actions().last
        == .glassBroken(mrn: Self.mrn, session: nil, reason: "arrives at my chair"))
    #expect(program.shows("RESTRICTED RECORD OPENED"))
    // Then it is a form like any other: the open session asks why again.
    #expect(program.loop.state.prompt?.value(.family) == "Tester")
    #expect(store.all.count == version)
    program.press("C-s")
    #expect(program.shows("has an open session already"))
    program.press("a second visit today", "Enter", "C-s")
    #expect(store.all.count == version + 1)
  }

  @Test func `a corrected number of a restricted patient asks for a reason first`() throws {
    try restrict()
    var record = SampleRecord(session: "2026-11-23-mine", seed: 8)
    record.actor = "K. FICTION"
    record.nurse = "K. FICTION"
    record.mrn = "90000600"
    record.openWithPort(at: "15:00")
    store.add(record)
    var program = try signedIn("2", "864029")
    program.press("/", "90000600", "Enter", "Enter", "f", "g", "a")
    let session = record.session
    #expect(program.loop.state.prompt?.value(.change) == "patient")
    for _ in 0..<9 where program.loop.state.prompt?.focused?.name != .mrn { program.press("Tab") }
    program.press("C-u", Self.mrn)
    for _ in 0..<9 where program.loop.state.prompt?.focused?.name != .glass { program.press("Tab") }
    #expect(program.shows("This MRN is of a RESTRICTED record"))
    program.press("C-u", "wrong number typed", "C-s")
    #expect(actions().last?.kind == .glassBroken)
    #expect(try store.log(of: session)?.opening?.patient.mrn == "90000600")
  }

  @Test func `where only a restricted patient is expected the forms say so`() throws {
    try restrict()
    var program = try signedIn("2", "864029")
    program.press("n")
    #expect(!program.shows("restricted patient is expected"))
    program.press("Esc")
    var expected = SampleRecord.opening.patient
    expected.mrn = "90000700"
    program.loop.state.expected = [ExpectedPatient(time: "16:00", patient: expected)]
    try store.restrict(
      "90000700", because: "staff member",
      under: .now(of: "R. SAMPLE", in: store, to: .restrict), at: Self.zero)
    program.wait(.seconds(1))
    program.press("n")
    #expect(program.shows("1 restricted patient is expected today"))
    program.press("Esc", "C-t", "3", "246813", "Enter", "A")
    #expect(program.shows("1 restricted patient is expected today, and no other"))
  }

  // MARK: Screens of others

  @Test func `taking over a locked screen with an unfinished entry asks why and is kept`() throws {
    var program = try signedIn("1", "904271")
    program.press("Enter", "t", "half a no", "C-l")
    program.press("Esc", "2", "864029", "Enter")
    #expect(program.loop.state.isLocked)
    #expect(program.shows("J. Okafor left an entry unfinished on this screen"))
    #expect(!program.shows("half a no") && !program.shows("90000417"))
    program.press("Enter")
    #expect(program.shows("Type why"))
    #expect(program.loop.state.isLocked)
    program.press("called to chair 4", "Enter")
    #expect(!program.loop.state.isLocked)
    #expect(program.loop.state.actor.name == "K. FICTION")
    #expect(program.loop.state.prompt == nil)
    #expect(program.shows("TAKEN OVER from J. Okafor"))
    #expect(
      actions().contains(.tookOver(from: "J. Okafor", reason: "called to chair 4")))
  }

  @Test func `the same person, a screen with nothing half typed and Ctrl-T ask nothing`() throws {
    var program = try signedIn("1", "904271")
    program.press("C-l", "904271", "Enter")
    #expect(program.loop.state.place == .board)
    program.press("C-l", "Esc", "2", "864029", "Enter")
    #expect(program.loop.state.place == .board)
    program.press("Enter", "t", "half a no", "C-t", "1", "904271", "Enter")
    #expect(!program.loop.state.isLocked)
    #expect(!actions().contains { $0.kind == .tookOver })
  }

  @Test func `a takeover left open for a minute asks for the name again`() throws {
    var program = try signedIn("1", "904271")
    program.press("Enter", "t", "half a no", "C-l", "Esc", "2", "864029", "Enter", "beca")
    program.wait(.seconds(61))
    #expect(program.shows("No reason was typed within a minute"))
    #expect(program.loop.state.isLocked)
    program.press("1", "904271", "Enter")
    #expect(!program.loop.state.isLocked)
  }
}

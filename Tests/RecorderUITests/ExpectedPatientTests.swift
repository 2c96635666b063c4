import Foundation
import InfusionRecord
import ScriptedProgram
import SessionStore
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The day's appointments on the board: when, what is planned, how late, and arrival.
@Suite struct ExpectedPatientTests {
  private static func expected(_ number: Int, _ time: String, chair: String = "")
    -> ExpectedPatient
  {
    ExpectedPatient(
      time: time,
      patient: PatientIdentity(
        family: ["Fiction", "Sample", "Nobody"][number], given: "Olu",
        dateOfBirth: CivilDate(dayNumber: -4000 + Int32(number)), sex: .unknown,
        mrn: "9000100\(number)", visitNumber: "V\(number)"),
      chair: chair,
      drugs: [
        PlannedDrug(drug: "paclitaxel", minutes: 180)
      ])
  }

  /// The row of an expected patient.
  private static func value(_ number: Int, _ time: String) -> String {
    expected(number, time).optionValue
  }

  private static func world(_ patients: [ExpectedPatient], chairs: Int = 4) -> Driver {
    var it = Driver(chairs: chairs)
    it.program.expected.patients = patients
    it.at("08:59")
    it.at("09:20")
    return it
  }

  @Test func `expected patients stand between the open sessions and the free chairs, by time`() {
    var it = Driver(chairs: 4)
    it.seat()
    it.program.expected.patients = [Self.expected(1, "10:15"), Self.expected(0, "09:00")]
    it.at("08:50")
    it.press("q")
    let kinds = it.state.boardItems.map { item in
      switch item {
      case .session: "session"
      case .expected(let value): value
      case .free: "free"
      }
    }
    #expect(
      kinds.prefix(3) == ["session", Self.value(0, "09:00"), Self.value(1, "10:15")], "\(it)")
    #expect(kinds.dropFirst(3).allSatisfy { $0 == "free" })
    #expect(it.words.contains("2 expected"), "\(it)")
  }

  @Test func `a row tells the time, how late it is and what is planned`() {
    var it = Self.world([Self.expected(0, "09:00"), Self.expected(1, "10:15")])
    #expect(it.words.contains("due 09:00, 20min late"), "\(it)")
    #expect(it.shows("due 10:15") && it.shows("PACLitaxel"), "\(it)")
    #expect(it.words.split(separator: " ").count { $0 == "late" } == 1, "\(it)")
    it.state.isPlain = true
    #expect(
      it.words.contains(
        "Expected 09:00, 20min late, FICTION, Olu, born 19-Jan-1959. Planned: PACLitaxel"),
      "\(it)")
  }

  @Test(arguments: [("08:59", false), ("09:00", false), ("09:01", true)])
  func `a patient is late from the minute after the appointment`(time: String, isLate: Bool) {
    var it = Driver(chairs: 2)
    it.program.expected.patients = [Self.expected(0, "09:00")]
    it.at("08:58")
    it.at(time)
    #expect(it.words.contains("late") == isLate, "\(it)")
  }

  @Test func `arriving takes two keys, and the plan is offered first`() {
    var it = Self.world([Self.expected(0, "09:00", chair: "3"), Self.expected(1, "10:15")])
    it.press("Home", "Enter")
    #expect(it.words.contains("Will record: session of FICTION, Olu"), "\(it)")
    it.press("Enter")
    #expect(it.store.logs.count == 1, "\(it)")
    let opening = it.store.logs.values.first?.opening
    #expect(opening?.patient.mrn == "90001000" && opening?.chair == "3")
    #expect(opening?.patient.visitNumber == "V0")
    it.press("s")
    #expect(it.words.contains("PACLitaxel"), "\(it)")
    it.press("Esc", "q")
    #expect(it.state.boardItems.contains(.expected(Self.value(1, "10:15"))))
    #expect(!it.state.boardItems.contains(.expected(Self.value(0, "09:00"))), "\(it)")
  }

  @Test func `what is missing of an expected patient is asked`() {
    var patient = Self.expected(0, "09:00")
    patient.patient.dateOfBirth = nil
    var it = Self.world([patient])
    it.press("Home", "Enter")
    #expect(it.state.prompt?.focused?.name == .born, "\(it)")
    it.press("Enter")
    #expect(it.store.logs.isEmpty)
  }

  @Test func `an appointment that falls away takes its row with it, and the others stay`() {
    var it = Self.world([Self.expected(0, "09:00"), Self.expected(1, "10:15")])
    it.press("Home", "j")
    #expect(it.state.board.cursor.selected == .expected(Self.value(1, "10:15")), "\(it)")
    it.program.expected.patients.removeFirst()
    it.at("09:25")
    #expect(it.state.board.cursor.selected == .expected(Self.value(1, "10:15")), "\(it)")
    #expect(!it.words.contains("FICTION"), "\(it)")
  }

  @Test func `an appointment that falls away under the selection leaves nobody chosen`() {
    var it = Self.world([Self.expected(0, "09:00"), Self.expected(1, "10:15")])
    it.press("Home")
    it.program.expected.patients.removeFirst()
    it.at("09:25")
    #expect(it.state.board.cursor.selected == nil, "\(it)")
    it.press("Enter")
    #expect(it.state.prompt == nil && it.words.contains("No row is chosen"), "\(it)")
    it.press("j")
    #expect(it.state.board.cursor.selected == .expected(Self.value(1, "10:15")), "\(it)")
  }

  @Test func `after an arrival the board stands on who arrived`() {
    var it = Driver(chairs: 4)
    it.seat()
    it.press("q")
    it.program.expected.patients = [Self.expected(0, "09:00"), Self.expected(1, "09:10")]
    it.at("08:59")
    it.at("09:20")
    it.press("/", "sample", "Enter", "Enter", "Enter", "q")
    #expect(it.state.currentSession?.opening.patient.family == "Sample", "\(it)")
    it.press("Esc")
    #expect(it.state.currentSession?.opening.patient.family == "Sample", "\(it)")
  }

  @Test func `a number that is no expected patient's is another patient's`() {
    var it = Self.world([Self.expected(0, "09:00"), Self.expected(1, "10:15")])
    it.press("n", "90000357", "Enter")
    #expect(it.state.prompt?.value(.mrn) == "90000357", "\(it)")
    #expect(it.state.prompt?.value(.expected) == "another", "\(it)")
    it.press("Esc", "n", "nobody", "Enter")
    #expect(it.words.contains("There is no nobody to choose"), "\(it)")
  }

  @Test func `another patient can be typed without a choice among the expected`() {
    var it = Self.world([Self.expected(0, "09:00"), Self.expected(1, "10:15")])
    it.press("n", "Tab", "90000417", "Tab", "Tester", "Tab", "Amara", "Tab", "04-Feb-1961", "C-s")
    #expect(it.store.logs.values.first?.opening?.patient.family == "Tester", "\(it)")
  }

  @Test func `a name finds an expected patient, and keys of a session say what is missing`() {
    var it = Self.world([Self.expected(0, "09:00"), Self.expected(1, "10:15")])
    it.press("/", "sample", "Enter")
    #expect(it.shows("SAMPLE") && !it.shows("FICTION"), "\(it)")
    it.press("s")
    #expect(it.words.contains("Choose a chair with a patient first."), "\(it)")
    it.press("Enter")
    #expect(it.words.contains("Will record: session of SAMPLE, Olu"), "\(it)")
  }

  // MARK: Who has arrived

  /// Appointments of one patient, by their visit numbers.
  private static func visits(_ visits: [(number: String, time: String)]) -> [ExpectedPatient] {
    visits.map { visit in
      var one = expected(0, visit.time)
      one.patient.visitNumber = visit.number
      return one
    }
  }

  private static func opening(_ visit: String, family: String = "Fiction") -> Fact {
    var patient = expected(0, "09:00").patient
    patient.visitNumber = visit
    patient.family = family
    return .sessionOpened(
      SessionOpening(patient: patient, chair: "4", zone: "America/Chicago", nurse: "T. Kowalski"))
  }

  @Test(arguments: [
    // The visit numbers of two appointments, that of the session and its time, what is still expected.
    (["V1", "V2"], "V1", "08:55", ["14:00"]), (["V1", "V2"], "V2", "08:55", ["09:00"]),
    (["V1", "V2"], "", "08:55", ["14:00"]), (["V1", "V2"], "", "13:50", ["09:00"]),
    (["V1", "V2"], "V3", "08:55", ["09:00", "14:00"]), (["", ""], "V3", "09:20", ["14:00"]),
    (["V1", "V1"], "V1", "09:20", ["14:00"]), (["", "V2"], "V2", "09:00", ["09:00"]),
  ])
  func `a session stands for one appointment of the patient, that of its visit`(
    numbers: [String], visit: String, time: String, left: [String]
  ) {
    var it = Self.world(Self.visits(Array(zip(numbers, ["09:00", "14:00"]))))
    let opened = Driver.morning + (time == "13:50" ? 6 * 3600 + 3000 : 7200 - 300)
    it.setClock(RecordedTime(milliseconds: (Driver.morning + 7 * 3600).seconds * 1000))
    it.store.add(Self.opening(visit), to: SessionID("2026-11-23-a"), at: opened)
    it.follow(it.store)
    #expect(it.state.waiting.map(\.time) == left, "\(it)")
  }

  @Test func `the second visit of a day is on the board, in n and in A, and is opened`() {
    var it = Self.world(Self.visits([("V1", "09:00"), ("V2", "14:00")]))
    it.press("Home", "Enter", "Enter", "q")
    #expect(it.words.contains("due 14:00"), "\(it)")
    it.press("A")
    #expect(it.words.contains("14:00") && !it.words.contains("09:00"), "\(it)")
    it.press("Esc", "n", "Enter")
    #expect(it.state.prompt?.value(.visit) == "V2", "\(it)")
  }

  @Test func `a patient who came and left is not expected again after a restart`() {
    let store = MemoryStore()
    let id = SessionID("2026-11-23-a")
    store.add(Self.opening("V1"), to: id, at: Driver.morning)
    store.add(.sessionClosed(answers: []), to: id, at: Driver.morning + 60)
    var it = Driver(chairs: 2, store: store)
    it.program.expected.patients = Self.visits([("V1", "07:00"), ("V2", "14:00")])
    it.at("07:10")
    #expect(it.state.waiting.map(\.time) == ["14:00"], "\(it)")
  }

  @Test func `a session left open from yesterday is no arrival of today`() {
    let store = MemoryStore()
    store.add(Self.opening(""), to: SessionID("2026-11-22-a"), at: Driver.morning + -80_000)
    var it = Driver(chairs: 2, store: store)
    it.program.expected.patients = Self.visits([("", "09:00")])
    it.at("07:10")
    #expect(it.state.waiting.map(\.time) == ["09:00"], "\(it)")
  }

  @Test func `one number of two people is two rows, and opening one asks`() {
    var other = Self.expected(0, "09:00")
    other.patient.family = "Sample"
    var it = Self.world([Self.expected(0, "09:00"), other])
    #expect(it.shows("FICTION") && it.shows("SAMPLE"), "\(it)")
    it.press("Home", "Enter")
    #expect(
      it.words.contains(
        "MRN 90001000 is in today's appointments with another name or date of birth."), "\(it)")
    it.press("Enter", "C-s")
    #expect(it.store.logs.isEmpty)
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.store.logs.count == 1, "\(it)")
    it.press("q")
    #expect(it.state.waiting.count == 1, "\(it)")
    #expect(it.state.waiting.map(\.patient.family) != [it.store.all[0].opening?.patient.family])
  }

  @Test func `an appointment that the last book lacks is marked`() {
    var missing = Self.expected(0, "09:00")
    missing.isNotInBook = true
    var it = Self.world([missing, Self.expected(1, "10:15")])
    #expect(it.words.contains("due 09:00, 20min late, not in the last book"), "\(it)")
    #expect(it.words.components(separatedBy: "not in the last book").count == 2)
    it.press("n")
    #expect(it.words.contains("not in the last book"), "\(it)")
    it.press("Esc")
    it.state.isPlain = true
    #expect(it.words.contains("Expected 09:00, 20min late, not in the last book, FICTION"), "\(it)")
  }

  @Test func `a restricted expected patient is counted and has no row`() throws {
    var it = Self.world([Self.expected(0, "09:00"), Self.expected(1, "10:15")])
    try it.store.audit(
      AuditEntry(
        time: it.state.now, actor: "R. SAMPLE", workstation: "ws-1",
        action: .restricted(mrn: "90001001", reason: "staff member")))
    it.follow(it.store)
    #expect(it.words.contains("2 expected, 1 restricted"), "\(it)")
    #expect(!it.shows("SAMPLE"), "\(it)")
  }

  @Test func `a planned chair that is taken, and a chair that the suite lacks, are told`() {
    var it = Self.world([
      Self.expected(0, "09:00", chair: "1"), Self.expected(1, "10:15", chair: "1"),
    ])
    it.press("Home", "Enter", "Enter", "q", "n", "Enter")
    #expect(it.state.prompt?.value(.chair) == "2", "\(it)")
    #expect(it.words.contains("Chair 1 was planned and is taken."), "\(it)")
    it.focus(.chair)
    it.press("C-u", "99", "Enter")
    #expect(it.words.contains("The suite has no chair 99."), "\(it)")
  }
}

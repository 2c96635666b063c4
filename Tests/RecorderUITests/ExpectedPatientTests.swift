import InfusionRecord
import ScriptedProgram
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
        AdministrationFacts(
          administration: "", drug: "paclitaxel", technique: .infusion, plannedMinutes: 180)
      ])
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
    #expect(kinds.prefix(3) == ["session", "90001000 V0 09:00", "90001001 V1 10:15"], "\(it)")
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
    #expect(it.state.boardItems.contains(.expected("90001001 V1 10:15")))
    #expect(!it.state.boardItems.contains(.expected("90001000 V0 09:00")), "\(it)")
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
    #expect(it.state.board.cursor.selected == .expected("90001001 V1 10:15"), "\(it)")
    it.program.expected.patients.removeFirst()
    it.at("09:25")
    #expect(it.state.board.cursor.selected == .expected("90001001 V1 10:15"), "\(it)")
    #expect(!it.words.contains("FICTION"), "\(it)")
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
}

import InfusionRecord
import ScriptedProgram
import SessionStore
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// An appointment cancelled from the board.
@Suite struct CancelAppointmentTests {
  private static func expected(_ count: Int) -> [ExpectedPatient] {
    (1...count).map { number in
      ExpectedPatient(
        time: "0\(number):30",
        patient: PatientIdentity(
          family: "Fiction", given: "Case\(number)", dateOfBirth: CivilDate(dayNumber: 1094),
          sex: .female, mrn: "9000077\(number)", visitNumber: "V\(number)"))
    }
  }

  private func board(expecting count: Int) -> Driver {
    var it = Driver()
    it.program.expected.patients = count == 0 ? [] : Self.expected(count)
    it.at("07:01")
    return it
  }

  private func audited(_ it: Driver) -> [String] {
    var found: [String] = []
    try? it.store.auditEntries { found.append($0.action.words) }
    return found
  }

  @Test func `a chosen patient is not expected any more, and the audit record says so`() {
    var it = board(expecting: 2)
    it.press("A", "case2", "Enter")
    #expect(
      it.words.contains(
        "Will cancel: the appointment at 02:30 of FICTION, Case2, born 30-Dec-1972, MRN 90000772, "
          + "visit V2"), "\(it.screen)")
    it.press("Enter")
    #expect(it.words.contains("Cancelled: the appointment of FICTION, Case2 at 02:30."))
    #expect(it.state.expected.map(\.patient.mrn) == ["90000771"])
    #expect(audited(it) == ["imported appointment 02:30 of 2026-11-23 cancelled"])
    #expect(it.store.all.isEmpty)
  }

  @Test func `the patient of the board's row is the one that is highlighted`() {
    var it = board(expecting: 3)
    // The board is sorted while nobody presses a key.
    it.at("07:10")
    it.press("Home", "j", "A")
    #expect(it.state.prompt?.focused?.offered?.label == "FICTION, Case2", "\(it.screen)")
    it.press("Enter", "Enter")
    #expect(it.state.expected.map(\.patient.mrn) == ["90000771", "90000773"], "\(it.screen)")
  }

  @Test func `Enter alone cancels nothing, even of one`() {
    var it = board(expecting: 1)
    it.press("A", "Enter", "Enter", "C-s")
    #expect(it.state.expected.count == 1)
    #expect(it.words.contains("Nothing is chosen yet"), "\(it.screen)")
    it.press("Down", "Enter", "Enter")
    #expect(it.state.expected.isEmpty)
  }

  @Test func `of two appointments of one patient the chosen one is cancelled, or none`() {
    for isOvertaken in [false, true] {
      var it = board(expecting: 2)
      var early = Self.expected(2)[0]
      var late = early
      early.time = "08:00"
      late.time = "10:00"
      it.program.expected.patients = [early, late]
      it.at("07:03")
      it.press("A", "1", "Enter")
      #expect(it.words.contains("Will cancel: the appointment at 08:00"), "\(it.screen)")
      if isOvertaken {
        it.program.expected.patients = [late]
        it.at("07:05")
      }
      it.press("Enter")
      #expect(it.state.expected.map(\.time) == ["10:00"], "\(it.screen)")
      #expect(audited(it).isEmpty == isOvertaken, "\(it.screen)")
    }
  }

  @Test func `nobody expected is told`() {
    var it = board(expecting: 0)
    it.press("A", "Enter")
    #expect(it.words.contains("No patient without a session is expected today."), "\(it.screen)")
  }

  @Test func `a patient who came meanwhile is not cancelled`() {
    var it = board(expecting: 2)
    it.press("A", "case2", "Enter")
    it.store.add(
      .sessionOpened(
        SessionOpening(
          patient: Self.expected(2)[1].patient, chair: "4", zone: "America/Chicago",
          nurse: "T. Kowalski")), to: SessionID("2026-11-23-other1"), at: Driver.morning)
    it.follow(it.store)
    it.press("Enter")
    #expect(it.state.expected.count == 2, "\(it.screen)")
    #expect(audited(it) == [])
  }

  @Test func `an appointment that the book dropped meanwhile is not cancelled`() {
    var it = board(expecting: 2)
    it.press("A", "case2", "Enter")
    it.program.expected.patients.removeLast()
    it.at("07:02")
    it.press("Enter")
    #expect(audited(it) == [], "\(it.screen)")
  }

  @Test func `a nurse may not, and a screen that only looks does not`() {
    var it = board(expecting: 1)
    it.state.isReadOnly = true
    it.press("A")
    #expect(it.state.prompt == nil)
    #expect(it.words.contains(RecorderState.readOnlySentence), "\(it.screen)")
    it.state.isReadOnly = false
    it.enrol(SignInTests.people)
    it.press("Esc", "1", "904271", "Enter", "A")
    #expect(it.state.prompt == nil)
    #expect(
      it.words.contains(
        "Importing documents or changing appointments is for supervisors; a supervisor must sign in."
      ), "\(it.screen)")
    #expect(
      audited(it).contains("was refused: Importing documents or changing appointments"))
  }
}

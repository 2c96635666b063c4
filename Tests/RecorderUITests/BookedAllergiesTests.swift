import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Allergies in the appointment: shown as such, asked about, and never an answer.
@Suite struct BookedAllergiesTests {
  /// A patient of the appointment book, seated by its row.
  private static func seated(_ allergies: String) -> Driver {
    var it = Driver(chairs: 2)
    let patient = PatientIdentity(
      family: "Fiction", given: "Olu", dateOfBirth: CivilDate(dayNumber: -4000), sex: .unknown,
      mrn: "90001001", visitNumber: "V1")
    var expected = ExpectedPatient(time: "07:30", patient: patient, chair: "1")
    expected.allergies = allergies
    it.program.expected.patients = [expected]
    it.at("07:10")
    it.at("07:20")
    it.press("Home", "Enter", "Enter")
    #expect(it.store.all.count == 1, "\(it)")
    return it
  }

  @Test func `what the book says stands in the banner as the book's, on every screen`() {
    var it = Self.seated("platinum: rash; latex")
    let told = "Allergies from the appointment, to be asked: platinum (rash); latex"
    #expect(it.words.contains(told), "\(it)")
    #expect(it.words.contains("allergies not recorded"), "\(it)")
    for key in ["e", "q", "f", "q", "s"] {
      it.press(key)
      #expect(it.words.contains(told), "\(key) \(it)")
    }
    it.press("Esc")
    it.state.isPlain = true
    #expect(
      it.words.contains("allergies from the appointment, to be asked: platinum (rash)"), "\(it)")
    #expect(it.store.all[0].allergyStatement == nil)
  }

  @Test(arguments: ["NKDA", "none known", "No known allergies"])
  func `that none is known in the book is not known at the chair`(text: String) {
    var it = Self.seated(text)
    #expect(it.words.contains("from the appointment, to be asked: none known"), "\(it)")
    #expect(it.words.contains("allergies not recorded"), "\(it)")
    it.press("A")
    #expect(it.state.prompt?.value(.allergies) == "", "\(it)")
    it.press("Enter", "C-s")
    #expect(it.store.all[0].allergyStatement == nil, "\(it)")
    it.press("2", "Enter", "C-s")
    #expect(it.store.all[0].allergyStatement?.allergies == .noneKnown, "\(it)")
    #expect(!it.words.contains("from the appointment"), "\(it)")
  }

  @Test func `a drug of the book's allergies asks, and the form has the text and no answer`() {
    var it = Self.seated("platinum: rash")
    it.press("s", "carbo", "Enter")
    #expect(it.state.prompt?[.check] != nil, "\(it)")
    #expect(it.words.contains("platinum"), "\(it)")
    it.press("Esc", "A")
    #expect(it.state.prompt?.value(.allergies) == "", "\(it)")
    it.press("1", "Enter", "C-s")
    #expect(it.store.all[0].allergyStatement?.allergies.list.map(\.written) == ["platinum: rash"])
  }

  @Test func `an earlier visit and the book are both told, and a substance asks once`() {
    var it = Driver(chairs: 2)
    it.seat()
    it.press("A", "1", "Enter", "platinum: rash", "C-s", "c", "Enter")
    it.seat()
    let patient = it.state.currentSession?.opening.patient
    var expected = ExpectedPatient(
      time: "07:00",
      patient: patient
        ?? .init(
          family: "", given: "", dateOfBirth: nil, sex: .unknown, mrn: "", visitNumber: ""))
    expected.allergies = "platinum: rash; latex"
    var other = expected
    other.time = "07:05"
    it.program.expected.patients = [expected, other]
    it.at("07:01")
    #expect(it.words.contains("Allergies told 23-Nov-2026, to be asked again"), "\(it)")
    #expect(it.words.contains("Allergies from the appointment, to be asked"), "\(it)")
    it.press("A", "1", "Enter")
    #expect(it.state.prompt?.value(.substances) == "platinum: rash; latex", "\(it)")
  }

  @Test func `none known beside an allergy counts for nothing`() {
    let named = AllergyStatement(allergies: .known([Allergy(substance: "latex")]))
    let none = AllergyStatement(allergies: .noneKnown)
    #expect(none.merged(with: named).allergies == named.allergies)
    #expect(named.merged(with: none).allergies == named.allergies)
    #expect(AllergyStatement().merged(with: none).allergies == .noneKnown)
    #expect(none.merged(with: AllergyStatement()).allergies == .noneKnown)
  }
}

import InfusionRecord
import PlainText
import ScriptedProgram
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Names with umlauts and in other alphabets are typed, shown and found.
@Suite struct ForeignNameTests {
  @Test(arguments: ["muller", "mueller", "Müller", "MUELLER", "mu", "mue"])
  func `a name with an umlaut is found on the board and in the review`(typed: String) {
    for name in ["Müller", "Mueller", "MU\u{308}LLER"] {
      var it = Driver()
      it.seat(mrn: "90000003", family: name, given: "Ana")
      it.press("q")
      it.seat()
      it.press("q", "/", typed, "Enter", "Enter")
      #expect(it.state.currentSession?.opening.patient.mrn == "90000003", "\(name) \(it)")
      it.press("q", "Esc", "d", "/", typed, "Enter")
      #expect(it.state.review?.shownRows.map(\.mrn) == ["90000003"], "\(name) \(it)")
    }
  }

  @Test func `two letters that were typed are never read as one`() {
    var it = Driver()
    it.seat(mrn: "90000003", family: "Jones", given: "Ana")
    it.press("q", "/", "joe", "Enter")
    #expect(it.state.place == .find && it.words.contains("No chair matches"), "\(it)")
  }

  @Test(arguments: ["muller", "mueller", "mü"])
  func `an expected patient and a colleague are found so too`(typed: String) {
    var it = Driver()
    it.state.expected = ["Müller", "Fiction"].enumerated().map { number, family in
      ExpectedPatient(
        time: "09:30",
        patient: PatientIdentity(
          family: family, given: "Case", dateOfBirth: CivilDate(dayNumber: 1094), sex: .female,
          mrn: "9000077\(number)", visitNumber: "V7"),
        chair: "", regimen: "", drugs: [])
    }
    it.press("n", typed, "Enter")
    #expect(it.state.prompt?.value(.family) == "Müller", "\(it)")
    it.press("Esc")
    it.enrol([("R. SAMPLE", .supervisor, "246813"), ("T. Müller", .nurse, "864029")])
    it.press(typed)
    #expect(it.state.signIn.person == "T. Müller", "\(it)")
  }

  @Test(arguments: [
    ("Тестов", "Иван", "тестов"), ("Дунёва", "Ана", "дунева"),
    ("Παπαδόπουλος", "Άννα", "παπαδοπουλοσ"), ("כהן", "דנה", "כהן"),
    ("أحمد", "نور", "احمد"), ("王", "小明", "小明"), ("김", "지우", "김"),
    ("さとう", "はな", "さと"), ("Nguyễn", "Ánh", "nguyen"),
  ])
  func `a name in any alphabet is taken, shown at its width and found`(
    family: String, given: String, typed: String
  ) {
    for isComposed in [true, false] {
      var it = Driver()
      it.press("n", "90000003")
      it.press("Enter")
      // Keyboards of some alphabets send a letter and its mark one after the other.
      func keys(_ text: String) -> [Input] {
        isComposed
          ? text.map { .key(KeyPress(.character($0))) }
          : text.unicodeScalars.map { .key(KeyPress(.character(Character($0)))) }
      }
      let start = it.frame.cursor?.column ?? 0
      for input in keys(family) { it.program.turn([input]) }
      #expect(it.frame.cursor?.column == start + DisplayWidth.of(family), "\(family) \(it)")
      it.press("Enter")
      for input in keys(given) { it.program.turn([input]) }
      it.press("Enter", "04-Feb-1961", "C-s")
      #expect(it.state.currentSession?.opening.patient.family == family, "\(it)")
      #expect(it.words.contains(family.uppercased()), "\(it)")
      it.press("q", "/", typed, "Enter", "Enter")
      #expect(it.state.currentSession?.opening.patient.given == given, "\(typed) \(it)")
    }
  }

  @Test(arguments: [
    ("Müller", "Mueller", true), ("Müller", "Muller", true), ("Mueller", "Muller", false),
    ("Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ", true), ("Fiction", "Fictional", false),
  ])
  func `spellings of one name are one person, other names are asked about`(
    one: String, other: String, isSame: Bool
  ) {
    func person(_ family: String) -> PatientIdentity {
      PatientIdentity(
        family: family, given: "Ana", dateOfBirth: CivilDate(dayNumber: 1094), sex: .female,
        mrn: "1", visitNumber: "")
    }
    #expect(person(one).isSamePerson(as: person(other)) == isSame)
    #expect(person(other).isSamePerson(as: person(one)) == isSame)
  }

  @Test func `names that differ by an umlaut are similar`() {
    func person(_ family: String, _ mrn: String) -> PatientIdentity {
      PatientIdentity(
        family: family, given: "Ana", dateOfBirth: nil, sex: .female, mrn: mrn, visitNumber: "")
    }
    #expect(SimilarNames.areAlike(person("Müller", "1"), person("Mueller", "2")))
    #expect(SimilarNames.areAlike(person("Müller", "1"), person("Muller", "2")))
    #expect(!SimilarNames.areAlike(person("Müller", "1"), person("Tester", "2")))
  }
}

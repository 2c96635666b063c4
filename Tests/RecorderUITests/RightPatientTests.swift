import InfusionRecord
import ScriptedProgram
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The right patient: what the record knows of a number, and what a scanner sends.
@Suite struct RightPatientTests {
  /// A store in which the number belongs to a patient with a closed visit of the day before.
  private func store(born: String = "04-Feb-1961") -> MemoryStore {
    let store = MemoryStore()
    let day = Driver.morning + -86_400
    let patient = PatientIdentity(
      family: "Núñez", given: "Ana", dateOfBirth: CivilDate(written: born), sex: .female,
      mrn: "90000417", visitNumber: "")
    let id = SessionID("2026-11-22-a")
    store.add(
      .sessionOpened(
        SessionOpening(patient: patient, chair: "1", zone: "America/Chicago", nurse: "J. Okafor")),
      to: id, at: day)
    store.add(
      .drugStarted(
        AdministrationFacts(administration: "a1", drug: "rituximab", technique: .infusion)),
      to: id, at: day + 60)
    store.add(.drugStopped(DrugStop(administration: "a1")), to: id, at: day + 3600)
    store.add(.sessionClosed(answers: []), to: id, at: day + 7200)
    return store
  }

  @Test(arguments: ["]C090000417", "90000417", "(8018)90000417"])
  func `the number of a known patient fills name, birthday and sex`(scanned: String) {
    var it = Driver(store: store())
    it.press("n", scanned, "Enter")
    let prompt = it.state.prompt
    #expect(prompt?.value(.mrn) == "90000417")
    #expect(prompt?.value(.family) == "Núñez" && prompt?.value(.given) == "Ana")
    #expect(prompt?.value(.born) == "04-Feb-1961" && prompt?.value(.sex) == "female")
    #expect(prompt?[.check] == nil)
    it.press("C-s")
    #expect(it.state.currentSession?.opening.patient.sex == .female)
    #expect(it.state.currentSession?.opening.patient.mrn == "90000417")
    it.press("s")
    #expect(it.words.contains("last visit"), "\(it.screen)")
  }

  @Test(arguments: ["m1001", "M1001"])
  func `upper and lower case are one number, written as the record has it`(typed: String) {
    var it = Driver()
    it.seat(mrn: typed == "m1001" ? "M1001" : "m1001", family: "Keeper", given: "Ada")
    let recorded = it.state.currentSession?.opening.patient.mrn
    it.press("Esc", "n", typed, "Enter")
    #expect(it.words.contains("has an open session already") || it.state.prompt?[.reason] != nil)
    #expect(it.state.prompt?.value(.family) == "Keeper", "\(it.screen)")
    it.focus(.reason)
    it.press("second", "Enter", "C-s")
    #expect(it.store.all.last?.opening?.patient.mrn == recorded, "\(it.screen)")
  }

  @Test func `the same person under another spelling is the same person`() {
    var it = Driver(store: store())
    it.seat(mrn: "90000417", family: "NUNEZ", given: "Ana M")
    #expect(it.state.prompt == nil)
    #expect(it.state.currentSession?.opening.patient.family == "NUNEZ")
  }

  @Test(arguments: [("Tester", "04-Feb-1961"), ("Nunez", "04-Feb-1962")])
  func `the number under another name or birthday asks before anything is shown`(
    family: String, born: String
  ) {
    var it = Driver(store: store())
    it.seat(mrn: "]C090000417", family: family, given: "Ana", born: born)
    #expect(it.state.prompt != nil && it.store.all.count == 1)
    #expect(it.words.contains("MRN 90000417 is in the record with another name or date of birth."))
    #expect(!it.words.contains("Núñez") && !it.words.contains("NÚÑEZ"))
    it.focus(.check)
    it.press("no", "Enter", "C-s")
    #expect(it.words.contains("Scan or type the MRN of the wristband again."), "\(it.screen)")
    #expect(it.store.all.count == 1)
    it.focus(.check)
    it.press("C-u", "yes", "Enter", "C-s")
    #expect(it.store.all.count == 2)
    #expect(it.store.all.last?.events.first?.reason?.contains("compared") == true)
    #expect(it.store.all.last?.opening?.sharesNumber == true)
    // Nothing of the other person's visits is offered.
    it.press("s")
    #expect(!it.words.contains("last visit") && !it.words.contains("riTUXimab  "), "\(it.screen)")
    // A supervisor looks at it, also while it is open.
    it.press("Esc", "Esc", "d")
    let row = it.state.review?.row(of: it.store.all.last?.session)
    #expect(row?.need == .person, "\(it.screen)")
    #expect(
      it.words.contains("The record or the appointments had this MRN with another name"),
      "\(it.screen)")
  }

  @Test func `the wristband's format of the site is used`() {
    var it = Driver()
    it.state.suite.wristband = WristbandFormat("PT{mrn}^*")
    it.seat(mrn: "PT90000417^TESTER^AMARA")
    #expect(it.state.currentSession?.opening.patient.mrn == "90000417")
  }

  @Test(arguments: [("Tester", "04-Feb-1961"), ("Nunez", "04-Feb-1962")])
  func `the number of an expected patient under another name or birthday asks`(
    family: String, born: String
  ) {
    var it = Driver()
    it.program.expected.patients = [
      ExpectedPatient(
        time: "09:00",
        patient: PatientIdentity(
          family: "Núñez", given: "Ana", dateOfBirth: CivilDate(written: "04-Feb-1961"),
          sex: .female, mrn: "90000417", visitNumber: "V1"))
    ]
    it.at("07:01")
    it.press("n", "another", "Enter", "90000417", "Enter")
    #expect(it.state.prompt?.value(.family) == "Núñez", "\(it.screen)")
    it.focus(.family)
    it.press("C-u", family)
    it.focus(.given)
    it.press("C-u", "Ana")
    it.focus(.born)
    it.press("C-u", born, "C-s")
    #expect(it.store.all.isEmpty, "\(it.screen)")
    #expect(
      it.words.contains(
        "MRN 90000417 is in today's appointments with another name or date of birth."),
      "\(it.screen)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.store.all.last?.opening?.sharesNumber == true, "\(it.screen)")
  }
}

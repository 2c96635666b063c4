import InfusionRecord
import ScriptedProgram
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The right drug by the right way: what is asked before a drug is recorded.
@Suite struct RightDrugTests {
  @Test(arguments: [
    ("vin", false), ("vinb", true), ("vincristine", true), ("carbo", true), ("pacli", true),
  ])
  func `letters that fit drugs with names that are alike choose none`(typed: String, isChosen: Bool)
  {
    var it = Driver()
    it.seat()
    it.press("p", typed, "Enter")
    #expect((it.state.prompt?.value(.drug).isEmpty == false) == isChosen, "\(it)")
    if !isChosen {
      #expect(it.words.contains("names that are alike fit vin"), "\(it)")
      it.press("Down", "Enter")
      #expect(it.state.prompt?.value(.drug).isEmpty == false, "\(it)")
    }
  }

  private func seated(planned: [String] = []) -> Driver {
    var it = Driver()
    it.seat()
    guard let patient = it.state.currentSession?.opening.patient else { return it }
    it.program.expected.patients = [
      ExpectedPatient(
        time: "07:00", patient: patient,
        drugs: planned.map { PlannedDrug(drug: $0, technique: .push) })
    ]
    it.at("07:01")
    return it
  }

  private func version(_ it: Driver) -> Int { it.store.all[0].version }

  @Test func `a vinca alkaloid under the skin warns hardest and stays with the session`() {
    var it = seated()
    let before = version(it)
    it.press("i", "vincr", "Enter")
    let warning = "FATAL BY ANY WAY BUT THE VEIN: vinCRIStine under the skin."
    #expect(it.words.contains(warning), "\(it.screen)")
    it.press("Enter", "Enter", "Enter", "C-s")
    #expect(version(it) == before)
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    let given = it.store.all[0].events.last
    #expect(given?.fact.kind == .injectionGiven)
    #expect(given?.reason?.hasPrefix("Asked and confirmed: FATAL BY ANY WAY BUT THE VEIN") == true)
    #expect(it.state.currentSession?.toDo.contains { $0.kind == .fatalWay } == true)
    it.press("Esc")
    #expect(it.words.contains("FATAL BY ANY WAY BUT THE VEIN"), "\(it.screen)")
  }

  @Test(arguments: [("i", "pacli"), ("p", "pacli"), ("p", "ritux")])
  func `a way that is not listed is asked about, and no is no`(key: String, drug: String) {
    var it = seated()
    let before = version(it)
    it.press(key, drug, "Enter")
    #expect(it.words.contains("is unusual: the formulary lists infusion."), "\(it.screen)")
    it.focus(.check)
    it.press("no", "Enter", "C-s")
    #expect(it.words.contains("Choose the drug or the way again."))
    #expect(version(it) == before)
  }

  @Test func `a correction to a drug that is not given this way is asked about`() {
    var it = seated()
    it.press("i", "pegfil", "Enter", "Enter", "C-s")
    let before = version(it)
    it.press("a", "Enter", "vincr", "Enter")
    #expect(it.words.contains("FATAL BY ANY WAY BUT THE VEIN: vinCRIStine"), "\(it.screen)")
    it.press("Enter", "C-s")
    #expect(version(it) == before)
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    let reason = it.store.all[0].events.last?.reason
    #expect(reason?.hasPrefix("wrong drug. Asked and confirmed: FATAL") == true, "\(it.screen)")
    it.press("a", "Enter", "vinbl", "Enter")
    #expect(it.state.prompt?[.check] != nil)
  }

  @Test(arguments: [("carboplatn", "CARBOplatin"), ("dexametason", "dexAMETHasone")])
  func `a name that is nearly that of a listed drug is asked about`(typed: String, meant: String) {
    var it = seated()
    let before = version(it)
    it.press("s", typed, "Enter", "Enter")
    #expect(it.words.contains("The formulary has \(meant) and no \(typed)."), "\(it.screen)")
    it.press("C-s")
    #expect(version(it) == before)
  }

  @Test(arguments: ["zorblastin", "trialdrug 17", "abcde"])
  func `a name that is near to none is not`(typed: String) {
    var it = seated()
    it.press("s", typed, "Enter")
    #expect(it.state.prompt?[.check] == nil, "\(it.screen)")
  }

  @Test func `another drug makes another question, whose answer is open`() {
    var it = seated()
    it.press("p", "pacli", "Enter")
    it.focus(.check)
    it.press("yes", "Enter")
    it.focus(.drug)
    it.press("C-u", "ritux", "Enter")
    #expect(it.state.prompt?.value(.check) == "")
    it.press("C-s")
    #expect(it.state.prompt != nil)
  }

  @Test func `a drug that looks like the planned one is asked about`() {
    var it = seated(planned: ["vinblastine"])
    it.press("p", "vincr", "Enter")
    #expect(
      it.words.contains("vinBLAStine is planned today, not vinCRIStine."), "\(it.screen)")
    it.press("Esc", "p", "vinbl", "Enter")
    #expect(it.state.prompt?[.check] == nil)
    it.press("Esc", "p", "ondan", "Enter")
    #expect(it.state.prompt?[.check] == nil)
  }

  @Test func `a drug that looks like one that runs or was given is asked about once`() {
    var it = seated()
    it.start("pacli")
    it.press("s", "vincr", "Enter")
    #expect(it.state.prompt?[.check] == nil, "\(it.screen)")
    it.press("Enter")
    let before = version(it)
    it.press("p", "vinbl", "Enter")
    #expect(
      it.words.contains(
        "vinCRIStine runs in this session, and vinBLAStine is another drug. The names are easily "
          + "confused."), "\(it.screen)")
    it.press("Enter", "C-s")
    #expect(version(it) == before)
    it.press("Esc", "x", "vincr", "Enter", "Enter")
    it.press("p", "vinbl", "Enter")
    #expect(it.words.contains("vinCRIStine was given in this session"), "\(it.screen)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    // The second dose of either is not asked about again, nor its correction to what it was.
    it.press("p", "vinbl", "Enter")
    #expect(it.state.prompt?[.check]?.subject.contains("easily confused") == false, "\(it.screen)")
  }

  @Test func `a planned look-alike of a drug that runs is what is meant`() {
    var it = seated(planned: ["vinblastine"])
    it.press("p", "vinbl", "Enter")
    #expect(it.state.prompt?[.check] == nil, "\(it.screen)")
  }

  @Test func `a wrong drug that is corrected to its look-alike is not asked about`() {
    var it = seated()
    it.press("p", "vincr", "Enter")
    if it.state.prompt?.firstMissing != nil { it.press("1", "Enter") }
    it.press("C-s")
    it.press("a", "Enter", "vinbl", "Enter")
    #expect(it.state.prompt?[.check] == nil, "\(it.screen)")
  }

  @Test func `a half-made start is not kept after Esc, a note is, and the message says which`() {
    var it = seated()
    it.press("s", "pacli", "Enter", "Esc")
    #expect(it.state.notice?.text == "Left: nothing was recorded, and nothing is kept.")
    it.press("s")
    #expect(it.state.prompt?.value(.drug) == "")
    it.press("Esc", "t", "feels warm", "Esc")
    #expect(
      it.state.notice?.text == "Left: nothing was recorded. The text is kept for this session.")
    it.press("t")
    #expect(it.state.prompt?.value(.note) == "feels warm")
    it.press("C-u", "Esc", "t", "Esc")
    #expect(it.state.notice == nil)
  }

  @Test func `a drug that was given already is asked about, unless another dose is planned`() {
    var it = seated(planned: ["vincristine", "vincristine"])
    it.press("v", "1", "Enter", "Enter")
    it.press("p", "vincristine", "Enter", "Enter")
    #expect(it.store.all[0].administrations.count == 1, "\(it)")
    // The second one is planned.
    it.press("p", "vincristine", "Enter", "Enter")
    #expect(it.store.all[0].administrations.count == 2, "\(it)")
    it.press("p", "vincristine", "Enter", "Enter", "C-s")
    let question = "vinCRIStine was given in this session already (push, 07:01)"
    #expect(it.words.contains(question), "\(it)")
    #expect(it.store.all[0].administrations.count == 2, "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.store.all[0].administrations.count == 3, "\(it)")
    #expect(it.store.all[0].events.last?.reason?.contains(question) == true)
  }

  @Test func `a second bag of fluid is not asked about`() {
    var it = seated()
    it.press("v", "1", "Enter", "Enter")
    it.start("normal saline")
    it.at("08:00")
    it.stop()
    it.press("s", "normal saline", "Enter")
    #expect(it.state.prompt?[.check] == nil, "\(it)")
  }

  @Test(arguments: ["p", "i", "s"])
  func `two Enters record no drug that the formulary lacks`(key: String) {
    var it = seated()
    it.press("v", "1", "Enter", "Enter")
    let before = version(it)
    it.press(key, "u3", "Enter", "Enter", "Enter", "C-s")
    #expect(version(it) == before, "\(it)")
    #expect(it.words.contains("u3 is not in the formulary"), "\(it)")
  }

  @Test func `a reaction at an earlier visit asks, for a drug of the same family too`() {
    var it = seated()
    guard let patient = it.state.currentSession?.opening.patient else { return }
    var visit = SampleRecord(session: "earlier")
    visit.openWithPort()
    visit.start("a1", "paclitaxel", at: "08:00")
    visit.add(.reactionRecorded(Reaction(administration: "a1", grade: 4)), at: "08:10")
    it.state.learn([], of: patient.mrn, visits: EarlierVisits([visit.log]))
    #expect(
      it.words.contains("Reactions at earlier visits: PACLitaxel") && it.words.contains("grade 4"),
      "\(it)")
    it.press("s", "pacli", "Enter")
    #expect(it.words.contains("REACTION to PACLitaxel at the visit of"), "\(it)")
    it.press("Esc", "Esc", "s", "docetaxel", "Enter")
    #expect(it.words.contains("docetaxel is of the same family, taxanes"), "\(it)")
    it.press("Esc", "Esc", "s", "carbo", "Enter")
    #expect(!it.words.contains("REACTION to"), "\(it)")
  }

  @Test func `a dose is checked by a second person`() {
    var it = seated()
    it.start("pacli")
    let before = version(it)
    it.press(":", "double check", "Enter")
    it.focus(.checker)
    it.press(it.state.actor.name.uppercased(), "Enter", "C-s")
    #expect(version(it) == before, "\(it)")
    #expect(it.words.contains("A second person is needed"), "\(it)")
  }

  @Test func `an access site is not closed over a running drug without an answer`() {
    var it = seated()
    it.start("pacli")
    let before = version(it)
    it.press(":", "close an access", "Enter", "Enter", "C-s")
    #expect(version(it) == before, "\(it)")
    #expect(it.words.contains("Still running there: PACLitaxel."), "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.store.all[0].events.last?.fact.kind == .siteClosed, "\(it)")
  }

  @Test func `an allergy that is told while the drug runs is a concern, and resuming names it`() {
    var it = seated()
    it.start("pacli")
    it.at("07:20")
    it.press("A", "1", "Enter", "taxol: rash", "Tab")
    #expect(it.words.contains("PACLitaxel RUNS NOW. ALLERGY recorded: taxol (rash)."), "\(it)")
    it.press("C-s", "z", "Enter")
    while it.state.prompt != nil { it.press("Esc") }
    it.press("z")
    #expect(it.words.contains("ALLERGY recorded: taxol (rash)."), "\(it)")
    it.press("Esc", "q")
    #expect(it.words.contains("ALLERGY recorded: taxol (rash)."), "\(it)")
  }

  @Test func `a form stays about its patient when a colleague corrects who that is`() {
    var it = seated()
    it.press("v", "1", "Enter", "Enter", "p", "ondan", "Enter")
    guard var opening = it.store.all[0].opening, let first = it.store.all[0].events.first else {
      return
    }
    opening.patient.family = "Charlie"
    opening.patient.mrn = "90000999"
    it.store.add(
      .eventSuperseded(replaces: first.id, replacement: .sessionOpened(opening)),
      to: it.store.all[0].session, at: Driver.morning, reason: "wrong patient")
    it.follow(it.store)
    let before = version(it)
    it.press("Enter")
    #expect(version(it) == before, "\(it)")
    #expect(it.words.contains("This session changed meanwhile"), "\(it)")
  }

  @Test(arguments: [Size(columns: 60, rows: 15), Size(columns: 80, rows: 24)])
  func `what is recorded has its room beside many allergies, or nothing is recorded`(size: Size) {
    var it = seated()
    it.feed(.resize(size))
    it.press("v", "1", "Enter", "Enter")
    let many = (1...24).map { Allergy(substance: "substance number \($0)") }
    it.store.add(
      .allergiesRecorded(AllergyStatement(allergies: .known(many))), to: it.store.all[0].session,
      at: Driver.morning)
    it.follow(it.store)
    let before = version(it)
    it.press("s", "pacli", "Enter")
    #expect(it.words.contains("Will record: PACLitaxel"), "\(it)")
    #expect(it.words.contains("Esc shows them"), "\(it)")
    it.press("Enter")
    #expect(version(it) == before + 1, "\(it)")
  }
}

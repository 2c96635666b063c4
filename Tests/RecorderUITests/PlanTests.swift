import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The planned drugs of the appointment as rows of the session.
@Suite struct PlanTests {
  static let plan = [
    PlannedDrug(drug: "ondansetron", amount: "16 mg", technique: .push),
    PlannedDrug(drug: "Taxol", amount: "175 mg/m2", minutes: 180),
    PlannedDrug(drug: "pegfilgrastim", amount: "6 mg"),
  ]

  /// A patient with a port, whose appointment plans these drugs.
  static func seated(_ plan: [PlannedDrug] = plan, hasSite: Bool = true) -> Driver {
    var it = Driver()
    it.seat()
    guard let patient = it.state.currentSession?.opening.patient else { return it }
    it.program.expected.patients = [ExpectedPatient(time: "07:00", patient: patient, drugs: plan)]
    it.at("07:01")
    if hasSite { it.press("v", "1", "Enter", "Enter") }
    return it
  }

  private func given(_ it: Driver) -> [AdministrationFacts] {
    it.store.all[0].administrations.map(\.facts)
  }

  @Test func `the plan stands below what was given, the next drug first`() {
    var it = Self.seated()
    #expect(it.shows("next ondansetron 16 mg"), "\(it)")
    #expect(it.shows("then PACLitaxel 175 mg/m2"))
    #expect(it.shows("infusion, 3hr"))
    #expect(it.shows("n planned"))
    it.state.isPlain = true
    #expect(it.words.contains("Next, planned: ondansetron 16 mg, push"), "\(it)")
    #expect(it.words.contains("Then, planned: pegfilgrastim 6 mg, on-body injector"), "\(it)")
  }

  @Test func `a planned drug is begun with one key and Enter, in the order of the plan`() {
    var it = Self.seated()
    it.press("n")
    #expect(given(it).isEmpty)
    #expect(it.words.contains("Will record: ondansetron 16 mg pushed 07:01, Port"), "\(it)")
    it.press("Enter", "n")
    #expect(
      it.words.contains(
        "Will record: PACLitaxel 175 mg/m2 infusion started 07:01, Port, planned 180 min"),
      "\(it)")
    it.press("Enter", "n", "Enter")
    #expect(given(it).map(\.drug) == ["ondansetron", "paclitaxel", "pegfilgrastim"], "\(it)")
    #expect(given(it).map(\.technique) == [.push, .infusion, .onBodyInjector])
    #expect(given(it).map(\.amount) == ["16 mg", "175 mg/m2", "6 mg"])
    it.press("n")
    #expect(it.state.prompt == nil)
    #expect(it.words.contains("Nothing more is planned today."), "\(it)")
  }

  @Test func `the highlighted planned row is the choice, by n, by Enter and by its own key`() {
    for key in ["n", "Enter", "s"] {
      var it = Self.seated()
      it.press("Down", key)
      #expect(it.words.contains("Will record: PACLitaxel 175 mg/m2 infusion"), "\(key) \(it)")
      it.press("Enter")
      #expect(given(it).map(\.drug) == ["paclitaxel"])
    }
    // A key of another form begins nothing of the row.
    var it = Self.seated()
    it.press("Down", "p")
    #expect(it.state.prompt?.value(.drug) == "")
  }

  @Test func `a held or doubled Enter begins one drug`() {
    var it = Self.seated()
    it.press("n")
    let enter = Input.key(KeyPress(.enter))
    it.program.turn([enter, enter], after: 400)
    for _ in 0..<10 { it.program.turn([enter], after: 33) }
    it.program.turn([], after: 500)
    #expect(given(it).count == 1, "\(it)")
  }

  @Test func `a dose that another terminal gives meanwhile is not given twice`() {
    var it = Self.seated()
    it.press("n")
    let facts = AdministrationFacts(
      administration: "a1", drug: "ondansetron", technique: .push, site: "s1")
    it.store.add(
      .pushGiven(facts, minutes: nil), to: it.store.all[0].session, at: it.state.now.instant.minute)
    it.follow(it.store)
    it.press("Enter")
    #expect(given(it).count == 1, "\(it)")
    #expect(it.words.contains("changed meanwhile"), "\(it)")
  }

  @Test func `of two planned doses of one drug the row decides the amount, and one stays`() {
    var it = Self.seated([
      PlannedDrug(drug: "ondansetron", amount: "8 mg", technique: .push),
      PlannedDrug(drug: "Zofran", amount: "16 mg", minutes: 20),
    ])
    it.press("Down", "n", "Enter")
    #expect(given(it).map(\.amount) == ["16 mg"], "\(it)")
    #expect(given(it).map(\.technique) == [.infusion])
    #expect(it.shows("next ondansetron 8 mg"), "\(it)")
  }

  @Test func `without a site the site is asked first, and an allergy asks too`() {
    var it = Self.seated(hasSite: false)
    it.press("n")
    #expect(it.state.prompt?.focused?.name == .site, "\(it)")
    it.press("Esc", "A", "1", "Enter", "taxanes: rash", "C-s")
    it.press("Down", "n")
    it.press("1", "Enter", "Enter", "C-s")
    #expect(given(it).isEmpty, "\(it)")
    #expect(it.state.prompt?[.check] != nil, "\(it)")
  }

  @Test func `a closed or hidden session plans nothing, nor does a drug by mouth`() {
    var it = Self.seated([PlannedDrug(drug: "ondansetron", technique: .oral)])
    #expect(!it.shows("next ondansetron"), "\(it)")
    it.press("n")
    #expect(it.words.contains("Nothing more is planned today."), "\(it)")
    it = Self.seated()
    it.press("c", "2", "Enter", "Enter")
    #expect(it.state.plan(for: it.state.sessions.first).isEmpty, "\(it)")
  }

  @Test func `planned drugs that were not given are missing, and closing asks why`() {
    var it = Self.seated()
    it.press("n", "Enter")
    #expect(
      it.words.contains("Planned and not given: PACLitaxel 175 mg/m2, pegfilgrastim 6 mg."), "\(it)"
    )
    #expect(!it.words.contains("Nothing is missing"))
    it.press("Tab", "Tab", "Enter")
    #expect(it.words.contains("n begins the next."), "\(it)")
    it.press("c", "Enter", "C-s")
    #expect(it.store.all[0].status == .open, "\(it)")
    it.press("1", "Enter", "Enter")
    #expect(it.store.all[0].status == .closed, "\(it)")
    guard case .sessionClosed(let answers)? = it.store.all[0].events.last?.fact else { return }
    #expect(
      answers == [
        GapAnswer(
          issue: "planned-not-given",
          answer: "Planned and not given: PACLitaxel 175 mg/m2, pegfilgrastim 6 mg. "
            + "held by the physician")
      ])
  }

  @Test func `without an appointment n says so`() {
    var it = Driver()
    it.seat()
    it.press("n")
    #expect(it.words.contains("No appointment of today plans a drug for this patient."), "\(it)")
  }
}

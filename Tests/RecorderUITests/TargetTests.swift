import InfusionRecord
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// What a prompt is about is pinned when it opens: it never moves to something else by itself.
@Suite struct TargetTests {
  /// One prompt, and what another user records while it is open.
  struct Case: Sendable, CustomTestStringConvertible {
    let form: Form
    /// Keys that fill it in, up to the Enter that would record.
    var keys: [String] = []
    let meanwhile: @Sendable (inout MemoryStore, SessionID) -> Void
    /// What the prompt says of it.
    let said: String

    var testDescription: String { "\(form): \(said)" }

    init(
      _ form: Form, _ keys: [String] = [], said: String,
      _ meanwhile: @escaping @Sendable (inout MemoryStore, SessionID) -> Void
    ) {
      self.form = form
      self.keys = keys
      self.meanwhile = meanwhile
      self.said = said
    }
  }

  static let minuteBefore = Driver.morning + 3540

  static func fact(_ fact: Fact) -> @Sendable (inout MemoryStore, SessionID) -> Void {
    { store, session in store.add(fact, to: session, at: minuteBefore) }
  }

  /// Corrects the last entry of a kind, or withdraws it.
  static func correct(
    _ kind: Fact.Kind, isWithdrawn: Bool = false
  ) -> @Sendable (inout MemoryStore, SessionID) -> Void {
    { store, session in
      guard let entry = store.logs[session]?.entries.last(where: { $0.fact?.kind == kind }) else {
        return
      }
      store.add(
        .eventSuperseded(
          replaces: entry.latest.id, replacement: isWithdrawn ? nil : entry.fact),
        to: session, at: entry.clinicalTime + -60, reason: "typed wrong")
    }
  }

  static let stopped = DrugStop(administration: "a2")
  static let pushed = Fact.pushGiven(
    AdministrationFacts(administration: "a3", drug: "ondansetron", technique: .push, site: "port"),
    minutes: nil)

  /// Chooses one of the two drugs that run.
  static let carboplatin = ["carbo", "Enter"]

  static let cases: [Case] = [
    Case(.stop, carboplatin, said: "CARBOplatin stopped", fact(.drugStopped(stopped))),
    Case(
      .stop, carboplatin, said: "withdrawn: CARBOplatin infusion started",
      correct(.drugStarted, isWithdrawn: true)),
    Case(
      .pauseOrResume, carboplatin, said: "CARBOplatin paused",
      fact(.drugPaused(administration: "a2"))),
    Case(.pauseOrResume, carboplatin, said: "CARBOplatin stopped", fact(.drugStopped(stopped))),
    Case(
      .changeBag, carboplatin + ["2"], said: "CARBOplatin stopped", fact(.drugStopped(stopped))),
    Case(
      .changeRate, carboplatin + ["125"], said: "CARBOplatin stopped",
      fact(.drugStopped(stopped))),
    Case(
      .doubleCheck, carboplatin + ["R. Nobody"],
      said: "withdrawn: CARBOplatin infusion started",
      correct(.drugStarted, isWithdrawn: true)),
    Case(
      .note, ["feels warm", "Tab", "carbo", "Enter"],
      said: "withdrawn: CARBOplatin infusion started",
      correct(.drugStarted, isWithdrawn: true)),
    Case(.start, ["ondan", "Enter"], said: "ondansetron push given", fact(pushed)),
    Case(
      .start, ["rituxi", "Enter"], said: "access site port closed", fact(.siteClosed(site: "port"))),
    Case(.push, ["ondan", "Enter"], said: "ondansetron push given", fact(pushed)),
    Case(
      .inject, ["ondan", "Enter", "yes", "Enter"], said: "ondansetron push given",
      fact(pushed)),
    Case(.flush, said: "access site port closed", fact(.siteClosed(site: "port"))),
    Case(
      .disconnectPump, ["fluoro", "Enter"], said: "access site port closed",
      fact(.siteClosed(site: "port"))),
    Case(
      .closeSite, ["yes", "Enter"], said: "access site port closed", fact(.siteClosed(site: "port"))
    ),
    Case(
      .openSite, ["peri", "Enter"], said: "access site peripheral opened, peripheral",
      fact(.siteOpened(SiteOpening(site: "peripheral", kind: .peripheral)))),
    Case(
      .handOff, ["T. Kowalski"], said: "handed off to R. Nobody",
      fact(.handedOff(to: "R. Nobody"))),
    Case(
      .close, ["1", "Enter", "1", "Enter"], said: "note: he stays",
      fact(.noteAdded(text: "he stays", administration: nil))),
    Case(
      .amend, ["time", "Enter", "0705", "Tab", "Tab", "typed", "Enter"],
      said: "an entry corrected to: CARBOplatin infusion started",
      correct(.drugStarted)),
    Case(
      .amend, ["time", "Enter", "0705", "Tab", "Tab", "typed", "Enter"],
      said: "withdrawn: CARBOplatin infusion started",
      correct(.drugStarted, isWithdrawn: true)),
  ]

  /// Two infusions run at a port; the second is the one the screen's selection is on.
  static func running(recordsDrugs: Bool = false) -> Driver {
    var it = Driver(recordsDrugs: recordsDrugs)
    it.seat()
    it.start("pacli")
    it.at("07:10")
    it.start("carbo")
    it.at("08:00")
    return it
  }

  /// Records on another screen; the loop shows it a second later.
  static func record(
    _ meanwhile: (inout MemoryStore, SessionID) -> Void, in it: inout Driver
  ) {
    let session = it.store.order[0]
    meanwhile(&it.store, session)
    it.follow(it.store)
  }

  /// Expects that the prompt says what happened, records nothing for any key, and closes.
  static func expectOvertaken(_ it: inout Driver, said: String) {
    let version = it.store.all.map(\.version)
    #expect(it.words.contains("changed meanwhile (\(said)"), "\(it)")
    #expect(it.words.contains("by T. Kowalski)"), "\(it)")
    #expect(!it.words.contains("Will record"), "\(it)")
    it.press("Enter", "Enter", "Tab", "Enter", "Enter", "BTab", "Enter")
    #expect(it.store.all.map(\.version) == version, "\(it)")
    #expect(it.words.contains("changed meanwhile"), "\(it)")
    it.press("Esc")
    #expect(it.state.prompt == nil)
  }

  @Test(arguments: cases)
  func `a prompt says what happened meanwhile and records nothing`(it: Case) {
    var driver = TargetTests.running()
    driver.perform(driver.state.open(it.form))
    for key in it.keys { driver.press(key) }
    #expect(driver.words.contains("Will record"), "\(driver)")
    TargetTests.record(it.meanwhile, in: &driver)
    TargetTests.expectOvertaken(&driver, said: it.said)
  }

  /// Every form about an open session.
  static let forms: [Form] = [
    .start, .stop, .pauseOrResume, .push, .inject, .openSite, .closeSite, .handOff, .close,
    .amend, .changeBag, .changeRate, .doubleCheck, .flush, .disconnectPump,
  ]

  @Test(arguments: forms)
  func `a session closed meanwhile takes no more from an open prompt`(form: Form) {
    var it = TargetTests.running()
    it.perform(it.state.open(form))
    TargetTests.record(TargetTests.fact(.sessionClosed(answers: [])), in: &it)
    TargetTests.expectOvertaken(&it, said: "session closed")
  }

  @Test
  func
    `an amount of a drug that was stopped, corrected or accounted for meanwhile is not recorded`()
  {
    let given = DrugAmount(ExactDecimal(400), .mg)
    let account = Fact.drugAccounted(
      DrugAccount(administration: "a2", facts: DrugFacts(given: given)))
    for (meanwhile, said) in [
      (TargetTests.fact(account), "CARBOplatin: 400 mg given"),
      (
        TargetTests.correct(.drugStarted, isWithdrawn: true),
        "withdrawn: CARBOplatin infusion started"
      ),
    ] {
      var it = TargetTests.running(recordsDrugs: true)
      it.press("V", "carbo", "Enter")
      it.focus(.amountGiven)
      it.press("450 mg")
      #expect(it.words.contains("Will record"), "\(it)")
      TargetTests.record(meanwhile, in: &it)
      TargetTests.expectOvertaken(&it, said: said)
    }
  }

  @Test func `what is merely offered does not turn to another drug`() {
    var it = TargetTests.running()
    it.press("q", "x")
    #expect(it.state.prompt?.focused?.current == nil)
    it.press("Down", "Enter")
    #expect(it.state.prompt?[.drug]?.shown == "PACLitaxel")
    TargetTests.record(
      TargetTests.fact(.drugStopped(DrugStop(administration: "a1"))), in: &it)
    TargetTests.expectOvertaken(&it, said: "PACLitaxel stopped")
  }

  @Test func `what the user then chooses can be recorded`() {
    var it = TargetTests.running()
    it.press("x", "carbo", "Enter")
    TargetTests.record(TargetTests.fact(.drugStopped(TargetTests.stopped)), in: &it)
    it.press("pacli", "Enter")
    #expect(it.words.contains("Will record: PACLitaxel stopped 08:00"))
    it.press("Enter")
    #expect(it.store.all[0].administrations[0].stop == Driver.morning + 3600)
  }

  @Test func `undo withdraws no correction that another user made meanwhile`() {
    var it = TargetTests.running()
    it.press("u", "1", "Enter")
    TargetTests.record(TargetTests.correct(.drugStarted), in: &it)
    TargetTests.expectOvertaken(&it, said: "an entry corrected to: CARBOplatin infusion started")
  }

  @Test func `a stop corrected meanwhile is not confirmed`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("08:31")
    it.press("x", "Enter")
    #expect(it.state.prompt?.form == .confirmStop)
    #expect(it.state.prompt?.subject == .stop("a1"))
    TargetTests.record(TargetTests.correct(.drugStopped), in: &it)
    TargetTests.expectOvertaken(&it, said: "an entry corrected to: PACLitaxel stopped")
  }

  @Test func `a session reopened meanwhile is not reopened again`() {
    var it = TargetTests.running()
    TargetTests.record(TargetTests.fact(.sessionClosed(answers: [])), in: &it)
    it.press("r", "1", "Enter")
    TargetTests.record(
      { store, session in
        store.add(
          .sessionReopened, to: session, at: TargetTests.minuteBefore, reason: "a stop was missing")
      }, in: &it)
    TargetTests.expectOvertaken(&it, said: "session reopened")
  }

  @Test func `a chair taken meanwhile is not given to a second patient, nor another chair`() {
    var it = Driver()
    it.press("n", "90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "04-Feb-1961")
    #expect(it.state.prompt?.value(.chair) == "1")
    let patient = PatientIdentity(
      family: "Sample", given: "Bo", dateOfBirth: CivilDate(dayNumber: 1094), sex: .female,
      mrn: "90000777", visitNumber: "V7")
    var numbers = SeededNumbers(seed: 3)
    let other = SessionID(day: CivilDate(dayNumber: 20_000), using: &numbers)
    it.store.add(
      .sessionOpened(
        SessionOpening(
          patient: patient, chair: "1", payer: nil,
          zone: "America/Chicago", nurse: "T. Kowalski")),
      to: other, at: Driver.morning)
    it.state.reload(it.store.all)
    #expect(it.state.prompt?.value(.chair) == "1")
    TargetTests.expectOvertaken(&it, said: "SAMPLE, Bo in chair 1 since 07:00")
  }

  @Test func `an amendment stays on its entry when others follow it`() {
    var it = TargetTests.running()
    it.at("08:10")
    it.press("z", "carbo", "Enter", "Enter")
    it.at("08:30")
    it.press("a", "BTab", "paused", "Enter", "0812", "Tab", "Tab", "typed", "Enter")
    #expect(it.words.contains("CARBOplatin paused 08:12 instead of 08:10"))
    TargetTests.record(
      { store, session in
        store.add(
          .drugResumed(administration: "a2"), to: session, at: Driver.morning + 4800)
      }, in: &it)
    #expect(it.words.contains("CARBOplatin paused 08:12 instead of 08:10"))
    it.press("Enter")
    guard case .eventSuperseded(_, let fact?)? = it.store.all[0].events.last?.fact else {
      Testing.Issue.record("not amended\(it)")
      return
    }
    #expect(fact == .drugPaused(administration: "a2"))
  }
}

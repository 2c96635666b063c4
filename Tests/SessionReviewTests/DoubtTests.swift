import InfusionRecord
import SessionReview
import TestSupport
import Testing
import TimelineEngine

/// A doubt that the record and the engine both raise is told to the reviewer once.
@Suite struct DoubtTests {
  @Test func `what kills is the first question, and an allergy that was confirmed is one`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(
      .allergiesRecorded(AllergyStatement(allergies: .known([Allergy(substance: "paclitaxel")]))),
      at: "07:01")
    record.start("a1", "unknownmab", at: "08:00")
    record.stop("a1", at: "08:40")
    record.start("a2", "paclitaxel", at: "09:00")
    record.stop("a2", at: "10:00")
    record.add(
      .injectionGiven(
        AdministrationFacts(administration: "a3", drug: "vincristine", technique: .intramuscular)),
      at: "10:10")
    record.add(.sessionClosed(answers: []), at: "11:00")
    var derivation = SessionDerivation(
      formulary: SampleRecord.formulary, now: record.log.latestMoment)
    let questions = derivation.session(record.log).questions
    #expect(questions.first?.contains("fatal") == true, "\(questions)")
    #expect(questions.contains { $0.hasPrefix("ALLERGY recorded: paclitaxel.") }, "\(questions)")
  }

  /// A record in which one doubt is raised twice, and how it is told.
  struct Case: CustomTestStringConvertible {
    let issue: InfusionRecord.Issue.Kind
    let finding: Finding.ID
    let told: String
    let build: @Sendable (inout SampleRecord) -> Void

    init(
      _ issue: InfusionRecord.Issue.Kind, _ finding: Finding.ID, told: String,
      _ build: @escaping @Sendable (inout SampleRecord) -> Void
    ) {
      (self.issue, self.finding, self.told, self.build) = (issue, finding, told, build)
    }

    var testDescription: String { "\(issue.rawValue), \(finding.text)" }
  }

  /// Drugs with the ways by which they are given, besides those of the sample.
  private static let formulary = Formulary(
    SampleRecord.formulary.entries + [
      FormularyEntry(
        name: "vincristine", displayName: "vinCRIStine", drugClass: .chemotherapy,
        techniques: [.infusion, .push]),
      FormularyEntry(
        name: "docetaxel", displayName: "DOCEtaxel", drugClass: .chemotherapy,
        techniques: [.infusion]),
    ])

  private static let unknownStop =
    "PACLitaxel: The stop is not recorded and could not be computed."
  private static let computedStop =
    "PACLitaxel: The stop was not charted; it was computed from volume and rate."
  private static let heldPump =
    "PACLitaxel: The pump is held: its plan does not make it prolonged, and it has no stop yet."
  private static let overlap =
    "PACLitaxel: The two infusions overlap by 1 min; confirm the stop of the first. See also "

  static let cases = [
    Case(.missingStop, .missingStop, told: unknownStop) {
      $0.start("a1", "paclitaxel", at: "09:10")
    },
    Case(.stopNotObserved, .missingStop, told: unknownStop) {
      $0.start("a1", "paclitaxel", at: "09:10")
      $0.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "11:00")
    },
    Case(.missingStop, .computedStop, told: computedStop) {
      $0.begin("paclitaxel") {
        $0.volumeML = 500
        $0.rateMLPerHour = 250
      }
    },
    Case(.stopNotObserved, .computedStop, told: computedStop) {
      $0.begin("paclitaxel") {
        $0.volumeML = 500
        $0.rateMLPerHour = 250
      }
      $0.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "11:30")
    },
    Case(.missingStop, .pumpPlanMissing, told: heldPump) {
      $0.begin("paclitaxel", by: .pump)
    },
    Case(.noSite, .siteNotRecorded, told: "PACLitaxel: The access site is not recorded.") {
      $0.start("a1", "paclitaxel", at: "09:10", site: nil)
      $0.stop("a1", at: "11:00")
    },
    Case(
      .unclassifiedDrug, .unclassifiedDrug,
      told: "newdrug: The formulary does not know this drug and no class is recorded; nothing is "
        + "charged for it."
    ) {
      $0.start("a1", "newdrug", at: "09:10")
      $0.stop("a1", at: "11:00")
    },
    Case(
      .secondSiteWithoutReason, .secondSiteNoReason,
      told: "ondansetron: The second access site has no recorded reason; it is coded with the "
        + "first."
    ) {
      $0.add(.siteOpened(SiteOpening(site: "arm", kind: .peripheral)), at: "09:00")
      $0.start("a1", "paclitaxel", at: "09:10")
      $0.stop("a1", at: "11:00")
      $0.start("a2", "ondansetron", at: "11:10", site: "arm")
      $0.stop("a2", at: "11:40")
    },
    Case(
      .hydrationWithoutOrder, .hydrationNotOrdered,
      told: "sodium chloride 0.9%: Hydration needs an order and an indication; one is not recorded."
    ) {
      $0.begin("sodium chloride 0.9%") { $0.hydrationFacts = .indication }
      $0.stop("a1", at: "11:00")
    },
    Case(
      .hydrationWithoutIndication, .hydrationNotOrdered,
      told: "sodium chloride 0.9%: Hydration needs an order and an indication; one is not recorded."
    ) {
      $0.begin("sodium chloride 0.9%") { $0.hydrationFacts = .order }
      $0.stop("a1", at: "11:00")
    },
    Case(.chartingOverlap, .chartingOverlap, told: overlap + "ondansetron.") {
      $0.start("a1", "ondansetron", at: "09:10")
      $0.start("a2", "paclitaxel", at: "09:40")
      $0.stop("a1", at: "09:41")
      $0.stop("a2", at: "11:00")
    },
    Case(.sameDrugTwice, .chartingOverlap, told: overlap + "PACLitaxel.") {
      $0.start("a1", "paclitaxel", at: "09:10")
      $0.start("a2", "paclitaxel", at: "09:40")
      $0.stop("a1", at: "09:41")
      $0.stop("a2", at: "11:00")
    },
    Case(
      .sameDrugTwice, .sameDrugTwice,
      told:
        "PACLitaxel: The same drug ran twice on one access site for 20 min; check whether both were "
        + "given. See also PACLitaxel."
    ) {
      $0.start("a1", "paclitaxel", at: "09:10")
      $0.start("a2", "paclitaxel", at: "09:40")
      $0.stop("a1", at: "10:00")
      $0.stop("a2", at: "11:00")
    },
    Case(
      .fatalWay, .fatalWay,
      told: "vinCRIStine: Given this way the drug is fatal; check what was given and how."
    ) {
      $0.add(
        .injectionGiven(
          AdministrationFacts(
            administration: "a1", drug: "vincristine", technique: .intramuscular)), at: "09:10")
    },
    Case(
      .unusualWay, .unusualWay,
      told:
        "DOCEtaxel: The formulary does not list this way for the drug; check what was given and "
        + "how."
    ) {
      $0.add(
        .injectionGiven(
          AdministrationFacts(
            administration: "a1", drug: "docetaxel", technique: .intramuscular)), at: "09:10")
    },
    Case(
      .noMinutes, .noMinutes,
      told: "PACLitaxel: The infusion started and stopped in one minute; check its times."
    ) {
      $0.start("a1", "paclitaxel", at: "09:10")
      $0.stop("a1", at: "09:10")
    },
  ]

  /// The session that `build` records, closed at 12:00.
  private func session(isOpen: Bool = false, _ build: (inout SampleRecord) -> Void)
    -> DerivedSession
  {
    var record = SampleRecord()
    record.openWithPort(at: "09:00")
    build(&record)
    if !isOpen { record.add(.sessionClosed(answers: []), at: "12:00") }
    var derivation = SessionDerivation(
      formulary: DoubtTests.formulary, now: record.at("12:00"))
    return derivation.session(record.log)
  }

  @Test(arguments: cases) func `a doubt raised twice is told once`(it: Case) {
    let session = session(it.build)
    #expect(session.recorded.issues.contains { $0.kind == it.issue })
    #expect(session.statement.findings.contains { $0.id == it.finding })
    #expect(session.questions.filter { $0 != it.told } == [])
    #expect(session.questions.count == 1)
  }

  @Test func `a pump that still runs is asked about once`() {
    let session = session(isOpen: true) { $0.begin("paclitaxel", by: .pump) }
    #expect(session.recorded.issues.contains { $0.kind == .stillRunning })
    #expect(session.questions == [DoubtTests.heldPump])
  }

  @Test func `the same doubt about two administrations is told of both`() {
    let session = session {
      // The bag of a hydration covers its order, so only the record asks about a1.
      $0.begin("sodium chloride 0.9%") {
        $0.bag = "b1"
        $0.hydrationFacts = .indication
      }
      $0.stop("a1", at: "10:00")
      $0.begin("sodium chloride 0.9%", as: "a2", at: "10:30") { $0.hydrationFacts = .order }
      $0.stop("a2", at: "11:30")
    }
    #expect(
      session.questions.sorted() == [
        "sodium chloride 0.9% runs as hydration without an order.",
        "sodium chloride 0.9%: Hydration needs an order and an indication; one is not recorded.",
      ])
  }

  @Test func `the same doubt about two doses of one drug is told of both`() {
    let session = session {
      $0.start("a1", "paclitaxel", at: "09:10")
      $0.start("a2", "paclitaxel", at: "10:10")
    }
    #expect(session.questions.count { $0 == DoubtTests.unknownStop } == 2)
  }

  @Test func `two sites without a reason are asked about by the drug that used each`() {
    let session = session {
      for site in ["arm", "hand"] {
        $0.add(.siteOpened(SiteOpening(site: site, kind: .peripheral)), at: "09:00")
      }
      $0.start("a1", "paclitaxel", at: "09:10")
      $0.stop("a1", at: "10:00")
      $0.start("a2", "ondansetron", at: "10:10", site: "arm")
      $0.stop("a2", at: "10:40")
      $0.start("a3", "ondansetron", at: "11:10", site: "hand")
      $0.stop("a3", at: "11:40")
    }
    #expect(session.recorded.issues.count { $0.kind == .secondSiteWithoutReason } == 2)
    let sites = session.questions.filter { $0.hasPrefix("ondansetron: The second access site") }
    #expect(sites.count == 2)
    // No issue says it again; the rest is what the engine asks of the repeated dose.
    #expect(session.questions.count == 3)
  }

  @Test func `a finding that is only a note hides no issue`() {
    let session = session(isOpen: true) { $0.start("a1", "paclitaxel", at: "11:50") }
    #expect(session.statement.findings.contains { $0.id == .pending })
    #expect(session.questions == ["PACLitaxel started 11:50 still runs; it needs its stop."])
  }
}

extension SampleRecord {
  /// Starts an administration at the port with further facts.
  fileprivate mutating func begin(
    _ drug: String, as id: String = "a1", by technique: Technique = .infusion,
    at time: String = "09:10", _ change: (inout AdministrationFacts) -> Void = { _ in }
  ) {
    var facts = AdministrationFacts(
      administration: id, drug: drug, technique: technique, site: "port")
    change(&facts)
    add(.drugStarted(facts), at: time)
  }
}

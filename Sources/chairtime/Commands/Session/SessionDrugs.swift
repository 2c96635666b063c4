import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// What may be charted when a drug is begun or given.
struct DrugOptions: ParsableArguments {
  @Argument(help: "The drug: name, brand, HCPCS code or NDC, or the beginning of one.")
  var drug: String

  @Option(help: "How it is given; else the drug's usual way.")
  var technique: Technique?

  @Option(help: ArgumentHelp("The access site; else the only one open.", valueName: "site"))
  var site: String?

  @Option(help: ArgumentHelp("What was given, for people: 175 mg/m2.", valueName: "text"))
  var amount: String?

  @Option(help: ArgumentHelp("The order it belongs to.", valueName: "order"))
  var order: String?

  @Option(help: ArgumentHelp("The dose, where rows are one dose.", valueName: "dose"))
  var dose: String?

  @Option(help: ArgumentHelp("The bag, where drugs share one.", valueName: "bag"))
  var bag: String?

  @Option(help: ArgumentHelp("How long it is planned to run.", valueName: "minutes"))
  var planned: Double?

  @Option(help: ArgumentHelp("Volume in mL.", valueName: "mL"))
  var volume: Double?

  @Option(help: ArgumentHelp("Rate in mL per hour.", valueName: "mL/h"))
  var rate: Double?

  @Option(help: "What fluid is for.")
  var purpose: Administration.Purpose = .hydration

  @Option(name: .customLong("class"), help: "The class, where the formulary lacks it.")
  var statedClass: Drug.Class?

  @Flag(help: "An order for hydration is charted.")
  var hydrationOrdered = false

  @Flag(help: "The indication for hydration is charted.")
  var hydrationIndicated = false

  @Option(help: ArgumentHelp("The encounter, where the patient came twice.", valueName: "number"))
  var encounter: String = "1"

  @Option(help: "Whose pump it is.")
  var pumpOwner: Administration.PumpOwner = .supplier

  @Flag(help: "The pump goes home with the patient.")
  var goesHome = false

  @Flag(help: "This is what the patient came for (professional setting).")
  var reasonForVisit = false

  @Flag(help: "Record the drug as written, though the formulary lacks it.")
  var unlisted = false

  /// What the options say, apart from how they were read.
  struct Values: Hashable {
    /// The facts as typed: `drug` is what somebody wrote for it, and no administration is named yet.
    var typed: AdministrationFacts
    /// Whether a technique was named; else the drug's usual one is taken.
    var namesTechnique = false
    var unlisted = false
  }

  var values: Values {
    var charted: Administration.HydrationFacts = []
    if hydrationOrdered { charted.insert(.order) }
    if hydrationIndicated { charted.insert(.indication) }
    return Values(
      typed: AdministrationFacts(
        administration: "", drug: drug, technique: technique ?? .infusion, site: site,
        amount: amount, order: order, dose: dose, bag: bag, plannedMinutes: planned,
        volumeML: volume, rateMLPerHour: rate, purpose: purpose, statedClass: statedClass,
        hydrationFacts: charted, encounter: encounter, pumpOwner: pumpOwner, goesHome: goesHome,
        isReasonForVisit: reasonForVisit),
      namesTechnique: technique != nil, unlisted: unlisted)
  }
}

extension DrugOptions.Values {
  /// The facts to chart, with the drug resolved and the usual technique and site filled in.
  func facts(
    in log: EventLog, _ recorder: Recorder, techniques: [Technique]
  ) throws -> AdministrationFacts {
    let formulary = recorder.formulary
    var facts = typed
    facts.administration = log.nextAdministration
    facts.drug = try Choice.drug(typed.drug, in: formulary, unlisted: unlisted)
    if !namesTechnique {
      let usual = formulary.drug(named: facts.drug).entry?.techniques
      facts.technique = usual?.first { techniques.contains($0) } ?? techniques[0]
    }
    guard techniques.contains(facts.technique) else {
      throw Complaint(
        "--technique \(facts.technique.rawValue) is not for this command; expected one of "
          + "\(techniques.map(\.rawValue).joined(separator: ", ")).")
    }
    facts.site = try siteToUse(in: log, facts.technique)
    return facts
  }

  private func siteToUse(in log: EventLog, _ technique: Technique) throws -> String? {
    if let site = typed.site { return site }
    switch technique {
    case .infusion, .push, .pump, .pumpRefill, .flush: break
    default: return nil
    }
    let open = log.sites.filter { $0.closedAt == nil }.map(\.opening.site)
    if open.count > 1 {
      throw Complaint(
        "This session has the access sites \(open.joined(separator: ", ").printable); name one "
          + "with --site.")
    }
    return open.first
  }
}

/// `chairtime session start`: a drug begins to run.
struct SessionStart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", _superCommandName: Session.path,
    abstract: "Start a drug: an infusion, or a pump.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
  @OptionGroup var record: RecordOptions

  func run() throws { try SessionStart.run(session.text, drug.values, record.values) }

  static func run(
    _ session: String, _ drug: DrugOptions.Values, _ record: RecordOptions.Values
  ) throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        let facts = try drug.facts(
          in: log, recorder,
          techniques: [
            .infusion, .subcutaneousInfusion, .pump, .pumpRefill, .implantedPumpRefill, .oral,
          ])
        return facts.technique == .pump ? .pumpConnected(facts) : .drugStarted(facts)
      })
  }
}

/// `chairtime session push`: a push was given.
struct SessionPush: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", _superCommandName: Session.path, abstract: "Record a push that was given.",
    discussion: """
      --at is when it began; without it, it ended now and began --minutes ago.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions

  @Option(help: ArgumentHelp("How long it took.", valueName: "minutes"))
  var minutes: Int?

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log, now in
        let fact = Fact.pushGiven(
          try drug.values.facts(in: log, recorder, techniques: [.push]), minutes: minutes)
        let began = record.at ?? minutes.map { "-\($0)" }
        let moment = try recorder.moment(began, now: now, clock: log.clock)
        return recorder.event(fact, in: session, at: moment, now: now)
      })
  }
}

/// `chairtime session inject`: an injection was given.
struct SessionInject: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inject", _superCommandName: Session.path,
    abstract: "Record an injection that was given.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        .injectionGiven(
          try drug.values.facts(
            in: log, recorder, techniques: [.subcutaneous, .intramuscular, .onBodyInjector]))
      })
  }
}

import ArgumentParser
import InfusionRecord

/// What a correction changes in a fact; what is absent stays.
struct FactChange: ParsableArguments {
  @Option(help: ArgumentHelp("The drug.", valueName: "drug"))
  var drug: String?

  @Option(help: "How it was given.")
  var technique: Technique?

  @Option(help: ArgumentHelp("The access site.", valueName: "site"))
  var site: String?

  @Option(help: ArgumentHelp("What was given, for people.", valueName: "text"))
  var amount: String?

  @Option(help: ArgumentHelp("The order it belongs to.", valueName: "order"))
  var order: String?

  @Option(help: ArgumentHelp("The dose.", valueName: "dose"))
  var dose: String?

  @Option(help: ArgumentHelp("The bag.", valueName: "bag"))
  var bag: String?

  @Option(help: ArgumentHelp("How long it was planned to run.", valueName: "minutes"))
  var planned: Double?

  @Option(help: ArgumentHelp("Volume in mL.", valueName: "mL"))
  var volume: Double?

  @Option(help: ArgumentHelp("Rate in mL per hour.", valueName: "mL/h"))
  var rate: Double?

  @Option(help: ArgumentHelp("How long a push or a dose on paper took.", valueName: "minutes"))
  var minutes: Int?

  @Option(help: "What fluid is for; integral: a drug that is part of another procedure.")
  var purpose: Administration.Purpose?

  @Option(
    name: .customLong("class"),
    help: "The class; it holds before that of the formulary, and the statement says so.")
  var statedClass: Drug.Class?

  @Flag(help: "An order for hydration is charted.")
  var hydrationOrdered = false

  @Flag(help: "The indication for hydration is charted.")
  var hydrationIndicated = false

  @Flag(inversion: .prefixedNo, help: "Whether the patient came for it (professional setting).")
  var reasonForVisit: Bool?

  @Option(help: "How it ended.")
  var why: Administration.StopReason?

  @Flag(inversion: .prefixedNo, help: "Whether anyone saw it end.")
  var observed: Bool?

  @Option(help: "Why there is a second access site.")
  var secondSiteReason: AccessSite.SecondSiteReason?

  @Option(help: "What the access site is.")
  var kind: AccessSite.Kind?

  @Option(help: ArgumentHelp("The chair.", valueName: "chair"))
  var chair: String?

  @Option(help: ArgumentHelp("Who pays.", valueName: "payer"))
  var payer: String?

  @Option(
    help: ArgumentHelp("Read the patient from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var patient: String?

  @OptionGroup var reaction: ReactionOptions

  @OptionGroup var account: AccountOptions

  @Option(
    help: ArgumentHelp(
      "Read allergies and alerts from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var allergies: String?

  @Flag(help: "Record the drug as written, even if the formulary lacks it.")
  var unlisted = false

  /// `fact` with the named values changed. A value that such a fact does not have is refused.
  func applied(to fact: Fact, in log: EventLog, _ recorder: Recorder) throws -> Fact {
    let changed = try changed(fact, in: log, recorder)
    let values = FactValue.values(of: changed)
    let others = FactValue.allCases.filter { isGiven($0) && !values.contains($0) }
    guard others.isEmpty else { throw FactValue.complaint(others, of: fact) }
    return changed
  }

  private func changed(_ fact: Fact, in log: EventLog, _ recorder: Recorder) throws -> Fact {
    switch fact {
    case .drugStarted(let facts), .injectionGiven(let facts), .pumpConnected(let facts):
      return beginning(try applied(to: facts, in: log, recorder), minutes: minutes)
    case .pushGiven(let facts, let known):
      return beginning(try applied(to: facts, in: log, recorder), minutes: minutes ?? known)
    case .drugStopped(var stop):
      if let why { stop.stopReason = why }
      if let observed { stop.isNotObserved = !observed }
      if let volume { stop.volumeML = volume }
      return .drugStopped(stop)
    case .rateChanged(let id, let known):
      return .rateChanged(administration: id, rateMLPerHour: rate ?? known)
    case .bagChanged(let id, let known, let size):
      return .bagChanged(administration: id, bag: bag ?? known, volumeML: volume ?? size)
    case .deviceFlushed(let id, let known):
      return .deviceFlushed(administration: id, site: site ?? known)
    case .pumpDisconnected(var end):
      if let site { end.site = site }
      return .pumpDisconnected(end)
    case .siteOpened(var opening):
      if let kind { opening.kind = kind }
      if let secondSiteReason { opening.secondSiteReason = secondSiteReason }
      return .siteOpened(opening)
    case .sessionOpened(var opening):
      if let chair { opening.chair = chair }
      if let payer { opening.payer = payer }
      if let patient { opening.patient = try PatientEntry.read(patient) }
      return .sessionOpened(opening)
    case .reactionRecorded(let known): return .reactionRecorded(try reaction.applied(to: known))
    case .allergiesRecorded(let known):
      return .allergiesRecorded(
        try allergies.map { try AllergyEntry.read($0, recorder.formulary) } ?? known)
    case .movedToChair(let known): return .movedToChair(chair ?? known)
    case .drugAccounted(var known):
      let now = recorder.now
      known.facts = try account.applied(
        to: known.facts, given: reaction.given,
        at: known.facts.discarded?.at ?? Instant(seconds: now.seconds - now.seconds % 60),
        by: recorder)
      return .drugAccounted(known)
    case .drugPaused, .drugResumed, .siteClosed, .noteAdded, .doubleCheckRecorded, .handedOff,
      .wordsRead, .eventSuperseded, .sessionClosed, .sessionReopened, .sessionReviewed:
      return fact
    }
  }

  private func isGiven(_ value: FactValue) -> Bool {
    switch value {
    case .drug: drug != nil
    case .technique: technique != nil
    case .site: site != nil
    case .amount: amount != nil
    case .order: order != nil
    case .dose: dose != nil
    case .bag: bag != nil
    case .planned: planned != nil
    case .volume: volume != nil
    case .rate: rate != nil
    case .minutes: minutes != nil
    case .purpose: purpose != nil
    case .statedClass: statedClass != nil
    case .hydrationOrdered: hydrationOrdered
    case .hydrationIndicated: hydrationIndicated
    case .reasonForVisit: reasonForVisit != nil
    case .why: why != nil
    case .observed: observed != nil
    case .secondSiteReason: secondSiteReason != nil
    case .kind: kind != nil
    case .chair: chair != nil
    case .payer: payer != nil
    case .patient: patient != nil
    case .grade: reaction.grade != nil
    case .signs: !reaction.sign.isEmpty
    case .action: reaction.action != nil
    case .given: reaction.given != nil
    case .bloodPressure: reaction.bp != nil
    case .heartRate: reaction.heartRate != nil
    case .oxygen: reaction.spo2 != nil
    case .temperature: reaction.temperature != nil
    case .respirations: reaction.respirations != nil
    case .allergies: allergies != nil
    case .vial: !account.vial.isEmpty
    case .scan: !account.scan.isEmpty
    case .lot: account.lot != nil
    case .expires: account.expires != nil
    case .ndc: account.ndc != nil
    case .brand: account.brand != nil
    case .discarded: account.discarded != nil
    case .by: account.by != nil
    case .witness: account.witness != nil
    case .supply: account.supply != nil
    case .shared: account.shared != nil
    case .discardReason: account.discardReason != nil
    case .inPharmacy: account.inPharmacy
    }
  }

  private func applied(
    to facts: AdministrationFacts, in log: EventLog, _ recorder: Recorder
  ) throws -> AdministrationFacts {
    var facts = facts
    if let drug {
      facts.drug = try Choice.drug(
        drug, in: recorder.formulary, unlisted: unlisted)
    }
    if let technique { facts.technique = technique }
    if let site { facts.site = site }
    if let amount { facts.amount = amount }
    if let order { facts.order = order }
    if let dose { facts.dose = dose }
    if let bag { facts.bag = bag }
    if let planned { facts.plannedMinutes = planned }
    if let volume { facts.volumeML = volume }
    if let rate { facts.rateMLPerHour = rate }
    if let purpose { facts.purpose = purpose }
    if let statedClass { facts.statedClass = statedClass }
    if let reasonForVisit { facts.isReasonForVisit = reasonForVisit }
    if hydrationOrdered { facts.hydrationFacts.insert(.order) }
    if hydrationIndicated { facts.hydrationFacts.insert(.indication) }
    return facts
  }

  /// The kind of fact a technique begins with.
  ///
  /// A correction may turn an infusion into a push.
  private func beginning(_ facts: AdministrationFacts, minutes: Int?) -> Fact {
    if facts.isWithoutClock { return .pushGiven(facts, minutes: minutes) }
    return switch facts.technique {
    case .push: .pushGiven(facts, minutes: minutes)
    case .subcutaneous, .intramuscular, .onBodyInjector: .injectionGiven(facts)
    case .pump: .pumpConnected(facts)
    default: .drugStarted(facts)
    }
  }
}

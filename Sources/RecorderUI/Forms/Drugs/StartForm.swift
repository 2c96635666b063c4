import InfusionRecord

/// Starts an infusion, or connects a pump.
enum StartForm: FormKind {
  static let title = "Start a drug"

  private static let techniques: [Technique] = [.infusion, .subcutaneousInfusion, .pump]

  static func fields(_ context: FormContext) -> [Field] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    let usual = drug.entry?.techniques.first { techniques.contains($0) } ?? .infusion
    var fields = [
      context.drugField(),
      Field.choice(
        .technique, "How", techniques.map { Field.Option($0.rawValue, $0.words) },
        picked: usual.rawValue),
      context.siteField(),
    ]
    fields += context.classFields(drug)
    let suggestion = context.suggestion
    let drugClass = context.statedClass ?? drug.entry?.drugClass
    if drugClass == .hydration { fields += hydrationFields(suggestion) }
    if context.session?.opening.setting == .professional {
      fields.append(
        Field.choice(
          .reasonForVisit, "Visit for it",
          [Field.Option("", "not recorded"), Field.Option("yes", "yes, what they came for")],
          picked: "", isRequired: false))
    }
    if context.value(.technique) == Technique.pump.rawValue {
      fields.append(
        Field.choice(
          .pump, "Pump",
          [
            Field.Option("supplier", "supplier's, goes home"),
            Field.Option("practice", "practice's own, goes home"),
            Field.Option("stays", "stays here"),
          ], picked: "supplier"))
    }
    fields.append(
      .text(
        .planned, "Planned", suggestion?.plannedMinutes.map(\.plain) ?? "",
        hint: "minutes, if ordered"))
    fields.append(
      .text(.amount, "Amount", context.plannedAmount, hint: "not recorded"))
    return fields + context.timeFields()
  }

  private static func hydrationFields(_ suggestion: AdministrationFacts?) -> [Field] {
    let yesNo = [Field.Option("yes", "yes"), Field.Option("", "not recorded yet")]
    return [
      Field.choice(
        .kind, "Purpose",
        Administration.Purpose.allCases.map { Field.Option($0.rawValue, $0.words) },
        picked: Administration.Purpose.hydration.rawValue),
      Field.choice(.order, "Ordered", yesNo, picked: "", isRequired: false),
      Field.choice(.indication, "Indication", yesNo, picked: "", isRequired: false),
    ]
  }

  /// What is charted of a hydration: its purpose, and whether it is ordered and indicated.
  private static func hydrationWords(_ facts: AdministrationFacts, _ drug: Drug) -> String {
    guard (facts.statedClass ?? drug.entry?.drugClass) == .hydration else { return "" }
    let order =
      facts.hydrationFacts.contains(.order) ? "order charted" : "order not recorded"
    let indication =
      facts.hydrationFacts.contains(.indication)
      ? "indication charted" : "indication not recorded"
    return ", for \(facts.purpose.words), \(order), \(indication)"
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    let drug = try context.drug()
    let technique = Technique(rawValue: context.value(.technique)) ?? .infusion
    let moment = try context.time()
    let site = try context.site(at: moment)
    var facts = AdministrationFacts(
      administration: session.log.nextAdministration, drug: drug.entry?.name ?? drug.text,
      technique: technique, site: site.id)
    facts.amount = context.optional(.amount)
    facts.plannedMinutes = try context.number(.planned, "Planned minutes", upTo: 100_000)
    facts.statedClass = context.statedClass
    facts.order = context.suggestion?.order
    facts.dose = nil
    if let purpose = Administration.Purpose(rawValue: context.value(.kind)) {
      facts.purpose = purpose
    }
    if context.value(.order) == "yes" { facts.hydrationFacts.insert(.order) }
    if context.value(.indication) == "yes" { facts.hydrationFacts.insert(.indication) }
    facts.isReasonForVisit = context.value(.reasonForVisit) == "yes"
    if technique == .pump {
      facts.pumpOwner = context.value(.pump) == "practice" ? .practice : .supplier
      facts.goesHome = context.value(.pump) != "stays"
    }
    let fact: Fact = technique == .pump ? .pumpConnected(facts) : .drugStarted(facts)
    var drafts: [Draft] = []
    if let opening = site.draft { drafts.append(opening) }
    drafts.append(try context.draft(fact, at: moment))
    var sentence = "\(drug.displayName)"
    if let amount = facts.amount { sentence += " \(amount)" }
    let did = technique == .pump ? "connected" : "started"
    sentence += " \(technique.words) \(did) \(context.timeText(moment)), \(site.words)"
    sentence += hydrationWords(facts, drug)
    if let planned = facts.plannedMinutes { sentence += ", planned \(planned.plain)\u{A0}min" }
    var reading = Reading(drafts, sentence + ", by \(context.state.actor.name)")
    reading.warnings = context.warnings(for: session, drug)
    return reading
  }
}

/// A push, given whole.
enum PushForm: FormKind {
  static let title = "Push a drug"

  static func fields(_ context: FormContext) -> [Field] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    return [context.drugField(), context.siteField()]
      + context.classFields(drug)
      + [
        .text(.minutes, "Took", hint: "minutes, if known"),
        .text(.amount, "Amount", context.plannedAmount, hint: "not recorded"),
      ]
      + context.timeFields("Began")
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    let drug = try context.drug()
    let minutes = try context.number(.minutes, "The minutes it took", upTo: 1440).map { Int($0) }
    let moment = try context.time()
    let site = try context.site(at: moment)
    var facts = AdministrationFacts(
      administration: session.log.nextAdministration, drug: drug.entry?.name ?? drug.text,
      technique: .push, site: site.id)
    facts.amount = context.optional(.amount)
    facts.statedClass = context.statedClass
    var drafts: [Draft] = []
    if let opening = site.draft { drafts.append(opening) }
    drafts.append(try context.draft(.pushGiven(facts, minutes: minutes), at: moment))
    var sentence = drug.displayName
    if let amount = facts.amount { sentence += " \(amount)" }
    sentence += " pushed \(context.timeText(moment))"
    if let minutes { sentence += ", took \(minutes)\u{A0}min" }
    var reading = Reading(
      drafts, sentence + ", \(site.words), by \(context.state.actor.name)")
    reading.warnings = context.warnings(for: session, drug)
    return reading
  }
}

/// An injection into muscle or under the skin, or an on-body injector put on.
enum InjectForm: FormKind {
  static let title = "Inject a drug"

  private static let techniques: [Technique] = [.subcutaneous, .intramuscular, .onBodyInjector]

  static func fields(_ context: FormContext) -> [Field] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    let usual = drug.entry?.techniques.first { techniques.contains($0) } ?? .subcutaneous
    return [
      context.drugField(),
      Field.choice(
        .technique, "How", techniques.map { Field.Option($0.rawValue, $0.words) },
        picked: usual.rawValue),
    ]
      + context.classFields(drug)
      + [.text(.amount, "Amount", context.plannedAmount, hint: "not recorded")]
      + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    let drug = try context.drug()
    let technique = Technique(rawValue: context.value(.technique)) ?? .subcutaneous
    let moment = try context.time()
    var facts = AdministrationFacts(
      administration: session.log.nextAdministration, drug: drug.entry?.name ?? drug.text,
      technique: technique)
    facts.amount = context.optional(.amount)
    facts.statedClass = context.statedClass
    var sentence = drug.displayName
    if let amount = facts.amount { sentence += " \(amount)" }
    sentence +=
      technique == .onBodyInjector
      ? ", on-body injector put on \(context.timeText(moment))"
      : " \(technique.words) given \(context.timeText(moment))"
    var reading = Reading(
      [try context.draft(.injectionGiven(facts), at: moment)],
      sentence + ", by \(context.state.actor.name)")
    reading.warnings = context.warnings(for: session, drug)
    return reading
  }
}

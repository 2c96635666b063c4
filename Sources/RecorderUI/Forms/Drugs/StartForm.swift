import InfusionRecord

extension Form {
  /// Starts an infusion, or connects a pump.
  package static let start = Form(
    title: "Start a drug", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .drug($0) } + $0.siteTargets },
    question: { StartForm.doubts($0).joined(separator: " ") },
    fields: StartForm.fields, reading: StartForm.reading, followUp: selectNewest)

  /// Selects what was just begun.
  static let selectNewest: @Sendable (inout RecorderState, Prompt) -> [Effect] = { state, prompt in
    if let newest = state.reading(of: prompt.session)?.recorded.administrations.last {
      state.session.given.select(.administration(newest.id))
    }
    return []
  }
}

private enum StartForm {
  private static let techniques: [Technique] = [.infusion, .subcutaneousInfusion, .pump]

  static func technique(_ context: FormContext) -> Technique {
    Technique(rawValue: context.value(.technique)) ?? .infusion
  }

  /// What is asked about the drug, and about the container that was scanned.
  static func doubts(_ context: FormContext) -> [String] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    return context.drugDoubts(technique(context))
      + context.accountDoubts(drug, ordered: context.value(.amount))
  }

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
    fields += context.drugCheck(doubts(context))
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
          ], hint: "whose is it?"))
    }
    fields.append(
      .text(
        .planned, "Planned",
        (context.computedMinutes ?? suggestion?.plannedMinutes).map(\.plain) ?? "",
        hint: "minutes, if ordered"))
    fields.append(
      .text(.amount, "Amount", context.plannedAmount, hint: "not recorded"))
    fields += context.bagFields
    if context.scan != nil {
      fields += context.accountFields(drug, given: nil, asksGiven: false)
    }
    return fields + context.timeFields()
  }

  private static func hydrationFields(_ suggestion: AdministrationFacts?) -> [Field] {
    let yesNo = [Field.Option("yes", "yes"), Field.Option("", "not recorded yet")]
    return [
      Field.choice(
        .kind, "Purpose",
        Administration.Purpose.ofFluid.map { Field.Option($0.rawValue, $0.words) },
        picked: Administration.Purpose.hydration.rawValue),
      Field.choice(.order, "Ordered", yesNo, picked: "", isRequired: false),
      Field.choice(.indication, "Indication", yesNo, picked: "", isRequired: false),
    ]
  }

  /// The purpose of a hydration, and whether its order and indication are charted.
  private static func hydrationWords(_ facts: AdministrationFacts, _ drug: Drug) -> String {
    guard (facts.statedClass ?? drug.entry?.drugClass) == .hydration else { return "" }
    let order =
      facts.hydrationFacts.contains(.order) ? "order charted" : "order not recorded"
    let indication =
      facts.hydrationFacts.contains(.indication)
      ? "indication charted" : "indication not recorded"
    return ", for \(facts.purpose.words), \(order), \(indication)"
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let drug = try context.drug()
    let technique = StartForm.technique(context)
    let reason = try context.checkedReason(doubts(context))
    let moment = try context.time()
    let site = try context.site(at: moment)
    var facts = context.beginning(of: drug, technique, in: session, site: site.id)
    facts.volumeML = try context.volume()
    facts.rateMLPerHour = try context.rate()
    facts.plannedMinutes =
      try context.number(.planned, "Planned minutes", upTo: 100_000) ?? context.computedMinutes
    facts.order = context.suggestion?.order
    if let purpose = Administration.Purpose(rawValue: context.value(.kind)) {
      facts.purpose = purpose
    }
    if context.value(.order) == "yes" { facts.hydrationFacts.insert(.order) }
    if context.value(.indication) == "yes" { facts.hydrationFacts.insert(.indication) }
    facts.isReasonForVisit = context.value(.reasonForVisit) == "yes"
    if technique == .pump {
      if context.value(.pump).isEmpty { throw FormProblem(.pump, "Whose pump is it?") }
      facts.pumpOwner = context.value(.pump) == "practice" ? .practice : .supplier
      facts.goesHome = context.value(.pump) != "stays"
    }
    let fact: Fact = technique == .pump ? .pumpConnected(facts) : .drugStarted(facts)
    let did = technique == .pump ? "connected" : "started"
    var sentence = "\(context.dose(drug)) \(technique.words) \(did) "
    sentence += "\(context.timeText(moment)), \(site.words)"
    sentence += hydrationWords(facts, drug)
    sentence += facts.flowWords
    if let planned = facts.plannedMinutes { sentence += ", planned \(planned.plain)\u{A0}min" }
    let account = try context.account(at: moment)
    var reading = FormReading(
      try context.drafts(fact, at: moment, site: site).explained(by: reason)
        + context.accountDraft(account, of: facts.administration, at: moment, reason: reason),
      sentence + context.accountWords(account) + ", \(context.by)")
    reading.warnings =
      context.warnings(for: session, drug)
      + context.accountWarnings(drug, ordered: facts.amount)
    if let warning = facts.flowDoubt { reading.warnings.append(warning) }
    if let doubt = facts.rateMLPerHour.flatMap(RecordedAdministration.doubt) {
      reading.warnings.append(doubt)
    }
    return reading
  }
}

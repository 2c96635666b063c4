import InfusionRecord

extension Form {
  /// Records an injection into muscle or under the skin, or an on-body injector put on.
  package static let inject = Form(
    title: "Inject a drug", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .drug($0) } },
    question: { InjectForm.doubts($0).joined(separator: " ") },
    fields: InjectForm.fields, reading: InjectForm.reading, followUp: selectNewest)
}

private enum InjectForm {
  private static let techniques: [Technique] = [.subcutaneous, .intramuscular, .onBodyInjector]

  static func technique(_ context: FormContext) -> Technique {
    Technique(rawValue: context.value(.technique)) ?? .subcutaneous
  }

  static func doubts(_ context: FormContext) -> [String] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    return context.drugDoubts(technique(context))
      + context.accountDoubts(drug, ordered: context.value(.amount))
  }

  static func fields(_ context: FormContext) -> [Field] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    let usual = drug.entry?.techniques.first { techniques.contains($0) } ?? .subcutaneous
    return [
      context.drugField(),
      Field.choice(
        .technique, "How", techniques.map { Field.Option($0.rawValue, $0.words) },
        picked: usual.rawValue),
    ]
      + context.drugCheck(doubts(context))
      + context.classFields(drug)
      + [.text(.amount, "Amount", context.plannedAmount, hint: "not recorded")]
      + context.accountFields(drug, given: context.orderedAmount)
      + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let drug = try context.drug()
    let technique = InjectForm.technique(context)
    let reason = try context.checkedReason(doubts(context))
    let moment = try context.time()
    let facts = context.beginning(of: drug, technique, in: session)
    let did =
      technique == .onBodyInjector
      ? ", on-body injector put on \(context.timeText(moment))"
      : " \(technique.words) given \(context.timeText(moment))"
    let account = try context.account(at: moment)
    var reading = FormReading(
      try [context.draft(.injectionGiven(facts), at: moment, reason: reason)]
        + context.accountDraft(account, of: facts.administration, at: moment, reason: reason),
      context.dose(drug) + did + context.accountWords(account) + ", \(context.by)")
    reading.warnings =
      context.warnings(for: session, drug)
      + context.accountWarnings(drug, ordered: facts.amount)
    return reading
  }
}

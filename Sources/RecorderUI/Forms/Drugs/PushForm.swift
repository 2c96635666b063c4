import InfusionRecord

extension Form {
  /// Records a push, start and end in one.
  package static let push = Form(
    title: "Push a drug", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .drug($0) } + $0.siteTargets },
    question: { PushForm.doubts($0).joined(separator: " ") },
    fields: PushForm.fields, reading: PushForm.reading, followUp: selectNewest)
}

private enum PushForm {
  static func doubts(_ context: FormContext) -> [String] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    return context.drugDoubts(.push)
      + context.accountDoubts(drug, ordered: context.value(.amount))
  }

  static func fields(_ context: FormContext) -> [Field] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    return [context.drugField(), context.siteField()]
      + context.drugCheck(doubts(context))
      + context.classFields(drug)
      + [
        .text(.minutes, "Took", hint: "minutes, if known"),
        .text(.amount, "Amount", context.plannedAmount, hint: "not recorded"),
      ]
      + context.accountFields(drug, given: context.orderedAmount)
      + context.timeFields("Began")
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let drug = try context.drug()
    let minutes = try context.number(.minutes, "The minutes it took", upTo: 1440).map { Int($0) }
    let moment = try context.time()
    let site = try context.site(at: moment)
    let reason = try context.checkedReason(doubts(context))
    let facts = context.beginning(of: drug, .push, in: session, site: site.id)
    var sentence = "\(context.dose(drug)) pushed \(context.timeText(moment))"
    if let minutes { sentence += ", took \(minutes)\u{A0}min" }
    let account = try context.account(at: moment)
    var reading = FormReading(
      try context.drafts(.pushGiven(facts, minutes: minutes), at: moment, site: site)
        .explained(by: reason)
        + context.accountDraft(account, of: facts.administration, at: moment, reason: reason),
      sentence + ", \(site.words)\(context.accountWords(account)), \(context.by)")
    reading.warnings =
      context.warnings(for: session, drug)
      + context.accountWarnings(drug, ordered: facts.amount)
    return reading
  }
}

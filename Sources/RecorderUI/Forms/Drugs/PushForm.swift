import InfusionRecord

extension Form {
  /// Records a push, start and end in one.
  package static let push = Form(
    title: "Push a drug", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .drug($0) } + $0.siteTargets },
    question: { $0.drugDoubts(.push).joined(separator: " ") },
    fields: PushForm.fields, reading: PushForm.reading, followUp: selectNewest)
}

private enum PushForm {
  static func fields(_ context: FormContext) -> [Field] {
    let drug = context.state.formulary.drug(named: context.value(.drug))
    return [context.drugField(), context.siteField()]
      + context.drugCheck(context.drugDoubts(.push))
      + context.classFields(drug)
      + [
        .text(.minutes, "Took", hint: "minutes, if known"),
        .text(.amount, "Amount", context.plannedAmount, hint: "not recorded"),
      ]
      + context.timeFields("Began")
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let drug = try context.drug()
    let minutes = try context.number(.minutes, "The minutes it took", upTo: 1440).map { Int($0) }
    let moment = try context.time()
    let site = try context.site(at: moment)
    let reason = try context.checkedReason(context.drugDoubts(.push))
    let facts = context.beginning(of: drug, .push, in: session, site: site.id)
    var sentence = "\(context.dose(drug)) pushed \(context.timeText(moment))"
    if let minutes { sentence += ", took \(minutes)\u{A0}min" }
    var reading = FormReading(
      try context.drafts(.pushGiven(facts, minutes: minutes), at: moment, site: site)
        .explained(by: reason),
      sentence + ", \(site.words), \(context.by)")
    reading.warnings = context.warnings(for: session, drug)
    return reading
  }
}

import InfusionRecord

extension Form {
  /// Records a new rate.
  package static let changeRate = Form(
    title: "Change the rate", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .running($0) } }, refusal: unlessRunning,
    question: { context in ForgottenFlow(context, ChangeRateForm.fact)?.question(context) ?? "" },
    fields: ChangeRateForm.fields, reading: ChangeRateForm.reading, followUp: ForgottenFlow.followUp
  )
}

private enum ChangeRateForm {
  static let fact = "a new rate"

  static func fields(_ context: FormContext) -> [Field] {
    context.flowFields(
      ForgottenFlow(context, fact), [.text(.rate, "New rate", isRequired: true, hint: "mL/h")])
  }

  /// `, planned end 09:25 instead of 10:16`; empty if no end is planned.
  private static func endWords(
    _ end: Instant?, before: Instant?, _ context: FormContext
  ) -> String {
    guard let end else { return "" }
    let instead =
      before.map { $0 == end ? "" : " instead of \(context.clockText($0))" } ?? ""
    return ", planned end \(context.clockText(end))\(instead)"
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("runs at a new rate")
    let flow = ForgottenFlow(context, fact)
    if let ended = try flow?.reading() { return ended }
    guard let rate = try context.rate() else {
      throw FormProblem(.rate, "Which rate, in mL/h?")
    }
    let moment = try context.time()
    let end = administration.changingRate(to: rate, at: moment).plannedEnd(asOf: context.now)
    var reading = FormReading(
      [
        try context.flowDraft(
          .rateChanged(administration: administration.id, rateMLPerHour: rate), at: moment, flow)
      ],
      "\(context.name(administration)) at \(rate.plain)\u{A0}mL/h from "
        + context.timeText(moment) + (flow == nil ? "" : ", \(ForgottenFlow.reason)")
        + endWords(end, before: administration.plannedEnd(asOf: context.now), context)
        + ", \(context.by)")
    if end == nil, administration.facts.plannedMinutes != nil, administration.ratesMoveEnd {
      reading.warnings.append(RecordedAdministration.endUnknown)
    }
    if let doubt = RecordedAdministration.doubt(ofRate: rate) { reading.warnings.append(doubt) }
    if administration.facts.plannedMinutes != nil, !administration.ratesMoveEnd {
      reading.warnings.append(RecordedAdministration.endStays)
    }
    return reading
  }
}

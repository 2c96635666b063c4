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

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("runs at a new rate")
    let flow = ForgottenFlow(context, fact)
    if let ended = try flow?.reading() { return ended }
    guard let rate = try context.number(.rate, "A rate", upTo: 100_000) else {
      throw FormProblem(.rate, "Which rate, in mL/h?")
    }
    let moment = try context.time()
    var reading = FormReading(
      [
        try context.flowDraft(
          .rateChanged(administration: administration.id, rateMLPerHour: rate), at: moment, flow)
      ],
      "\(context.name(administration)) at \(rate.plain)\u{A0}mL/h from "
        + context.timeText(moment) + (flow == nil ? "" : ", \(ForgottenFlow.reason)")
        + ", \(context.by)")
    if administration.facts.plannedMinutes != nil, !administration.ratesMoveEnd {
      reading.warnings.append(RecordedAdministration.endStays)
    }
    return reading
  }
}

import InfusionRecord

extension Form {
  /// Records a new rate.
  package static let changeRate = Form(
    title: "Change the rate", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .running($0) } }, refusal: unlessRunning,
    fields: ChangeRateForm.fields, reading: ChangeRateForm.reading)
}

private enum ChangeRateForm {
  static func fields(_ context: FormContext) -> [Field] {
    [
      context.administrationField(context.session?.running ?? []),
      .text(.rate, "New rate", isRequired: true, hint: "mL/h"),
    ] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("runs at a new rate")
    guard let rate = try context.number(.rate, "A rate", upTo: 100_000) else {
      throw FormProblem(.rate, "Which rate, in mL/h?")
    }
    let moment = try context.time()
    return FormReading(
      [
        try context.draft(
          .rateChanged(administration: administration.id, rateMLPerHour: rate), at: moment)
      ],
      "\(context.name(administration)) at \(rate.plain)\u{A0}mL/h from "
        + "\(context.timeText(moment)), \(context.by)")
  }
}

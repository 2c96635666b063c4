import InfusionRecord

extension Form {
  /// Records a bag change.
  package static let changeBag = Form(
    title: "Change the bag", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .running($0) } }, refusal: unlessRunning,
    fields: ChangeBagForm.fields, reading: ChangeBagForm.reading)
}

private enum ChangeBagForm {
  static func fields(_ context: FormContext) -> [Field] {
    [
      context.administrationField(context.session?.running ?? []),
      .text(.bag, "New bag", isRequired: true, hint: "its number or name"),
      .text(.volume, "Volume", hint: "mL, if charted"),
    ] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("has a new bag")
    let bag = context.value(.bag)
    if bag.isEmpty { throw FormProblem(.bag, "Which bag is it now?") }
    let volume = try context.number(.volume, "A volume", upTo: 100_000)
    let moment = try context.time()
    return FormReading(
      [
        try context.draft(
          .bagChanged(administration: administration.id, bag: bag, volumeML: volume), at: moment)
      ],
      "\(context.name(administration)) bag changed \(context.timeText(moment)): \(bag), "
        + context.by)
  }
}

import InfusionRecord

extension Form {
  /// Records a bag change.
  package static let changeBag = Form(
    title: "Change the bag", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .running($0) } }, refusal: unlessRunning,
    question: { context in ForgottenFlow(context, ChangeBagForm.fact)?.question(context) ?? "" },
    fields: ChangeBagForm.fields, reading: ChangeBagForm.reading, followUp: ForgottenFlow.followUp)
}

private enum ChangeBagForm {
  static let fact = "a new bag"

  static func fields(_ context: FormContext) -> [Field] {
    context.flowFields(
      ForgottenFlow(context, fact),
      [
        .text(.bag, "New bag", isRequired: true, hint: "its number or name"),
        .text(.volume, "Volume", hint: "mL, if charted"),
      ])
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("has a new bag")
    let flow = ForgottenFlow(context, fact)
    if let ended = try flow?.reading() { return ended }
    let bag = context.value(.bag)
    if bag.isEmpty { throw FormProblem(.bag, "Which bag is it now?") }
    let volume = try context.number(.volume, "A volume", upTo: 100_000)
    let moment = try context.time()
    return FormReading(
      [
        try context.flowDraft(
          .bagChanged(administration: administration.id, bag: bag, volumeML: volume), at: moment,
          flow)
      ],
      "\(context.name(administration)) bag changed \(context.timeText(moment)): \(bag), "
        + (flow == nil ? "" : "\(ForgottenFlow.reason), ") + context.by)
  }
}

import InfusionRecord

extension Form {
  /// Pauses what runs, or resumes what is paused.
  package static let pauseOrResume = Form(
    title: "Pause or resume", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .flow($0) } }, refusal: unlessRunning,
    question: { context in ForgottenFlow(context, PauseForm.fact)?.question(context) ?? "" },
    fields: PauseForm.fields, reading: PauseForm.reading, followUp: ForgottenFlow.followUp)
}

private enum PauseForm {
  static let fact = "a pause"

  static func fields(_ context: FormContext) -> [Field] {
    let flow = ForgottenFlow(context, fact)
    var fields = context.flowFields(flow)
    if flow?.hasEnded == true { return fields }
    let picked = context.session?.running.first { $0.id == context.value(.drug) }
    if picked?.progress != .paused {
      fields.append(
        context.reasonField(
          ["reaction", "bag empty", "access", "patient left the chair"], isRequired: false))
    }
    return fields
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("was paused")
    let moment = try context.time()
    let flow = ForgottenFlow(context, PauseForm.fact)
    if let ended = try flow?.reading() { return ended }
    let isPaused = administration.progress == .paused
    let fact: Fact =
      isPaused
      ? .drugResumed(administration: administration.id)
      : .drugPaused(administration: administration.id)
    let reason = isPaused ? nil : context.optional(.reason)
    var sentence =
      "\(context.name(administration)) \(isPaused ? "resumed" : "paused") "
      + context.timeText(moment)
    if let reason { sentence += ", \(reason)" }
    if flow != nil { sentence += ", \(ForgottenFlow.reason)" }
    return FormReading(
      [try context.flowDraft(fact, at: moment, reason: reason, flow)],
      sentence + ", \(context.by)")
  }
}

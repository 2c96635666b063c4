import InfusionRecord

extension Form {
  /// Pauses what runs, or resumes what is paused.
  package static let pauseOrResume = Form(
    title: "Pause or resume", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .flow($0) } }, refusal: unlessRunning,
    question: { context in ForgottenFlow(context, PauseForm.fact)?.question(context) ?? "" },
    fields: PauseForm.fields, reading: PauseForm.reading, followUp: PauseForm.followUp)
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
          [ReactionOffer.reason, "bag empty", "access", "patient left the chair"], isRequired: false
        ))
    }
    return fields
  }

  /// A pause for a reaction asks for the reaction.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    let effects = ForgottenFlow.followUp(&state, done)
    guard state.prompt == nil, done.value(.reason).hasPrefix(ReactionOffer.reason),
      let paused = state.reading(of: done.session)?.running.first(where: {
        $0.id == done.value(.drug)
      }), paused.progress == .paused, let moment = paused.pauses.last?.start
    else { return effects }
    return effects + ReactionOffer.follow(&state, paused.id, at: moment, after: done)
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
    var reading = FormReading(
      [try context.flowDraft(fact, at: moment, reason: reason, flow)],
      sentence + ", \(context.by)")
    if isPaused, let log = context.session?.log {
      reading.warnings += DrugDoubt.resuming(administration, in: log, context.state.formulary)
    }
    return reading
  }
}

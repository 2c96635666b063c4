import InfusionRecord

extension Form {
  /// Records a reaction of the patient.
  package static let reaction = Form(
    title: "Record a reaction", act: .record, scope: .openSession,
    targets: { form in
      form.about(.drug) { $0 == FormContext.noDrug ? nil : .given($0) }
    },
    fields: ReactionForm.fields, reading: ReactionForm.reading, followUp: ReactionForm.followUp)
}

private enum ReactionForm {
  static func fields(_ context: FormContext) -> [Field] {
    let about = context.session?.recorded.administrations.first {
      $0.id == context.value(.drug)
    }
    return [context.reactionDrugField]
      + context.reactionFields(action: about.flatMap { context.session?.actionRecorded(for: $0) })
      + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    _ = try context.openSession()
    let picked = context.value(.drug)
    if picked.isEmpty { throw FormProblem(.drug, "To which drug is it ascribed?") }
    let about = picked == FormContext.noDrug ? nil : try context.administration("caused it")
    let moment = try context.time()
    let reaction = try context.reaction(ascribedTo: about?.id)
    let to = about.map { " to \(context.name($0))" } ?? ", no drug named"
    return FormReading(
      [try context.draft(.reactionRecorded(reaction), at: moment)],
      "reaction\(to) \(context.timeText(moment)), \(reaction.words), \(context.by)")
  }

  /// Asks for the pause, the stop or the rate that the reaction says and the record lacks.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    let id = done.value(.drug)
    guard let session = state.reading(of: done.session), session.status == .open,
      let drug = session.running.first(where: { $0.id == id })
    else { return [] }
    switch Reaction.Action(rawValue: done.value(.action)) {
    case .paused where drug.progress == .running:
      return state.go(on: .pauseOrResume, with: drug.id, reason: ReactionOffer.reason, after: done)
    case .stopped:
      return state.go(
        on: .stop, with: drug.id, reason: Administration.StopReason.reaction.rawValue, after: done)
    case .slowed: return state.go(on: .changeRate, with: drug.id, reason: nil, after: done)
    default: return []
    }
  }
}

/// The reaction that is asked for after a drug was paused or stopped for one.
enum ReactionOffer {
  /// The reason of such a pause.
  static let reason = "reaction"
  /// Minutes in which a reaction that was recorded is the one that a pause is about.
  private static let reach: Int64 = 60

  /// Opens the form about a drug, unless its reaction is recorded already. Escape leaves it.
  static func follow(
    _ state: inout RecorderState, _ id: String, at moment: Instant, after done: Prompt
  ) -> [Effect] {
    guard let session = state.reading(of: done.session), session.status == .open,
      !session.log.reactions.contains(where: {
        $0.reaction.administration == id && abs($0.time - moment) <= reach * 60
      })
    else { return [] }
    state.ask(.reaction, of: done)
    state.pick(.drug, id)
    // The minute of the pause, however long the form stays open.
    let then = session.clock.reading(at: moment)
    state.type(.time, "\(then.date.iso) \(then.clock)")
    let missing = state.prompt?.firstMissing ?? 0
    state.prompt?.focus = missing
    return []
  }
}

extension RecorderState {
  /// Asks for the reaction that a drug was stopped for.
  mutating func offerReaction(
    to stopped: RecordedAdministration, after done: Prompt
  ) -> [Effect] {
    guard stopped.stopReason == .reaction, let stop = stopped.stop else { return [] }
    return ReactionOffer.follow(&self, stopped.id, at: stop, after: done)
  }
}

extension SessionReading {
  /// What the record says was done with a drug because of a reaction; nil if it says nothing.
  func actionRecorded(for drug: RecordedAdministration) -> Reaction.Action? {
    if drug.stopReason == .reaction { return .stopped }
    guard drug.progress == .paused,
      let pause = drug.entries.last(where: { $0.fact?.kind == .drugPaused }),
      pause.latest.reason?.hasPrefix(ReactionOffer.reason) == true
    else { return nil }
    return .paused
  }
}

extension RecorderState {
  /// Opens a form that follows from another one, about the same drug.
  mutating func go(
    on form: Form, with drug: String, reason: String?, after done: Prompt
  ) -> [Effect] {
    ask(form, of: done)
    pick(.drug, drug)
    if let reason { pick(.reason, reason) }
    let missing = prompt?.firstMissing ?? 0
    prompt?.focus = missing
    return []
  }
}

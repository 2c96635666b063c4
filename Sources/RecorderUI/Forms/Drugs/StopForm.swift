import InfusionRecord

extension Form {
  /// Stops what runs, also if nobody saw it end.
  package static let stop = Form(
    title: "Stop a drug", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .running($0) } }, refusal: unlessRunning,
    question: { ForgottenStop($0)?.question($0) ?? "" },
    fields: StopForm.fields, reading: StopForm.reading, followUp: StopForm.followUp)
}

private enum StopForm {
  static func fields(_ context: FormContext) -> [Field] {
    var fields = [context.administrationField(context.session?.running ?? [])]
    // The basis comes first, so that a stop that nobody saw takes few keys.
    fields += context.timeFields(
      context.value(.basis) == FormContext.notObserved ? "Found" : "Time", isStop: true
    ).reversed()
    if let forgotten = ForgottenStop(context) { fields.append(forgotten.field(context)) }
    fields.append(
      Field.choice(
        .reason, "Reason",
        Administration.StopReason.allCases.map { Field.Option($0.rawValue, $0.words) },
        picked: Administration.StopReason.completed.rawValue))
    fields.append(.text(.volume, "Volume in", hint: "mL, if charted"))
    return fields
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("ended")
    let forgotten = ForgottenStop(context)
    let end = try forgotten?.end(context)
    let moment = if let end { end.moment } else { try context.time() }
    let basis = end?.basis ?? context.basis
    let reason = Administration.StopReason(rawValue: context.value(.reason)) ?? .completed
    let isNotObserved = end?.isNotObserved ?? (context.value(.basis) == FormContext.notObserved)
    let stop = DrugStop(
      administration: administration.id, stopReason: reason, isNotObserved: isNotObserved,
      volumeML: try context.number(.volume, "A volume", upTo: 100_000))
    let name = context.name(administration)
    var sentence =
      isNotObserved
      ? "\(name) found ended \(context.clockText(moment)), nobody saw it end"
      : basis == .lastSeenRunning
        ? "\(name) last seen running \(context.clockText(moment)), its end computed, not observed"
        : "\(name) stopped \(context.timeAndBasis(moment, basis))"
    if !isNotObserved || reason != .completed { sentence += ", \(reason.words)" }
    var draft = try context.draft(.drugStopped(stop), at: moment)
    draft.basis = basis
    draft.reason = forgotten == nil ? nil : "asked when it really ended"
    var reading = FormReading(
      [draft],
      sentence + ", \(context.by)")
    if moment >= administration.start {
      let ran = Minutes(flooring: administration.runningSeconds(asOf: moment)).count
      let verb = isNotObserved ? "at most" : "ran"
      reading.difference = [
        "Since \(context.clockText(administration.start)): \(verb) \(duration(ran))"
          + (administration.pauses.isEmpty ? "." : ", pauses left out.")
      ]
    }
    return reading
  }

  /// Asks once more about a stop near a threshold.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    // Nobody saw a computed end, so nobody is asked whether it was seen.
    let isComputed = [ForgottenStop.lastSeen, ForgottenStop.computed].contains(done.value(.check))
    guard !isComputed, let session = state.reading(of: done.session), session.status == .open,
      let stopped = session.recorded.administrations.first(where: { $0.id == done.value(.drug) }),
      let stop = stopped.stop, stopped.beganWith == .drugStarted
    else { return [] }
    let minutes = Minutes(flooring: stopped.runningSeconds(asOf: stop)).count
    if StopThreshold.isNear(minutes: minutes) {
      state.ask(.confirmStop, about: .stop(stopped.id), of: done)
    }
    return []
  }
}

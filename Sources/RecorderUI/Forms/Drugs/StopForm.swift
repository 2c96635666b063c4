import InfusionRecord

/// Stops what runs; also where nobody saw it end.
enum StopForm: FormKind {
  static let title = "Stop a drug"

  static func fields(_ context: FormContext) -> [Field] {
    var fields = [context.administrationField(context.session?.running ?? [])]
    fields += context.timeFields(
      context.value(.basis) == FormContext.notObserved ? "Found" : "Time", isStop: true)
    fields.append(
      Field.choice(
        .reason, "Reason",
        Administration.StopReason.allCases.map { Field.Option($0.rawValue, $0.words) },
        picked: Administration.StopReason.completed.rawValue))
    fields.append(.text(.volume, "Volume in", hint: "mL, if charted"))
    return fields
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    if context.session?.running.isEmpty ?? true {
      throw FormProblem(nil, "Nothing runs in this session.")
    }
    let administration = try context.administration("ended")
    let moment = try context.time()
    let reason = Administration.StopReason(rawValue: context.value(.reason)) ?? .completed
    let isNotObserved = context.value(.basis) == FormContext.notObserved
    let stop = DrugStop(
      administration: administration.id, stopReason: reason, isNotObserved: isNotObserved,
      volumeML: try context.number(.volume, "A volume", upTo: 100_000))
    let name = context.name(administration)
    var sentence =
      isNotObserved
      ? "\(name) found ended \(context.clockText(moment)), nobody saw it end"
      : "\(name) stopped \(context.timeAndBasis(moment, context.basis))"
    if !isNotObserved || reason != .completed { sentence += ", \(reason.words)" }
    var reading = Reading(
      [try context.draft(.drugStopped(stop), at: moment)],
      sentence + ", by \(context.state.actor.name)")
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
}

/// Pauses what runs, or resumes what is paused: whichever holds.
enum PauseForm: FormKind {
  static let title = "Pause or resume"

  static func fields(_ context: FormContext) -> [Field] {
    var fields = [context.administrationField(context.session?.running ?? [])]
    fields += context.timeFields()
    let picked = context.session?.running.first { $0.id == context.value(.drug) }
    if picked?.progress != .paused {
      fields.append(
        context.reasonField(
          ["reaction", "bag empty", "access", "patient left the chair"], isRequired: false))
    }
    return fields
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    if context.session?.running.isEmpty ?? true {
      throw FormProblem(nil, "Nothing runs in this session.")
    }
    let administration = try context.administration("was paused")
    let moment = try context.time()
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
    return Reading(
      [try context.draft(fact, at: moment, reason: reason)],
      sentence + ", by \(context.state.actor.name)")
  }
}

/// Asks once whether a stop just recorded is the one that was seen.
///
/// The words are the same on both sides of every threshold, and name none: the question is about the
/// clock, not about charges.
enum ConfirmStopForm: FormKind {
  static let title = "Is this stop right?"

  static func isDue(minutes: Int) -> Bool {
    // A unit begins past 15, 30 and 90 minutes and every hour after that.
    let isNearFirst = (14...17).contains(minutes) || (29...32).contains(minutes)
    let pastBorder = (minutes + 30) % 60
    return isNearFirst || (minutes >= 89 && (pastBorder <= 2 || pastBorder == 59))
  }

  static func fields(_ context: FormContext) -> [Field] {
    [
      Field.choice(
        .confirmation, "Answer",
        [
          Field.Option("yes", "yes, that is what I saw"),
          Field.Option("no", "no, correct it"),
        ], picked: "yes")
    ]
  }

  static func question(_ context: FormContext) -> String {
    guard case .confirmStop(let id) = context.prompt.form, let session = context.session,
      let administration = session.recorded.administrations.first(where: { $0.id == id }),
      let stop = administration.stop
    else { return "" }
    let ran = Minutes(flooring: administration.runningSeconds(asOf: stop)).count
    return "\(session.name(of: administration)) started "
      + "\(context.clockText(administration.start)) and stopped \(context.clockText(stop)): "
      + "\(duration(ran)) of running time. Is \(context.clockText(stop)) the stop you saw?"
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard case .confirmStop(let id) = context.prompt.form, let session = context.session,
      let administration = session.recorded.administrations.first(where: { $0.id == id }),
      let stop = administration.stop
    else { throw FormProblem(nil, "There is no stop to confirm.") }
    if context.value(.confirmation) == "no" {
      return Reading([], "nothing; the stop can be corrected next")
    }
    let text =
      "Stop \(context.clockText(stop)) of \(session.name(of: administration)) confirmed as seen."
    let moment = Instant(seconds: floorDivide(context.now.seconds, 60) * 60)
    return Reading(
      [
        Draft(
          session: session.id, time: moment, basis: .observed, reason: nil,
          fact: .noteAdded(text: text, administration: id))
      ], "note: \(text)")
  }
}

import InfusionRecord

extension Form {
  /// Asks once whether a stop just recorded is the one that was seen.
  ///
  /// The words are the same on both sides of every threshold and name none. The question is about
  /// the clock, not about charges.
  package static let confirmStop = Form(
    title: "Is this stop right?", act: .record, scope: .session,
    targets: { _ in [] },
    question: ConfirmStopForm.question, fields: ConfirmStopForm.fields,
    reading: ConfirmStopForm.reading, followUp: ConfirmStopForm.followUp)
}

/// The running times at which one minute more or less changes the units.
enum StopThreshold {
  static func isNear(minutes: Int) -> Bool {
    // A unit begins past 15, 30 and 90 minutes and every hour after that.
    let isNearFirst = (14...17).contains(minutes) || (29...32).contains(minutes)
    let pastBorder = (minutes + 30) % 60
    return isNearFirst || (minutes >= 89 && (pastBorder <= 2 || pastBorder == 59))
  }
}

private enum ConfirmStopForm {
  /// The stop that is asked about.
  private static func stop(_ context: FormContext) -> (
    RecordedAdministration, name: String, Instant
  )? {
    guard case .stop(let id) = context.prompt.subject, let session = context.session,
      let administration = session.recorded.administrations.first(where: { $0.id == id }),
      let stop = administration.stop
    else { return nil }
    return (administration, session.name(of: administration), stop)
  }

  static func fields(_ context: FormContext) -> [Field] {
    [
      Field.choice(
        .confirmation, "Answer",
        [
          Field.Option("yes", "yes, that is what I saw"),
          Field.Option("no", "no, correct it"),
        ])
    ]
  }

  static func question(_ context: FormContext) -> String {
    guard let (administration, name, stop) = stop(context) else { return "" }
    let ran = Minutes(flooring: administration.runningSeconds(asOf: stop)).count
    return "\(name) started \(context.clockText(administration.start)) and stopped "
      + "\(context.clockText(stop)): \(duration(ran)) of running time. "
      + "Is \(context.clockText(stop)) the stop you saw?"
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let (administration, name, stop) = stop(context) else {
      throw FormProblem(nil, "There is no stop to confirm.")
    }
    let answer = context.value(.confirmation)
    if answer.isEmpty { throw FormProblem(.confirmation, "Answer yes or no.") }
    if answer == "no" {
      return FormReading([], "nothing; the stop can be corrected next")
    }
    let text = "Stop \(context.clockText(stop)) of \(name) confirmed as seen."
    let note = Fact.noteAdded(text: text, administration: administration.id)
    return FormReading([try context.draft(note, reason: nil)], "note: \(text)")
  }

  /// Opens the correction of a stop that was not confirmed. After a stop for a reaction the reaction is next.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    guard case .stop(let id) = done.subject else { return [] }
    if done.value(.confirmation) == "yes",
      let stopped = state.reading(of: done.session)?.recorded.administrations.first(where: {
        $0.id == id
      })
    {
      return state.offerReaction(to: stopped, after: done)
    }
    guard done.value(.confirmation) == "no" else { return [] }
    let stop = state.reading(of: done.session)?.log.entries.last {
      $0.fact?.kind == .drugStopped && $0.fact?.administration == id
    }
    guard let stop else { return [] }
    state.ask(.amend, of: done)
    state.pick(.entry, stop.original.id.text)
    state.pick(.change, Amendment.time.rawValue)
    let time = state.prompt?.fields.firstIndex { $0.name == .time }
    state.prompt?.focus = time ?? 0
    return []
  }
}

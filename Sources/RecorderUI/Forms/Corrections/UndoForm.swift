import InfusionRecord

extension Form {
  /// Withdraws the user's own last entry, as a new fact.
  package static let undo = Form(
    title: "Undo my last entry", act: .record, scope: .session,
    subject: { $0.ownLastEntry.map { .entry($0) } },
    targets: { _ in [(.status, nil)] },
    refusal: { state, session in
      if state.ownLastEntry == nil { return UndoForm.nothing }
      return session.status == .open ? nil : Form.closedSentence
    },
    question: UndoForm.question, fields: UndoForm.fields, reading: UndoForm.reading)
}

extension RecorderState {
  /// The user's own last fact in the current session that can be withdrawn.
  fileprivate var ownLastEntry: Event.ID? {
    guard let session = currentSession else { return nil }
    let last = session.log.events.last { event in
      guard event.actor == actor.name, let entry = session.log.entry(for: event.id),
        !entry.isWithdrawn, entry.latest.id == event.id
      else { return false }
      switch event.fact {
      case .sessionOpened, .sessionClosed, .sessionReopened, .sessionReviewed: return false
      default: return true
      }
    }
    return last?.id
  }
}

private enum UndoForm {
  static let nothing = "There is nothing of yours to undo here."

  /// The entry that would be withdrawn.
  private static func entry(_ context: FormContext) -> (SessionReading, EventLog.Entry)? {
    guard case .entry(let id) = context.prompt.subject, let session = context.session,
      let entry = session.log.entry(for: id)
    else { return nil }
    return (session, entry)
  }

  static func question(_ context: FormContext) -> String {
    guard let (session, entry) = entry(context) else { return "" }
    return "\(session.words(of: entry.latest, context.clockWords)), recorded by "
      + "\(entry.latest.actor) \(context.clockText(entry.latest.recordedTime.instant))"
  }

  static func fields(_ context: FormContext) -> [Field] {
    [
      context.reasonField([
        "entered by mistake", "wrong patient", "wrong drug", "wrong time", "entered twice",
      ])
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let (session, entry) = entry(context) else { throw FormProblem(nil, nothing) }
    let reason = context.value(.reason)
    let target = entry.latest
    let what = session.sentence(withdrawing: entry, context.clockWords)
    if reason.isEmpty { throw FormProblem(.reason, "Why is it withdrawn?") }
    let draft = EventDraft(
      session: session.id, time: target.clinicalTime, basis: target.basis, reason: reason,
      fact: .eventSuperseded(replaces: target.id, replacement: nil))
    var reading = FormReading([draft], "\(what): \(reason), \(context.by)")
    reading.changesUnits = true
    return reading
  }
}

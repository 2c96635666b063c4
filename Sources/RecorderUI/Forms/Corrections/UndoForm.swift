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

  /// What one Enter recorded together with an amount: the dose, or the stop.
  private static func recordedWith(
    _ entry: EventLog.Entry, in session: SessionReading
  ) -> EventLog.Entry? {
    guard entry.fact?.kind == .drugAccounted, entry.amendments.isEmpty else { return nil }
    return session.log.entries.first { other in
      other.original.id != entry.original.id && !other.isWithdrawn && other.amendments.isEmpty
        && other.original.recordedTime == entry.original.recordedTime
        && other.original.actor == entry.original.actor
        && other.fact?.administration == entry.fact?.administration
    }
  }

  static func question(_ context: FormContext) -> String {
    guard let (session, entry) = entry(context) else { return "" }
    let both = [recordedWith(entry, in: session), entry].compactMap(\.self)
    let words = both.map { session.words(of: $0.latest, context.clockWords) }
    return "\(words.joined(separator: "; ")), recorded by "
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
    // The amount first: it is of what was recorded with it.
    let entries = [entry] + [recordedWith(entry, in: session)].compactMap(\.self)
    let what = entries.reversed().map { session.sentence(withdrawing: $0, context.clockWords) }
      .joined(separator: "; ")
    if reason.isEmpty { throw FormProblem(.reason, "Why is it withdrawn?") }
    let drafts = entries.map { entry in
      EventDraft(
        session: session.id, time: entry.latest.clinicalTime, basis: entry.latest.basis,
        reason: reason, fact: .eventSuperseded(replaces: entry.latest.id, replacement: nil))
    }
    var reading = FormReading(drafts, "\(what): \(reason), \(context.by)")
    reading.changesUnits = true
    return reading
  }
}

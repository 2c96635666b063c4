import InfusionRecord

extension Form {
  /// Puts back the entry or the correction that the user withdrew last, as a new fact. Every fact stays
  /// readable.
  package static let redo = Form(
    title: "Put back what I withdrew", act: .record, scope: .session,
    subject: { $0.ownLastWithdrawal.map { .entry($0) } },
    targets: { _ in [(.status, nil)] },
    refusal: { state, session in
      if state.ownLastWithdrawal == nil { return RedoForm.nothing }
      return session.status == .open ? nil : Form.closedSentence
    },
    question: RedoForm.question, fields: RedoForm.fields, reading: RedoForm.reading)
}

extension RecorderState {
  /// The user's own last withdrawal in the current session that holds.
  fileprivate var ownLastWithdrawal: Event.ID? {
    guard let session = currentSession else { return nil }
    return session.log.events.last { event in
      guard event.actor == actor.name, let entry = session.log.entry(for: event.id) else {
        return false
      }
      return entry.latest.id == event.id && session.log.withdrawal(by: event)?.withdraws == true
    }?.id
  }
}

extension Event {
  /// Whether it withdraws an entry or a correction.
  var isWithdrawal: Bool {
    if case .eventSuperseded(_, nil) = fact { true } else { false }
  }
}

private enum RedoForm {
  static let nothing = "There is nothing of yours to put back here."

  /// The withdrawal, and the entry that it withdrew.
  private static func withdrawal(
    _ context: FormContext
  ) -> (SessionReading, EventLog.Entry, Event)? {
    guard case .entry(let id) = context.prompt.subject, let session = context.session,
      let entry = session.log.entry(for: id),
      let event = entry.amendments.first(where: { $0.id == id })
    else { return nil }
    return (session, entry, event)
  }

  /// What one Enter took back together with an entry, with its withdrawals.
  private static func withdrawnWith(
    _ event: Event, in session: SessionReading
  ) -> [(EventLog.Entry, Event)] {
    session.log.events.compactMap { other in
      guard other.id != event.id, other.isWithdrawal, other.actor == event.actor,
        other.recordedTime == event.recordedTime, let entry = session.log.entry(for: other.id),
        entry.latest.id == other.id
      else { return nil }
      return (entry, other)
    }
  }

  static func question(_ context: FormContext) -> String {
    guard let (session, _, event) = withdrawal(context) else { return "" }
    let both = [event] + withdrawnWith(event, in: session).map(\.1)
    let words = both.map { session.words(of: $0, context.clockWords) }
    return
      "\(words.joined(separator: "; ")) by \(event.actor) "
      + context.clockText(event.recordedTime.instant)
      + (event.reason.map { ": \($0)" } ?? "")
  }

  static func fields(_ context: FormContext) -> [Field] {
    [context.reasonField(["withdrawn by mistake", "it was right as recorded"])]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let (session, entry, event) = withdrawal(context) else {
      throw FormProblem(nil, nothing)
    }
    let reason = context.value(.reason)
    if reason.isEmpty { throw FormProblem(.reason, "Why is it put back?") }
    // A dose comes back before the amount that was taken back with it.
    let both = [(entry, event)] + withdrawnWith(event, in: session)
    let drafts = both.map { _, event in
      EventDraft(
        session: session.id, time: event.clinicalTime, basis: event.basis, reason: reason,
        fact: .eventSuperseded(replaces: event.id, replacement: nil))
    }
    let what = both.map { session.sentence(withdrawing: $0.0, context.clockWords) }
      .joined(separator: "; ")
    var reading = FormReading(drafts, "\(what): \(reason), \(context.by)")
    reading.changesUnits = true
    return reading
  }
}

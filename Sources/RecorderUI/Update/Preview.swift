import InfusionRecord
import SessionReview
import TimelineEngine

/// What Enter would do with a prompt.
///
/// Its events are made once: the preview shows them, the record checks them, Enter appends them.
struct Preview: Hashable, Sendable {
  var reading: FormReading
  let events: [Event]
  /// Where the next ids come from if the events are appended.
  let ids: SeededNumbers
}

extension RecorderState {
  /// What Enter would do with the prompt, or why it cannot.
  ///
  /// The form is read only if something changed since the last time.
  mutating func readPrompt() -> Result<Preview, FormProblem> {
    guard let prompt else { return .failure(FormProblem(nil, "")) }
    if let preview = prompt.preview { return preview }
    let preview: Result<Preview, FormProblem>
    do throws(FormProblem) { preview = .success(try self.preview(of: prompt)) } catch {
      preview = .failure(error)
    }
    self.prompt?.preview = preview
    return preview
  }

  private func preview(of prompt: Prompt) throws(FormProblem) -> Preview {
    let context = context(of: prompt)
    if let sentence = context.overtaken { throw FormProblem(nil, sentence, .overtaken) }
    var reading = try prompt.form.reading(context)
    if let missing = prompt.firstMissing, !reading.opensRecord {
      let field = prompt.fields[missing]
      throw FormProblem(field.name, "\(field.label) is needed.")
    }
    var ids = ids
    let events = reading.drafts.map { event($0, using: &ids) }
    guard let first = events.first else {
      return Preview(reading: reading, events: events, ids: ids)
    }
    // A preview promises nothing that the record would refuse on Enter.
    var log = context.session?.log ?? EventLog(session: first.session)
    for event in events {
      if let refusal = log.refusal(of: event, now: now, formulary: formulary) {
        throw FormProblem(nil, refusal.sentence, .refused)
      }
      log.append(event)
    }
    if let session = context.session {
      if reading.changesUnits || reading.statesUnits {
        reading.difference += units(after: log, from: session, reading)
      }
      if let doubt = doubt(events, in: session) { reading.warnings.append(doubt) }
    }
    if let stood = stood(prompt, events) { reading.warnings.append(stood) }
    return Preview(reading: reading, events: events, ids: ids)
  }

  /// From this many seconds on, a form that stood open says so.
  private static let longStanding: Int64 = 600

  /// What is said of a form whose fact is of now, although the form was opened long before.
  private func stood(_ prompt: Prompt, _ events: [Event]) -> String? {
    guard let opened = prompt.openedAt?.minute,
      now.instant.minute - opened >= RecorderState.longStanding,
      events.contains(where: { $0.clinicalTime.minute == now.instant.minute })
    else { return nil }
    let clock = prompt.session.flatMap { reading(of: $0) }?.clock ?? suite.clock
    return "This form was opened \(clock.reading(at: opened).clock): is the time still right?"
  }

  /// A draft as the event it would be, recorded now by the user at this screen.
  private func event(_ draft: EventDraft, using ids: inout SeededNumbers) -> Event {
    let session =
      draft.session ?? SessionID(day: suite.clock.date(at: draft.time), using: &ids)
    return Event(
      id: Event.ID(at: now, using: &ids), session: session, clinicalTime: draft.time,
      recordedTime: now, actor: actor.name, workstation: actor.workstation, basis: draft.basis,
      reason: draft.reason, fact: draft.fact)
  }

  /// The difference in units, one line for all codes, and what the session comes to.
  private func units(
    after log: EventLog, from session: SessionReading, _ reading: FormReading
  ) -> [String] {
    guard
      let after = SessionReading(
        log: log, asOf: session.asOf, formulary: formulary, policies: suite.policies)
    else { return [] }
    var lines: [String] = []
    let difference = StatementDifference(from: session.statement, to: after.statement)
    if reading.changesUnits, !(reading.statesUnits && difference.isEmpty) {
      lines.append(difference.codeSentence)
    }
    if reading.statesUnits {
      let units = after.statement.charges
      let codes = units.map { $0.code.text(with: $0.modifiers.texts) }.uniqued.map { code in
        let count = units.reduce(0) {
          $1.code.text(with: $1.modifiers.texts) == code ? $0 + $1.units : $0
        }
        return count == 1 ? code : "\(count) x \(code)"
      }
      lines.append(
        "Comes to \(after.units.pluralized("unit"))"
          + (codes.isEmpty ? "." : ": \(codes.joined(separator: ", "))."))
    }
    return lines
  }

  /// A warning about a fact from before the session was opened.
  private func doubt(_ events: [Event], in session: SessionReading) -> String? {
    guard let event = events.last, let opened = session.log.openedAt, event.clinicalTime < opened
    else { return nil }
    if case .eventSuperseded(_, .some(.sessionOpened)) = event.fact { return nil }
    let then = session.clock.date(at: event.clinicalTime)
    let isSameDay = then == session.clock.date(at: opened)
    let text = ClockText(session.clock, day: isSameDay ? then : nil)
    return "\(text.moment(event.clinicalTime)) is before this session was opened, "
      + "\(text.moment(opened))."
  }
}

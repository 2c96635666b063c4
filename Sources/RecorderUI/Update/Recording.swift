import InfusionRecord

// What a prompt records once its person presses Enter, and what follows from it.

extension RecorderState {
  /// Enter in a prompt: takes what is offered, goes to what is missing, or records.
  mutating func confirm() -> [Effect] {
    guard let focused = prompt?.focused else { return settlePrompt() }
    if focused.isOpen {
      if takeHighlighted(), let missing = prompt?.firstMissing { prompt?.focus = missing }
      return []
    }
    // Neither taken nor recorded: what Enter was pressed for is no more.
    if overtaken != nil { return settlePrompt() }
    if let first = focused.offered {
      // Enter on an empty choice takes what is offered first; it never records by itself.
      if let focus = prompt?.focus {
        prompt?.fields[focus].picked = first.value
        prompt?.fields[focus].isTouched = true
      }
      refreshPrompt()
      if let missing = prompt?.firstMissing { prompt?.focus = missing }
      return []
    }
    if let missing = prompt?.firstMissing {
      let label = prompt?.fields[missing].label ?? ""
      if prompt?.focus == missing {
        prompt?.problem = "\(label) is needed."
      }
      prompt?.focus = missing
      return []
    }
    return settlePrompt()
  }

  /// Enter where every field is asked for: on to the next field, and from the last one as elsewhere.
  ///
  /// A choice that fills in all that must be there goes to the last field: who is expected is seated
  /// by two Enters.
  mutating func confirmInOrder() -> [Effect] {
    guard let prompt, let focused = prompt.focused, prompt.focus < prompt.fields.count - 1,
      overtaken == nil
    else { return confirm() }
    if focused.isOpen {
      if takeHighlighted() { self.prompt?.focus = prompt.focus + 1 }
      return []
    }
    if focused.offered != nil {
      let effects = confirm()
      if self.prompt?.firstMissing == nil, let last = self.prompt?.fields.indices.last {
        self.prompt?.focus = last
      }
      return effects
    }
    if focused.isRequired, focused.value.isEmpty { return confirm() }
    if !focused.value.isEmpty, case .failure(let problem) = promptReading(),
      problem.field == focused.name
    {
      self.prompt?.problem = problem.sentence
      return []
    }
    self.prompt?.problem = nil
    self.prompt?.focus = prompt.focus + 1
    return []
  }

  /// What a prompt does to its session as it stands on disk now.
  private func act(of prompt: Prompt) -> Act {
    let isReviewed = reading(of: prompt.session)?.status == .reviewed
    return prompt.form == .reopen && isReviewed ? .reopenReviewed : prompt.form.act
  }

  /// Records what the prompt comes to, or says why not.
  private mutating func settlePrompt() -> [Effect] {
    if let refusal = prompt.flatMap({ refusal(of: act(of: $0)) }) {
      prompt?.problem = refusal
      return []
    }
    switch promptReading() {
    case .failure(let problem):
      prompt?.problem = problem.sentence
      if let field = problem.field,
        let index = prompt?.fields.firstIndex(where: {
          $0.name == field && ($0.value.isEmpty || field != .answer)
        })
      {
        prompt?.focus = index
      }
      return []
    case .success(let reading): return record(reading)
    }
  }

  /// A draft as the fact it would be, written now by the person at this screen.
  func event(_ draft: Draft, using numbers: inout SeededNumbers) -> Event {
    Event(
      id: Event.ID(at: now, using: &numbers), session: draft.session, clinicalTime: draft.time,
      recordedTime: now, actor: actor.name, workstation: actor.workstation, basis: draft.basis,
      reason: draft.reason, fact: draft.fact)
  }

  /// The reading with a doubt about facts from before the session was opened.
  func doubting(_ reading: Reading) -> Reading {
    guard let draft = reading.drafts.last, let session = self.reading(of: draft.session),
      let opened = session.log.openedAt, draft.time < opened
    else { return reading }
    if case .eventSuperseded(_, .some(.sessionOpened)) = draft.fact { return reading }
    var doubted = reading
    let then = session.clock.date(at: draft.time)
    let isOneDay = then == session.clock.date(at: opened)
    let text = ClockText(session.clock, day: isOneDay ? then : nil)
    doubted.warnings.append(
      "\(text.moment(draft.time)) is before this session was opened, \(text.moment(opened)).")
    return doubted
  }

  /// Why the facts cannot be recorded one after the other now; nil where they can.
  ///
  /// The record's own refusal: a preview promises nothing that Enter would take back.
  func refusal(of drafts: [Draft]) -> Refusal? {
    guard let first = drafts.first else { return nil }
    var numbers = ids
    var log = reading(of: first.session)?.log ?? EventLog(session: first.session)
    for draft in drafts {
      let event = event(draft, using: &numbers)
      if let refusal = log.refusal(of: event, now: now, formulary: formulary) { return refusal }
      log.append(event)
    }
    return nil
  }

  /// With one full stop, whether or not the words end in one.
  private static func asSentence(_ words: String) -> String {
    words.hasSuffix(".") ? words : words + "."
  }

  private mutating func record(_ reading: Reading) -> [Effect] {
    if let order = reading.order { return carryOut(order) }
    confirmed = prompt
    guard let first = reading.drafts.first else { return finishPrompt() }
    let version = self.reading(of: first.session)?.log.version ?? 0
    if prompt?.form == .openSession {
      // The preview named the session from a copy of the numbers; now they are used up.
      _ = SessionID(day: suite.clock.date(at: first.time), using: &ids)
    }
    var numbers = ids
    let events = reading.drafts.map { event($0, using: &numbers) }
    ids = numbers
    return [
      .append(
        session: first.session, expecting: version, events: events,
        done: "Recorded: " + RecorderState.asSentence(reading.short ?? reading.sentence))
    ]
  }

  /// Closes the prompt that was recorded, and goes on to what follows from it.
  mutating func finishPrompt() -> [Effect] {
    // As it was confirmed: what is on disk now may have emptied its choices.
    guard let done = confirmed ?? prompt else { return [] }
    confirmed = nil
    prompt = nil
    keptPrompts[KeptPrompt(form: done.form, session: done.session)] = nil
    let administration = done.value(.drug)
    switch done.form {
    case .openSession:
      // The patient just seated is the one the next key is about.
      if let newest = sessions.last, screen == .board { return show(.session(newest.id)) }
    case .start, .push, .inject:
      if let newest = reading(of: done.session)?.recorded.administrations.last {
        session.given.select(newest.id)
      }
    case .stop:
      guard let reading = reading(of: done.session), reading.status == .open,
        let stopped = reading.recorded.administrations.first(where: { $0.id == administration }),
        let stop = stopped.stop, stopped.beganWith == .drugStarted
      else { break }
      let minutes = Minutes(flooring: stopped.runningSeconds(asOf: stop)).count
      if ConfirmStopForm.isDue(minutes: minutes) {
        prompt = Prompt(
          form: .confirmStop(administration: administration), session: done.session)
        refreshPrompt()
      }
    case .confirmStop(let id):
      guard done.value(.confirmation) == "no", let reading = reading(of: done.session) else {
        break
      }
      let stop = reading.log.entries.last {
        $0.fact?.kind == .drugStopped && $0.fact?.administration == id
      }
      if let stop {
        prompt = Prompt(form: .amend, session: done.session)
        refreshPrompt()
        pick(.entry, stop.original.id.text)
        pick(.change, "time")
        let time = prompt?.fields.firstIndex { $0.name == .time } ?? 0
        prompt?.focus = time
      }
    case .close:
      if case .session(let id) = screen, id == done.session {
        path = [.board]
        sortBoard()
      }
    default: break
    }
    return []
  }

  /// Picks a value of a field, as a person would, where the prompt has that field.
  mutating func pick(_ name: Field.Name, _ value: String) {
    guard let index = prompt?.fields.firstIndex(where: { $0.name == name }) else { return }
    prompt?.fields[index].picked = value
    prompt?.fields[index].isTouched = true
    refreshPrompt()
  }
}

import InfusionRecord

// What Enter does with a prompt that is filled in, and what follows.

extension RecorderState {
  /// Does what the prompt comes to, or says why not.
  mutating func submit(by intent: Intent = .confirm) -> [Effect] {
    guard let prompt else { return [] }
    let isReviewed = reading(of: prompt.session)?.status == .reviewed
    let act = prompt.form.act(isReviewed: isReviewed)
    if let refusal = refusal(of: act) {
      self.prompt?.problem = refusal
      return refused(act)
    }
    if gate.isInBurst {
      self.prompt?.problem =
        "\(intent.keyWord) came at once with the text. Read what is recorded, then press "
        + "\(intent.keyWord)."
      return []
    }
    switch readPrompt() {
    case .success where isUnread:
      readOn()
      return []
    case .failure(let problem):
      self.prompt?.problem = problem.sentence
      if let name = problem.field,
        let index = prompt.fields.firstIndex(where: { $0.name == name && $0.value.isEmpty })
          ?? prompt.fields.firstIndex(where: { $0.name == name && name != .answer })
      {
        self.prompt?.focus = index
      }
      return []
    case .success(let preview): return carryOut(preview)
    }
  }

  /// Whether a part of what is signed has not been on the screen yet.
  private var isUnread: Bool { prompt.map { $0.mustBeRead && !$0.read.isWhole } ?? false }

  private mutating func carryOut(_ preview: Preview) -> [Effect] {
    switch preview.reading.action {
    case .record: return append(preview)
    case .signOff(let orders):
      (confirmed, isSetAside) = (prompt, false)
      return [.signOff(orders)]
    case .show(let days):
      closePrompt()
      return turn(to: days)
    case .find(let text):
      closePrompt()
      return [.findPatients(text)]
    case .breakGlass(let session, let reason):
      closePrompt()
      return [.breakGlass(session, reason: reason)]
    // The prompt stays: it goes on with the record that is open then.
    case .openRecord(let mrn, let reason): return [.openRecord(mrn: mrn, reason: reason)]
    case .write(let order):
      if let folder = prompt?[.folder]?.value, !folder.isEmpty { exportFolder = folder }
      closePrompt()
      notice = told("Being written; you can go on.")
      return [.write(order)]
    case .cancel(let expected):
      closePrompt()
      return [.cancel(expected)]
    }
  }

  private mutating func append(_ preview: Preview) -> [Effect] {
    (confirmed, isSetAside) = (prompt, false)
    guard let first = preview.events.first else { return finishPrompt() }
    ids = preview.ids
    let words = preview.reading.short ?? preview.reading.sentence
    return [
      .append(
        session: first.session, expecting: reading(of: first.session)?.log.version ?? 0,
        events: preview.events,
        done: "Recorded: " + (words.hasSuffix(".") ? words : words + "."))
    ]
  }

  /// Closes the prompt, and drops its kept text.
  private mutating func closePrompt() {
    if let prompt { keptPrompts[KeptPrompt(prompt)] = nil }
    prompt = nil
  }

  /// Closes the prompt that was recorded, and does the form's follow-up.
  mutating func finishPrompt() -> [Effect] {
    // The prompt as it was submitted: reloading the session may have emptied its choices since.
    guard let done = confirmed ?? prompt else { return [] }
    confirmed = nil
    prompt = done
    closePrompt()
    return done.form.followUp(&self, done)
  }
}

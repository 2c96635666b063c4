import InfusionRecord
import SessionReview

extension RecorderState {
  static let readOnlySentence = "This screen only looks; nothing can be recorded here."

  /// Why a key cannot open a form now; nil if it can.
  ///
  /// The status bar names no key that would only say this.
  func refusal(toOpen form: Form) -> Notice? {
    guard screen == .review, form.scope != .suite else {
      return refusal(toOpen: form, in: currentSession)
    }
    guard let row = selectedReviewRow else { return told("There is no session to choose.") }
    if row.isHidden, !form.opensRestricted { return Notice(.refused, Restrictions.sentence) }
    if let refusal = refusal(of: form.act(isReviewed: row.need == .reviewed)) {
      return Notice(.refused, refusal)
    }
    return form.rowRefusal(row).map(told)
  }

  private func refusal(toOpen form: Form, in session: SessionReading?) -> Notice? {
    let isReviewed = form.scope != .suite && session?.status == .reviewed
    if let refusal = refusal(of: form.act(isReviewed: isReviewed)) {
      return Notice(.refused, refusal)
    }
    if isReadOnly, form.records { return told(RecorderState.readOnlySentence) }
    if form.scope == .suite { return nil }
    guard let session else { return told("Choose a chair with a patient first.") }
    if session.isHidden, !form.opensRestricted { return Notice(.refused, Restrictions.sentence) }
    if form.scope == .openSession, session.status != .open { return told(Form.closedSentence) }
    return form.refusal(self, session).map(told)
  }

  /// The effect that audits a refused act; none if the user may do it.
  func refused(_ act: Act) -> [Effect] { refusal(of: act) == nil ? [] : [.refused(act)] }

  /// Opens a form for a key; in the review, its session is loaded first.
  mutating func fill(_ form: Form) -> [Effect] {
    if let refusal = refusal(toOpen: form) {
      notice = refusal
      let isReviewed =
        screen == .review
        ? selectedReviewRow?.need == .reviewed : currentSession?.status == .reviewed
      return refused(form.act(isReviewed: isReviewed && form.scope != .suite))
    }
    if screen == .review, form.scope != .suite, let row = selectedReviewRow {
      return [.visit(row.id, .form(form))]
    }
    // The highlighted row is the choice: its own form begins with its drug.
    if let dose = selectedDose(in: currentSession), Form.beginning(by: dose.technique) == form {
      return begin(dose)
    }
    return open(form)
  }

  /// Opens a prompt, with some fields already picked.
  ///
  /// - Parameter subject: what it is about, if the form does not say that itself.
  mutating func open(
    _ form: Form, picking picked: [Field.Name: String] = [:], about subject: Target.Subject? = nil
  ) -> [Effect] {
    let session = form.scope == .suite ? nil : currentSession
    if let refusal = refusal(toOpen: form, in: session) {
      notice = refusal
      return refused(form.act(isReviewed: session?.status == .reviewed))
    }
    let fresh = Prompt(
      form: form, session: session?.id, subject: subject ?? form.subject(self))
    let kept = picked.isEmpty ? keptPrompts.removeValue(forKey: KeptPrompt(fresh)) : nil
    prompt = kept?.offeredAgain ?? fresh
    prompt?.openedAt = now.instant
    if kept != nil {
      notice = told("What you typed before is still here; Ctrl-U empties a field.")
    }
    refreshPrompt()
    // A second pass for fields that appear only after the first were picked.
    for _ in 0..<2 {
      for (name, value) in picked { pick(name, value) }
    }
    // The cursor starts at a row that is highlighted, otherwise at the first missing field.
    let startsFirst = kept != nil || prompt?.fields.first?.offered != nil
    let missing = prompt?.firstMissing ?? 0
    prompt?.focus = startsFirst ? 0 : missing
    // All is filled in from the row that was chosen: Enter records.
    if !picked.isEmpty, form.asksEveryField, let prompt, prompt.firstMissing == nil {
      self.prompt?.focus = max(0, prompt.fields.count - 1)
    }
    if picked.isEmpty, kept == nil,
      let start = prompt?.fields.firstIndex(where: { $0.name == form.startsAt && !$0.value.isEmpty }
      )
    {
      prompt?.focus = start
    }
    guard let session, !session.isHidden else { return [] }
    // Above a form stands what the session's own screen shows.
    let isShown = path.contains { $0.session == session.id }
    let looks = isShown ? [] : looked(at: session)
    if form.signsOff { return looks }
    let mrn = session.opening.patient.mrn
    return looks + (pastDrugs(of: mrn) == nil ? [.recall(mrn: mrn)] : [])
  }

  /// Opens a prompt that follows from another one about the same session.
  mutating func ask(_ form: Form, about subject: Target.Subject? = nil, of done: Prompt) {
    prompt = Prompt(form: form, session: done.session, subject: subject)
    refreshPrompt()
  }

  /// Picks a value of a field as a user would, if the prompt has that field.
  mutating func pick(_ name: Field.Name, _ value: String) {
    guard let index = prompt?.fields.firstIndex(where: { $0.name == name }) else { return }
    prompt?.fields[index].picked = value
    prompt?.fields[index].isTouched = true
    refreshPrompt()
  }

  /// Types a text into a field as a user would, if the prompt has that field.
  mutating func type(_ name: Field.Name, _ text: String) {
    guard let index = prompt?.fields.firstIndex(where: { $0.name == name }) else { return }
    prompt?.fields[index].entry = TextEntry(text)
    prompt?.fields[index].isTouched = true
    refreshPrompt()
  }

  /// Makes the prompt's fields again from what is known now.
  ///
  /// - Parameter isPinned: whether the store or the clock changed and not the user. What the prompt
  ///   is about then stays as the user saw it.
  mutating func refreshPrompt(isPinned: Bool = false) {
    guard var prompt else { return }
    if let id = prompt.session,
      reading(of: id).map({ $0.isHidden && !prompt.form.opensRestricted }) ?? true
    {
      self.prompt = nil
      return
    }
    let doubt = prompt.doubt
    // Once more for each default that brings up other fields: an entry, what changes of it, its values.
    for _ in 0..<4 {
      let before = prompt.fields
      prompt.take(prompt.form.fields(context(of: prompt)), isPinned: isPinned)
      if before.elementsEqual(prompt.fields, by: { $0.isFilled(as: $1) }) { break }
    }
    // Another doubt is read from its beginning.
    if prompt.doubt != doubt {
      prompt.read = ReadProgress()
      prompt.scroll = 0
    }
    // A target that was still being read when the prompt opened is pinned when it first shows.
    if !isPinned || prompt.targets.isEmpty { prompt.pin(context(of: prompt)) }
    prompt.preview = nil
    self.prompt = prompt
  }

  func context(of prompt: Prompt) -> FormContext {
    FormContext(state: self, prompt: prompt, session: reading(of: prompt.session))
  }
}

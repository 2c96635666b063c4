import InfusionRecord
import SessionReview
import TimelineEngine

extension RecorderState {
  /// The form an intent opens, nil for intents that open none.
  func form(for intent: Intent) -> Form? {
    switch intent {
    case .openSession: .openSession
    case .startDrug: .start
    case .stopDrug: .stop
    case .pauseOrResume: .pauseOrResume
    case .givePush: .push
    case .giveInjection: .inject
    case .openSite: .openSite
    case .closeSite: .closeSite
    case .addNote: .note
    case .amend: .amend
    case .handOff: .handOff
    case .closeSession: .close
    case .reopenSession: .reopen
    case .undo: ownLastEntry.map { .undo($0) } ?? .undo(Event.ID(high: 0, low: 0))
    case .changeBag: .changeBag
    case .changeRate: .changeRate
    case .recordDoubleCheck: .doubleCheck
    case .flushDevice: .flush
    case .disconnectPump: .disconnectPump
    case .signOff: .signOff
    case .signOffClean: .signOffClean
    case .goToDay: .goToDay
    case .exportDays: .export
    case .writePacket: .packet
    default: nil
    }
  }

  /// The person's own last fact in the current session that can be withdrawn.
  private var ownLastEntry: Event.ID? {
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

  /// Opens a prompt, with some fields already picked.
  mutating func open(_ form: Form, picking picked: [Field.Name: String] = [:]) -> [Effect] {
    var effects: [Effect] = []
    var session: SessionID?
    if let refusal = refusal(of: form.act) {
      notice = Notice(.refused, refusal)
      return []
    }
    if isReadOnly, form.records {
      notice = told(RecorderState.readOnlySentence)
      return []
    }
    if form.isAboutSession {
      guard let current = currentSession else {
        notice = told("Choose a chair with a patient first.")
        return []
      }
      if let refusal = refusal(of: form, in: current) {
        notice = told(refusal)
        return []
      }
      session = current.id
      let mrn = current.opening.patient.mrn
      if pastDrugs[mrn] == nil, form != .signOff { effects.append(.recall(mrn: mrn)) }
    }
    var isKept = false
    if picked.isEmpty,
      let kept = keptPrompts.removeValue(forKey: KeptPrompt(form: form, session: session))
    {
      prompt = kept.offeredAgain
      isKept = true
      notice = told("What you typed before is still here; Ctrl-U empties a field.")
    } else {
      prompt = Prompt(form: form, session: session)
    }
    refreshPrompt()
    // A second pass for fields that appear only after the first were picked.
    for _ in 0..<2 {
      for (name, value) in picked { pick(name, value) }
    }
    // What is offered first is asked first; else what is missing.
    let isFirst = isKept || prompt?.fields.first?.offered != nil
    let missing = prompt?.firstMissing ?? 0
    prompt?.focus = isFirst ? 0 : missing
    return effects
  }

  static let readOnlySentence = "This screen only looks; nothing can be recorded here."

  /// Why a form makes no sense now; said instead of opening it.
  func refusal(of form: Form, in session: SessionReading) -> String? {
    let isOpen = session.status == .open
    switch form {
    case .reopen:
      if session.status == .reviewed, let refusal = self.refusal(of: .reopenReviewed) {
        return refusal
      }
      return isOpen ? "This session is open." : nil
    case .note, .confirmStop: return nil
    case .signOff:
      guard let row = review?.row(of: session.id) else {
        return "Sign off from the day's review: d on the board."
      }
      return row.offer == nil ? SignOffForm.refusal(of: row) : nil
    case .undo(let id):
      if id == Event.ID(high: 0, low: 0) { return "There is nothing of yours to undo here." }
      return isOpen ? nil : "This session is closed; r reopens it."
    default:
      if !isOpen { return "This session is closed; r reopens it." }
    }
    switch form {
    case .stop, .pauseOrResume, .changeBag, .changeRate:
      return session.running.isEmpty ? "Nothing runs in this session." : nil
    case .closeSite:
      return session.log.sites.contains { $0.closedAt == nil } ? nil : "No access site is open."
    case .doubleCheck:
      return session.recorded.administrations.isEmpty ? "Nothing was given yet." : nil
    default: return nil
    }
  }

  /// Makes the prompt's fields anew from what is known now.
  ///
  /// - Parameter isPinned: whether the store or the clock moved and no person did; what the prompt is
  ///   about stays as it was seen.
  mutating func refreshPrompt(isPinned: Bool = false) {
    guard var prompt else { return }
    if let id = prompt.session, reading(of: id) == nil {
      self.prompt = nil
      return
    }
    // Twice: a default picked in the first pass can bring up another field.
    for _ in 0..<2 {
      let context = FormContext(state: self, prompt: prompt, session: reading(of: prompt.session))
      prompt.take(prompt.form.kind.fields(context), isPinned: isPinned)
    }
    // What was still being read when the prompt opened is pinned as it is first shown.
    if !isPinned || prompt.targets.isEmpty {
      prompt.pin(FormContext(state: self, prompt: prompt, session: reading(of: prompt.session)))
    }
    self.prompt = prompt
  }

  /// What happened meanwhile to what the prompt is about; nil where it stands as it was seen.
  var overtaken: String? {
    prompt.flatMap {
      FormContext(state: self, prompt: $0, session: reading(of: $0.session)).overtaken
    }
  }

  /// What the prompt comes to, or why it cannot be recorded yet.
  public func promptReading() -> Result<Reading, FormProblem> {
    guard let prompt else { return .failure(FormProblem(nil, "")) }
    let context = FormContext(state: self, prompt: prompt, session: reading(of: prompt.session))
    if let sentence = context.overtaken { return .failure(FormProblem(nil, sentence)) }
    do throws(FormProblem) {
      let reading = try prompt.form.kind.reading(context)
      if let missing = prompt.firstMissing {
        let field = prompt.fields[missing]
        return .failure(FormProblem(field.name, "\(field.label) is needed."))
      }
      if let refusal = refusal(of: reading.drafts) {
        var problem = FormProblem(nil, refusal.sentence)
        problem.isRefusal = true
        return .failure(problem)
      }
      return .success(doubting(reading))
    } catch {
      return .failure(error)
    }
  }

  mutating func actInPrompt(_ intent: Intent) -> [Effect] {
    guard let form = prompt?.form, let focus = prompt?.focus else { return [] }
    switch intent {
    case .cancel:
      if let prompt,
        prompt.fields.contains(where: {
          $0.isTouched && !$0.entry.isEmpty || $0.picked != nil && $0.isTouched
        })
      {
        var isKept = true
        if case .confirmStop = form { isKept = false }
        if isKept { keptPrompts[KeptPrompt(form: form, session: prompt.session)] = prompt }
      }
      prompt = nil
      return []
    case .showHelp:
      help = HelpState(place: .prompt)
      return []
    case .confirm: return form.asksEveryField ? confirmInOrder() : confirm()
    case .record: return confirm()
    case .nextField, .previousField:
      // Tab leaves every field, whatever stands in it.
      takeHighlighted()
      moveFocus(by: intent == .nextField ? 1 : -1)
    case .nextChoice: choose(by: 1)
    case .previousChoice: choose(by: -1)
    default:
      guard prompt?.fields.indices.contains(focus) == true else { return [] }
      let before = prompt?.fields[focus].entry
      prompt?.fields[focus].entry.act(on: intent)
      if intent == .clearText { prompt?.fields[focus].picked = nil }
      if prompt?.fields[focus].entry != before || intent == .clearText {
        prompt?.fields[focus].isTouched = true
        prompt?.fields[focus].highlighted = 0
        prompt?.problem = nil
      }
    }
    refreshPrompt()
    return []
  }

  private mutating func moveFocus(by steps: Int) {
    guard let count = prompt?.fields.count, count > 0, let focus = prompt?.focus else { return }
    prompt?.focus = (focus + steps + count) % count
  }

  /// Moves the choice; where nothing is being typed the neighbouring value is picked at once.
  private mutating func choose(by steps: Int) {
    guard let focus = prompt?.focus, prompt?.fields.indices.contains(focus) == true,
      var field = prompt?.fields[focus]
    else { return }
    let matches = field.matches
    if matches.isEmpty || field.isSettled {
      moveFocus(by: steps)
      return
    }
    var position = field.highlighted
    if !field.isOpen {
      let current = matches.firstIndex { $0.value == field.picked }
      position = current ?? (steps > 0 ? -1 : matches.count)
    }
    position = min(max(0, position + steps), matches.count - 1)
    field.highlighted = position
    if !field.isOpen { field.picked = matches[position].value }
    field.isTouched = true
    prompt?.fields[focus] = field
    prompt?.problem = nil
  }

  /// Takes the highlighted option, or the text as it is where that is allowed; false where there is
  /// nothing of that name.
  @discardableResult
  mutating func takeHighlighted() -> Bool {
    guard let focus = prompt?.focus, prompt?.fields.indices.contains(focus) == true,
      var field = prompt?.fields[focus], field.isOpen
    else { return true }
    let matches = field.matches
    let typed = field.entry.text
    if matches.indices.contains(field.highlighted), !typed.isEmpty {
      field.picked = matches[field.highlighted].value
    } else if field.isFree {
      field.picked = typed
    } else {
      // Nothing of it stays: what is typed next begins anew.
      field.entry.clear()
      prompt?.fields[focus] = field
      prompt?.problem = "There is no \(typed) to choose; choose again."
      return false
    }
    field.entry.clear()
    field.highlighted = 0
    field.isTouched = true
    prompt?.fields[focus] = field
    prompt?.problem = nil
    refreshPrompt()
    return true
  }
}

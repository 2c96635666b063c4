import InfusionRecord

// The keys of a prompt: editing its fields, choosing, and Enter.

extension RecorderState {
  mutating func actInPrompt(_ intent: Intent) -> [Effect] {
    guard let form = prompt?.form, let focus = prompt?.focus else { return [] }
    switch intent {
    case .cancel:
      if let prompt, form.isKept,
        prompt.fields.contains(where: {
          $0.isTouched && !$0.entry.isEmpty || $0.picked != nil && $0.isTouched
        })
      {
        keptPrompts[KeptPrompt(prompt)] = prompt
      }
      prompt = nil
      return []
    case .showHelp:
      help = HelpState(place: .prompt)
      return []
    case .confirm: return form.asksEveryField ? confirmInOrder() : confirm()
    case .record: return confirm()
    case .nextField, .previousField:
      // Tab leaves every field, whatever it holds.
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
        prompt?.fields[focus].moved = nil
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

  /// Moves the choice. The neighbouring value is picked at once if nothing is being typed.
  private mutating func choose(by steps: Int) {
    guard let focus = prompt?.focus, prompt?.fields.indices.contains(focus) == true,
      var field = prompt?.fields[focus]
    else { return }
    let matches = field.matches
    if matches.isEmpty || field.isChosen {
      moveFocus(by: steps)
      return
    }
    var position = field.highlighted
    if !field.isOpen {
      let current = matches.firstIndex { $0.value == field.picked }
      position = current ?? (steps > 0 ? -1 : matches.count)
    }
    position = min(max(0, position + steps), matches.count - 1)
    field.moved = position
    if !field.isOpen { field.picked = matches[position].value }
    field.isTouched = true
    prompt?.fields[focus] = field
    prompt?.problem = nil
  }

  /// Takes the highlighted option, or the text itself if the field is free; false if neither fits.
  @discardableResult
  mutating func takeHighlighted() -> Bool {
    guard let focus = prompt?.focus, prompt?.fields.indices.contains(focus) == true,
      var field = prompt?.fields[focus], field.isOpen
    else { return true }
    let matches = field.matches
    let typed = field.entry.text
    if let reason = field.mustChoose, field.moved == nil {
      prompt?.problem = reason
      return false
    }
    if matches.indices.contains(field.highlighted), !typed.isEmpty {
      field.picked = matches[field.highlighted].value
    } else if field.isFree {
      field.picked = typed
    } else {
      // The text is dropped, so that the next one starts empty.
      field.entry.clear()
      prompt?.fields[focus] = field
      prompt?.problem = "There is no \(typed) to choose; choose again."
      return false
    }
    field.entry.clear()
    field.moved = nil
    field.isTouched = true
    prompt?.fields[focus] = field
    prompt?.problem = nil
    refreshPrompt()
    return true
  }

  /// Enter in a prompt: takes what is offered, goes to what is missing, or records.
  private mutating func confirm() -> [Effect] {
    guard let focused = prompt?.focused else { return submit() }
    if focused.isOpen {
      if takeHighlighted(), let missing = prompt?.firstMissing { prompt?.focus = missing }
      return []
    }
    // Nothing is taken or recorded for a target that changed.
    if isOvertakenNow { return submit() }
    if let first = focused.offered {
      // Enter on an empty choice takes the first offer. It never records by itself.
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
    return submit()
  }

  /// Enter in a form that asks every field: goes to the next field, and submits from the last.
  ///
  /// A choice that fills in every required field goes to the last field, so that two Enters add an
  /// expected patient.
  private mutating func confirmInOrder() -> [Effect] {
    guard let prompt, let focused = prompt.focused, prompt.focus < prompt.fields.count - 1,
      !isOvertakenNow
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
    if !focused.value.isEmpty, case .failure(let problem) = readPrompt(),
      problem.field == focused.name
    {
      self.prompt?.problem = problem.sentence
      return []
    }
    self.prompt?.problem = nil
    self.prompt?.focus = prompt.focus + 1
    return []
  }

  /// Whether what the prompt is about changed since the user saw it, read from the record now.
  private var isOvertakenNow: Bool { prompt.map { context(of: $0).overtaken != nil } ?? false }
}

import InfusionRecord
import TerminalCore

// The keys of a prompt: editing its fields, choosing, and Enter.

extension RecorderState {
  mutating func actInPrompt(_ intent: Intent) -> [Effect] {
    guard let form = prompt?.form, let focus = prompt?.focus else { return [] }
    switch intent {
    case .cancel:
      if let prompt, prompt.isFilledIn {
        if form.isKept { keptPrompts[KeptPrompt(prompt)] = prompt }
        notice = told(
          "Left: nothing was recorded"
            + (form.isKept
              ? ". The text is kept for this session." : ", and nothing is kept."))
      }
      prompt = nil
      return []
    case .showHelp:
      help = HelpState(place: .prompt)
      return []
    case .confirm where opensRecord, .record where opensRecord: return submit(by: intent)
    case .confirm: return form.asksEveryField ? confirmInOrder() : confirm()
    case .record: return confirm(by: .record)
    case .nextField, .previousField:
      // Tab leaves a field unless its text fits no row, or two.
      if take() { moveFocus(by: intent == .nextField ? 1 : -1) }
    case .pageUp: turnPage(by: -1)
    case .pageDown: turnPage(by: 1)
    case .nextChoice: moveHighlight(by: 1)
    case .previousChoice: moveHighlight(by: -1)
    default:
      guard prompt?.fields.indices.contains(focus) == true else { return [] }
      let before = prompt?.fields[focus].entry
      if form.asksEveryField { replaceFilledIn(intent) }
      prompt?.fields[focus].entry.act(on: intent.separatesScan ? .paste("<GS>") : intent)
      if intent == .clearText {
        prompt?.fields[focus].picked = nil
        prompt?.fields[focus].highlighted = nil
      }
      // Left and Right move in the text and leave the highlight where it is.
      if prompt?.fields[focus].entry.text != before?.text || intent == .clearText {
        prompt?.fields[focus].isTouched = true
        prompt?.fields[focus].highlighted = nil
        prompt?.problem = nil
      }
    }
    refreshPrompt()
    return []
  }

  /// Empties a field that the program filled in when the user types over it.
  private mutating func replaceFilledIn(_ intent: Intent) {
    guard let focus = prompt?.focus, prompt?.fields.indices.contains(focus) == true,
      let field = prompt?.fields[focus], !field.isChoice, !field.isTouched
    else { return }
    switch intent {
    case .type, .paste: prompt?.fields[focus].entry.clear()
    default: break
    }
  }

  /// Scrolls the question; without one, moves the highlight by a page of the list.
  private mutating func turnPage(by pages: Int) {
    guard let first = prompt?.scroll else { return }
    let last = scrolledLines
    let target = min(max(0, first + pages * scrollPage), last)
    if last == 0, prompt?.focused?.isListShown == true { return moveHighlight(by: 5 * pages) }
    prompt?.scroll = target
  }

  /// The lines of a page key in a prompt.
  private var scrollPage: Int {
    let shown = readWindows.map(\.rows).filter { $0 > 0 }.min() ?? size.rows
    return max(1, min(size.rows / 4, shown))
  }

  /// The lines that the prompt scrolls, less one.
  private var scrolledLines: Int {
    guard let prompt else { return 0 }
    let width = size.columns - 4
    if prompt.form.aside == .statement, let reading = reading(of: prompt.session) {
      let statement = PromptContext.statement(of: reading, glyphs: glyphs, width: width)
      return max(statement.count, PromptLines.question(self, prompt, width).count) - 1
    }
    return max(0, PromptLines.question(self, prompt, width).count - 1)
  }

  private mutating func moveFocus(by steps: Int) {
    guard let count = prompt?.fields.count, count > 0, let focus = prompt?.focus else { return }
    prompt?.focus = (focus + steps + count) % count
  }

  /// Moves the highlight of the focused list. No arrow leaves a field or changes another one.
  private mutating func moveHighlight(by steps: Int) {
    guard let focus = prompt?.focus, let field = prompt?.focused else { return }
    guard field.isChoice, !field.matches.isEmpty else {
      notice = told("Tab goes to the next field.")
      return
    }
    prompt?.fields[focus].moveHighlight(by: steps)
    prompt?.problem = nil
  }

  /// Takes the highlighted row, or the text itself if the field is free; false if neither fits.
  @discardableResult
  mutating func take() -> Bool {
    guard let focus = prompt?.focus, let field = prompt?.focused, field.isChoice else {
      return true
    }
    let typed = field.entry.text
    if let row = field.offered {
      prompt?.fields[focus].pick(row.value)
    } else if typed.isEmpty {
      // The highlighted row is picked already, or there is none.
      prompt?.fields[focus].highlighted = nil
      return true
    } else if field.isAmbiguous, !field.takesAmbiguous {
      prompt?.problem =
        "\(field.fitWords) fit \(typed): choose one with the arrows, or type on."
      return false
    } else if let reason = field.mustChoose {
      prompt?.problem = reason
      return false
    } else if let fault = scanFault(typed, in: field) {
      // The next scan starts in an empty field.
      prompt?.fields[focus].entry.clear()
      prompt?.problem = fault
      return false
    } else if field.isFree {
      prompt?.fields[focus].pick(typed)
    } else if let other = field.elsewhere, typed.contains(where: \.isNumber),
      let index = prompt?.fields.firstIndex(where: { $0.name == other.field })
    {
      prompt?.fields[focus].pick(other.row)
      prompt?.fields[index].entry = TextEntry(typed)
      prompt?.fields[index].isTouched = true
      prompt?.focus = index
    } else {
      // The text is dropped, so that the next one starts empty, and so is what was chosen before: the
      // user meant something else.
      prompt?.fields[focus].pick("")
      prompt?.fields[focus].picked = nil
      prompt?.problem = "There is no \(typed) to choose; choose again."
      return false
    }
    prompt?.problem = nil
    refreshPrompt()
    return true
  }

  /// Why a scan in the field of a drug or a container cannot be read; nil if it can, or if the text is no scan.
  private func scanFault(_ text: String, in field: Field) -> String? {
    guard field.name == .drug || field.name == .container, DrugBarcode.looksScanned(text) else {
      return nil
    }
    do throws(DrugBarcode.Fault) {
      _ = try DrugBarcode(text)
      return nil
    } catch {
      return
        "\(error.message) Scan it again, or type "
        + (field.name == .drug ? "the drug's name." : "2 x 100 mg.")
    }
  }

  /// Takes what is highlighted and goes on to the first field that is missing.
  private mutating func takeAndGoOn() {
    let taken = prompt?.focused
    guard take(), !stopsAtDrug(), !returnsToDoubted(after: taken) else { return }
    // One vial after the other is scanned without a key between them.
    if taken?.name == .container, let focus = prompt?.focus,
      prompt?.focused?.value.isEmpty == false,
      prompt?.fields.indices.contains(focus + 1) == true,
      prompt?.fields[focus + 1].name == .container
    {
      prompt?.focus = focus + 1
      return
    }
    if let missing = prompt?.firstMissing { prompt?.focus = missing }
  }

  /// Goes back to the field that a question is about after it was answered with no; false if it was not.
  private mutating func returnsToDoubted(after taken: Field?) -> Bool {
    guard taken?.name == .check, prompt?.focused?.name == .check, prompt?.focused?.value == "no",
      case .failure(let problem) = readPrompt(), problem.field != .check,
      let index = prompt?.fields.firstIndex(where: { $0.name == problem.field })
    else { return false }
    prompt?.problem = problem.sentence
    prompt?.focus = index
    return true
  }

  /// Says what is wrong with the drug before anything else is asked; false if nothing is.
  private mutating func stopsAtDrug() -> Bool {
    guard
      let index = prompt?.fields.firstIndex(where: { $0.name == .drug && !$0.value.isEmpty }),
      case .failure(let problem) = readPrompt(), problem.field == .drug,
      problem.cause == .incomplete
    else { return false }
    prompt?.problem = problem.sentence
    prompt?.focus = index
    return true
  }

  /// Enter in a prompt: takes the highlighted row, goes to what is missing, or records.
  ///
  /// It never takes and records at once, so that what is recorded has been on the screen.
  private mutating func confirm(by intent: Intent = .confirm) -> [Effect] {
    guard let focused = prompt?.focused else { return submit(by: intent) }
    if focused.isOpen {
      takeAndGoOn()
      return []
    }
    // Nothing is taken or recorded for a target that changed.
    if isOvertakenNow { return submit(by: intent) }
    if focused.offered != nil {
      takeAndGoOn()
      return []
    }
    if focused.isUnanswered {
      prompt?.problem = "Nothing is chosen yet: an arrow, a number or letters choose."
      return []
    }
    if stopsAtDrug() { return [] }
    if let missing = prompt?.firstMissing {
      let label = prompt?.fields[missing].label ?? ""
      if prompt?.focus == missing {
        prompt?.problem = "\(label) is needed."
      }
      prompt?.focus = missing
      return []
    }
    return submit(by: intent)
  }

  /// Whether the cursor is in the reason for which a restricted record is opened, before anything else is
  /// asked.
  private var opensRecord: Bool {
    prompt?.focused?.name == .glass && prompt?.focused?.value.isEmpty == false
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
      if take() { goOn(from: prompt.focus) }
      return []
    }
    if focused.offered != nil {
      if take() { goOn(from: prompt.focus) }
      return []
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

  /// Goes to the next field; after a plan was taken to what it leaves open, otherwise to the last.
  private mutating func goOn(from focus: Int) {
    guard let prompt else { return }
    let isPlan = prompt.fields[focus].name == .expected
    self.prompt?.focus = isPlan ? prompt.firstMissing ?? prompt.fields.count - 1 : focus + 1
  }

  /// Whether what the prompt is about changed since the user saw it, read from the record now.
  private var isOvertakenNow: Bool { prompt.map { context(of: $0).overtaken != nil } ?? false }
}

import InfusionRecord
import PlainText
import TerminalCore

/// A prompt as lines of text, with the position of the cursor.
struct PromptLines {
  private(set) var lines: [StyledText] = []
  private(set) var cursor: Point?
  /// The lines of the focused field's list, each with the row it belongs to.
  private(set) var listRows: [(line: Int, value: String)] = []
  /// The title and target, before the fields.
  private(set) var question: [StyledText] = []
  /// What would be recorded, or what is missing, after the fields.
  private(set) var foot: [StyledText] = []
  /// The part of the question that is shown.
  private(set) var window: ReadWindow
  private let width: Int
  private let labelWidth: Int
  private let glyphs: Glyphs

  /// - Parameter rows: the rows available. Choices are left out first, then fields far from the focus.
  init(state: RecorderState, prompt: Prompt, width: Int, rows: Int) {
    self.width = max(20, width)
    glyphs = state.glyphs
    labelWidth = PromptLines.labelWidth(prompt)
    var foot = PromptLines.foot(state, prompt, self.width)
    if rows < 9, foot.first?.isEmpty == true { foot.removeFirst() }
    // An unanswered question on a few rows needs them for its answers.
    if rows < 5, prompt.problem == nil, prompt.focused?.isListShown == true,
      case .failure(let problem) = prompt.preview, problem.cause == .incomplete
    {
      foot = []
    }
    question = PromptLines.question(state, prompt, self.width)
    self.foot = foot
    let fieldRows = PromptLines.fieldRows(prompt, width: self.width)
    // A long question leaves room for the answers, so that none is hidden above the others.
    let listed = prompt.focused.map { $0.isListShown ? min($0.matches.count, 3) : 0 } ?? 0
    let questionRows = max(2, rows - foot.count - min(fieldRows + listed, 4))
    let head = PromptLines.window(question, rows: questionRows, from: prompt.scroll, glyphs)
    window = PromptLines.readWindow(question.count, rows: questionRows, from: prompt.scroll)
    // What is recorded is always shown whole; the fields keep the row with the cursor.
    let room = max(1, rows - head.count - foot.count)
    let choices = min(8, max(4, room - fieldRows))
    var body: [StyledText] = []
    var focusRows = 0..<1
    // What the form is about stays in sight while another field has the list.
    var pinned = 0
    for (index, field) in prompt.fields.enumerated() {
      let start = body.count
      add(field, isFocused: index == prompt.focus, to: &body)
      if index == 0, prompt.focus > 0, field.isTarget, body.count + 4 <= room {
        pinned = body.count
      }
      guard index == prompt.focus else { continue }
      // The label stays in sight, so rows of two lines are fewer.
      let left = room - pinned - (body.count - start)
      var limit = min(choices, max(2, left))
      var list = choiceLines(field, limit)
      while list.count > max(2, left), limit > 1 {
        limit -= 1
        list = choiceLines(field, limit)
      }
      let above = body.count
      listRows = list.enumerated().compactMap { offset, line in
        line.value.map { (line: above + offset, value: $0) }
      }
      body += list.map(\.text)
      focusRows = start..<body.count
    }
    // If that is still too much, the window follows the focus.
    if body.count > room {
      let top = max(0, min(focusRows.lowerBound, focusRows.upperBound - room, body.count - room))
      // Of a field that is longer than the room its list is shown.
      let first =
        focusRows.count > room
        ? focusRows.upperBound - room
        : min(max(top, focusRows.upperBound - room), focusRows.lowerBound)
      let from = max(0, min(first + pinned, body.count - room + pinned))
      let start = max(from, pinned)
      let end = min(body.count, from + room - pinned)
      body = Array(body[..<pinned] + body[start..<end])
      listRows = listRows.filter { (start..<end).contains($0.line) }
        .map { (line: $0.line - start + pinned, value: $0.value) }
      cursor?.row -= start - pinned
    }
    cursor?.row += head.count
    listRows = listRows.map { (line: $0.line + head.count, value: $0.value) }
    lines = head + body + foot
  }

  /// The part of a long question that fits, with the number of lines below.
  private static func window(
    _ lines: [StyledText], rows: Int, from first: Int, _ glyphs: Glyphs
  ) -> [StyledText] {
    let window = readWindow(lines.count, rows: rows, from: first)
    guard lines.count > rows else { return lines }
    let end = window.first + window.rows
    let below = lines.count - end
    let mark = below > 0 ? "\(glyphs.down) \(below) more lines, PgDn" : "\(glyphs.up) PgUp"
    return Array(lines[window.first..<end]) + [StyledText(mark, .muted)]
  }

  private static func readWindow(_ count: Int, rows: Int, from first: Int) -> ReadWindow {
    guard count > rows else { return ReadWindow(first: 0, rows: count, count: count) }
    return ReadWindow(
      first: min(max(0, first), count - rows + 1), rows: rows - 1, count: count)
  }

  // MARK: Fields

  private static func labelWidth(_ prompt: Prompt) -> Int {
    let short = prompt.fields.map { DisplayWidth.of($0.label) }.filter { $0 <= 14 }
    return (short.max() ?? 0) + 3
  }

  /// The rows of all fields without their lists.
  static func fieldRows(_ prompt: Prompt, width: Int) -> Int {
    let labelWidth = labelWidth(prompt)
    return prompt.fields.reduce(0) { rows, field in
      guard DisplayWidth.of(field.label) > labelWidth - 3 else { return rows + 1 }
      return rows + StyledText(field.label).wrapped(to: width, indent: 2).count + 1
    }
  }

  private func isLong(_ field: Field) -> Bool { DisplayWidth.of(field.label) > labelWidth - 3 }

  private mutating func add(_ field: Field, isFocused: Bool, to body: inout [StyledText]) {
    var line = StyledText()
    if isLong(field) {
      body += StyledText(field.label, isFocused ? .heading : .text).wrapped(to: width, indent: 2)
      line.append("  ")
    } else {
      line = StyledText(field.label, isFocused ? .heading : .muted).padded(to: labelWidth)
    }
    let start = line.columns
    let isText = !field.isChoice || !field.entry.isEmpty
    if isFocused && isText {
      let before = String(field.entry.text.prefix(field.entry.cursor)).printable
      cursor = Point(column: start + DisplayWidth.of(before), row: body.count)
      line.append(field.entry.text, .field)
      if field.entry.isEmpty { line.append(field.hint, .muted) }
    } else {
      if isFocused { cursor = Point(column: start, row: body.count) }
      let missing = field.hint.isEmpty && field.isRequired ? "needed" : field.hint
      let shown = field.shown
      if shown.isEmpty {
        line.append(missing, .muted)
      } else {
        line.append(shown, isFocused ? .text.bold : .text)
      }
    }
    body += line.wrapped(to: width, indent: min(start, width / 2))
  }

  /// A line of the focused field's list; the value is that of its row.
  private struct ChoiceLine {
    var text: StyledText
    var value: String?
  }

  /// The choices around the highlighted one.
  private func choiceLines(_ field: Field, _ limit: Int) -> [ChoiceLine] {
    guard field.isListShown else { return [] }
    let matches = field.matches
    let margin = String(repeating: " ", count: isLong(field) ? 2 : max(0, labelWidth - 2))
    if matches.isEmpty {
      let isTyped = !field.entry.isEmpty
      let text =
        !field.isFree
        ? "no such choice" : isTyped ? "not in the list; Enter takes it as typed" : "type it"
      return [ChoiceLine(text: StyledText(margin + "  " + text, isTyped ? .attention : .muted))]
    }
    if matches.count == 1, !field.isOpen, field.picked == matches[0].value { return [] }
    let choices = ChoiceRows(field, limit: limit)
    let nameWidth = min(
      40, choices.rows.reduce(0) { max($0, DisplayWidth.of($1.option.label.printable)) })
    let isNumbered = choices.rows.contains { $0.number != nil }
    var lines: [ChoiceLine] = []
    for row in choices.rows {
      var line = StyledText(margin)
      line.append(row.isHighlighted ? "\(glyphs.pointer) " : "  ", .key)
      if isNumbered { line.append(row.number.map { "\($0) " } ?? "  ", .key) }
      let indent = line.columns
      line = line + StyledText(row.option.label, row.isHighlighted ? .text.selected : .text)
      if !row.details.isEmpty {
        line = line.padded(to: indent + nameWidth)
        line.append("  " + row.details.joined(separator: "  "), .muted)
      }
      lines += line.wrapped(to: width, indent: indent + 2).map {
        ChoiceLine(text: $0, value: row.option.value)
      }
    }
    if choices.hidden > 0, !lines.isEmpty {
      lines[lines.count - 1].text.append("   \(glyphs.down) \(choices.hidden) more", .muted)
    }
    return lines
  }

  // MARK: Head and foot

  static func question(
    _ state: RecorderState, _ prompt: Prompt, _ width: Int
  ) -> [StyledText] {
    let text = prompt.form.question(state.context(of: prompt))
    if text.isEmpty { return [] }
    let parts = text.split(separator: "\n")
    let lines = parts.flatMap {
      StyledText(String($0), .text.bold).wrapped(to: width, indent: parts.count > 1 ? 2 : 0)
    }
    return prompt.fields.isEmpty ? lines : lines + [StyledText()]
  }

  /// What would be recorded, or what is missing.
  private static func foot(
    _ state: RecorderState, _ prompt: Prompt, _ width: Int
  ) -> [StyledText] {
    var lines = [StyledText()]
    func add(_ text: StyledText) { lines += text.wrapped(to: width, indent: 2) }
    let mark = "\(state.glyphs.needsPerson) "
    if case .failure(let problem) = prompt.preview, problem.cause == .overtaken {
      add(StyledText(mark + problem.sentence, .error))
      return lines
    }
    if let focused = prompt.focused, let offered = focused.offered {
      add(StyledText("Enter takes the choice: \(offered.label)", .muted))
    } else if let focused = prompt.focused, focused.isAmbiguous {
      add(StyledText("\(focused.fitWords) fit; an arrow chooses, or type on.", .muted))
    } else {
      switch prompt.preview {
      case .success(let preview):
        var text = StyledText("Will \(prompt.form.verb(prompt)): ", .muted)
        text.append(preview.reading.sentence, .text.bold)
        add(text)
        for line in preview.reading.difference { add(StyledText(line, .muted)) }
        for line in preview.reading.warnings { add(StyledText(mark + line, .attention)) }
      case .failure(let problem) where prompt.problem == nil:
        if problem.cause == .refused {
          add(StyledText(mark + problem.sentence, .error))
        } else if let focused = prompt.focused, focused.isRequired, focused.value.isEmpty,
          problem.field != focused.name
        {
          // What is asked first is what the cursor is in.
          add(StyledText("\(focused.label) is needed.", .muted))
        } else {
          add(StyledText(problem.sentence, .muted))
        }
      case .failure, nil: break
      }
    }
    if let problem = prompt.problem { add(StyledText(mark + problem, .error)) }
    return lines
  }
}

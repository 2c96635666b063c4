import InfusionRecord
import TerminalCore

extension RecorderState {
  func plainHelp(_ page: inout PlainPage) {
    guard let help else { return }
    page.head = [StyledText("Keys: \(help.place.title)", .heading)]
    let words = Formulary.fold(help.filter.text).split(separator: " ")
    for row in keymap.rows(in: help.place) where !row.keys.isEmpty {
      let text = Formulary.fold("\(row.keyNames) \(row.help) \(row.name)")
      guard words.allSatisfy({ text.contains($0) }) else { continue }
      page.add("\(row.keyNames): \(row.help)")
    }
    if page.rows.isEmpty { page.add("No key matches.") }
    page.first = min(help.first, max(0, page.rows.count - 1))
    if help.isFinding {
      page.add(StyledText("Find: " + help.filter.text), isFocused: true)
      page.typingColumn = typing(help.filter, after: "Find: ")
    }
    page.announcement = StyledText("\(keymap.keyName(of: .leave, in: .help)) leaves help.")
  }

  func plainPalette(_ page: inout PlainPage) {
    guard let palette else { return }
    if screen != .board, let session = currentSession { page.head = plainBanner(session) }
    let rows = paletteRows
    let line = "Do: "
    page.add(StyledText(line + palette.entry.text), isFocused: true)
    page.typingColumn = typing(palette.entry, after: line)
    for (index, row) in rows.enumerated() {
      let key = row.keys.first.map { ", key \($0)" } ?? ""
      page.add("\(index == palette.highlighted ? "Enter does: " : "")\(row.name)\(key)")
    }
    let chosen = rows.indices.contains(palette.highlighted) ? rows[palette.highlighted].name : nil
    page.announcement = StyledText(
      chosen.map { "\($0), \(palette.highlighted + 1) of \(rows.count)" } ?? nothingInPalette)
  }

  func plainPrompt(_ page: inout PlainPage) {
    guard let prompt else { return }
    page.head = reading(of: prompt.session).map(plainBanner) ?? []
    if let message { page.head.append(StyledText(message.text, message.style)) }
    page.head.append(StyledText(prompt.form.title, .heading))
    let lines = PromptLines(state: self, prompt: prompt, width: 2000, rows: 2000)
    if prompt.form.aside == .statement, let reading = reading(of: prompt.session) {
      let statement = PromptContext.statement(of: reading, glyphs: glyphs, width: 2000)
      for line in statement where !line.isEmpty { page.add(line) }
    }
    for line in lines.question where !line.isEmpty { page.add(line) }
    for (index, field) in prompt.fields.enumerated() {
      let isFocused = index == prompt.focus
      let label = field.label.hasSuffix(".") ? "\(field.label) " : "\(field.label): "
      var text = StyledText(label, isFocused ? .heading : .text)
      let shown = field.shown
      let missing = field.hint.isEmpty && field.isRequired ? "needed" : field.hint
      text.append(shown.isEmpty ? missing : shown)
      page.add(text, isFocused: isFocused)
      guard isFocused else { continue }
      let isText = !field.isChoice || !field.entry.isEmpty
      page.typingColumn = isText ? typing(field.entry, after: label) : label.count
      addChoices(of: field, to: &page)
    }
    // Page Down reads the statement line by line.
    if prompt.scroll > 0 || prompt.read.isPaging {
      page.first = prompt.scroll
      page.focus = nil
    }
    // A refusal is read first.
    let foot = RecorderState.joined(lines.foot)
    page.announcement =
      isOvertaken ? foot : prompt.problem.map { StyledText($0, .error) } ?? foot
  }

  /// The choices of a field, one a line. The highlighted one says so.
  private func addChoices(of field: Field, to page: inout PlainPage) {
    guard field.isListShown else { return }
    let choices = ChoiceRows(field, limit: 8)
    for row in choices.rows {
      let words = ([row.option.label] + row.details).joined(separator: ", ")
      let number = row.number.map { " \($0)" } ?? ""
      page.add(
        StyledText(
          "  \(row.isHighlighted ? "Chosen" : "Choice")\(number): \(words)", .muted))
    }
    if choices.rows.isEmpty {
      page.add("  No such choice\(field.isFree ? "; taken as typed" : "")")
    }
  }

  /// Lines joined as sentences, each with a full stop.
  private static func joined(_ lines: [StyledText]) -> StyledText {
    var whole = StyledText()
    for line in lines {
      // The attention mark is a blank in plain mode.
      let words = line.plain.split(separator: " ").joined(separator: " ")
      if words.isEmpty { continue }
      if !whole.isEmpty { whole.append(whole.plain.last == "." ? " " : ". ") }
      whole.append(words, line.spans.last?.style ?? .text)
    }
    return whole
  }
}

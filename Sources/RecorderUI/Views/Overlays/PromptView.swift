import TerminalCore

extension RecorderState {
  /// The form over the lower part of the screen: fields, the choices of the focused field, and what
  /// Enter would record.
  ///
  /// Above it stay the banner and what the form is about: the session it changes, or the rows of the
  /// board or the review. The form does not move while a field is filled in, unless what Enter records
  /// would be cut.
  func drawPrompt(in frame: inout Frame) {
    guard let prompt else { return }
    let session = sessionShown(by: prompt)
    let head = session.map { drawBanner($0, in: &frame) } ?? 0
    let layout = PromptLayout(self, prompt, headRows: head)
    let told = layout.told
    if let context = layout.context {
      context.draw(in: layout.above, of: &frame)
    } else if layout.above.rows > 0 {
      drawScreen(above: layout.above.endRow, in: &frame)
    }
    drawForm(prompt, layout, of: &frame)
    if let message {
      let rect = Rect(
        column: 1, row: size.rows - 1 - told, columns: size.columns - 2, rows: told)
      frame.draw(StyledText(message.text, message.style), in: rect)
    }
    drawKeys(in: &frame)
  }

  /// The session above a form; nil if the form is about none, or about one that is hidden.
  func sessionShown(by prompt: Prompt) -> SessionReading? {
    guard let session = reading(of: prompt.session), !session.isHidden else { return nil }
    return session
  }

  private func drawForm(_ prompt: Prompt, _ layout: PromptLayout, of frame: inout Frame) {
    let area = layout.area
    frame.fill(Rect(column: 0, row: area.row, columns: size.columns, rows: size.rows - area.row))
    drawTitle(prompt.form.title, in: area, isFocused: true, of: &frame)
    let inside = layout.inside
    let content = PromptLines(state: self, prompt: prompt, width: layout.width, rows: inside.rows)
    for (offset, line) in content.lines.prefix(inside.rows).enumerated() {
      frame.put(line, at: Point(column: inside.column, row: inside.row + offset), clip: inside)
    }
    if usesMouse, let field = prompt.focused {
      for choice in content.listRows {
        frame.mark(
          Rect(
            column: inside.column, row: inside.row + choice.line, columns: inside.columns, rows: 1),
          ClickTarget.choice(field.name, subject: field.subject, value: choice.value), clip: inside)
      }
    }
    frame.cursor = Point(column: inside.column, row: inside.row)
    guard let cursor = content.cursor else { return }
    frame.cursor = Point(
      column: min(inside.endColumn - 1, inside.column + cursor.column),
      row: max(inside.row, min(inside.endRow - 1, inside.row + cursor.row)))
    frame.isTyping = true
  }

  /// The screen under the form, laid out for the rows that stay visible.
  private func drawScreen(above row: Int, in frame: inout Frame) {
    var under = self
    under.prompt = nil
    // What lies under a form is not to be clicked.
    under.usesMouse = false
    under.notice = nil
    under.awaited = nil
    // The form covers the summary and the keys.
    under.size = Size(columns: size.columns, rows: row + Layout.footRows - 1)
    under.clampSelections()
    under.drawScreen(in: &frame)
  }

  func drawBox(_ box: Rect, title: String, in frame: inout Frame) {
    // The box hides the whole screen except the banner.
    frame.fill(
      Rect(column: 0, row: box.row, columns: size.columns, rows: size.rows - box.row))
    guard box.columns > 3, box.rows > 1 else { return }
    let last = box.endRow - 1
    frame.fill(box.top(1), with: glyphs.horizontal, style: .line)
    frame.fill(box.bottom(1), with: glyphs.horizontal, style: .line)
    frame.fill(box.left(1), with: glyphs.vertical, style: .line)
    frame.fill(box.right(1), with: glyphs.vertical, style: .line)
    func corner(_ glyph: Character, _ column: Int, _ row: Int) {
      frame.put(String(glyph), at: Point(column: column, row: row), .line)
    }
    corner(glyphs.topLeft, box.column, box.row)
    corner(glyphs.topRight, box.endColumn - 1, box.row)
    corner(glyphs.bottomLeft, box.column, last)
    corner(glyphs.bottomRight, box.endColumn - 1, last)
    frame.put(" \(title) ", at: Point(column: box.column + 2, row: box.row), .heading, clip: box)
  }
}

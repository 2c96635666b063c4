import TerminalCore

extension RecorderState {
  /// The form over the lower part of the screen: fields, the choices of the focused field, and what
  /// Enter would record.
  ///
  /// Above it stay the banner and what the form is about: the session it changes, or the rows of the
  /// board or the review. The form does not move while a field is filled in.
  func drawPrompt(in frame: inout Frame) {
    guard let prompt else { return }
    let told = noticeRows
    let session = reading(of: prompt.session)
    let head = session.map { drawBanner($0, in: &frame) } ?? 0
    let room = Rect(size).droppingTop(head).droppingBottom(1 + told)
    let width = size.columns - 4
    // The fields, the title, and room for a list and for what is recorded.
    let reserved = 9 + PromptLines.fieldRows(prompt, width: width)
    var above = room.top(max(room.rows - reserved, room.rows * (session == nil ? 8 : 9) / 20))
    if let session {
      let context = PromptContext(session, prompt, state: self)
      above = above.top(context.rows)
      context.draw(in: above, of: &frame)
    } else {
      drawScreen(above: above.endRow, in: &frame)
    }
    let area = room.droppingTop(above.rows)
    drawForm(prompt, in: area, width: width, of: &frame)
    if let notice {
      let rect = Rect(
        column: 1, row: size.rows - 1 - told, columns: size.columns - 2, rows: told)
      frame.draw(StyledText(notice.text, notice.style), in: rect)
    }
    drawKeys(in: &frame)
  }

  private func drawForm(
    _ prompt: Prompt, in area: Rect, width: Int, of frame: inout Frame
  ) {
    frame.fill(Rect(column: 0, row: area.row, columns: size.columns, rows: size.rows - area.row))
    drawTitle(prompt.form.title, in: area, isFocused: true, of: &frame)
    let inside = area.droppingTop(1).inset(columns: 2)
    let content = PromptLines(state: self, prompt: prompt, width: width, rows: inside.rows)
    for (offset, line) in content.lines.prefix(inside.rows).enumerated() {
      frame.put(line, at: Point(column: inside.column, row: inside.row + offset), clip: inside)
    }
    frame.cursor = Point(column: inside.column, row: inside.row)
    guard let cursor = content.cursor else { return }
    frame.cursor = Point(
      column: min(inside.endColumn - 1, inside.column + cursor.column),
      row: max(inside.row, min(inside.endRow - 1, inside.row + cursor.row)))
    frame.isTyping = true
  }

  /// The rows of the last message.
  private var noticeRows: Int { notice == nil ? 0 : furtherMessageRows + 1 }

  /// The screen under the form, laid out for the rows that stay visible.
  private func drawScreen(above row: Int, in frame: inout Frame) {
    var under = self
    under.prompt = nil
    under.notice = nil
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

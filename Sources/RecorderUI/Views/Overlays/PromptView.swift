import TerminalCore

extension RecorderState {
  /// The form over the screen: fields, the choices of the focused field, and what Enter would
  /// record. The banner stays visible above it.
  func drawPrompt(in frame: inout Frame) {
    guard let prompt else { return }
    let top = reading(of: prompt.session).map { drawBanner($0, in: &frame) } ?? 2
    let area = Rect(size).droppingTop(top).droppingBottom(1)
    let content = PromptLines(
      state: self, prompt: prompt, width: area.columns - 6, rows: area.rows - 2)
    let box = Rect(
      column: 1, row: area.row, columns: area.columns - 2,
      rows: min(area.rows, content.lines.count + 2))
    drawBox(box, title: prompt.form.title, in: &frame)
    let inside = box.inset(columns: 2, rows: 1)
    for (offset, line) in content.lines.prefix(inside.rows).enumerated() {
      frame.put(line, at: Point(column: inside.column, row: inside.row + offset), clip: inside)
    }
    if let cursor = content.cursor {
      frame.cursor = Point(
        column: min(inside.endColumn - 1, inside.column + cursor.column),
        row: min(inside.endRow - 1, inside.row + cursor.row))
      frame.isTyping = true
    }
    drawNotice(below: box, in: &frame)
    drawKeys(in: &frame)
  }

  /// The last message, above the keys, if the form leaves room for it.
  private func drawNotice(below box: Rect, in frame: inout Frame) {
    guard let notice else { return }
    let rows = furtherMessageRows + 1
    let area = Rect(column: 1, row: size.rows - 1 - rows, columns: size.columns - 2, rows: rows)
    guard area.row >= box.endRow else { return }
    frame.draw(StyledText(notice.text, notice.style), in: area)
  }

  func drawBox(_ box: Rect, title: String, in frame: inout Frame) {
    // The form hides the whole screen except the banner.
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

import PlainText
import TerminalCore

// What the lists of the board and of the review share.

extension RecorderState {
  /// The number of rows below the window, on the rule that ends the list.
  func drawMore(_ count: Int, below list: Rect, in frame: inout Frame) {
    guard count > 0, message == nil else { return }
    frame.putRight(
      StyledText(" \(glyphs.down) \(count) more ", .muted),
      in: Rect(column: 0, row: list.endRow, columns: list.columns - 3, rows: 1))
  }

  /// The filter of a list, in place of the summary. A message goes first, unless the user is typing.
  ///
  /// - Parameter counts: what the filter shows, in words.
  func drawFilter(
    _ filter: TextEntry, isTyping: Bool, _ counts: @autoclosure () -> String, in frame: inout Frame
  ) {
    guard isTyping || (!filter.isEmpty && message == nil) else { return }
    let row = size.rows - 2
    let line = Rect(column: 1, row: row, columns: size.columns - 2, rows: 1)
    frame.fill(Rect(column: 0, row: row, columns: size.columns, rows: 1))
    drawFind(filter, isTyping: isTyping, in: line, of: &frame)
    let hint = isTyping ? "" : "; Esc shows all"
    frame.putRight(StyledText(counts() + hint, .muted), in: line)
  }

  /// The text field of the filter.
  func drawFind(_ entry: TextEntry, isTyping: Bool, in line: Rect, of frame: inout Frame) {
    frame.put(
      StyledText([Span("Find ", .heading), Span(entry.text, .field)]),
      at: Point(column: line.column, row: line.row), clip: line)
    guard isTyping else { return }
    let before = String(entry.text.prefix(entry.cursor)).printable
    frame.cursor = Point(
      column: min(line.endColumn - 1, line.column + 5 + DisplayWidth.of(before)), row: line.row)
    frame.isTyping = true
  }
}

extension Frame {
  /// The head of a list's column; if a width is given, it ends where a column of that width ends.
  mutating func putHead(_ text: String, _ column: Int, rightIn width: Int = 0) {
    let start = width > 0 ? column + width - text.count : column
    put(text, at: Point(column: start, row: 2), .muted)
  }
}

extension StyledText {
  /// The first two of `count` concerns, and the number of the others.
  static func concerns(_ texts: [String], of count: Int) -> [StyledText] {
    var lines = texts.prefix(2).map { StyledText($0, .attention) }
    if count > 2, lines.count == 2 { lines[1].append(" (and \(count - 2) more)", .attention) }
    return lines
  }
}

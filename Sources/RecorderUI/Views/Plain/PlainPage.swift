import TerminalCore
import TimelineEngine

/// A screen as lines of plain sentences, for screen readers.
///
/// There are no boxes, columns or pictures: one thing a line, in reading order, from the left
/// margin. The hardware cursor is on the line that the next key acts on, or in the text field,
/// because a screen reader reads there. The bottom line shows the last message, or what Enter would
/// record. The keys are those of the other screens.
///
/// ```
///  who, where, when
///  one row a line; moving the focus scrolls
///  …
///  the last message
/// ```
struct PlainPage {
  /// Lines that stay at the top: the screen's name, or the patient's two identifiers.
  var head: [StyledText] = []
  var rows: [StyledText] = []
  /// The row that the next key acts on.
  var focus: Int?
  /// Characters before the cursor in the focused row; nil if it is no text field.
  var typingColumn: Int?
  var announcement = StyledText()
  /// The first row shown if none has the focus.
  var first = 0

  /// Adds a row and returns its position.
  @discardableResult
  mutating func add(_ text: StyledText, isFocused: Bool = false) -> Int {
    if isFocused { focus = rows.count }
    rows.append(isFocused ? text.allSelected : text)
    return rows.count - 1
  }

  mutating func add(_ text: String, _ style: Style = .text, isFocused: Bool = false) {
    add(StyledText(text, style), isFocused: isFocused)
  }

  /// Draws all lines, wrapped and never cut, with the focused row visible.
  func draw(in frame: inout Frame) {
    let width = frame.size.columns
    let (top, foot, area) = parts(in: frame.size)
    let footRows = frame.size.rows - area.endRow
    for (row, line) in top.enumerated() { frame.put(line, at: Point(column: 0, row: row)) }

    let (lines, starts) = wrapped(to: width)
    let start = start(lines.count, starts, rows: area.rows)
    if let focus, starts.indices.contains(focus) {
      let from = starts[focus]
      frame.cursor = Point(column: 0, row: area.row + from - start)
      if let typingColumn {
        let column = max(0, typingColumn)
        frame.cursor = Point(
          column: column % max(1, width), row: area.row + from - start + column / max(1, width))
        frame.isTyping = true
      }
    } else {
      frame.cursor = Point(column: 0, row: area.row)
    }
    for (offset, line) in lines.dropFirst(start).prefix(max(0, area.rows)).enumerated() {
      frame.put(line, at: Point(column: 0, row: area.row + offset))
    }
    for (offset, line) in foot.prefix(footRows).enumerated() {
      frame.put(line, at: Point(column: 0, row: frame.size.rows - footRows + offset))
    }
    if let cursor = frame.cursor, !frame.bounds.contains(cursor) {
      frame.cursor = Point(
        column: min(max(0, cursor.column), max(0, width - 1)),
        row: min(max(0, cursor.row), max(0, frame.size.rows - 1)))
    }
  }

  /// The part of the rows that `draw` shows, in lines.
  func window(in size: Size) -> ReadWindow {
    let (_, _, area) = parts(in: size)
    let (lines, starts) = wrapped(to: size.columns)
    let start = start(lines.count, starts, rows: area.rows)
    return ReadWindow(
      first: start, rows: max(0, min(area.rows, lines.count - start)), count: lines.count)
  }

  private func parts(
    in size: Size
  ) -> (top: [StyledText], foot: [StyledText], area: Rect) {
    let top = head.flatMap { $0.wrapped(to: size.columns, indent: 2) }
    let foot = announcement.wrapped(to: size.columns, indent: 2)
    let footRows = min(max(1, foot.count), 4)
    return (top, foot, Rect(size).droppingTop(top.count).droppingBottom(footRows))
  }

  /// All lines, and the first line of each row.
  private func wrapped(to width: Int) -> (lines: [StyledText], starts: [Int]) {
    var lines: [StyledText] = []
    var starts: [Int] = []
    for row in rows {
      starts.append(lines.count)
      lines += row.isEmpty ? [row] : row.wrapped(to: width, indent: 2)
    }
    return (lines, starts)
  }

  /// The first line shown: the whole focused row, and as many lines above it as fit.
  private func start(_ count: Int, _ starts: [Int], rows: Int) -> Int {
    guard let focus, starts.indices.contains(focus) else {
      return min(max(0, first), max(0, count - 1))
    }
    let to = focus + 1 < starts.count ? starts[focus + 1] : count
    return min(starts[focus], max(0, to - rows))
  }
}

extension StyledText {
  /// The text in the style of the selected row.
  fileprivate var allSelected: StyledText {
    StyledText(spans.map { Span($0.text, $0.style.selected) })
  }
}

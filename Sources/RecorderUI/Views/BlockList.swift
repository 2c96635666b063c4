import TerminalCore

/// A list of blocks of lines in a panel. The selected block is always visible.
struct BlockList {
  let blocks: [[StyledText]]
  let selected: Int?
  let isFocused: Bool
  let glyphs: Glyphs
  /// What a click on each block selects; empty if clicks select nothing here.
  var targets: [ClickTarget] = []

  var rows: Int { blocks.reduce(0) { $0 + $1.count } }

  func draw(in rect: Rect, of frame: inout Frame) {
    guard !rect.isEmpty else { return }
    // If the blocks do not all fit, the last row says how many there are.
    let isCut = rows > rect.rows && rect.rows > 1
    let area = isCut ? rect.droppingBottom(1) : rect
    var cursor = ListCursor<Int>()
    cursor.scroll(
      heights: { blocks[$0].count }, count: blocks.count, rows: area.rows,
      selectedAt: selected ?? 0)
    var row = area.row
    var index = cursor.first
    while index < blocks.count, row < area.endRow {
      for (offset, line) in blocks[index].enumerated() where row + offset < area.endRow {
        frame.put(line, at: Point(column: area.column, row: row + offset), clip: area)
      }
      if targets.indices.contains(index) {
        frame.mark(
          Rect(
            column: area.column, row: row, columns: area.columns, rows: blocks[index].count),
          targets[index], clip: area)
      }
      if index == selected, isFocused {
        frame.cursor = Point(column: area.column, row: row)
        frame.emphasize(
          Rect(
            column: area.column, row: row,
            columns: min(area.columns, blocks[index].first?.columns ?? 0), rows: 1), .selected)
      }
      row += blocks[index].count
      index += 1
    }
    guard isCut else { return }
    let below = blocks.count - index + (row > area.endRow ? 1 : 0)
    var marks: [String] = []
    if cursor.first > 0 { marks.append("\(glyphs.up) \(cursor.first) more") }
    if below > 0 { marks.append("\(glyphs.down) \(below) more") }
    frame.putRight(StyledText(marks.joined(separator: "  "), .muted), in: rect.bottom(1))
  }
}

extension StyledText {
  /// The text with blanks after it, up to `width`.
  func padded(to width: Int) -> StyledText {
    var text = self
    text.append(String(repeating: " ", count: max(0, width - columns)))
    return text
  }
}

extension String {
  /// The text with no-break spaces, which keep a value and its unit together.
  var unbroken: String { String(map { $0 == " " ? "\u{A0}" : $0 }) }
}

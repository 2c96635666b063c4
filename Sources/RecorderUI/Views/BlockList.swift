import TerminalCore

/// A list of blocks of lines in a panel; the selected block is kept in sight.
struct BlockList {
  let blocks: [[StyledText]]
  let selected: Int?
  let isFocused: Bool
  let glyphs: Glyphs

  var rows: Int { blocks.reduce(0) { $0 + $1.count } }

  func draw(in rect: Rect, of frame: inout Frame) {
    guard !rect.isEmpty else { return }
    var cursor = ListCursor<Int>()
    cursor.scroll(
      heights: { blocks[$0].count }, count: blocks.count, rows: rect.rows,
      selectedAt: selected ?? 0)
    var row = rect.row
    var index = cursor.first
    while index < blocks.count, row < rect.endRow {
      for (offset, line) in blocks[index].enumerated() where row + offset < rect.endRow {
        frame.put(line, at: Point(column: rect.column, row: row + offset), clip: rect)
      }
      if index == selected, isFocused {
        frame.cursor = Point(column: rect.column, row: row)
        frame.emphasize(
          Rect(
            column: rect.column, row: row,
            columns: min(rect.columns, blocks[index].first?.columns ?? 0), rows: 1), .selected)
      }
      row += blocks[index].count
      index += 1
    }
    let isCut = row > rect.endRow
    let hidden = blocks.count - index + (isCut ? 1 : 0)
    if hidden > 0 {
      frame.putRight(StyledText(" \(glyphs.down) \(hidden) more", .muted), in: rect.bottom(1))
    } else if cursor.first > 0 {
      frame.putRight(StyledText(" \(glyphs.up) \(cursor.first) more", .muted), in: rect.top(1))
    }
  }
}

extension StyledText {
  /// This text with blanks after it, to a width.
  func padded(to width: Int) -> StyledText {
    var text = self
    text.append(String(repeating: " ", count: max(0, width - columns)))
    return text
  }
}

extension String {
  /// With no-break blanks, so that a value and its unit stay together.
  var unbroken: String { String(map { $0 == " " ? "\u{A0}" : $0 }) }
}

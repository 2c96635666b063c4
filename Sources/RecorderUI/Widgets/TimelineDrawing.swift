import InfusionRecord
package import SessionReview
package import TerminalCore

extension TimelinePicture.Cell {
  /// The glyph and style of a cell. With ASCII glyphs a running cell is always full.
  package func appearance(_ glyphs: Glyphs) -> (glyph: Character, style: Style) {
    switch self {
    case .empty: (" ", .text)
    case .running(let eighths): (TimelinePicture.Cell.glyph(for: eighths, glyphs), .running)
    case .paused: (glyphs.paused, .paused)
    case .uncharged: (glyphs.uncharged, .text)
    case .planned: (glyphs.planned, .paused)
    case .tick: (glyphs.tick, .running)
    case .runningEnd: (glyphs.runningEnd, .running)
    case .plannedEnd: (glyphs.plannedEnd, .axis)
    case .now: (glyphs.now, .axis)
    }
  }

  private static func glyph(for mask: UInt8, _ glyphs: Glyphs) -> Character {
    let full = glyphs.leftEighths[8]
    if glyphs.isASCII { return full }
    let count = mask.nonzeroBitCount
    if count >= 7 { return full }
    // Left-aligned: filled from the left edge.
    if mask & (mask &+ 1) == 0 { return glyphs.leftEighths[count] }
    // Right-aligned: only a half exists.
    let isRightAligned = mask == UInt8(truncatingIfNeeded: 0xFF << (8 - count))
    if isRightAligned { return count >= 6 ? full : glyphs.rightHalf }
    return count >= 5 ? full : mask & 0x0F != 0 ? glyphs.leftEighths[4] : glyphs.rightHalf
  }
}

extension TimelinePicture {
  /// Draws the clock labels into the first row of a rectangle.
  func drawAxis(in rect: Rect, of frame: inout Frame, clock: LocalClock) {
    for label in scale.labels(columns: rect.columns, clock: clock) {
      frame.put(
        label.text, at: Point(column: rect.column + label.column, row: rect.row), .axis,
        clip: rect.top(1))
    }
  }

  /// Draws one bar into the first row of a rectangle.
  func draw(_ bar: Bar, in rect: Rect, of frame: inout Frame, _ glyphs: Glyphs) {
    guard !rect.isEmpty else { return }
    for (column, cell) in cells(of: bar, columns: rect.columns).enumerated() where cell != .empty {
      let (glyph, style) = cell.appearance(glyphs)
      frame.put(
        String(glyph), at: Point(column: rect.column + column, row: rect.row), style, clip: rect)
    }
  }
}

import InfusionRecord
import PlainText
import SessionReview
import TerminalCore
import TimelineEngine

/// The minutes of a session as bars, shaded by whether a unit has them, with the hours marked.
///
/// ```
///                 08:00       10:00
///  PACLitaxel     ████░░█████▉█████▶   165 of 165 min
///  ondansetron      ╷   ·     ·        in a unit
/// ```
///
/// What is said at the end of a row is the same account, so that no reader depends on a shade.
struct MinutesPicture {
  /// The heading with the shades, the clock, a row an administration, and a blank one; empty if there is nothing
  /// to show or no room for it.
  private(set) var lines: [StyledText] = []

  init(_ reading: SessionReading, _ glyphs: Glyphs, width: Int) {
    let rows = reading.recorded.administrations
    let texts = rows.map { MinutesPicture.account(of: $0, in: reading) }
    let textWidth = texts.map(\.count).max() ?? 0
    let longest = rows.map { DisplayWidth.of(reading.placedName(of: $0)) }.max() ?? 0
    let labelWidth = min(max(8, longest), max(12, width / 3))
    let columns = width - labelWidth - textWidth - 4
    guard !rows.isEmpty, columns >= 12 else { return }
    let picture = TimelinePicture(
      scale: TimelineScale(
        showing: rows, openedAt: reading.log.openedAt, isOpen: reading.status == .open,
        asOf: reading.asOf, columns: columns), now: reading.asOf)
    let hours = picture.scale.hours(columns: columns, clock: reading.clock)
    let margin = StyledText(String(repeating: " ", count: labelWidth + 2))
    lines += MinutesPicture.legend(glyphs).wrapped(to: width, indent: 9)
    lines.append(margin + picture.axis(columns: columns, clock: reading.clock))
    for (row, text) in zip(rows, texts) {
      let labels = StyledText(reading.placedName(of: row)).wrapped(to: labelWidth, indent: 1)
      var bar = TimelinePicture.Bar(row, asOf: reading.asOf)
      if let position = reading.position(of: row.id) {
        bar = bar.shaded(ShadedMinutes(reading.statement, at: position))
      }
      for (offset, label) in labels.enumerated() {
        guard offset == 0 else {
          lines.append(label)
          continue
        }
        let drawn = picture.line(bar, columns: columns, hours: hours, glyphs)
        lines.append(
          (label.padded(to: labelWidth + 2) + drawn).padded(to: labelWidth + columns + 4)
            + StyledText(text))
      }
    }
    lines.append(StyledText())
  }

  /// The shades and marks, for the heading and for help.
  static func legend(_ glyphs: Glyphs) -> StyledText {
    let marks: [(Character, Style, String)] = [
      (glyphs.leftEighths[8], .running, "in units"), (glyphs.uncharged, .text, "in none"),
      (glyphs.paused, .paused, "paused"), (glyphs.bullet, .axis, "hour"),
    ]
    var text = StyledText("Minutes  ", .heading)
    for (mark, style, words) in marks {
      text.append(String(mark), style)
      text.append("\u{A0}\(words.unbroken)  ")
    }
    return text
  }

  /// `22 of 30 min`: how many of the recorded minutes are in units. A moment is in a unit or in none.
  private static func account(
    of row: RecordedAdministration, in reading: SessionReading
  ) -> String {
    guard let position = reading.position(of: row.id),
      let entry = reading.statement.minutes.first(where: { $0.administration == position })
    else { return "" }
    if row.isMoment {
      let isCharged = reading.statement.charges.contains { charge in
        reading.statement.rows(of: charge).contains(position)
      }
      return isCharged ? "in a unit" : "in none"
    }
    return "\(entry.charged.count) of \(entry.recorded.count) min"
  }
}

extension TimelinePicture {
  /// The clock labels as a line.
  fileprivate func axis(columns: Int, clock: LocalClock) -> StyledText {
    var text = ""
    for label in scale.labels(columns: columns, clock: clock) {
      text += String(repeating: " ", count: max(0, label.column - text.count)) + label.text
    }
    return StyledText(text, .axis)
  }

  /// A bar as a line, with a mark at each hour, in what is empty and in what ran.
  fileprivate func line(
    _ bar: Bar, columns: Int, hours: Set<Int>, _ glyphs: Glyphs
  ) -> StyledText {
    let cells = cells(of: bar, columns: columns)
    var line = StyledText()
    for (column, cell) in cells.enumerated() {
      var (glyph, style) = cell.appearance(glyphs)
      if cell == .empty, hours.contains(column) { (glyph, style) = (glyphs.bullet, .axis) }
      // The gap at the right edge of the cell before the hour.
      if cell == .running(0xFF), hours.contains(column + 1), column + 1 < columns,
        cells[column + 1] != .empty
      {
        glyph = glyphs.hourInBar
      }
      if cell == .uncharged, hours.contains(column), column > 0, cells[column - 1] == .uncharged {
        (glyph, style) = (glyphs.vertical, .axis)
      }
      line.append(String(glyph), style)
    }
    return line
  }
}

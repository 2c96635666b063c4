import InfusionRecord
import PlainText
import SessionReview
import TerminalCore

/// The timeline picture with its labels.
struct TimelinePanel {
  private let reading: SessionReading
  private let state: RecorderState
  private let labels: [[StyledText]]
  private let labelWidth: Int
  private let selected: Int?

  /// The axis and the bars.
  var rows: Int { 1 + max(1, labels.reduce(0) { $0 + $1.count }) }

  init(_ reading: SessionReading, state: RecorderState, width: Int) {
    self.reading = reading
    self.state = state
    let administrations = reading.recorded.administrations
    let longest = administrations.reduce(0) { max($0, DisplayWidth.of(reading.placedName(of: $1))) }
    let labelWidth = min(max(8, longest), max(12, width / 3))
    self.labelWidth = labelWidth
    let ids = administrations.map(\.id)
    let rows = state.givenRows(reading)
    selected = state.session.given.index(in: rows).flatMap { ids.indices.contains($0) ? $0 : nil }
    labels = administrations.map { administration in
      StyledText(reading.placedName(of: administration)).wrapped(to: labelWidth, indent: 1)
    }
  }

  func draw(in rect: Rect, of frame: inout Frame) {
    guard rect.rows > 0 else { return }
    let plot = rect.droppingLeft(labelWidth + 2)
    let administrations = reading.recorded.administrations
    let bars = administrations.map { TimelinePicture.Bar($0, asOf: reading.asOf) }
    let scale = TimelineScale(
      showing: administrations, openedAt: reading.log.openedAt, isOpen: reading.status == .open,
      asOf: reading.asOf, columns: plot.columns, zoom: state.session.zoom,
      shift: state.session.shift)
    let picture = TimelinePicture(scale: scale, now: reading.asOf)
    picture.drawAxis(in: plot, of: &frame, clock: reading.clock)
    let isCut = rows > rect.rows && rect.rows > 2
    let area = isCut ? rect.droppingTop(1).droppingBottom(1) : rect.droppingTop(1)
    if bars.isEmpty {
      frame.put(
        "Nothing given yet.", at: Point(column: area.column + 1, row: area.row), .muted,
        clip: area)
      return
    }
    var cursor = ListCursor<Int>()
    cursor.scroll(
      heights: { labels[$0].count }, count: bars.count, rows: area.rows, selectedAt: selected ?? 0)
    var row = area.row
    var index = cursor.first
    while index < bars.count, row < area.endRow {
      for (offset, line) in labels[index].enumerated() where row + offset < area.endRow {
        frame.put(line, at: Point(column: area.column + 1, row: row + offset), clip: area)
      }
      picture.draw(
        bars[index],
        in: Rect(column: plot.column, row: row, columns: plot.columns, rows: 1), of: &frame,
        state.glyphs)
      row += labels[index].count
      index += 1
    }
    guard isCut else { return }
    var marks: [String] = []
    if cursor.first > 0 { marks.append("\(state.glyphs.up) \(cursor.first) more") }
    if index < bars.count { marks.append("\(state.glyphs.down) \(bars.count - index) more") }
    frame.putRight(StyledText(marks.joined(separator: "  "), .muted), in: rect.bottom(1))
  }
}

import InfusionRecord
import PlainText
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
    let longest = administrations.reduce(0) { max($0, DisplayWidth.of(reading.name(of: $1))) }
    let labelWidth = min(max(8, longest), max(12, width / 3))
    self.labelWidth = labelWidth
    let ids = administrations.map(\.id)
    selected = ids.isEmpty ? nil : state.session.given.index(in: ids)
    labels = administrations.map { administration in
      StyledText(reading.name(of: administration)).wrapped(to: labelWidth, indent: 1)
    }
  }

  func draw(in rect: Rect, of frame: inout Frame) {
    guard rect.rows > 0 else { return }
    let plot = rect.droppingLeft(labelWidth + 2)
    let bars = reading.recorded.administrations.map { TimelinePanel.bar($0, asOf: reading.asOf) }
    let picture = TimelinePicture(
      scale: scale(columns: plot.columns), now: reading.asOf, glyphs: state.glyphs)
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
        in: Rect(column: plot.column, row: row, columns: plot.columns, rows: 1), of: &frame)
      row += labels[index].count
      index += 1
    }
    guard isCut else { return }
    var marks: [String] = []
    if cursor.first > 0 { marks.append("\(state.glyphs.up) \(cursor.first) more") }
    if index < bars.count { marks.append("\(state.glyphs.down) \(bars.count - index) more") }
    frame.putRight(StyledText(marks.joined(separator: "  "), .muted), in: rect.bottom(1))
  }

  private func scale(columns: Int) -> TimelineScale {
    let now = reading.asOf
    var from = reading.log.openedAt ?? now
    var to = reading.status == .open ? now : from
    for administration in reading.recorded.administrations {
      from = min(from, administration.start)
      to = max(to, administration.stop ?? administration.foundEndedAt ?? administration.start)
      if administration.isRunning {
        to = max(to, now, administration.plannedEnd(asOf: now) ?? now)
      }
    }
    // A little room after the last moment, so that arrow and now-line stand free.
    let margin = max(600, (to - from) / 40)
    return TimelineScale(
      fitting: from, to: max(to + margin, from + 3600), columns: columns,
      zoom: state.session.zoom, shift: state.session.shift)
  }

  private static func bar(
    _ administration: RecordedAdministration, asOf: Instant
  ) -> TimelinePicture.Bar {
    var bar = TimelinePicture.Bar()
    let end = administration.stop ?? administration.foundEndedAt ?? max(asOf, administration.start)
    if !administration.isTimed && end <= administration.start {
      bar.ticks = [administration.start]
      return bar
    }
    var from = administration.start
    for pause in administration.pauses {
      if from < pause.start {
        bar.stretches.append(.init(.running, from: from, to: pause.start))
      }
      let until = pause.stop ?? end
      if pause.start < until { bar.stretches.append(.init(.paused, from: pause.start, to: until)) }
      from = max(from, until)
    }
    // Where nobody saw the end, how long it ran is not known: a dashed stretch.
    let kind: TimelinePicture.Stretch.Kind =
      administration.progress == .stopNotObserved ? .planned : .running
    if from < end { bar.stretches.append(.init(kind, from: from, to: end)) }
    bar.isRunning = administration.progress == .running
    if administration.isRunning { bar.plannedEnd = administration.plannedEnd(asOf: asOf) }
    if bar.stretches.isEmpty && !bar.isRunning { bar.ticks = [administration.start] }
    return bar
  }
}

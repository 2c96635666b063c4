package import InfusionRecord

/// The scale of a timeline picture: which moment lies in which column.
package struct TimelineScale: Hashable, Sendable {
  /// The moment at the left edge of column 0.
  package let origin: Instant
  /// Seconds a column.
  package let step: Int64

  /// The possible steps in seconds: each divides the hour or is a number of hours.
  package static let steps: [Int64] = [
    60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400,
  ]

  package init(origin: Instant, step: Int64) {
    self.origin = origin
    self.step = max(1, step)
  }

  /// The finest scale that shows `from` to `to` in `columns`, then zoomed and shifted by the user.
  ///
  /// - Parameters:
  ///   - zoom: steps coarser (positive) or finer (negative) than the scale that fits.
  ///   - shift: columns to the right.
  package init(
    fitting from: Instant, to: Instant, columns: Int, zoom: Int = 0, shift: Int = 0
  ) {
    let width = Int64(max(1, columns))
    let fitting =
      TimelineScale.steps.firstIndex { step in
        to.seconds - floorDivide(from.seconds, step) * step <= step * width
      } ?? TimelineScale.steps.count - 1
    let index = min(max(0, fitting + zoom), TimelineScale.steps.count - 1)
    let step = TimelineScale.steps[index]
    self.step = step
    self.origin = Instant(
      seconds: floorDivide(from.seconds, step) * step + Int64(shift) * step)
  }

  /// The finest scale that shows a session's whole course, from its opening to the last planned end.
  package init(
    showing administrations: [RecordedAdministration], openedAt: Instant?, isOpen: Bool,
    asOf now: Instant, columns: Int, zoom: Int = 0, shift: Int = 0
  ) {
    var from = openedAt ?? now
    var to = isOpen ? now : from
    for administration in administrations where administration.statedMinutes == nil {
      from = min(from, administration.start)
      to = max(to, administration.stop ?? administration.foundEndedAt ?? administration.start)
      if administration.isRunning {
        to = max(to, now, administration.plannedEnd(asOf: now) ?? now)
      }
    }
    // Space after the last moment keeps the arrow and the now-line apart from the edge.
    let margin = max(600, (to - from) / 40)
    self.init(
      fitting: from, to: max(to + margin, from + 3600), columns: columns, zoom: zoom, shift: shift)
  }

  /// The column of a moment; nil if it lies left of the picture.
  package func column(of moment: Instant) -> Int? {
    let column = floorDivide(moment - origin, step)
    return column < 0 || column > 100_000 ? nil : Int(column)
  }

  /// The moment at a column's left edge.
  package func moment(ofColumn column: Int) -> Instant {
    origin + Int64(column) * step
  }

  /// The columns at whose left edge the wall clock begins an hour; none if they would stand too close.
  package func hours(columns: Int, clock: LocalClock) -> Set<Int> {
    guard step <= 1200 else { return [] }
    return Set(
      (0..<max(0, columns)).filter { column in
        let second = Int64(clock.reading(at: moment(ofColumn: column)).secondOfDay) % 3600
        return second == 0 || 3600 - second < step
      })
  }

  /// Clock labels with at least one blank between them.
  ///
  /// `HH:mm` at whole hours, or at whole quarters if a column is a minute or two; at midnight the
  /// date, `24-Nov`. A label in the hour that occurs twice has its offset.
  package func labels(columns: Int, clock: LocalClock) -> [(column: Int, text: String)] {
    let spacing: Int64 = 8
    let distances: [Int64] = [900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800]
    guard let distance = distances.first(where: { $0 >= spacing * step }) else { return [] }
    var labels: [(column: Int, text: String)] = []
    var next = 0
    for column in 0..<max(0, columns) {
      let moment = self.moment(ofColumn: column)
      // The label stands in the column in which the wall clock reaches the whole distance.
      let local = clock.reading(at: moment)
      let seconds = Int64(local.date.dayNumber) * 86_400 + Int64(local.secondOfDay)
      let over = (distance - seconds % distance) % distance
      guard over < step, column >= next else { continue }
      let shown = clock.reading(at: moment + over)
      let text: String
      if shown.secondOfDay == 0 {
        text = String(shown.date.display.prefix(6))
      } else {
        text = ClockText(clock, day: nil).time(moment + over)
      }
      guard column + text.count <= columns else { continue }
      labels.append((column, text))
      next = column + text.count + 1
    }
    return labels
  }
}

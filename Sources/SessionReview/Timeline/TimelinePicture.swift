package import InfusionRecord

/// A session's administrations as bars against a clock axis, as cells without glyphs.
///
/// A picture knows stretches of time and nothing of drugs or rules. Screens and pages render the same
/// cells. Each cell is sampled in eight parts, so that a bar can end at an eighth of a cell. A minute of
/// flow and a minute of pause take a cell each, so that none is too short to see.
///
/// ```
///         07:00      08:00      09:00
///          ╷                     ╎         push
///          ▐██████░░░███████████▶╎   ▕     running, paused on the way, planned end
/// ```
package struct TimelinePicture: Sendable {
  package struct Stretch: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case running, paused, planned
      /// It ran, and no unit has the minutes.
      case uncharged
    }
    package var kind: Kind
    package var from: Instant
    package var to: Instant

    package init(_ kind: Kind, from: Instant, to: Instant) {
      self.kind = kind
      self.from = from
      self.to = to
    }
  }

  /// One row of the picture.
  package struct Bar: Hashable, Sendable {
    package var stretches: [Stretch]
    /// Moments without length: pushes, injections.
    package var ticks: [Instant]
    package var isRunning: Bool
    package var plannedEnd: Instant?

    package init(
      stretches: [Stretch] = [], ticks: [Instant] = [], isRunning: Bool = false,
      plannedEnd: Instant? = nil
    ) {
      self.stretches = stretches
      self.ticks = ticks
      self.isRunning = isRunning
      self.plannedEnd = plannedEnd
    }
  }

  /// What one column of a bar shows.
  package enum Cell: Hashable, Sendable {
    case empty
    /// The eighths in which the drug ran, the leftmost in the lowest bit.
    case running(UInt8)
    case paused
    case uncharged
    /// A stretch whose end is planned or was not observed.
    case planned
    case tick
    case runningEnd
    case plannedEnd
    case now
  }

  package let scale: TimelineScale
  package let now: Instant

  package init(scale: TimelineScale, now: Instant) {
    self.scale = scale
    self.now = now
  }

  package func cells(of bar: Bar, columns: Int) -> [Cell] {
    var cells = (0..<max(0, columns)).map { cell(of: bar, at: $0) }
    func mark(_ moment: Instant, _ cell: Cell, if isFree: (Cell) -> Bool = { _ in true }) {
      guard let column = scale.column(of: moment), column < cells.count, isFree(cells[column])
      else { return }
      cells[column] = cell
    }
    mark(now, .now) { $0 == .empty }
    if let planned = bar.plannedEnd { mark(planned, .plannedEnd) }
    for tick in bar.ticks { mark(tick, .tick) }
    if bar.isRunning { mark(now, .runningEnd) }
    return cells
  }

  private func cell(of bar: Bar, at column: Int) -> Cell {
    var running: UInt8 = 0
    var paused: UInt8 = 0
    var planned: UInt8 = 0
    var uncharged: UInt8 = 0
    let start = scale.moment(ofColumn: column)
    let end = start + scale.step
    for stretch in bar.stretches
    where stretch.from < end && start < max(stretch.to, stretch.from + 1) {
      let mask = parts(of: stretch, from: start)
      switch stretch.kind {
      case .running: running |= mask
      case .paused: paused |= mask
      case .planned: planned |= mask
      case .uncharged: uncharged |= mask
      }
    }
    running &= ~(paused | uncharged)
    uncharged &= ~paused
    if paused != 0,
      paused.nonzeroBitCount >= (running | uncharged).nonzeroBitCount
        || isShort(bar, .paused, inColumn: column)
    {
      return .paused
    }
    if uncharged != 0,
      uncharged.nonzeroBitCount >= running.nonzeroBitCount
        || isShort(bar, .uncharged, inColumn: column)
    {
      return .uncharged
    }
    if running != 0 { return .running(running | uncharged) }
    return planned != 0 ? .planned : .empty
  }

  /// The eighths of a cell that a stretch covers, the leftmost in the lowest bit; at least one.
  private func parts(of stretch: Stretch, from start: Instant) -> UInt8 {
    var mask: UInt8 = 0
    for part in 0..<8 {
      let middle = start.seconds * 16 + scale.step * Int64(2 * part + 1)
      if stretch.from.seconds * 16 <= middle && middle < stretch.to.seconds * 16 {
        mask |= 1 << part
      }
    }
    if mask == 0, stretch.to <= start + scale.step {
      let part = min(7, max(0, (stretch.from - start) * 8 / scale.step))
      mask = 1 << UInt8(part)
    }
    return mask
  }

  /// Whether a stretch of this kind lies within one column, so that a longer one could hide it.
  private func isShort(_ bar: Bar, _ kind: Stretch.Kind, inColumn column: Int) -> Bool {
    bar.stretches.contains {
      $0.kind == kind && scale.column(of: $0.from) == column
        && scale.column(of: $0.to + -1) == column
    }
  }
}

extension TimelinePicture.Bar {
  /// The same bar with what ran in no unit apart from what ran in units.
  package func shaded(_ minutes: ShadedMinutes) -> TimelinePicture.Bar {
    var bar = self
    bar.stretches.removeAll { $0.kind == .running }
    bar.stretches += minutes.charged.map { .init(.running, from: $0.start, to: $0.end) }
    bar.stretches += minutes.uncharged.map { .init(.uncharged, from: $0.start, to: $0.end) }
    return bar
  }

  package init(_ administration: RecordedAdministration, asOf: Instant) {
    self.init()
    guard administration.statedMinutes == nil else { return }
    let end = administration.stop ?? administration.foundEndedAt ?? max(asOf, administration.start)
    if !administration.isTimed && end <= administration.start {
      ticks = [administration.start]
      return
    }
    var from = administration.start
    for pause in administration.pauses {
      if from < pause.start { stretches.append(.init(.running, from: from, to: pause.start)) }
      let until = pause.stop ?? end
      if pause.start < until { stretches.append(.init(.paused, from: pause.start, to: until)) }
      from = max(from, until)
    }
    // The drug may have ended before it was found ended: that stretch is dashed.
    let isObserved = administration.progress != .stopNotObserved
    if from < end { stretches.append(.init(isObserved ? .running : .planned, from: from, to: end)) }
    isRunning = administration.progress == .running
    if administration.isRunning { plannedEnd = administration.plannedEnd(asOf: asOf) }
    if stretches.isEmpty && !isRunning { ticks = [administration.start] }
  }
}

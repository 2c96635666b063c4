public import InfusionRecord
public import TerminalCore

/// Bars against a clock axis.
///
/// A picture knows stretches of time and nothing of drugs or rules. Each cell is looked at in eight
/// parts, so that a bar's end is drawn to an eighth of a cell where the glyphs allow and to a whole
/// cell in ASCII. What happened is never too short to be seen: a minute of flow and a minute of
/// pause take a cell each.
///
/// ```
///         07:00      08:00      09:00
///          ╷                     ╎         push
///          ▐██████░░░███████████▶╎   ▕     running, paused on the way, planned end
/// ```
public struct TimelinePicture: Sendable {
  public struct Stretch: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case running, paused, planned }
    public var kind: Kind
    public var from: Instant
    public var to: Instant

    public init(_ kind: Kind, from: Instant, to: Instant) {
      self.kind = kind
      self.from = from
      self.to = to
    }
  }

  /// One row of the picture.
  public struct Bar: Hashable, Sendable {
    public var stretches: [Stretch]
    /// Moments without length: pushes, injections.
    public var ticks: [Instant]
    public var isRunning: Bool
    public var plannedEnd: Instant?

    public init(
      stretches: [Stretch] = [], ticks: [Instant] = [], isRunning: Bool = false,
      plannedEnd: Instant? = nil
    ) {
      self.stretches = stretches
      self.ticks = ticks
      self.isRunning = isRunning
      self.plannedEnd = plannedEnd
    }
  }

  public let scale: TimelineScale
  public let now: Instant
  public let glyphs: Glyphs

  public init(scale: TimelineScale, now: Instant, glyphs: Glyphs) {
    self.scale = scale
    self.now = now
    self.glyphs = glyphs
  }

  /// Draws the axis into the first row of a rectangle: clock labels, and the date at midnight.
  public func drawAxis(in rect: Rect, of frame: inout Frame, clock: LocalClock) {
    for label in scale.labels(columns: rect.columns, clock: clock) {
      frame.put(
        label.text, at: Point(column: rect.column + label.column, row: rect.row), .axis,
        clip: rect.top(1))
    }
  }

  /// Draws one bar into the first row of a rectangle.
  public func draw(_ bar: Bar, in rect: Rect, of frame: inout Frame) {
    guard !rect.isEmpty else { return }
    let nowColumn = scale.column(of: now)
    for column in 0..<rect.columns {
      let (glyph, style) = cell(of: bar, at: column)
      guard glyph != " " || column == nowColumn else { continue }
      let isNow = column == nowColumn && glyph == " "
      frame.put(
        String(isNow ? glyphs.now : glyph), at: Point(column: rect.column + column, row: rect.row),
        isNow ? .axis : style, clip: rect)
    }
    func mark(_ moment: Instant, _ glyph: Character, _ style: Style) {
      guard let column = scale.column(of: moment), column < rect.columns else { return }
      frame.put(
        String(glyph), at: Point(column: rect.column + column, row: rect.row), style, clip: rect)
    }
    if let planned = bar.plannedEnd { mark(planned, glyphs.plannedEnd, .axis) }
    for tick in bar.ticks { mark(tick, glyphs.tick, .running) }
    if bar.isRunning { mark(now, glyphs.runningEnd, .running) }
  }

  private func cell(of bar: Bar, at column: Int) -> (Character, Style) {
    var running: UInt8 = 0
    var paused: UInt8 = 0
    var planned: UInt8 = 0
    let start = scale.moment(ofColumn: column)
    let end = start + scale.step
    for stretch in bar.stretches
    where stretch.from < end && start < max(stretch.to, stretch.from + 1) {
      let mask = parts(of: stretch, from: start)
      switch stretch.kind {
      case .running: running |= mask
      case .paused: paused |= mask
      case .planned: planned |= mask
      }
    }
    running &= ~paused
    if paused != 0,
      paused.nonzeroBitCount >= running.nonzeroBitCount
        || isShort(bar, .paused, inColumn: column)
    {
      return (glyphs.paused, .paused)
    }
    if running != 0 { return (glyph(for: running), .running) }
    if planned != 0 { return (glyphs.planned, .paused) }
    return (" ", .text)
  }

  /// Which eighths of a cell a stretch covers, the leftmost in the lowest bit; at least one.
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

  /// Whether a stretch of this kind lies within one column, where it could be outvoted.
  private func isShort(_ bar: Bar, _ kind: Stretch.Kind, inColumn column: Int) -> Bool {
    bar.stretches.contains {
      $0.kind == kind && scale.column(of: $0.from) == column
        && scale.column(of: $0.to + -1) == column
    }
  }

  private func glyph(for mask: UInt8) -> Character {
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

/// Which moment stands in which column.
public struct TimelineScale: Hashable, Sendable {
  /// The moment at the left edge of column 0.
  public let origin: Instant
  /// Seconds a column.
  public let step: Int64

  /// Steps that divide the hour, or are hours; in seconds.
  public static let steps: [Int64] = [
    60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400,
  ]

  public init(origin: Instant, step: Int64) {
    self.origin = origin
    self.step = max(1, step)
  }

  /// The finest scale that shows `from` to `to` in so many columns, moved and zoomed by a person.
  ///
  /// - Parameters:
  ///   - zoom: steps coarser (positive) or finer (negative) than what fits.
  ///   - shift: columns to the right.
  public init(
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

  /// The column a moment lies in; nil left of the picture.
  public func column(of moment: Instant) -> Int? {
    let column = floorDivide(moment - origin, step)
    return column < 0 || column > 100_000 ? nil : Int(column)
  }

  /// The moment at a column's left edge.
  public func moment(ofColumn column: Int) -> Instant {
    origin + Int64(column) * step
  }

  /// Clock labels that do not touch each other.
  ///
  /// `HH:mm` at whole hours, or at whole quarters where a column is a minute or two; at midnight the
  /// date, `24-Nov`.
  public func labels(columns: Int, clock: LocalClock) -> [(column: Int, text: String)] {
    let spacing: Int64 = 8
    let distances: [Int64] = [900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800]
    guard let distance = distances.first(where: { $0 >= spacing * step }) else { return [] }
    var labels: [(column: Int, text: String)] = []
    var next = 0
    for column in 0..<max(0, columns) {
      let moment = self.moment(ofColumn: column)
      // The label belongs to the column in which the wall clock passes the whole distance.
      let local = clock.reading(at: moment)
      let seconds = Int64(local.date.dayNumber) * 86_400 + Int64(local.secondOfDay)
      let over = (distance - seconds % distance) % distance
      guard over < step, column >= next else { continue }
      let shown = clock.reading(at: moment + over)
      let text: String
      if shown.secondOfDay == 0 {
        text = String(shown.date.display.prefix(6))
      } else {
        text = shown.clock
      }
      guard column + text.count <= columns else { continue }
      labels.append((column, text))
      next = column + text.count + 1
    }
    return labels
  }
}

/// The quotient rounded down, also for negative numbers.
func floorDivide(_ number: Int64, _ by: Int64) -> Int64 {
  let quotient = number / by
  return number % by < 0 ? quotient - 1 : quotient
}

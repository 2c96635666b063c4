import InfusionRecord
import SessionReview
import TerminalCore

/// The suite as a picture: the day of each chair as a strip, all against one clock axis.
///
/// ```
///  08:00    10:00    12:00    14:00
///  ▐███ ╷ ████████▶╎▕                  given, running now, planned end
///                  ╎   ┄┄┄┄┄           expected
/// ```
struct DayStrip {
  let columns: Int
  private let picture: TimelinePicture
  private let clock: LocalClock
  private let today: CivilDate

  /// - Parameters:
  ///   - state: the open sessions and the patients who are expected.
  ///   - columns: the width of the strip.
  init(_ state: RecorderState, columns: Int) {
    self.columns = columns
    clock = state.suite.clock
    let now = state.now.instant
    today = clock.date(at: now)
    // A session that was left open yesterday does not stretch the day of the others.
    let morning = clock.beginning(of: today) ?? now
    var from = now
    var to = now + 3600
    for session in state.openSessions {
      from = min(from, max(morning, session.log.openedAt ?? now))
      for row in session.recorded.administrations { from = min(from, max(morning, row.start)) }
      to = max(to, session.lastPlannedEnd ?? to)
    }
    for expected in state.waiting {
      let span = DayStrip.span(of: expected, on: today, by: clock)
      from = min(from, span.from)
      to = max(to, span.to)
    }
    let end = min(to, morning + 2 * 86_400)
    picture = TimelinePicture(
      scale: TimelineScale(fitting: from, to: end + 600, columns: columns), now: now)
  }

  func drawAxis(at point: Point, of frame: inout Frame) {
    let rect = Rect(column: point.column, row: point.row, columns: columns, rows: 1)
    picture.drawAxis(in: rect, of: &frame, clock: clock)
  }

  /// Everything given in a session and what runs, as one bar.
  func draw(_ session: SessionReading, at point: Point, of frame: inout Frame, _ glyphs: Glyphs) {
    var day = TimelinePicture.Bar()
    for administration in session.recorded.administrations {
      let bar = TimelinePicture.Bar(administration, asOf: session.asOf)
      day.stretches += bar.stretches
      day.ticks += bar.ticks
      day.isRunning = day.isRunning || bar.isRunning
      day.plannedEnd = [day.plannedEnd, bar.plannedEnd].compactMap { $0 }.max()
    }
    draw(day, at: point, of: &frame, glyphs)
  }

  /// When a patient is expected, for as long as the planned drugs take.
  func draw(_ expected: ExpectedPatient, at point: Point, of frame: inout Frame, _ glyphs: Glyphs) {
    let span = DayStrip.span(of: expected, on: today, by: clock)
    draw(
      TimelinePicture.Bar(stretches: [.init(.planned, from: span.from, to: span.to)]), at: point,
      of: &frame, glyphs)
  }

  private func draw(
    _ bar: TimelinePicture.Bar, at point: Point, of frame: inout Frame, _ glyphs: Glyphs
  ) {
    let rect = Rect(column: point.column, row: point.row, columns: columns, rows: 1)
    picture.draw(bar, in: rect, of: &frame, glyphs)
  }

  /// From the time of the appointment on; half an hour if no minutes are planned.
  private static func span(
    of expected: ExpectedPatient, on day: CivilDate, by clock: LocalClock
  ) -> (from: Instant, to: Instant) {
    let local = LocalTime(date: day, secondOfDay: expected.minuteOfDay * 60)
    let from = clock.moments(showing: local).first ?? clock.beginning(of: day) ?? .distantPast
    let planned = expected.drugs.reduce(0) { $0 + Int64(($1.minutes ?? 0).rounded(.up)) }
    return (from, from + (planned > 0 ? planned : 30) * 60)
  }
}

extension SessionReading {
  /// The latest planned end of what runs.
  fileprivate var lastPlannedEnd: Instant? {
    running.compactMap { $0.plannedEnd(asOf: asOf) }.max()
  }
}

/// Clock times in words, for a reader who knows one day.
///
///     10:31                      a moment of that day
///     24-Nov-2026 00:31          a moment of another day
///     01:30 (UTC-5)              a time that occurs twice, because clocks are turned back
///     23:50–24-Nov-2026 00:20    a range; its end has a day only if that differs from the start's
///
/// Screens, pages, messages and the answers of commands use this type. The sentences that signatures
/// hold have an older form, `SignedClockText`.
package struct ClockText: Sendable {
  package enum Precision: Sendable {
    case minutes
    /// Seconds too, unless they are zero.
    case exact
    case seconds
  }

  package let clock: LocalClock
  /// The day that the reader knows. With nil every moment has its day.
  package let day: CivilDate?
  package var precision: Precision

  package init(_ clock: LocalClock, day: CivilDate?, precision: Precision = .minutes) {
    self.clock = clock
    self.day = day
    self.precision = precision
  }

  /// For readers who know the day on which the session was opened.
  package init(_ log: EventLog) {
    let clock = log.clock
    self.init(clock, day: log.openedAt.map { clock.date(at: $0) })
  }

  /// For users who are asked about a session and know today's date.
  ///
  /// Every moment has its day if the session was opened on another day: the user who corrects a session
  /// of last week must see that 10:31 would become 10:31 of today.
  package init(_ log: EventLog, askedAt now: Instant) {
    let clock = log.clock
    let today = clock.date(at: now)
    let isOfToday = log.openedAt.map { clock.date(at: $0) == today } ?? true
    self.init(clock, day: isOfToday ? today : nil)
  }

  /// `10:31`, or `24-Nov-2026 00:31` on another day.
  package func moment(_ moment: Instant) -> String { text(moment, on: day) }

  /// When the fact of an event happened: a moment, or the day of a paper record without clock times.
  package func moment(of event: Event) -> String {
    event.isWithoutClock
      ? clock.date(at: event.clinicalTime).display : moment(event.clinicalTime)
  }

  /// `24-Nov-2026 00:31`, whatever day the reader knows.
  package func full(_ moment: Instant) -> String { text(moment, on: nil) }

  /// A stretch as a range, or as its moment if it is empty.
  package func text(_ interval: Interval, dash: Character) -> String {
    interval.isEmpty
      ? moment(interval.start) : range(interval.start, interval.end, dash: dash)
  }

  /// `10:31`, for a place that shows the day on its own.
  ///
  /// - Parameter withOffset: whether the offset is shown even if the time occurs once.
  package func time(_ moment: Instant, withOffset: Bool = false) -> String {
    let reading = clock.reading(at: moment)
    var text = reading.clock
    if precision == .seconds || (precision == .exact && reading.second != 0) {
      text += ":\(padded(reading.second, 2))"
    }
    return withOffset || clock.isRepeated(moment)
      ? "\(text) (\(clock.offsetName(at: moment)))" : text
  }

  /// `23:50–24-Nov-2026 00:20`.
  ///
  /// Both ends have their offset if the clocks change between them, because the times alone would not
  /// add up to the minutes.
  ///
  /// - Parameter dash: pages and ASCII terminals pass a hyphen, which gets blanks around it if an end
  ///   is more than a time.
  package func range(_ start: Instant, _ stop: Instant, dash: Character = "–") -> String {
    let changes = clock.offset(at: start) != clock.offset(at: stop)
    let from = text(start, on: day, withOffset: changes)
    let to = text(stop, on: clock.date(at: start), withOffset: changes)
    let isSpaced = dash == "-" && (from.contains(" ") || to.contains(" "))
    return isSpaced ? "\(from) - \(to)" : "\(from)\(dash)\(to)"
  }

  private func text(
    _ moment: Instant, on day: CivilDate?, withOffset: Bool = false
  ) -> String {
    let time = time(moment, withOffset: withOffset)
    let date = clock.date(at: moment)
    return date == day ? time : "\(date.display) \(time)"
  }
}

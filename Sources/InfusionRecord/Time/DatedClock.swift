/// The clock of a session, which says the day of a moment that is not on the session's own.
///
/// `10:31`, or `24-Nov-2026 00:31` where the session was opened on the 23rd: a time without its day
/// means the session's day wherever a sentence asks a person about it.
struct DatedClock {
  let clock: LocalClock
  /// The day the session was opened; nil before it was, when every moment says its day.
  let day: CivilDate?

  init(_ clock: LocalClock, day: CivilDate?) {
    self.clock = clock
    self.day = day
  }

  init(_ log: EventLog) {
    let clock = log.clock
    self.init(clock, day: log.openedAt.map { clock.date(at: $0) })
  }

  func words(_ moment: Instant) -> String { words(moment, on: day) }

  /// `23:50–24-Nov-2026 00:20`; a day both ends share is said once.
  func range(_ start: Instant, _ stop: Instant) -> String {
    let from = clock.date(at: start)
    return "\(words(start))–\(words(stop, on: from))"
  }

  private func words(_ moment: Instant, on day: CivilDate?) -> String {
    let reading = clock.reading(at: moment)
    return reading.date == day ? reading.clock : "\(reading.date.display) \(reading.clock)"
  }
}

extension EventLog {
  /// Whether a time is told with its day: where it is not today's, or the session is not.
  ///
  /// Whoever mends a session of last week must see that 10:31 became 10:31 of today.
  public func isDayTold(of moment: Instant, at now: Instant) -> Bool {
    let clock = clock
    let today = clock.date(at: now)
    return clock.date(at: moment) != today || openedAt.map { clock.date(at: $0) != today } ?? false
  }
}

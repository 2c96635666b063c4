/// A session's clock for sentences: it names the day of a moment that is not on the session's day.
///
/// It writes `10:31`, or `24-Nov-2026 00:31` if the session was opened on the 23rd. In a sentence, a
/// time without a day means the session's day.
struct DatedClock {
  let clock: LocalClock
  /// The day the session was opened. If nil, every moment is written with its day.
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

  /// `23:50–24-Nov-2026 00:20`; a day that both ends share is written once.
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
  /// Whether a confirmation names the day of a time: if the time or the session is not today's.
  ///
  /// A user who corrects last week's session must see that 10:31 was taken as 10:31 of today.
  public func isDayTold(of moment: Instant, at now: Instant) -> Bool {
    let clock = clock
    let today = clock.date(at: now)
    return clock.date(at: moment) != today || openedAt.map { clock.date(at: $0) != today } ?? false
  }
}

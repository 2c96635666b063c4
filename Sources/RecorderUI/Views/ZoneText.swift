import InfusionRecord

// Times of two zones on one screen: each says which it is.

extension RecorderState {
  /// `UTC-8` where a session's clock shows another time than the suite's; nil where they agree.
  func zoneText(of session: SessionReading) -> String? {
    let moment = now.instant
    guard session.clock.offset(at: moment) != suite.clock.offset(at: moment) else { return nil }
    return session.clock.offsetName(at: moment)
  }

  /// `08:42`, after its day where that is not today, by the suite's clock.
  func boardTime(_ moment: Instant) -> [String] {
    let then = suite.clock.reading(at: moment)
    let isToday = then.date == suite.clock.date(at: now.instant)
    return isToday ? [then.clock] : [then.date.display, then.clock]
  }

  /// `10:42`, and the suite's zone where a session on the board has another.
  var boardClock: String {
    let time = suite.clock.reading(at: now.instant).clock
    guard openSessions.contains(where: { zoneText(of: $0) != nil }) else { return time }
    return "\(time) \(suite.clock.offsetName(at: now.instant))"
  }
}

import InfusionRecord

// The time on screens. If two zones are on one screen, each time says its offset.

extension RecorderState {
  /// `UTC-8` if a session's clock shows another time than the suite's, otherwise nil.
  func zoneText(of session: SessionReading) -> String? {
    let moment = now.instant
    guard session.clock.offset(at: moment) != suite.clock.offset(at: moment) else { return nil }
    return session.clock.offsetName(at: moment)
  }

  /// Times by the suite's clock, for a reader who knows today's date.
  var suiteClock: ClockText {
    ClockText(suite.clock, day: suite.clock.date(at: now.instant))
  }

  /// `10:42`, the time now by the suite's clock.
  var timeNow: String { suiteClock.time(now.instant) }

  /// `10:42`, with the suite's offset if a session on the board has another.
  var boardClock: String {
    let isAmongOthers = openSessions.contains { zoneText(of: $0) != nil }
    return suiteClock.time(now.instant, withOffset: isAmongOthers)
  }

  /// `10:42`, the time now by a session's clock, with its offset if the suite's differs.
  func timeNow(of session: SessionReading) -> String {
    session.clockText.time(now.instant, withOffset: zoneText(of: session) != nil)
  }
}

extension String {
  /// Whether it names a time of day: `09:07`.
  var namesTime: Bool {
    zip(zip(self, dropFirst()), zip(dropFirst(2), dropFirst(3))).contains { first, second in
      first.0.isNumber && first.1.isNumber && second.0 == ":" && second.1.isNumber
    }
  }
}

package import InfusionRecord

/// Clock times for a reader who knows one date.
///
/// Times on that date have no day, `09:40-12:45`. Times on another have one, `02-Mar 22:00 - 03-Mar
/// 06:30`. A range over a clock change shows both offsets, because the times alone would not add up.
package struct ClockText {
  package let clock: LocalClock
  /// The date that the reader knows.
  package let date: CivilDate?

  package init(clock: LocalClock, date: CivilDate?) {
    self.clock = clock
    self.date = date
  }

  package func range(_ interval: Interval) -> String {
    range(from: interval.start, to: interval.end)
  }

  package func range(from start: Instant, to end: Instant) -> String {
    let changes = clock.offset(at: start) != clock.offset(at: end)
    if !changes, isOnDate(start), isOnDate(end) { return "\(time(start))-\(time(end))" }
    return "\(moment(start, offset: changes)) - \(moment(end, offset: changes))"
  }

  /// `09:40`, or `03-Mar 00:10` on another day.
  package func moment(_ moment: Instant, offset: Bool = false) -> String {
    var text = time(moment)
    if !isOnDate(moment) { text = "\(clock.date(at: moment).display.prefix(6)) \(text)" }
    if offset { text += " (UTC\(offsetText(clock.offset(at: moment))))" }
    return text
  }

  /// `02-Mar-2026 09:40`.
  package func full(_ moment: Instant) -> String {
    "\(clock.date(at: moment).display) \(time(moment))"
  }

  private func isOnDate(_ moment: Instant) -> Bool { clock.date(at: moment) == date }

  private func time(_ moment: Instant) -> String {
    let reading = clock.reading(at: moment)
    return reading.second == 0
      ? reading.clock : "\(reading.clock):\(reading.second < 10 ? "0" : "")\(reading.second)"
  }

  private func offsetText(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    let sign = seconds < 0 ? "-" : "+"
    let rest = minutes % 60
    return "\(sign)\(minutes / 60)" + (rest == 0 ? "" : ":\(rest < 10 ? "0" : "")\(rest)")
  }
}

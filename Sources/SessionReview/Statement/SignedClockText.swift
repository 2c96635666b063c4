import InfusionRecord

/// The clock times in the sentences of `chairtime.statement/1`.
///
/// Signatures are hashed over these bytes, so this form never changes: short dates, a hyphen, and
/// offsets only if the two ends differ. All other texts use `ClockText`.
struct SignedClockText {
  let clock: LocalClock
  /// The date without a name.
  let date: CivilDate?

  /// A stretch, or a moment if it is empty.
  func text(_ interval: Interval) -> String {
    interval.isEmpty ? moment(interval.start, offset: false) : range(interval)
  }

  func range(_ interval: Interval) -> String {
    let (start, end) = (interval.start, interval.end)
    let changes = clock.offset(at: start) != clock.offset(at: end)
    if !changes, isOnDate(start), isOnDate(end) { return "\(time(start))-\(time(end))" }
    return "\(moment(start, offset: changes)) - \(moment(end, offset: changes))"
  }

  private func moment(_ moment: Instant, offset: Bool) -> String {
    var text = time(moment)
    if !isOnDate(moment) { text = "\(clock.date(at: moment).display.prefix(6)) \(text)" }
    if offset { text += " (UTC\(offsetText(clock.offset(at: moment))))" }
    return text
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

internal import InfusionRecord

/// Clock times as a person reads them beside one date.
///
/// `09:40-12:45` on the date itself; another day names itself, `02-Mar 22:00 - 03-Mar 06:30`; a night
/// on which the clocks change shows both offsets, because the times alone would not add up.
struct ClockText {
  let clock: LocalClock
  /// The date that needs no name.
  let date: CivilDate?

  func range(_ interval: Interval) -> String {
    range(from: interval.start, to: interval.end)
  }

  func range(from start: Instant, to end: Instant) -> String {
    let changes = clock.offset(at: start) != clock.offset(at: end)
    if !changes, isOnDate(start), isOnDate(end) { return "\(time(start))-\(time(end))" }
    return "\(moment(start, offset: changes)) - \(moment(end, offset: changes))"
  }

  /// `09:40`, or with its day where that is another, `03-Mar 00:10`.
  func moment(_ moment: Instant, offset: Bool = false) -> String {
    var text = time(moment)
    if !isOnDate(moment) { text = "\(clock.date(at: moment).display.prefix(6)) \(text)" }
    if offset { text += " (UTC\(offsetText(clock.offset(at: moment))))" }
    return text
  }

  /// `02-Mar-2026 09:40`.
  func full(_ moment: Instant) -> String {
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

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
    interval.isEmpty
      ? text(Shown(interval.start, on: clock), offset: false) : range(interval)
  }

  func range(_ interval: Interval) -> String {
    let start = Shown(interval.start, on: clock)
    let end = Shown(interval.end, on: clock)
    let changes = start.offset != end.offset
    if !changes, start.local.date == date, end.local.date == date {
      return "\(start.time)-\(end.time)"
    }
    return "\(text(start, offset: changes)) - \(text(end, offset: changes))"
  }

  /// What the clock shows at a moment. Looked up once: an export of a year has a million ranges.
  private struct Shown {
    let local: LocalTime
    let offset: Int

    init(_ moment: Instant, on clock: LocalClock) {
      offset = clock.offset(at: moment)
      local = LocalTime(moment, offset: offset)
    }

    var time: String {
      let second = local.second
      return second == 0 ? local.clock : "\(local.clock):\(second < 10 ? "0" : "")\(second)"
    }
  }

  private func text(_ shown: Shown, offset: Bool) -> String {
    var text = shown.time
    if shown.local.date != date { text = "\(shown.local.date.display.prefix(6)) \(text)" }
    if offset { text += " (UTC\(offsetText(shown.offset)))" }
    return text
  }

  private func offsetText(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    let sign = seconds < 0 ? "-" : "+"
    let rest = minutes % 60
    return "\(sign)\(minutes / 60)" + (rest == 0 ? "" : ":\(rest < 10 ? "0" : "")\(rest)")
  }
}

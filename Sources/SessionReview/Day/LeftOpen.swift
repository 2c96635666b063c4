package import InfusionRecord

/// A session that was opened on an earlier day and not closed: on the board and in the review it needs a
/// person, whatever still runs in it.
package enum LeftOpen {
  /// `opened 23-Nov-2026 and not closed, 26 hours ago`; nil on the day of the opening.
  package static func words(openedAt: Instant, asOf now: Instant, clock: LocalClock) -> String? {
    let day = clock.date(at: openedAt)
    guard day < clock.date(at: now) else { return nil }
    let hours = hours(openedAt, now)
    let age = hours < 48 ? hours.pluralized("hour") : (hours / 24).pluralized("day")
    return "opened \(day.display) and not closed, \(age) ago"
  }

  /// `26h`, or `3d` from two days on; nil on the day of the opening.
  package static func age(openedAt: Instant, asOf now: Instant, clock: LocalClock) -> String? {
    guard clock.date(at: openedAt) < clock.date(at: now) else { return nil }
    let hours = hours(openedAt, now)
    return hours < 48 ? "\(hours)h" : "\(hours / 24)d"
  }

  private static func hours(_ openedAt: Instant, _ now: Instant) -> Int {
    Int((now - openedAt) / 3600)
  }
}

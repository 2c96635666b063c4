package import InfusionRecord

/// A session that was opened on an earlier day and not closed: on the board and in the review it needs a
/// person, whatever still runs in it.
///
/// A session of the late evening goes on past midnight. It is left open from `ForgottenDrug.night` hours on.
package enum LeftOpen {
  /// `opened 23-Nov-2026 and not closed, 26 hours ago`; nil if it is not left open.
  package static func words(openedAt: Instant, asOf now: Instant, clock: LocalClock) -> String? {
    guard isLeftOpen(openedAt, now, clock) else { return nil }
    let day = clock.date(at: openedAt)
    let hours = hours(openedAt, now)
    let age = hours < 48 ? hours.pluralized("hour") : (hours / 24).pluralized("day")
    return "opened \(day.display) and not closed, \(age) ago"
  }

  /// `26h`, or `3d` from two days on; nil if it is not left open.
  package static func age(openedAt: Instant, asOf now: Instant, clock: LocalClock) -> String? {
    guard isLeftOpen(openedAt, now, clock) else { return nil }
    let hours = hours(openedAt, now)
    return hours < 48 ? "\(hours)h" : "\(hours / 24)d"
  }

  private static func isLeftOpen(
    _ openedAt: Instant, _ now: Instant, _ clock: LocalClock
  ) -> Bool {
    clock.date(at: openedAt) < clock.date(at: now)
      && now - openedAt >= ForgottenDrug.night * 3600
  }

  private static func hours(_ openedAt: Instant, _ now: Instant) -> Int {
    Int((now - openedAt) / 3600)
  }
}

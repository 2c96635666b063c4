/// A moment in time.
///
/// Whole seconds since 1970-01-01 00:00:00 UTC without leap seconds, as in POSIX. Clinical times are
/// charted to the minute. Seconds are kept because session documents may contain them and because a
/// dose's running seconds are summed before they are floored to minutes (rulebook R14).
package struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01 00:00:00 UTC.
  package var seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  package static let distantPast = Instant(seconds: .min / 4)
  package static let distantFuture = Instant(seconds: .max / 4)

  package static func < (left: Instant, right: Instant) -> Bool {
    left.seconds < right.seconds
  }

  /// The moment `seconds` later, or earlier when negative.
  package static func + (moment: Instant, seconds: Int64) -> Instant {
    Instant(seconds: moment.seconds + seconds)
  }

  /// The seconds from `right` to `left`.
  package static func - (left: Instant, right: Instant) -> Int64 {
    left.seconds - right.seconds
  }
}

/// A whole number of minutes.
///
/// Made from seconds by flooring once (rulebook R14): 15 min 59 s is 15 minutes.
package struct Minutes: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  package var count: Int

  package init(_ count: Int) {
    self.count = count
  }

  package init(integerLiteral value: Int) {
    self.count = value
  }

  /// The whole minutes in `seconds`, floored.
  package init(flooring seconds: Int64) {
    self.count = Int(seconds >= 0 ? seconds / 60 : -((59 - seconds) / 60))
  }

  package static func < (left: Minutes, right: Minutes) -> Bool {
    left.count < right.count
  }

  package static func + (left: Minutes, right: Minutes) -> Minutes {
    Minutes(left.count + right.count)
  }

  package static func - (left: Minutes, right: Minutes) -> Minutes {
    Minutes(left.count - right.count)
  }
}

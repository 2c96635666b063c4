/// A moment in time.
///
/// Whole seconds since 1970-01-01 00:00:00 UTC without leap seconds, as in POSIX. Clinical times are
/// charted to the minute. Seconds are kept because session documents may contain them and because a
/// dose's running seconds are summed before they are floored to minutes (rulebook R14).
public struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01 00:00:00 UTC.
  public var seconds: Int64

  public init(seconds: Int64) {
    self.seconds = seconds
  }

  public static let distantPast = Instant(seconds: .min / 4)
  public static let distantFuture = Instant(seconds: .max / 4)

  public static func < (left: Instant, right: Instant) -> Bool {
    left.seconds < right.seconds
  }

  /// The moment `seconds` later, or earlier when negative.
  public static func + (moment: Instant, seconds: Int64) -> Instant {
    Instant(seconds: moment.seconds + seconds)
  }

  /// The seconds from `right` to `left`.
  public static func - (left: Instant, right: Instant) -> Int64 {
    left.seconds - right.seconds
  }
}

/// A whole number of minutes.
///
/// Made from seconds by flooring once (rulebook R14): 15 min 59 s is 15 minutes.
public struct Minutes: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  public var count: Int

  public init(_ count: Int) {
    self.count = count
  }

  public init(integerLiteral value: Int) {
    self.count = value
  }

  /// The whole minutes in `seconds`, floored.
  public init(flooring seconds: Int64) {
    self.count = Int(seconds >= 0 ? seconds / 60 : -((59 - seconds) / 60))
  }

  public static func < (left: Minutes, right: Minutes) -> Bool {
    left.count < right.count
  }

  public static func + (left: Minutes, right: Minutes) -> Minutes {
    Minutes(left.count + right.count)
  }

  public static func - (left: Minutes, right: Minutes) -> Minutes {
    Minutes(left.count - right.count)
  }
}

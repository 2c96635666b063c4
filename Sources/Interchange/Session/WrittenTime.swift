package import InfusionRecord

/// A time in documents and commands: `YYYY-MM-DDTHH:MM[:SS]`, with or without an offset.
///
/// With an offset (`Z`, `-06:00`) it is a moment. Without one it is read on the session's wall
/// clock. In the hour that occurs twice it is the first of the two (rulebook D39). In the hour that
/// does not exist it is an error, because no clock showed that time.
package struct WrittenTime: Hashable, Sendable {
  package var local: LocalTime
  /// Seconds east of UTC; nil without an offset.
  package var offset: Int?

  /// The allowed years. Others are typing errors.
  package static let years = 1900...2200

  /// The reason why a text is not a time.
  package enum Fault: Error, Hashable, Sendable {
    case form, day, hour, year, offset
    /// The wall clock of the zone never showed this time.
    case skippedByClock
  }

  package init(local: LocalTime, offset: Int? = nil) {
    self.local = local
    self.offset = offset
  }

  /// Reads a text.
  package init(_ text: String) throws(Fault) {
    try self.init(Array(text.utf8)[...])
  }

  init(_ text: ArraySlice<UInt8>) throws(Fault) {
    var cursor = Cursor(text: text)
    guard let year = cursor.digits(4), cursor.takes("-"), let month = cursor.digits(2),
      cursor.takes("-"), let day = cursor.digits(2), cursor.takes("T"),
      let hour = cursor.digits(2), cursor.takes(":"), let minute = cursor.digits(2)
    else { throw .form }
    var second = 0
    if cursor.takes(":") {
      guard let digits = cursor.digits(2) else { throw .form }
      second = digits
    }
    offset = try cursor.offset()
    guard cursor.isAtEnd else { throw .form }
    guard WrittenTime.years.contains(year) else { throw .year }
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .day }
    guard hour < 24, minute < 60, second < 60 else { throw .hour }
    local = LocalTime(date: date, secondOfDay: hour * 3600 + minute * 60 + second)
  }

  /// The moment, read on `clock` if there is no offset.
  package func moment(on clock: LocalClock) throws(Fault) -> Instant {
    if let offset {
      return Instant(
        seconds: Int64(local.date.dayNumber) * 86_400 + Int64(local.secondOfDay) - Int64(offset))
    }
    guard let first = clock.moments(showing: local).first else { throw .skippedByClock }
    return first
  }
}

extension WrittenTime.Fault {
  /// What was found, for the error's sentence.
  package var found: String {
    switch self {
    case .form: "the text is not a time"
    case .day: "the calendar has no such day"
    case .hour: "the clock has no such time of day"
    case .year:
      "the year lies outside \(WrittenTime.years.lowerBound) to \(WrittenTime.years.upperBound)"
    case .offset: "the offset from UTC is not one in use"
    case .skippedByClock:
      "the clocks of the session's time zone went forward over this time, so it never was"
    }
  }

  /// What was expected, for the error's sentence.
  package var expected: String {
    switch self {
    case .form: "YYYY-MM-DDTHH:MM, with :SS and an offset such as Z or -06:00 if wanted"
    case .day: "a day that exists"
    case .hour: "00:00 to 23:59:59"
    case .year: "the year of the session"
    case .offset: "Z, or -12:00 to +14:00"
    case .skippedByClock: "a time the clock showed, or one with an offset"
    }
  }
}

private struct Cursor {
  let text: ArraySlice<UInt8>
  var at: Int

  init(text: ArraySlice<UInt8>) {
    self.text = text
    at = text.startIndex
  }

  var isAtEnd: Bool { at == text.endIndex }

  mutating func digits(_ count: Int) -> Int? {
    guard at + count <= text.endIndex else { return nil }
    var value = 0
    for byte in text[at..<(at + count)] {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    at += count
    return value
  }

  mutating func takes(_ sign: Unicode.Scalar) -> Bool {
    guard at < text.endIndex, text[at] == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  mutating func offset() throws(WrittenTime.Fault) -> Int? {
    if takes("Z") { return 0 }
    let sign: Int
    if takes("+") {
      sign = 1
    } else if takes("-") {
      sign = -1
    } else {
      return nil
    }
    guard let hours = digits(2), takes(":"), let minutes = digits(2) else { throw .form }
    let seconds = sign * (hours * 3600 + minutes * 60)
    guard minutes < 60, (-43_200...50_400).contains(seconds) else { throw .offset }
    return seconds
  }
}

/// Converts local times on one clock. It caches the offset, because the days of a session mostly
/// have one.
struct ClockReading {
  let clock: LocalClock
  private var day: Int32 = .min
  private var offset: Int64?

  init(_ clock: LocalClock) {
    self.clock = clock
  }

  mutating func moment(_ time: WrittenTime) throws(WrittenTime.Fault) -> Instant {
    if time.offset != nil { return try time.moment(on: clock) }
    let number = time.local.date.dayNumber
    if number != day {
      day = number
      offset = constantOffset(around: number)
    }
    guard let offset else { return try time.moment(on: clock) }
    return Instant(seconds: Int64(number) * 86_400 + Int64(time.local.secondOfDay) - offset)
  }

  /// The offset from two days before the day to three days after it; nil if it changes in between.
  private func constantOffset(around day: Int32) -> Int64? {
    let midnight = Int64(day) * 86_400
    let here = clock.offset(at: Instant(seconds: midnight))
    for probe in [-172_800, -86_400, 86_400, 172_800, 259_200] as [Int64]
    where clock.offset(at: Instant(seconds: midnight + probe)) != here {
      return nil
    }
    return Int64(here)
  }
}

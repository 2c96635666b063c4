/// A day in the proleptic Gregorian calendar, without a time zone.
///
/// Stored as days since 1970-01-01; year, month and day are computed when they are read.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before.
  package var dayNumber: Int32

  package init(dayNumber: Int32) {
    self.dayNumber = dayNumber
  }

  /// The day `year`-`month`-`day`, or nil if no such day exists (30 February).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    // Days from civil, counting years from March so that the leap day ends the year.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
    let back = components
    guard back.year == year, back.month == month, back.day == day else { return nil }
  }

  /// Year, month (1 to 12) and day (1 to 31).
  package var components: (year: Int, month: Int, day: Int) {
    let z = Int(dayNumber) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted + (shifted < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// 0 is Monday, 6 is Sunday.
  package var weekday: Int {
    let n = (Int(dayNumber) + 3) % 7
    return n < 0 ? n + 7 : n
  }

  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.dayNumber < right.dayNumber
  }

  package static func + (day: CivilDate, count: Int) -> CivilDate {
    CivilDate(dayNumber: day.dayNumber + Int32(count))
  }
}

extension CivilDate {
  /// Reads `2026-11-23` or `23-Nov-2026`, and `23-Nov` if `year` is given; nil for any other text.
  ///
  /// A month in digits is read only between year and day, because 03-04 is ambiguous.
  package init?(written text: some StringProtocol, year: Int? = nil) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 && $0 != 0x2b } }) else { return nil }
    if parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), let day = Int(parts[2])
    {
      self.init(year: year, month: month, day: day)
      return
    }
    guard parts.count == 2 || (parts.count == 3 && parts[2].utf8.count == 4),
      let day = Int(parts[0]),
      let month = CivilDate.monthNames.firstIndex(where: {
        $0.lowercased() == parts[1].lowercased()
      }), let year = parts.count == 3 ? Int(parts[2]) : year
    else { return nil }
    self.init(year: year, month: month + 1, day: day)
  }

  /// Reads exactly what `iso` writes: `2026-11-23`.
  package init?(iso text: String) {
    self.init(written: text)
    if iso != text { return nil }
  }

  /// `2026-11-23`, the form in documents (ISO 8601).
  package var iso: String {
    let (year, month, day) = components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `23-Nov-2026`, the form on screens and paper: the month cannot be mistaken for the day.
  package var display: String {
    let (year, month, day) = components
    return "\(padded(day, 2))-\(CivilDate.monthNames[month - 1])-\(padded(year, 4))"
  }

  /// `Mon`.
  package var weekdayName: String {
    CivilDate.weekdayNames[weekday]
  }

  package static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  package static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

/// `number` in decimal with leading zeros to `width`.
func padded(_ number: Int, _ width: Int) -> String {
  var text = String(number.magnitude)
  for _ in 0..<max(0, width - text.utf8.count) { text = "0" + text }
  return number < 0 ? "-" + text : text
}

extension ClosedRange<CivilDate> {
  /// `Mon 23-Nov-2026`, or `23-Nov-2026 to 27-Nov-2026`.
  package var title: String {
    lowerBound == upperBound
      ? "\(lowerBound.weekdayName) \(lowerBound.display)"
      : "\(lowerBound.display) to \(upperBound.display)"
  }
}

/// Reads a day as people type it: `23-Nov-2026`, `Nov 23, 2026`, `2026-11-23`, `11/23/2026`, `11232026`.
///
/// In some countries `02/04/1961` is in February, in others in April. Every order of day and month that
/// names an existing day is a candidate. One candidate is the day; several are asked about.
package enum TypedDate {
  package enum Problem: Error, Sendable, Hashable {
    case notADate
    case noSuchDay
    /// All days that the text can mean, earliest first.
    case ambiguous([CivilDate])
  }

  /// The day that `text` means.
  ///
  /// - Parameters:
  ///   - range: the possible days. They decide between candidates and the century of `61`. A text with
  ///     one candidate is read even if it lies outside.
  ///   - year: the year of a text without one; nil if the text must have one.
  package static func read(
    _ text: String, within range: ClosedRange<CivilDate>, year: Int? = nil
  ) -> Result<CivilDate, Problem> {
    guard let parts = parts(of: text) else { return .failure(.notADate) }
    guard let readings = readings(of: parts, year: year) else { return .failure(.notADate) }
    let days = Set(readings.flatMap(\.days)).sorted()
    guard let first = days.first else { return .failure(.noSuchDay) }
    let possible = days.filter(range.contains)
    if possible.count > 1 { return .failure(.ambiguous(possible)) }
    return .success(possible.first ?? first)
  }

  /// The question about a text that can mean several days.
  package static func question(_ text: String, _ days: [CivilDate]) -> String {
    let names = days.map(\.display)
    let list = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    return "\(text) can be \(list); type the one that is meant in this form."
  }

  // MARK: Parts

  private enum Part {
    case number(Int, digits: Int)
    case month(Int)
  }

  /// Runs of digits and names of months; nil if the text holds anything else.
  private static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var rest = Substring(text)
    while let first = rest.first {
      if "-/., ".contains(first) {
        rest.removeFirst()
        continue
      }
      let isDigits = isDigit(first)
      let run = rest.prefix { $0.isASCII && (isDigits ? isDigit($0) : $0.isLetter) }
      guard !run.isEmpty, run.utf8.count <= 9 else { return nil }
      rest = rest.dropFirst(run.count)
      if isDigits {
        guard let number = Int(run) else { return nil }
        parts.append(.number(number, digits: run.utf8.count))
      } else {
        guard let month = month(run.lowercased()) else { return nil }
        parts.append(.month(month))
      }
    }
    return parts
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// The month with this English name or its beginning of at least three letters.
  private static func month(_ name: String) -> Int? {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    if name == "sept" { return 9 }
    guard name.count >= 3 else { return nil }
    return names.firstIndex { $0.hasPrefix(name) }.map { $0 + 1 }
  }

  // MARK: Readings

  /// One order of the numbers.
  private struct Reading {
    let years: [Int]
    let month: Int
    let day: Int

    init(years: [Int], _ month: Int, _ day: Int) {
      self.years = years
      self.month = month
      self.day = day
    }

    var days: [CivilDate] {
      years.compactMap { CivilDate(year: $0, month: month, day: day) }
    }
  }

  /// Nil if the parts are no date in any order.
  private static func readings(of parts: [Part], year: Int?) -> [Reading]? {
    switch parts.count {
    case 1:
      guard case .number(let number, digits: 8) = parts[0] else { return nil }
      return compact(number)
    case 2:
      guard let year else { return nil }
      switch (parts[0], parts[1]) {
      case (.number(let day, let digits), .month(let month)) where digits <= 2,
        (.month(let month), .number(let day, let digits)) where digits <= 2:
        return [Reading(years: [year], month, day)]
      case (.number(let one, let digits), .number(let other, let others))
      where digits <= 2 && others <= 2:
        return [Reading(years: [year], one, other), Reading(years: [year], other, one)]
      default: return nil
      }
    case 3: return three(parts[0], parts[1], parts[2])
    default: return nil
    }
  }

  /// `20261123`, `11232026` and `23112026`.
  private static func compact(_ number: Int) -> [Reading] {
    let (high, low) = (number / 10_000, number % 10_000)
    var readings: [Reading] = []
    if isYear(high) { readings.append(Reading(years: [high], low / 100, low % 100)) }
    if isYear(low) {
      readings.append(Reading(years: [low], high / 100, high % 100))
      readings.append(Reading(years: [low], high % 100, high / 100))
    }
    return readings
  }

  private static func three(_ first: Part, _ second: Part, _ third: Part) -> [Reading]? {
    switch (first, second, third) {
    case (.number(let year, digits: 4), .number(let month, _), .number(let day, _)),
      (.number(let year, digits: 4), .month(let month), .number(let day, _)):
      return [Reading(years: [year], month, day)]
    case (.number(let day, let digits), .month(let month), .number(let year, let length)),
      (.month(let month), .number(let day, let digits), .number(let year, let length)):
      guard digits <= 2, let years = years(year, length) else { return nil }
      return [Reading(years: years, month, day)]
    case (
      .number(let one, let digits), .number(let other, let others), .number(let year, let length)
    ):
      guard digits <= 2, others <= 2, let years = years(year, length) else { return nil }
      return [Reading(years: years, one, other), Reading(years: years, other, one)]
    default: return nil
    }
  }

  private static func isYear(_ number: Int) -> Bool { (1800...2200).contains(number) }

  /// The years a number can be; two digits are of this century or the last.
  private static func years(_ number: Int, _ digits: Int) -> [Int]? {
    switch digits {
    case 4: [number]
    case 2: [1900 + number, 2000 + number]
    default: nil
    }
  }
}

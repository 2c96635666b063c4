package import InfusionRecord

/// A calendar quarter, `2026Q4`.
package struct Quarter: Sendable, Hashable, Comparable {
  package let year: Int
  /// 1 to 4.
  package let number: Int
  /// The first date in it.
  package let first: CivilDate

  /// Nil if `number` is not 1 to 4.
  package init?(year: Int, number: Int) {
    guard (1...4).contains(number),
      let first = CivilDate(year: year, month: 3 * number - 2, day: 1)
    else { return nil }
    self.year = year
    self.number = number
    self.first = first
  }

  /// The quarter that a date is in.
  package init?(of date: CivilDate) {
    let parts = date.components
    self.init(year: parts.year, number: (parts.month + 2) / 3)
  }

  /// Reads `2026Q4`.
  package init?(_ text: String) {
    let parts = text.split(separator: "Q", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 1,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let number = Int(parts[1])
    else { return nil }
    self.init(year: year, number: number)
  }

  /// `2026Q4`.
  package var text: String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "Q\(number)"
  }

  package static func < (left: Quarter, right: Quarter) -> Bool { left.first < right.first }
}

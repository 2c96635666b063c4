/// A decimal number as it is written, without rounding.
///
/// Doses are counted in units of a code, and a binary fraction would make 0.3 mg in units of 0.1 mg
/// come to four units. The number is a whole number of digits and the place of the point, so that sums,
/// products and whole quotients are exact.
package struct ExactDecimal: Sendable, Hashable {
  /// All digits as one whole number.
  private let digits: Int128
  /// How many of the digits stand after the point. The last of them is not 0.
  private let places: Int

  package static let zero = ExactDecimal(0)

  /// The most digits before and after the point of a number that is read.
  package static let most = (whole: 9, places: 6)

  package init(_ number: Int) {
    digits = Int128(number)
    places = 0
  }

  private init(digits: Int128, places: Int) {
    var (digits, places) = (digits, places)
    while places > 0, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    self.digits = digits
    self.places = places
  }

  /// Reads `315` or `0.25`: digits, and a point with digits after it. Nothing else is a number here: no
  /// sign, no exponent, no bare point, no comma.
  package init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
      parts[0].count <= ExactDecimal.most.whole,
      parts.count == 1 || parts[1].count <= ExactDecimal.most.places,
      parts[0].count == 1 || parts[0].first != UInt8(ascii: "0")
    else { return nil }
    var digits: Int128 = 0
    for part in parts {
      for byte in part { digits = digits * 10 + Int128(byte - UInt8(ascii: "0")) }
    }
    self.init(digits: digits, places: parts.count == 2 ? parts[1].count : 0)
  }

  package var isZero: Bool { digits == 0 }

  /// `0.25`; as it was read, without zeros at the end.
  package var text: String {
    guard places > 0 else { return String(digits) }
    var written = String(digits.magnitude)
    if written.count <= places {
      written = String(repeating: "0", count: places + 1 - written.count) + written
    }
    let point = written.index(written.endIndex, offsetBy: -places)
    return (digits < 0 ? "-" : "") + written[..<point] + "." + written[point...]
  }
}

// MARK: Arithmetic

extension ExactDecimal: Comparable {
  package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let (a, b, _) = aligned(left, right)
    return a < b
  }

  package static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    let (a, b, places) = aligned(left, right)
    return ExactDecimal(digits: a + b, places: places)
  }

  package static func - (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    let (a, b, places) = aligned(left, right)
    return ExactDecimal(digits: a - b, places: places)
  }

  package static func * (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    ExactDecimal(digits: left.digits * right.digits, places: left.places + right.places)
  }

  /// The number times 10 to the `power`, which may be negative.
  package func shifted(by power: Int) -> ExactDecimal {
    if power <= places { return ExactDecimal(digits: digits, places: places - power) }
    return ExactDecimal(digits: digits * ExactDecimal.ten(to: power - places), places: 0)
  }

  /// How often `unit` goes into the number, rounded down; 0 for a unit of 0.
  package func wholes(of unit: ExactDecimal) -> Int {
    let (a, b, _) = ExactDecimal.aligned(self, unit)
    return b == 0 ? 0 : Int(clamping: a / b)
  }

  /// How many units are needed to reach the number, the last one perhaps in part.
  package func unitsCovering(by unit: ExactDecimal) -> Int {
    let (a, b, _) = ExactDecimal.aligned(self, unit)
    return b == 0 ? 0 : Int(clamping: a % b > 0 ? a / b + 1 : a / b)
  }

  /// What is left after the whole units.
  package func remainder(of unit: ExactDecimal) -> ExactDecimal {
    let (a, b, places) = ExactDecimal.aligned(self, unit)
    return b == 0 ? .zero : ExactDecimal(digits: a % b, places: places)
  }

  /// The quotient to `count` places, a half rounded up; nil for a divisor of 0.
  package func divided(by divisor: ExactDecimal, places count: Int) -> ExactDecimal? {
    let (a, b, _) = ExactDecimal.aligned(self, divisor)
    guard b > 0 else { return nil }
    let scaled = a * ExactDecimal.ten(to: count)
    return ExactDecimal(digits: (2 * scaled + b) / (2 * b), places: count)
  }

  /// The digits of both with equally many places.
  private static func aligned(
    _ left: ExactDecimal, _ right: ExactDecimal
  ) -> (Int128, Int128, places: Int) {
    let places = max(left.places, right.places)
    return (
      left.digits * ten(to: places - left.places), right.digits * ten(to: places - right.places),
      places
    )
  }

  private static func ten(to power: Int) -> Int128 {
    (0..<power).reduce(1) { result, _ in result * 10 }
  }
}

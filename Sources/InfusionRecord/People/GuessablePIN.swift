/// The PINs that people choose most and that an attacker tries first: dates, runs, steps, pairs, keypad
/// lines, known numbers.
///
/// A PIN is guessable if the whole of it is one of these, or a row of them: `196104` is a year and a
/// month, `123789` two runs, `25801470` two lines. About one random PIN of six digits in six is
/// refused, so an attacker who knows the rule saves less than a tenth of a digit.
package struct GuessablePIN {
  private let digits: [Int]

  /// - Parameter digits: 0 to 9 each.
  init(_ digits: [Int]) {
    self.digits = digits
  }

  /// What makes a PIN easy to guess.
  package enum Pattern: String, Sendable, Hashable, CaseIterable {
    case fewDigits = "it has one or two different digits"
    case repeated = "a part of it repeats"
    case pairs = "it is a row of pairs"
    case mirrored = "it reads the same backwards"
    case keypad = "its keys lie together on a keypad"
    case steps = "its digits go up or down in equal steps"
    case counted = "it counts from one number to the next"
    case known = "it is the beginning of a known number"
    case date = "it is a date"
    case row = "it is a row of dates, years, runs or lines of keys"
  }

  /// Nil for a PIN that is taken.
  var pattern: Pattern? {
    if Set(digits).count <= 2 { return .fewDigits }
    if isRepeated { return .repeated }
    if isOfPairs { return .pairs }
    if isMirrored { return .mirrored }
    if isOnOneShape || isWalk { return .keypad }
    if isStepped { return .steps }
    if isCounted { return .counted }
    if isKnown { return .known }
    if isDate(digits[...]) { return .date }
    return isRow(from: 0) ? .row : nil
  }

  // MARK: Patterns of the whole

  /// `123123`, `121212`.
  private var isRepeated: Bool {
    (1...(digits.count / 2)).contains { length in
      digits.count.isMultiple(of: length)
        && digits.indices.allSatisfy { digits[$0] == digits[$0 % length] }
    }
  }

  /// `112233`: each digit twice.
  private var isOfPairs: Bool {
    digits.count.isMultiple(of: 2)
      && stride(from: 0, to: digits.count, by: 2).allSatisfy { digits[$0] == digits[$0 + 1] }
  }

  /// `123321`.
  private var isMirrored: Bool { digits.elementsEqual(digits.reversed()) }

  /// Keys that lie on one row, column, diagonal, or on the corners or the cross of the keypad.
  private var isOnOneShape: Bool {
    let used = Set(digits)
    return GuessablePIN.shapes.contains { used.isSubset(of: $0) }
  }

  private static let shapes: [Set<Int>] = [
    [1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 4, 7], [2, 5, 8, 0], [3, 6, 9], [1, 5, 9], [3, 5, 7],
    [1, 3, 7, 9], [2, 4, 6, 8],
  ]

  /// Each key is next to the one before: `147852`, `125896`.
  private var isWalk: Bool {
    zip(digits, digits.dropFirst()).allSatisfy { one, next in
      let (from, to) = (GuessablePIN.place(one), GuessablePIN.place(next))
      return one != next && abs(from.row - to.row) <= 1 && abs(from.column - to.column) <= 1
    }
  }

  /// `135791`, `369258`, and with one more digit before or after them, as `135790` and `864209`: each digit is
  /// as far from the one before, with 0 after 9.
  private var isStepped: Bool {
    let steps = zip(digits.dropFirst(), digits).map { ($0 - $1 + 10) % 10 }
    return Set(steps.dropLast()).count == 1 || Set(steps.dropFirst()).count == 1
  }

  /// `246810`, `101112`, `504030`: numbers one after another, each as far from the one before, at most by ten.
  private var isCounted: Bool {
    let text = text
    return (0...99).contains { first in
      (-10...10).contains { step in
        guard step != 0, text.hasPrefix(String(first)) else { return false }
        var numbers = ""
        var number = first
        while numbers.count < text.count, number >= 0 {
          numbers += String(number)
          number += step
        }
        return numbers.hasPrefix(text)
      }
    }
  }

  /// Begins with the first six digits of a number that many people know by heart.
  private var isKnown: Bool {
    let text = text
    return GuessablePIN.known.contains { text.hasPrefix($0) }
  }

  /// π, e, the golden ratio, roots of 2 and 3, a seventh; Fibonacci numbers, primes, squares, powers of 2; the
  /// speed of light, Avogadro, Planck, and a telephone number of a song.
  private static let known = [
    "314159", "271828", "161803", "141421", "173205", "142857", "112358", "123581", "235711",
    "149162", "124816", "248163", "299792", "602214", "662607", "867530",
  ]

  private var text: String { digits.map(String.init).joined() }

  /// Where a key is on a keypad: 1 2 3, 4 5 6, 7 8 9, and 0 below the 8.
  private static func place(_ digit: Int) -> (row: Int, column: Int) {
    digit == 0 ? (3, 1) : ((digit - 1) / 3, (digit - 1) % 3)
  }

  // MARK: A row of pieces

  /// Whether the digits from `start` on are pieces one after another.
  private func isRow(from start: Int) -> Bool {
    if start == digits.count { return start > 0 }
    let rest = digits[start...]
    return (2...4).contains { length in
      guard rest.count >= length else { return false }
      let piece = rest.prefix(length)
      return isPiece(piece) && isRow(from: start + length)
    }
  }

  /// A run or line of three, or a year, a day of the year or a pattern of four. Two digits that could be
  /// a day or a month count next to a year alone: every number to 31 is one.
  private func isPiece(_ piece: ArraySlice<Int>) -> Bool {
    switch piece.count {
    case 2: hasYear(nextTo: piece) && (1...31).contains(GuessablePIN.number(piece))
    case 3: isRun(piece) || isLine(piece)
    default:
      isRun(piece) || isLine(piece) || isYear(piece) || isDayOfYear(piece)
        || GuessablePIN(Array(piece)).isPatternOfFour
    }
  }

  /// `1212`, `1122`, `1221`, `1397`.
  private var isPatternOfFour: Bool {
    isRepeated || isOfPairs || isMirrored || isOnOneShape
  }

  private func hasYear(nextTo piece: ArraySlice<Int>) -> Bool {
    let before = digits[..<piece.startIndex].suffix(4)
    let after = digits[piece.endIndex...].prefix(4)
    return before.count == 4 && isYear(before) || after.count == 4 && isYear(after)
  }

  /// `1234`, `4321`, `7890`, `777`.
  private func isRun(_ piece: ArraySlice<Int>) -> Bool {
    // 0 follows 9.
    let steps = Set(zip(piece.dropFirst(), piece).map { ($0 - $1 + 10) % 10 })
    return steps == [0] || steps == [1] || steps == [9]
  }

  /// `147`, `951`, `2580`: keys in a straight line.
  private func isLine(_ piece: ArraySlice<Int>) -> Bool {
    let text = piece.map(String.init).joined()
    return GuessablePIN.lines.contains(text) || GuessablePIN.lines.contains(String(text.reversed()))
  }

  private static let lines: Set<String> = [
    "147", "258", "369", "159", "357", "580", "2580", "1470", "3690",
  ]

  // MARK: Dates

  /// A day of a calendar with its year in two or four digits, in any order.
  private func isDate(_ all: ArraySlice<Int>) -> Bool {
    func part(_ from: Int, _ length: Int) -> ArraySlice<Int> {
      all.dropFirst(from).prefix(length)
    }
    switch all.count {
    case 6: return isDayOfYear(part(0, 4)) || isDayOfYear(part(2, 4))
    case 7:
      // `4021961`: a day or a month of one digit.
      return isYear(part(3, 4)) && isDayOfYear([0] + part(0, 3))
        || isYear(part(0, 4)) && isDayOfYear([0] + part(4, 3))
    case 8:
      return isYear(part(4, 4)) && isDayOfYear(part(0, 4))
        || isYear(part(0, 4)) && isDayOfYear(part(4, 4))
    default: return false
    }
  }

  /// 1900 to 2099. No clock is read, so a PIN that is taken once is always taken.
  private func isYear(_ piece: ArraySlice<Int>) -> Bool {
    (1900...2099).contains(GuessablePIN.number(piece))
  }

  /// `0402` as a day and a month, or as a month and a day.
  private func isDayOfYear(_ piece: ArraySlice<Int>) -> Bool {
    let first = GuessablePIN.number(piece.prefix(2))
    let second = GuessablePIN.number(piece.suffix(2))
    func isDay(_ day: Int, of month: Int) -> Bool {
      // A leap year, so that 29-Feb counts.
      day <= 31 && CivilDate(year: 2000, month: month, day: day) != nil
    }
    return isDay(first, of: second) || isDay(second, of: first)
  }

  private static func number(_ piece: ArraySlice<Int>) -> Int {
    piece.reduce(0) { $0 * 10 + $1 }
  }
}

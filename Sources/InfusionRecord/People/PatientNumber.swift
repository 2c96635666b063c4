/// Reads a medical record number from what a scanner types.
///
/// A scanner may put an AIM identifier before the data (ISO/IEC 15424: `]C0`, `]d2`), send GS1 data with its
/// application identifiers in brackets or bare, and end with separators. None of that belongs to the
/// number. A wristband may hold more than the number; `WristbandFormat` says where it is.
package enum PatientNumber {
  /// What two spellings of one number have in common: its letters, digits, hyphens and slashes.
  ///
  /// Caps Lock and some scanners change the case, and a copy from a browser may hold blanks, points, marks
  /// that are hardly seen, or digits of another script or raised ones. If a number has none of those
  /// characters, it is compared as it is.
  package static func folded(_ number: String) -> String {
    let isPlain = number.utf8.allSatisfy {
      (0x2D...0x39 ~= $0 && $0 != 0x2E) || 0x41...0x5A ~= $0 & 0xDF
    }
    if isPlain { return number.lowercased() }
    var scalars = String.UnicodeScalarView()
    for scalar in visible(number).unicodeScalars {
      if scalar.isASCII {
        let isPart = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        if isPart || scalar == "-" || scalar == "/" { scalars.append(scalar) }
        continue
      }
      let properties = scalar.properties
      switch properties.generalCategory {
      case .dashPunctuation: scalars.append("-")
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber, .letterNumber, .otherNumber:
        if let value = properties.numericValue, let digits = Int(exactly: value) {
          scalars.append(contentsOf: String(digits).unicodeScalars)
        } else {
          scalars.append(scalar)
        }
      default: continue
      }
    }
    return scalars.isEmpty ? number.lowercased() : String(scalars).lowercased()
  }

  /// The text without characters that are not seen, and with plain letters and digits in place of those of
  /// full width (U+FF01 to U+FF5E).
  private static func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || scalar.value == 0x7F { continue }
      if scalar.properties.isDefaultIgnorableCodePoint { continue }
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      let plain = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
      scalars.append(plain ?? scalar)
    }
    return String(scalars)
  }

  package static func areSame(_ one: String, _ other: String) -> Bool {
    one == other || folded(one) == folded(other)
  }

  package static func read(_ text: String, format: WristbandFormat? = nil) -> String {
    var rest = trimmed(Substring(visible(text)))
    let symbology = aimIdentifier(rest)
    if let symbology { rest = trimmed(rest.dropFirst(symbology.count)) }
    if let found = format?.number(in: String(rest)) { return found }
    if let found = bracketed(rest) ?? bare(rest, after: symbology) { return found }
    return String(rest)
  }

  /// `]C0`: a bracket, a letter for the symbology, a modifier.
  private static func aimIdentifier(_ text: Substring) -> Substring? {
    let head = text.prefix(3)
    let characters = Array(head)
    guard characters.count == 3, text.count > 3, characters[0] == "]",
      characters[1].isASCII, characters[1].isLetter,
      characters[2].isASCII, characters[2].isNumber || characters[2].isLetter
    else { return nil }
    return head
  }

  /// Application identifiers that name a patient: the service relation number of the recipient of care, and
  /// its instance. Each value is 18 digits.
  private static let relations = ["8018", "8017"]

  /// `(8018)401234500000001238(8019)1`: the value of the identifier that names the patient, otherwise the
  /// first value.
  private static func bracketed(_ text: Substring) -> String? {
    guard text.first == "(" else { return nil }
    var values: [(identifier: Substring, value: Substring)] = []
    var rest = text
    while rest.first == "(", let close = rest.firstIndex(of: ")") {
      let identifier = rest[rest.index(after: rest.startIndex)..<close]
      guard (2...4).contains(identifier.count), identifier.allSatisfy({ ("0"..."9").contains($0) })
      else { return nil }
      let value = rest[rest.index(after: close)...].prefix { $0 != "(" }
      values.append((identifier, trimmed(value)))
      rest = rest[value.endIndex...]
    }
    let named = values.first { relations.contains(String($0.identifier)) } ?? values.first
    return named.flatMap { $0.value.isEmpty ? nil : String($0.value) }
  }

  /// GS1 data without brackets, which only an AIM identifier tells from other digits.
  private static func bare(_ text: Substring, after symbology: Substring?) -> String? {
    guard let symbology, ["]C1", "]d2", "]Q3", "]e0", "]J1"].contains(String(symbology)) else {
      return nil
    }
    guard let identifier = relations.first(where: { text.hasPrefix($0) }) else { return nil }
    let rest = text.dropFirst(identifier.count)
    let value = rest.prefix(18)
    // A number of another form, which the standard does not allow, is taken whole.
    let isStandard = value.count == 18 && value.allSatisfy { ("0"..."9").contains($0) }
    return rest.isEmpty ? nil : String(isStandard ? value : rest)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

/// Where a wristband's barcode holds the record number: `PT{mrn}^*`.
///
/// `{mrn}` stands for the number, `*` at the end for anything, other characters for themselves. Case makes no
/// difference outside the number.
package struct WristbandFormat: Sendable, Hashable {
  package let pattern: String
  private let before: String
  private let after: String
  private let isOpenEnded: Bool

  /// Nil unless the pattern has `{mrn}` once, and `*` at most once, at its end.
  package init?(_ pattern: String) {
    guard let mark = pattern.firstRange(of: "{mrn}") else { return nil }
    let before = String(pattern[..<mark.lowerBound])
    var after = String(pattern[mark.upperBound...])
    isOpenEnded = after.hasSuffix("*")
    if isOpenEnded { after.removeLast() }
    guard !before.contains("*"), !after.contains("*"), !after.contains("{mrn}"),
      !isOpenEnded || !after.isEmpty
    else { return nil }
    self.pattern = pattern
    self.before = before
    self.after = after
  }

  /// The number in a scanned text; nil if the text has another form.
  func number(in text: String) -> String? {
    guard text.lowercased().hasPrefix(before.lowercased()) else { return nil }
    let rest = text.dropFirst(before.count)
    let number: Substring
    if after.isEmpty {
      number = rest
    } else if isOpenEnded {
      guard let end = rest.firstRange(of: after) else { return nil }
      number = rest[..<end.lowerBound]
    } else {
      guard rest.lowercased().hasSuffix(after.lowercased()) else { return nil }
      number = rest.dropLast(after.count)
    }
    return number.isEmpty ? nil : String(number)
  }
}

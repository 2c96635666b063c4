/// What is left of a name when everything is removed by which two names can differ and still look alike.
///
/// Two names with one skeleton are taken for each other on a screen and on paper (Unicode UTS #39 calls
/// it that). Case, blanks, punctuation, accents and characters without width make no difference. Letters
/// in another style (full width, bold, circled), the twins of Latin letters in other scripts (`LetterTwins`),
/// and the groups 0 O and 1 l I are one letter. So `J. ALI` and `J. ALL` look alike, because `l` and `I` do.
package struct NameSkeleton: Sendable, Hashable {
  /// By the letters as they are drawn: a Greek `Η` is an H, and `η` is an n.
  private let drawn: String
  /// By the letters in lower case, so that `ΝΙΚΗ` and `Νίκη` are one name.
  private let folded: String

  package init(_ name: String) {
    drawn = NameSkeleton.skeleton(name)
    folded = NameSkeleton.skeleton(name.lowercased())
  }

  package func looksLike(_ other: NameSkeleton) -> Bool {
    drawn == other.drawn || folded == other.folded
  }

  private static func skeleton(_ name: String) -> String {
    let text = name.unicodeScalars.map(letters).joined()
    // A name of signs alone is compared as it is.
    return text.isEmpty ? name : text
  }

  /// What a scalar adds: Latin letters or digits, the scalar itself in lower case, or nothing.
  private static func letters(_ scalar: Unicode.Scalar) -> String {
    if isLeftOut(scalar) { return "" }
    let found = LetterTwins.table[scalar] ?? digit(scalar) ?? styled(scalar)
    return String((found ?? scalar.properties.lowercaseMapping).map { groups[$0] ?? $0 })
  }

  private static let groups: [Character: Character] = ["0": "o", "1": "l", "i": "l"]

  /// Blanks, punctuation, signs, accents and format characters. Marks of other scripts are letters.
  private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
      return true
    case 0x7C: return false  // | looks like l.
    default: break
    }
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return false
    case .otherSymbol:
      // Circled and squared letters.
      return styled(scalar) == nil
    default: return true
    }
  }

  /// `1` for a one in any script or style.
  private static func digit(_ scalar: Unicode.Scalar) -> String? {
    guard scalar.properties.numericType != nil, let value = scalar.properties.numericValue,
      let digit = Int(exactly: value), (0...9).contains(digit)
    else { return nil }
    return String(digit)
  }

  /// The Latin letters that a letter with marks or in another style stands for, by its Unicode name:
  /// `LATIN SMALL LETTER A WITH ACUTE`, `MATHEMATICAL BOLD CAPITAL A`, `GREEK SMALL LETTER ALPHA WITH TONOS`.
  private static func styled(_ scalar: Unicode.Scalar) -> String? {
    guard let name = scalar.properties.name else { return nil }
    let words = name.split(separator: " ")
    let plain = words.prefix { $0 != "WITH" }
    guard let script = plain.first, let letter = plain.last else { return nil }
    if script == "GREEK" || script == "MATHEMATICAL" {
      let table = plain.contains("CAPITAL") ? greekCapitals : greekSmall
      if let twin = table[letter] { return twin }
    }
    guard styles.contains(script), letter.count <= 2,
      letter.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    return letter.lowercased()
  }

  private static let styles: Set<Substring> = [
    "LATIN", "MATHEMATICAL", "FULLWIDTH", "MODIFIER", "CIRCLED", "NEGATIVE", "PARENTHESIZED",
    "SQUARED", "SUPERSCRIPT", "SUBSCRIPT", "DOUBLE-STRUCK", "SCRIPT", "BLACK-LETTER", "REGIONAL",
    "OUTLINED", "CROSSED", "FEMININE", "MASCULINE",
  ]

  private static let greekCapitals: [Substring: String] = [
    "ALPHA": "a", "BETA": "b", "EPSILON": "e", "ZETA": "z", "ETA": "h", "IOTA": "i", "KAPPA": "k",
    "MU": "m", "NU": "n", "OMICRON": "o", "RHO": "p", "TAU": "t", "UPSILON": "y", "CHI": "x",
  ]
  private static let greekSmall: [Substring: String] = [
    "ALPHA": "a", "BETA": "b", "EPSILON": "e", "ETA": "n", "IOTA": "i", "KAPPA": "k", "NU": "v",
    "OMICRON": "o", "RHO": "p", "SIGMA": "o", "TAU": "t", "UPSILON": "u", "CHI": "x", "GAMMA": "y",
    "OMEGA": "w",
  ]
}

extension Roster {
  /// The person whose name could be taken for another one; the same name does not count.
  package func lookAlike(of name: String) -> Person? {
    let skeleton = NameSkeleton(name)
    return people.first { $0.name != name && NameSkeleton($0.name).looksLike(skeleton) }
  }
}

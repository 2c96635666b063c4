/// The columns that text takes on a terminal and on a page of fixed-width letters.
///
/// Terminals lay text out by code point, as POSIX `wcwidth` counts: 0 for a combining mark, 2 for an
/// East Asian wide or fullwidth character and for emoji, 1 for the rest. `WidthTests` compares this
/// table with the C library for every code point. A character that a terminal obeys has no width, so
/// callers pass text that went through `printable`.
package enum DisplayWidth {
  /// The columns of one code point.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    if isCombining(scalar) { return 0 }
    if value < 0x1100 { return 1 }
    return isWide(value) ? 2 : 1
  }

  /// The columns of a text or of one character: the sum over its code points.
  package static func of(_ text: some StringProtocol) -> Int {
    var count = 0
    var isASCII = true
    for byte in text.utf8 {
      count += 1
      isASCII = isASCII && byte < 0x80
    }
    if isASCII { return count }
    return text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  package static func of(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// Whether the code point is drawn over the character before it.
  static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x300: return false
    // The joiners, in the places where `printable` keeps them.
    case 0x200C, 0x200D: return true
    // Vowels and final consonants of composed Hangul syllables.
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }

  static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[middle].last < value { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].first <= value
  }
}

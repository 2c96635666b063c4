/// How many columns a character takes on a terminal.
///
/// Terminals lay text out by code point, as POSIX `wcwidth` counts: 0 for a combining mark, 2 for an
/// East Asian wide or fullwidth character and for emoji, 1 for the rest. The rule here was compared
/// with the C library's own answer for every code point it knows (a test repeats it). Characters
/// that a terminal would obey instead of show have no width here; `VisibleText` replaces them first.
public enum DisplayWidth {
  /// The columns of one code point that is fit to be shown.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    if isCombining(scalar) { return 0 }
    if value < 0x1100 { return 1 }
    return isWide(value) ? 2 : 1
  }

  /// The columns of a character as a person sees it: its code points together.
  public static func of(_ character: Character) -> Int {
    var columns = 0
    for scalar in character.unicodeScalars { columns += of(scalar) }
    return columns
  }

  /// The columns of a text that went through `VisibleText`.
  public static func of(_ text: String) -> Int {
    var columns = 0
    for scalar in text.unicodeScalars { columns += of(scalar) }
    return columns
  }

  /// A mark that is written over the character before it.
  static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x300: return false
    // Zero width joiner and non-joiner, where VisibleText lets them stand.
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

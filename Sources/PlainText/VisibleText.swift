extension String {
  /// The text as a terminal shows it, without anything a terminal would obey.
  ///
  /// Other people wrote the names, notes and imported texts. Every text passes here before it reaches
  /// a screen, a page, a line of output or an error message. Control characters become caret notation
  /// (`^[`). Invisible characters and characters that turn the reading direction become U+FFFD.
  /// Letters, accents, CJK, Indic and right-to-left scripts pass unchanged. The function is
  /// idempotent.
  ///
  ///     ESC ] 0 ; x BEL      →  ^[]0;x^G
  ///     U+202E (override)    →  �
  ///
  /// The joiners U+200C and U+200D stay between letters of the scripts that need them (Arabic to
  /// Sinhala); elsewhere they hide differences between two names and become U+FFFD. Variation
  /// selectors are left out because they choose a picture, not a letter.
  package var printable: String {
    if isPrintableASCII { return self }
    var shown = String.UnicodeScalarView()
    var marks = 0
    var last: Unicode.Scalar?
    let scalars = Array(unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch scalar.appearance(after: last, before: next) {
      case .itself:
        shown.append(scalar)
        marks = 0
      case .mark:
        marks += 1
        // A mark without a base letter would combine with whatever the screen shows before it.
        if last == nil { shown.append("\u{25CC}") }
        if marks <= String.maximumMarks { shown.append(scalar) }
      case .caret(let letter):
        shown.append("^")
        shown.append(letter)
        marks = 0
      case .replacement:
        shown.append("\u{FFFD}")
        marks = 0
      case .nothing:
        continue
      }
      last = scalar
    }
    return String(shown)
  }

  /// Whether every byte is printable ASCII. Such a text needs no replacement and has one column a
  /// byte.
  package var isPrintableASCII: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// The combining marks kept on one letter; living languages need three.
  static let maximumMarks = 4
}

extension Unicode.Scalar {
  /// Whether documents and exports never contain this character as it is.
  ///
  /// True for a control character (C0, DEL, C1), a line or paragraph separator, a character that
  /// turns the direction of the text after it, and one without width that makes two names look
  /// alike. The joiners U+200C and U+200D belong to the spelling of many scripts and are false.
  ///
  /// JSON and CSV escape exactly these characters. Signed sessions are hashed over that JSON, so the
  /// set must not change.
  package var steersOutput: Bool {
    switch value {
    case 0x20..<0x7F: false
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  fileprivate enum Appearance {
    case itself, mark, replacement, nothing
    case caret(Unicode.Scalar)
  }

  fileprivate func appearance(after last: Unicode.Scalar?, before next: Unicode.Scalar?)
    -> Appearance
  {
    switch value {
    case 0..<0x20: return .caret(Unicode.Scalar(UInt8(value) + 0x40))
    case 0x7F: return .caret("?")
    case _ where steersOutput: return .replacement
    case ..<0x300: return .itself
    case 0xFE00...0xFE0F: return .nothing
    case 0x200C, 0x200D:
      return Unicode.Scalar.needsJoiners(last) && Unicode.Scalar.needsJoiners(next)
        ? .mark : .replacement
    // Letters without ink: Hangul fillers and Khmer inherent vowels.
    case 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0: return .replacement
    default: break
    }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      return .replacement
    case .nonspacingMark, .enclosingMark:
      return (0xE0100...0xE01EF).contains(value) ? .replacement : .mark
    default:
      return DisplayWidth.isCombining(self) ? .mark : .itself
    }
  }

  private static func needsJoiners(_ scalar: Unicode.Scalar?) -> Bool {
    guard let value = scalar?.value else { return false }
    return (0x0600...0x08FF).contains(value) || (0x0900...0x0DFF).contains(value)
  }
}

/// Text that a terminal shows and never obeys.
///
/// Names, notes and imported texts were written by others. Every text that reaches a screen, a line
/// of output or a message for people passes here once: control characters become caret notation
/// (`^[`), and what is invisible or turns the reading direction becomes U+FFFD, so that it is seen
/// and does nothing. Letters, accents, CJK, Indic and right-to-left scripts pass unchanged.
///
///     ESC ] 0 ; x BEL      →  ^[]0;x^G
///     U+202E (override)    →  �
///
/// Joiners U+200C and U+200D stay between letters of scripts that need them (Arabic to Sinhala);
/// elsewhere they hide differences between two names and are marked. Variation selectors are left
/// out: they choose a picture, not a letter.
public enum VisibleText {
  /// More combining marks than this on one letter are left out; living languages need three.
  public static let maximumMarks = 4

  /// The text with every obeyed or invisible character replaced by a visible mark.
  public static func of(_ text: String) -> String {
    if isPlain(text) { return text }
    var shown = String.UnicodeScalarView()
    var marks = 0
    var last: Unicode.Scalar?
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch kind(of: scalar, after: last, before: next) {
      case .plain:
        shown.append(scalar)
        marks = 0
      case .mark:
        marks += 1
        // A mark with nothing to stand on would ride on whatever the screen shows before it.
        if last == nil { shown.append("\u{25CC}") }
        if marks <= maximumMarks { shown.append(scalar) }
      case .caret(let letter):
        shown.append("^")
        shown.append(letter)
        marks = 0
      case .replaced:
        shown.append("\u{FFFD}")
        marks = 0
      case .dropped:
        continue
      }
      last = scalar
    }
    return String(shown)
  }

  /// Whether every byte is printable ASCII, so that nothing has to be looked at.
  public static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  private enum Kind {
    case plain, mark, replaced, dropped
    case caret(Unicode.Scalar)
  }

  private static func kind(
    of scalar: Unicode.Scalar, after last: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> Kind {
    let value = scalar.value
    switch value {
    case 0..<0x20: return .caret(Unicode.Scalar(UInt8(value) + 0x40))
    case 0x7F: return .caret("?")
    case 0x80..<0xA0, 0xAD, 0x34F: return .replaced
    case ..<0x300: return .plain
    case 0xFE00...0xFE0F: return .dropped
    case 0x200C, 0x200D:
      return needsJoiners(last) && needsJoiners(next) ? .mark : .replaced
    // Letters without ink.
    case 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0: return .replaced
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      return .replaced
    case .nonspacingMark, .enclosingMark:
      return (0xE0100...0xE01EF).contains(value) ? .replaced : .mark
    default:
      return DisplayWidth.isCombining(scalar) ? .mark : .plain
    }
  }

  private static func needsJoiners(_ scalar: Unicode.Scalar?) -> Bool {
    guard let value = scalar?.value else { return false }
    return (0x0600...0x08FF).contains(value) || (0x0900...0x0DFF).contains(value)
  }
}

extension String {
  /// The text as it may go to a terminal: nothing in it can move the cursor or turn the writing.
  ///
  /// Control characters become caret notation (`^[`), everything else that steers a terminal or the
  /// direction of text becomes U+FFFD.
  public var printable: String {
    var isPlain = true
    for byte in utf8 where byte < 0x20 || byte >= 0x7F {
      isPlain = false
      break
    }
    if isPlain { return self }
    guard unicodeScalars.contains(where: \.steersOutput) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if !scalar.steersOutput {
        result.unicodeScalars.append(scalar)
      } else if scalar.value < 0x20 {
        result.unicodeScalars.append("^")
        result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) + 0x40))
      } else if scalar.value == 0x7F {
        result += "^?"
      } else {
        result += "\u{FFFD}"
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// A control character (C0, DEL, C1), a line or paragraph separator, a mark that turns the
  /// direction of the text after it, or one that takes no room and so makes two names look alike.
  ///
  /// The joiners U+200C and U+200D are letters' own business in many scripts, and stay.
  var steersOutput: Bool {
    switch value {
    case 0x20..<0x7F: false
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}

/// Text as searches compare it: what people type for a name, however it is spelled in the record.
///
/// Case, accents, apostrophes, the form of hyphens and the number of blanks make no difference:
/// `obrien`, `O'Brien` and `O’Brien` are equal, as are `Müller` and `muller`. The identity of a drug is
/// `Formulary.fold`, which keeps accents (rulebook D68).
package enum SearchText {
  package static func fold(_ text: String) -> String {
    var folded = ""
    folded.reserveCapacity(text.utf8.count)
    for character in text.lowercased() {
      if character.isWhitespace {
        if !folded.isEmpty, folded.last != " " { folded.append(" ") }
      } else if isApostrophe(character) {
        continue
      } else if character.isASCII {
        folded.append(character)
      } else if isHyphen(character) {
        folded.append("-")
      } else if let letters = spelled[character] {
        folded += letters
      } else {
        // A letter with marks that the table does not know keeps its base letter.
        folded.unicodeScalars += character.unicodeScalars.filter { !isMark($0) }
      }
    }
    if folded.last == " " { folded.removeLast() }
    return folded
  }

  private static func isApostrophe(_ character: Character) -> Bool {
    switch character {
    case "'", "`", "\u{B4}", "\u{2018}", "\u{2019}", "\u{201B}", "\u{2B9}", "\u{2BB}", "\u{2BC}",
      "\u{2032}", "\u{FF07}":
      true
    default: false
    }
  }

  private static func isHyphen(_ character: Character) -> Bool {
    ("\u{2010}"..."\u{2015}").contains(character) || character == "\u{2212}"
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    (0x300...0x36F).contains(scalar.value)
  }

  /// The base letters of accented letters, and letters that are spelled with two.
  ///
  /// The standard library has no decomposition, but equal characters are equal keys whether they are
  /// composed or not. One mark or two cover the Latin alphabets in use.
  private static let spelled: [Character: String] = {
    var table: [Character: String] = [
      "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
      "ı": "i", "ŋ": "n",
    ]
    // Grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, hook, ring, double acute, caron,
    // horn, dot below, comma below, cedilla, ogonek.
    let marks = [
      0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x31B,
      0x323, 0x326, 0x327, 0x328,
    ].compactMap { Unicode.Scalar($0).map(Character.init) }
    for letter in "abcdefghijklmnopqrstuvwxyz" {
      for mark in marks {
        table[Character("\(letter)\(mark)")] = String(letter)
        for other in marks where other != mark {
          table[Character("\(letter)\(mark)\(other)")] = String(letter)
        }
      }
    }
    return table
  }()
}

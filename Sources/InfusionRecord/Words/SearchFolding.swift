extension SearchText {
  /// Lower case, without accents and apostrophes, with plain hyphens and single blanks.
  package static func fold(_ text: String) -> String { fold(text, spellingUmlauts: false) }

  /// - Parameter spellingUmlauts: whether `ü` becomes `ue` and not `u`.
  static func fold(_ text: String, spellingUmlauts: Bool) -> String {
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
      } else if spellingUmlauts, let letters = umlauts[character] {
        folded += letters
      } else {
        folded += base(of: character)
      }
    }
    if folded.last == " " { folded.removeLast() }
    return folded
  }

  /// The letter without its marks, in the form in which it is compared.
  private static func base(of character: Character) -> String {
    if let letters = spelled[character] { return letters }
    // A letter with marks that the table does not know keeps its base letter.
    var bare = String.UnicodeScalarView()
    for scalar in character.unicodeScalars where !isMark(scalar) {
      // Fullwidth letters and digits of East Asian keyboards.
      let isFullwidth = (0xFF01...0xFF5E).contains(scalar.value)
      bare.append(isFullwidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    let text = String(bare)
    return text.count == 1 ? text.first.flatMap { spelled[$0] } ?? text : text
  }

  private static func isApostrophe(_ character: Character) -> Bool {
    switch character {
    case "'", "`", "\u{B4}", "\u{2018}", "\u{2019}", "\u{201B}", "\u{2B9}", "\u{2BB}", "\u{2BC}",
      "\u{2032}", "\u{5F3}", "\u{FF07}":
      true
    default: false
    }
  }

  private static func isHyphen(_ character: Character) -> Bool {
    ("\u{2010}"..."\u{2015}").contains(character) || character == "\u{2212}"
      || character == "\u{5BE}"
  }

  /// Accents of Latin, Greek and Cyrillic; the points of Hebrew; the vowel signs and the long line of
  /// Arabic. Marks of Indic scripts are part of the spelling and stay.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x591...0x5BD, 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, 0x610...0x61A,
      0x640, 0x64B...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E4, 0x6E7, 0x6E8, 0x6EA...0x6ED:
      true
    default: false
    }
  }

  /// Letters that some languages spell with two others.
  private static let umlauts: [Character: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
  ]

  /// The base letters of accented letters, letters that are spelled with two, and letters of one alphabet
  /// that differ by their place in the word or by the keyboard alone.
  ///
  /// The standard library has no decomposition, but equal characters are equal keys whether they are
  /// composed or not. One mark or two cover the alphabets in use.
  private static let spelled: [Character: String] = {
    var table: [Character: String] = [
      "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
      "ı": "i", "ŋ": "n",
      // Greek and Hebrew letters at the end of a word.
      "ς": "σ", "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
      // Arabic letters that are typed for one another, and their Persian forms.
      "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "ک": "ك",
      "ی": "ي",
    ]
    // Grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, hook, ring, double acute, caron,
    // horn, dot below, comma below, cedilla, ogonek.
    let latin: [UInt32] = [
      0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x31B,
      0x323, 0x326, 0x327, 0x328,
    ]
    // The breathings, the circumflex and the iota below of Greek.
    let greek: [UInt32] = [0x300, 0x301, 0x308, 0x313, 0x314, 0x342, 0x345]
    let cyrillic: [UInt32] = [0x300, 0x301, 0x306, 0x308]
    for (letters, marks) in [
      ("abcdefghijklmnopqrstuvwxyz", latin), ("αεηιορυω", greek), ("аеиіоуыэюя", cyrillic),
    ] {
      let marks = marks.compactMap { Unicode.Scalar($0).map(Character.init) }
      for letter in letters {
        for mark in marks {
          table[Character("\(letter)\(mark)")] = String(letter)
          for other in marks where other != mark {
            table[Character("\(letter)\(mark)\(other)")] = String(letter)
          }
        }
      }
    }
    return table
  }()
}

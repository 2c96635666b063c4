/// A text prepared for searching.
///
/// Case, accents, apostrophes, hyphens and blanks do not matter: `5-FU`, `5 fu` and `5fu` are equal, and
/// `d5 1/2 ns` is `D5 1/2NS`. A point between digits and a percent sign after a digit stay, because they
/// are part of a strength.
struct SearchText: Sendable, Equatable {
  /// All words without separators, UTF-8, lower case.
  let letters: [UInt8]
  /// The position in `letters` at which each word starts.
  let starts: [Int]

  init(_ text: String) {
    var letters: [UInt8] = []
    var starts: [Int] = []
    letters.reserveCapacity(text.utf8.count)
    var isInWord = false
    let bytes = Array(SearchText.withoutAccents(text).utf8)
    for (index, byte) in bytes.enumerated() {
      let follows = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
        if !isInWord { starts.append(letters.count) }
        isInWord = true
        letters.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      case UInt8(ascii: ".")
      where isInWord && letters.last.map(isDigit) == true && isDigit(follows):
        letters.append(byte)
      case UInt8(ascii: "%") where letters.last.map(isDigit) == true:
        letters.append(byte)
        isInWord = false
      case UInt8(ascii: "'"), UInt8(ascii: "`"): continue
      default: isInWord = false
      }
    }
    self.letters = letters
    self.starts = starts
  }

  var isEmpty: Bool { letters.isEmpty }
  var hasOneWord: Bool { starts.count == 1 }

  /// The words, each a part of `letters`.
  var words: [ArraySlice<UInt8>] {
    starts.indices.map { index in
      letters[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : letters.count)]
    }
  }

  /// Whether a word begins with the letters.
  func hasWord(beginning prefix: some Collection<UInt8>) -> Bool {
    words.contains { $0.starts(with: prefix) }
  }

  /// Whether the letters stand anywhere in the text.
  func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= letters.count else { return false }
    for start in 0...(letters.count - part.count) where letters[start] == first {
      if letters[start...].starts(with: part) { return true }
    }
    return false
  }

  /// The text with its accented Latin letters as plain ones, and without typographic marks.
  private static func withoutAccents(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var plain = ""
    for scalar in text.lowercased().unicodeScalars {
      switch scalar {
      case "\u{2019}", "\u{2018}", "\u{02BC}", "®", "™": continue
      case "½": plain += "1/2"
      case "¼": plain += "1/4"
      case _ where scalar.properties.generalCategory == .nonspacingMark: continue
      case _ where scalar.isASCII || !scalar.properties.isAlphabetic:
        plain.unicodeScalars.append(scalar.isASCII ? scalar : " ")
      default: plain.unicodeScalars.append(letter(under: scalar))
      }
    }
    return plain
  }

  /// `e` of `é`: the letter that the Unicode name `LATIN SMALL LETTER E WITH ACUTE` begins with.
  private static func letter(under scalar: Unicode.Scalar) -> Unicode.Scalar {
    let words = (scalar.properties.name ?? "").split(separator: " ")
    guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH",
      words[3].unicodeScalars.count == 1, let letter = words[3].lowercased().unicodeScalars.first
    else { return scalar }
    return letter
  }
}

/// Text as searches compare it: what people type for a name, however it is spelled in the record.
///
/// `fold` serves the names of people: case, accents, apostrophes, the form of hyphens and the number of
/// blanks make no difference. `obrien`, `O'Brien` and `O’Brien` are equal, as are `Müller` and `muller`.
/// `spellings` and `typed` add the ways in which umlauts are spelled with two letters.
/// A `SearchText` serves the names of drugs: there hyphens and blanks make no difference either. `5-FU`,
/// `5 fu` and `5fu` are equal, and `d5 1/2 ns` is `D5 1/2NS`. A point between digits and a percent sign
/// after a digit stay, because they are part of a strength. The identity of a drug is `Formulary.fold`,
/// which keeps accents (rulebook D68).
package struct SearchText: Sendable, Equatable {
  /// All words without separators, UTF-8, lower case.
  let letters: [UInt8]
  /// The position in `letters` at which each word starts.
  let starts: [Int]

  init(_ text: String) {
    var letters: [UInt8] = []
    var starts: [Int] = []
    letters.reserveCapacity(text.utf8.count)
    var isInWord = false
    let bytes = Array(SearchText.plain(text).utf8)
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

  /// The text without accents, apostrophes and trademark signs, and with its fractions spelled.
  private static func plain(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var plain = ""
    for character in fold(text) {
      switch character {
      case "®", "™": continue
      case "½": plain += "1/2"
      case "¼": plain += "1/4"
      case _ where character.isASCII || character.isLetter: plain.append(character)
      default: plain.append(" ")
      }
    }
    return plain
  }
}

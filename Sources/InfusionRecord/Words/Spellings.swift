// How a person finds a name whose umlauts are written in several ways.
//
// | in the record | found by |
// |---|---|
// | Müller | müller, mueller, muller |
// | Mueller | müller, mueller, muller |
// | Strauß | strauß, strauss, straus |
//
// `joe` does not find Jones: two letters that were typed are never read as one.

extension SearchText {
  /// The spellings under which a name is found, folded: as written, with umlauts spelled as two letters,
  /// and with two such letters as one.
  ///
  /// The first two are the name itself, the third is an abbreviation of it.
  package static func spellings(of name: String) -> [String] {
    var spellings = typed(name)
    let short = shortened(spellings[spellings.count - 1])
    if !spellings.contains(short) { spellings.append(short) }
    return spellings
  }

  /// What a person typed to find a name, folded: as written, and with umlauts spelled as two letters.
  package static func typed(_ text: String) -> [String] {
    let folded = fold(text)
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return [folded] }
    let spelled = fold(text, spellingUmlauts: true)
    return spelled == folded ? [folded] : [folded, spelled]
  }

  /// Every spelling of a text in one, for `FoundWords`.
  package static func findable(_ text: String) -> String {
    spellings(of: text).joined(separator: " ")
  }

  /// `mueller` as `muller`.
  private static func shortened(_ folded: String) -> String {
    var short: [UInt8] = []
    short.reserveCapacity(folded.utf8.count)
    for byte in folded.utf8 {
      switch (short.last, byte) {
      case (UInt8(ascii: "a")?, UInt8(ascii: "e")), (UInt8(ascii: "o")?, UInt8(ascii: "e")),
        (UInt8(ascii: "u")?, UInt8(ascii: "e")), (UInt8(ascii: "a")?, UInt8(ascii: "a")),
        (UInt8(ascii: "s")?, UInt8(ascii: "s")):
        continue
      default: short.append(byte)
      }
    }
    return String(decoding: short, as: UTF8.self)
  }
}

/// Words that a person typed to filter a list. A text matches if it holds each of them.
package struct FoundWords: Sendable, Hashable {
  /// Each word in its spellings.
  private let words: [Set<String>]

  package init(_ typed: String) {
    // All spellings have the same blanks.
    // `Sample, Olu` as a row shows it.
    let spellings = SearchText.typed(typed).map { spelling in
      spelling.split { $0 == " " || $0 == "," || $0 == ";" }.map(String.init)
    }
    words = (spellings.first ?? []).indices.map { index in Set(spellings.map { $0[index] }) }
  }

  package var isEmpty: Bool { words.isEmpty }

  /// - Parameter findable: the text as `SearchText.findable` has it.
  package func areIn(_ findable: String) -> Bool {
    words.allSatisfy { spellings in spellings.contains { findable.contains($0) } }
  }
}

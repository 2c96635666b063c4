import Glibc
public import InfusionRecord
import Synchronization

/// What was asked for last: a command asks for the drugs of its session several times.
private let latest = Mutex<(texts: [String], formulary: Formulary)?>(nil)

extension Formulary {
  /// The starter's drugs that one of `texts` may name, for a command that asks about a few.
  ///
  /// Searching it for one of the texts, or asking for the drug of one, gives what the whole starter
  /// gives; it is read in a fraction of the time, because only lines that hold every word of a text
  /// are. Where each drug was read stays out. A text without a letter may be a package's number: then
  /// it is the whole starter.
  public static func starter(naming texts: [String]) -> Formulary {
    if let known = latest.withLock({ $0 }), known.texts == texts { return known.formulary }
    let formulary = reading(linesNaming: texts)
    latest.withLock { $0 = (texts, formulary) }
    return formulary
  }

  private static func reading(linesNaming texts: [String]) -> Formulary {
    var wanted: [[Word]] = []
    for text in texts {
      let folded = fold(text)
      guard folded.utf8.contains(where: { (0x61...0x7a).contains($0) }),
        folded.utf8.allSatisfy({ $0 < 0x80 })
      else { return starter }
      wanted.append(folded.split(separator: " ").map { Word(Array($0.utf8)) })
    }
    do throws(DocumentError) {
      return try reading(lines(holding: wanted), file: "formulary.csv", sources: [:])
    } catch {
      return starter
    }
  }

  /// The head of the table, and the lines that hold every word of one of some texts.
  private static func lines(holding texts: [[Word]]) -> [UInt8] {
    let table = PackageResources.formulary_csv
    // In lower case, letter for letter in the same place.
    var lowered = table
    lowered.withUnsafeMutableBufferPointer { bytes in
      for index in bytes.indices { bytes[index] |= bytes[index] &- 0x41 < 26 ? 0x20 : 0 }
    }
    return lowered.withUnsafeBufferPointer { lowered in
      var starts = [0]
      for words in texts {
        guard let longest = words.max(by: { $0.letters.count < $1.letters.count }) else { continue }
        var at = 0
        while let found = longest.place(in: lowered, at..<lowered.count) {
          let end = end(of: found, in: lowered)
          let start = (lowered[..<found].lastIndex(of: 0x0a) ?? -1) + 1
          if !starts.contains(start),
            words.allSatisfy({ $0.place(in: lowered, start..<end) != nil })
          {
            starts.append(start)
          }
          at = end
        }
      }
      var lines: [UInt8] = []
      for start in starts.sorted() { lines += table[start..<end(of: start, in: lowered)] }
      return lines
    }
  }

  /// Where the line of a place ends, its line feed counted.
  private static func end(of place: Int, in table: UnsafeBufferPointer<UInt8>) -> Int {
    index(of: 0x0a, in: table, place..<table.count).map { $0 + 1 } ?? table.count
  }

  /// A word of lower-case letters, and which of them is looked for.
  private struct Word {
    let letters: [UInt8]
    private let rarest: Int

    init(_ letters: [UInt8]) {
      self.letters = letters
      let ranks = letters.map { Word.rareFirst.firstIndex(of: $0) ?? -1 }
      rarest = ranks.indices.min { ranks[$0] < ranks[$1] } ?? 0
    }

    /// Letters about as rare as they are in names of drugs; digits and signs come before them all.
    private static let rareFirst = Array("qjwkzxyfvgbhpduclmsronteai".utf8)

    /// Where the word first stands in a stretch of a table.
    func place(in table: UnsafeBufferPointer<UInt8>, _ stretch: Range<Int>) -> Int? {
      var at = stretch.lowerBound + rarest
      while at < stretch.upperBound,
        let found = index(of: letters[rarest], in: table, at..<stretch.upperBound)
      {
        let start = found - rarest
        guard start + letters.count <= stretch.upperBound else { return nil }
        if letters.indices.allSatisfy({ table[start + $0] == letters[$0] }) { return start }
        at = found + 1
      }
      return nil
    }
  }

  private static func index(
    of byte: UInt8, in table: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Int? {
    guard let base = table.baseAddress else { return nil }
    guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

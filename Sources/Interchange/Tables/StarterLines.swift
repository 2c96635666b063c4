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
    var wanted: [[[UInt8]]] = []
    for text in texts {
      let words = fold(text).split(separator: " ").map { Array($0.utf8) }
      guard words.joined().contains(where: { (0x61...0x7a).contains($0) }),
        words.joined().allSatisfy({ $0 < 0x80 })
      else { return starter }
      wanted.append(words)
    }
    var lines: [UInt8] = []
    PackageResources.formulary_csv.withUnsafeBufferPointer { table in
      var start = 0
      while start < table.count {
        let end = index(of: 0x0a, in: table, start..<table.count) ?? table.count
        let line = start..<end
        let isWanted =
          start == 0 || wanted.contains { words in words.allSatisfy { holds(table, line, $0) } }
        if isWanted { lines += table[start..<min(end + 1, table.count)] }
        start = end + 1
      }
    }
    do throws(DocumentError) {
      return try reading(lines, file: "formulary.csv", sources: [:])
    } catch {
      return starter
    }
  }

  /// Whether a line of the table holds a word of lower-case letters, whatever case it is written in.
  private static func holds(
    _ table: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ word: [UInt8]
  ) -> Bool {
    guard let first = word.first else { return true }
    return holds(table, line, word, first)
      || ((0x61...0x7a).contains(first) && holds(table, line, word, first & 0xdf))
  }

  private static func holds(
    _ table: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ word: [UInt8], _ first: UInt8
  ) -> Bool {
    word.withUnsafeBufferPointer { word in
      var at = line.lowerBound
      while let start = index(of: first, in: table, at..<line.upperBound),
        start + word.count <= line.upperBound
      {
        var length = 1
        while length < word.count, lowered(table[start + length]) == word[length] { length += 1 }
        if length == word.count { return true }
        at = start + 1
      }
      return false
    }
  }

  private static func index(
    of byte: UInt8, in table: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Int? {
    guard let base = table.baseAddress else { return nil }
    guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }
}

public import InfusionRecord

extension Formulary {
  /// The starter's drugs that one of `texts` may name, for a command that asks about a few.
  ///
  /// Searching it for one of the texts, or asking for the drug of one, gives what the whole starter
  /// gives; it is read in a fraction of the time, because only lines that hold every word of a text
  /// are. Where each drug was read stays out. A text without a letter may be a package's number: then
  /// it is the whole starter.
  public static func starter(naming texts: [String]) -> Formulary {
    var wanted: [[[UInt8]]] = []
    for text in texts {
      let words = fold(text).split(separator: " ").map { Array($0.utf8) }
      guard words.joined().contains(where: { (0x61...0x7a).contains($0) }),
        words.joined().allSatisfy({ $0 < 0x80 })
      else { return starter }
      wanted.append(words)
    }
    let table = PackageResources.formulary_csv
    var lines: [UInt8] = []
    let folded = table.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    var start = 0
    while start < table.count {
      let end = table[start...].firstIndex(of: 0x0a) ?? table.count
      let isWanted =
        start == 0
        || wanted.contains { words in words.allSatisfy { holds(folded, start..<end, $0) } }
      if isWanted { lines += table[start..<min(end + 1, table.count)] }
      start = end + 1
    }
    do throws(DocumentError) {
      return try reading(lines, file: "formulary.csv", sources: [:])
    } catch {
      return starter
    }
  }

  private static func holds(_ bytes: [UInt8], _ line: Range<Int>, _ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    var at = line.lowerBound
    let last = line.upperBound - word.count
    return bytes.withUnsafeBufferPointer { buffer in
      while at <= last {
        if buffer[at] == first {
          var length = 1
          while length < word.count, buffer[at + length] == word[length] { length += 1 }
          if length == word.count { return true }
        }
        at += 1
      }
      return false
    }
  }
}

/// One drug found, and the name by which it was found.
public struct FormularyMatch: Sendable, Hashable {
  /// How good a match is, best first.
  public enum Rank: Int, Sendable, Comparable {
    /// The package that was scanned or typed as an NDC.
    case package
    /// Another package of the scanned product.
    case product
    case wholeName, wholeBrand, wholeCode
    case nameBegins, brandBegins, codeBegins
    /// A later word begins so: `liposomal`.
    case wordBegins
    /// Every word typed begins some word of the name: `leu dep`.
    case wordsBegin
    case contains

    public static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  public let entry: FormularyEntry
  public let rank: Rank
  /// What matched, as written in the formulary: the name, a brand, a HCPCS code or an NDC.
  public let matched: String
}

/// A name of an entry, folded for searching.
struct SearchName: Sendable {
  let folded: String
  let shown: String
  let entry: Int
  let isBrand: Bool
}

extension Formulary {
  /// The drugs a text may mean, best first, each once.
  ///
  /// The text is a generic name, display name or brand or the beginning of one or of its words, a
  /// HCPCS code or its beginning, an NDC, or what a barcode scanner sends. Equals are in the order of
  /// their names, strengths of one drug in the order of the formulary, which writes the most usual
  /// first: 0.9% before 0.45%. An empty text finds every drug.
  public func search(_ text: String, limit: Int = .max) -> [FormularyMatch] {
    let query = Formulary.fold(text)
    guard !query.isEmpty else {
      let all = entries.indices.sorted(by: isBefore).prefix(limit).map { entries[$0] }
      return all.map { FormularyMatch(entry: $0, rank: .contains, matched: $0.displayName) }
    }
    var best = [(rank: FormularyMatch.Rank, matched: String)?](
      repeating: nil, count: entries.count)
    func propose(_ entry: Int, _ rank: FormularyMatch.Rank, _ matched: String) {
      if let known = best[entry], known.rank <= rank { return }
      best[entry] = (rank, matched)
    }

    if let code = NationalDrugCode(barcode: text) ?? NationalDrugCode(query) {
      matchPackages(code, propose)
    }
    matchCodes(query, propose)
    let words = query.split(separator: " ")
    for name in names {
      if let rank = Formulary.rank(of: query, words, in: name) {
        propose(name.entry, rank, name.shown)
      }
    }
    var found: [(entry: Int, rank: FormularyMatch.Rank, matched: String)] = []
    for (entry, match) in best.enumerated() {
      if let match { found.append((entry, match.rank, match.matched)) }
    }
    found.sort { left, right in
      left.rank != right.rank ? left.rank < right.rank : isBefore(left.entry, right.entry)
    }
    return found.prefix(limit).map {
      FormularyMatch(entry: entries[$0.entry], rank: $0.rank, matched: $0.matched)
    }
  }

  /// The order of entries that match equally well.
  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (Formulary.stem(entries[left].name), Formulary.stem(entries[right].name))
    return a == b ? left < right : a < b
  }

  /// A name up to its first figure: what strengths of one drug have in common.
  private static func stem(_ name: String) -> Substring {
    name.prefix { !$0.isNumber }
  }

  private func matchPackages(
    _ code: NationalDrugCode, _ propose: (Int, FormularyMatch.Rank, String) -> Void
  ) {
    for (index, entry) in entries.enumerated() {
      for written in entry.ndcs {
        guard let known = NationalDrugCode(written), known.isSameProduct(as: code) else { continue }
        propose(index, known.isSamePackage(as: code) ? .package : .product, written)
      }
    }
  }

  private func matchCodes(
    _ query: String, _ propose: (Int, FormularyMatch.Rank, String) -> Void
  ) {
    let code = query.uppercased()
    guard (2...5).contains(code.utf8.count), code.utf8.dropFirst().allSatisfy({ (48...57) ~= $0 })
    else { return }
    for (index, entry) in entries.enumerated() {
      for known in entry.hcpcs where known.hasPrefix(code) {
        propose(index, known == code ? .wholeCode : .codeBegins, known)
      }
    }
  }

  private static func rank(of query: String, _ words: [Substring], in name: SearchName)
    -> FormularyMatch.Rank?
  {
    let text = name.folded
    if text == query { return name.isBrand ? .wholeBrand : .wholeName }
    if text.hasPrefix(query) { return name.isBrand ? .brandBegins : .nameBegins }
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "-" })
    if parts.contains(where: { $0.hasPrefix(query) }) { return .wordBegins }
    if words.allSatisfy({ word in parts.contains { $0.hasPrefix(word) } }) { return .wordsBegin }
    if query.utf8.count >= 3, holds(text, query) { return .contains }
    return nil
  }

  /// Whether a folded text holds another; plain letters are compared as bytes, as most names are.
  private static func holds(_ text: String, _ part: String) -> Bool {
    let (bytes, wanted) = (text.utf8, part.utf8)
    guard let first = wanted.first, wanted.allSatisfy({ $0 < 0x80 }) else {
      return text.contains(part)
    }
    var rest = bytes[...]
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: wanted) { return true }
      rest = rest[rest.index(after: start)...]
    }
    return false
  }
}

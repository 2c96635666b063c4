/// A drug that a search found, and the name that matched.
package struct FormularyMatch: Sendable, Hashable {
  /// How good a match is, best first.
  package enum Rank: Int, Sendable, Comparable {
    /// The package whose NDC was scanned or typed.
    case package
    /// Another package of the scanned product.
    case product
    case wholeName, wholeBrand, wholeCode
    case nameBegins, brandBegins, codeBegins
    /// A later word of the name begins with the text: `liposomal`.
    case wordBegins
    /// Every typed word begins a word of the name: `leu dep`.
    case wordsBegin
    case contains

    package static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  package let entry: FormularyEntry
  package let rank: Rank
  /// The matching name, brand, HCPCS code or NDC, as the formulary writes it.
  package let matched: String
}

/// A name or brand of an entry, folded for searching.
struct SearchName: Sendable {
  let folded: String
  let shown: String
  let entry: Int
  let isBrand: Bool
}

extension Formulary {
  /// The drugs a text may mean, best first, each once.
  ///
  /// The text is a generic name, display name or brand, the beginning of one or of its words, a HCPCS
  /// code or its beginning, an NDC, or the output of a barcode scanner. Drugs that match equally well
  /// are sorted by name; strengths of one drug keep the order of the formulary, which lists the most
  /// usual first: 0.9% before 0.45%. An empty text finds every drug.
  package func search(_ text: String, limit: Int = .max) -> [FormularyMatch] {
    let query = SearchText.fold(text)
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

  /// The name up to its first digit, which strengths of one drug share.
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
    if query.utf8.count >= 3, text.contains(query) { return .contains }
    return nil
  }
}

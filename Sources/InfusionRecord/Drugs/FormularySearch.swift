extension Formulary {
  /// The drugs a text may mean, best first, each once.
  ///
  /// The text is a generic name, display name, brand or synonym, the beginning of one or of its words, a
  /// HCPCS code or its beginning, an NDC, or the output of a barcode scanner. An empty text finds every
  /// drug.
  ///
  /// The order is that of the ranks. Among the equals of a tier the drugs of `due` come first. Further
  /// equals are sorted by name, and a plain fluid comes before a concentrate: dextrose 5% before 50%.
  /// Strengths of one drug keep the order of the formulary, which lists the most usual first: 0.9%
  /// before 0.45%.
  ///
  /// - Parameter due: the names of drugs planned or given today, the most likely first.
  package func search(_ text: String, limit: Int = .max, due: [String] = []) -> [FormularyMatch] {
    let query = SearchText(text)
    if query.isEmpty {
      let all = entries.indices.sorted(by: isBefore).prefix(limit)
      return all.map {
        FormularyMatch(entry: entries[$0], rank: .contains, matched: entries[$0].displayName)
      }
    }
    var found = matches(of: query, written: text)
    if found.isEmpty, let shorter = Formulary.withoutRoute(query) {
      found = matches(of: shorter, written: "")
    }
    var likely: [String: Int] = [:]
    for (place, name) in due.enumerated() where likely[name] == nil { likely[name] = place }
    func place(_ match: Found) -> Int { likely[entries[match.entry].name] ?? .max }
    found.sort { left, right in
      if left.rank.tier != right.rank.tier { return left.rank.tier < right.rank.tier }
      let (a, b) = (place(left), place(right))
      if a != b { return a < b }
      if left.rank != right.rank { return left.rank < right.rank }
      return isBefore(left, right)
    }
    return found.prefix(limit).map {
      FormularyMatch(
        entry: entries[$0.entry], rank: $0.rank, matched: $0.matched, isErrorProne: $0.isErrorProne)
    }
  }

  /// A match, with the position of its entry.
  private struct Found {
    let entry: Int
    var rank: FormularyMatch.Rank
    var matched: String
    var isErrorProne = false
    /// Among matches of one rank the lower comes first.
    var distance = 0
  }

  private func matches(of query: SearchText, written text: String) -> [Found] {
    var best: [Int: Found] = [:]
    func propose(_ found: Found) {
      guard let known = best[found.entry] else { return best[found.entry] = found }
      if found.rank < known.rank
        || found.rank == known.rank && (known.isErrorProne || found.distance < known.distance)
      {
        best[found.entry] = found
      }
    }

    if let code = NationalDrugCode(barcode: text) ?? NationalDrugCode(Formulary.fold(text)) {
      for found in packages(code) { propose(found) }
    }
    for found in codes(Formulary.fold(text)) { propose(found) }
    for (position, names) in index.names.enumerated() {
      for name in names {
        guard let rank = Formulary.rank(of: query, in: name) else { continue }
        propose(
          Found(
            entry: position, rank: rank, matched: name.shown,
            isErrorProne: name.kind == .errorProne,
            distance: Formulary.distance(rank, query, name.text)))
      }
      if best[position] == nil, !query.hasOneWord, Formulary.hasEveryWord(query, names) {
        propose(Found(entry: position, rank: .wordsBegin, matched: names[0].shown))
      }
    }
    return Array(best.values)
  }

  /// The order of matches of one rank.
  ///
  /// A fluid alone comes before a mixture of two. If a later word matched, plain fluids come first: "chloride" finds sodium chloride 0.9% before
  /// calcium chloride.
  private func isBefore(_ left: Found, _ right: Found) -> Bool {
    let isMixed = isMixedFluid(left.entry)
    if isMixed != isMixedFluid(right.entry) { return !isMixed }
    if left.rank >= .wordBegins {
      let isPlain = entries[left.entry].drugClass == .hydration
      if isPlain != (entries[right.entry].drugClass == .hydration) { return isPlain }
    }
    if left.distance != right.distance { return left.distance < right.distance }
    return isBefore(left.entry, right.entry)
  }

  /// Whether it is a fluid in another one, such as dextrose 5% in sodium chloride 0.9%.
  private func isMixedFluid(_ entry: Int) -> Bool {
    let name = entries[entry].name
    return entries[entry].drugClass == .hydration && name.contains(" in ")
      && !name.hasSuffix(" in water")
  }

  /// The order of entries that match equally well.
  ///
  /// Drugs of one first word are one family, in which plain fluids come first: "sodium" finds sodium
  /// chloride 0.9% before the acetate.
  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (entries[left], entries[right])
    let (isPlainA, isPlainB) = (a.drugClass == .hydration, b.drugClass == .hydration)
    let (familyA, familyB) = (Formulary.family(a.name), Formulary.family(b.name))
    if familyA != familyB { return familyA < familyB }
    if isPlainA != isPlainB { return isPlainA }
    let (stemA, stemB) = (Formulary.stem(a.name), Formulary.stem(b.name))
    return stemA == stemB ? left < right : stemA < stemB
  }

  /// The first word of a name.
  private static func family(_ name: String) -> Substring {
    name.prefix { $0.isLetter }
  }

  /// The name up to its first digit, which strengths of one drug share.
  private static func stem(_ name: String) -> Substring {
    name.prefix { !$0.isNumber }
  }

  private func packages(_ code: NationalDrugCode) -> [Found] {
    var found: [Found] = []
    for (index, entry) in entries.enumerated() {
      for written in entry.ndcs {
        guard let known = NationalDrugCode(written), known.isSameProduct(as: code) else { continue }
        let rank: FormularyMatch.Rank = known.isSamePackage(as: code) ? .package : .product
        found.append(Found(entry: index, rank: rank, matched: written))
      }
    }
    return found
  }

  private func codes(_ query: String) -> [Found] {
    let code = query.uppercased()
    guard (2...5).contains(code.utf8.count), code.utf8.dropFirst().allSatisfy({ (48...57) ~= $0 })
    else { return [] }
    var found: [Found] = []
    for (index, entry) in entries.enumerated() {
      for known in entry.hcpcs where known.hasPrefix(code) {
        found.append(
          Found(entry: index, rank: known == code ? .wholeCode : .codeBegins, matched: known))
      }
    }
    return found
  }

  private static func rank(of query: SearchText, in name: FormularyIndex.Name)
    -> FormularyMatch.Rank?
  {
    let text = name.text
    if text.letters.starts(with: query.letters) {
      let isWhole = text.letters.count == query.letters.count
      return switch name.kind {
      case .name: isWhole ? .wholeName : .nameBegins
      case .brand: isWhole ? .wholeBrand : .brandBegins
      case .synonym, .errorProne: isWhole ? .wholeSynonym : .synonymBegins
      }
    }
    if query.hasOneWord {
      if text.hasWord(beginning: query.letters) { return .wordBegins }
    } else if query.words.allSatisfy({ text.hasWord(beginning: $0) }) {
      return .wordsBegin
    }
    return query.letters.count >= 3 && text.contains(query.letters) ? .contains : nil
  }

  /// How far a match of this rank is from the name: the letters of a brand that are not typed yet
  /// ("tax" is nearer to Taxol than to Taxotere), or the words before the one that matched ("chloride"
  /// is nearer to sodium chloride than to dextrose in sodium chloride).
  private static func distance(
    _ rank: FormularyMatch.Rank, _ query: SearchText, _ text: SearchText
  ) -> Int {
    switch rank {
    case .brandBegins: text.letters.count - query.letters.count
    case .wordBegins: text.words.firstIndex { $0.starts(with: query.letters) } ?? 0
    default: 0
    }
  }

  /// Whether every word begins a word of some name of the entry: `taxol paclitaxel`.
  private static func hasEveryWord(_ query: SearchText, _ names: [FormularyIndex.Name]) -> Bool {
    query.words.allSatisfy { word in
      names.contains { $0.kind != .errorProne && $0.text.hasWord(beginning: word) }
    }
  }

  /// The text without the words that say how a drug is run, if it has any: `zofran iv`, `heparin drip`.
  ///
  /// Words that name another product stay, such as `sc`.
  private static func withoutRoute(_ query: SearchText) -> SearchText? {
    let route: Set = [
      "iv", "ivp", "ivpb", "push", "piggyback", "infusion", "injection", "inj", "drip", "gtt",
      "bolus",
    ]
    let words = query.words.map { String(decoding: $0, as: UTF8.self) }
    let kept = words.filter { !route.contains($0) }
    guard !kept.isEmpty, kept.count < words.count else { return nil }
    return SearchText(kept.joined(separator: " "))
  }
}

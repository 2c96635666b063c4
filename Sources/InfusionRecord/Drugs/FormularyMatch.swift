/// A drug that a search found, and the name that matched.
package struct FormularyMatch: Sendable, Hashable {
  /// How good a match is, best first.
  package enum Rank: Int, Sendable, Comparable {
    /// The package whose NDC was scanned or typed.
    case package
    /// Another package of the scanned product.
    case product
    case wholeName, wholeBrand, wholeSynonym, wholeCode
    case nameBegins, brandBegins, synonymBegins, codeBegins
    /// A later word of a name begins with the text: `liposomal`.
    case wordBegins
    /// Every typed word begins a word of a name: `leu dep`.
    case wordsBegin
    case contains

    package static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }

    /// Matches of one tier are equals; a drug planned or given today comes first among them.
    package enum Tier: Int, Comparable {
      case scanned, wholeName, wholeSynonym, beginning, words, contains

      package static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
    }

    package var tier: Tier {
      switch self {
      case .package, .product: .scanned
      case .wholeName: .wholeName
      case .wholeBrand, .wholeSynonym, .wholeCode: .wholeSynonym
      case .nameBegins, .brandBegins, .synonymBegins, .codeBegins, .wordBegins: .beginning
      case .wordsBegin: .words
      case .contains: .contains
      }
    }
  }

  package let entry: FormularyEntry
  package let rank: Rank
  /// The matching name, brand, synonym, HCPCS code or NDC, as the formulary writes it.
  package let matched: String
  /// Whether only an error-prone abbreviation matched, which never decides by itself.
  package let isErrorProne: Bool

  init(entry: FormularyEntry, rank: Rank, matched: String, isErrorProne: Bool = false) {
    self.entry = entry
    self.rank = rank
    self.matched = matched
    self.isErrorProne = isErrorProne
  }
}

extension [FormularyMatch] {
  /// The match by an error-prone abbreviation because of which the user has to choose.
  ///
  /// The text is the abbreviation itself, whatever else it finds, or no other match comes first. A
  /// whole name or a scanned package needs no choice.
  package var errorProne: FormularyMatch? {
    guard let first, first.rank.tier > .wholeName else { return nil }
    return first.isErrorProne ? first : self.first { $0.isErrorProne && $0.rank == .wholeSynonym }
  }

  /// The match that the text means without a doubt: the only one of the best rank, if it is whole, or
  /// the only match at all; nil if the user has to choose.
  package var certain: FormularyMatch? {
    guard let first, errorProne == nil, count < 2 || self[1].rank != first.rank,
      count == 1 || first.rank <= .wholeCode
    else { return nil }
    return first
  }
}

/// One drug of the formulary: its names, HCPCS codes, class and the sources of the class.
///
/// A payer's override of the class has dates (rulebook R16).
package final class FormularyEntry: Sendable {
  /// Generic name, lower case, unique in a formulary.
  package let name: String
  /// The generic name, with tall-man letters if the published lists have them: `PACLitaxel`.
  package let displayName: String
  package let brands: [String]
  package let hcpcs: [String]
  /// National Drug Codes, digits only.
  package let ndcs: [String]
  package let drugClass: Drug.Class
  /// The usual techniques, most common first.
  package let techniques: [Technique]
  /// The usual duration in minutes, shortest to longest, if known.
  package let typicalMinutes: ClosedRange<Int>?
  /// Whether payers disagree on its class.
  package let isContested: Bool
  /// The reason for this class, in our words.
  package let basis: String
  /// The source of `basis`.
  package let source: String
  package let payerOverrides: [PayerOverride]

  package init(
    name: String, displayName: String, brands: [String] = [], hcpcs: [String] = [],
    ndcs: [String] = [], drugClass: Drug.Class, techniques: [Technique] = [],
    typicalMinutes: ClosedRange<Int>? = nil, isContested: Bool = false, basis: String = "",
    source: String = "", payerOverrides: [PayerOverride] = []
  ) {
    self.name = name
    self.displayName = displayName
    self.brands = brands
    self.hcpcs = hcpcs
    self.ndcs = ndcs
    self.drugClass = drugClass
    self.techniques = techniques
    self.typicalMinutes = typicalMinutes
    self.isContested = isContested
    self.basis = basis
    self.source = source
    self.payerOverrides = payerOverrides
  }

  /// The class for a payer on a date, and the override that decided it.
  package func drugClass(payer: String?, on date: CivilDate?) -> (Drug.Class, PayerOverride?) {
    guard let payer, !payerOverrides.isEmpty else { return (drugClass, nil) }
    for override in payerOverrides where override.applies(to: payer, on: date) {
      return (override.drugClass, override)
    }
    return (drugClass, nil)
  }
}

/// A payer's own class for a drug, with the first and last day it applies.
package struct PayerOverride: Sendable, Hashable {
  package let payer: String
  package let drugClass: Drug.Class
  package let from: CivilDate?
  package let to: CivilDate?
  package let source: String

  package init(
    payer: String, drugClass: Drug.Class, from: CivilDate?, to: CivilDate?, source: String
  ) {
    self.payer = payer
    self.drugClass = drugClass
    self.from = from
    self.to = to
    self.source = source
  }

  func applies(to other: String, on date: CivilDate?) -> Bool {
    guard payer.lowercased() == other.lowercased() else { return false }
    guard let date else { return from == nil && to == nil }
    if let from, date < from { return false }
    if let to, to < date { return false }
    return true
  }
}

extension FormularyEntry: Hashable {
  package static func == (left: FormularyEntry, right: FormularyEntry) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The drugs a site knows: the starter formulary with the site's additions and overrides.
///
/// An unknown drug is not refused: it resolves to a `Drug` without an entry, and the engine reports a
/// finding. If two entries share a name, a display name or a brand, it means the first entry.
package struct Formulary: Sendable {
  package let entries: [FormularyEntry]
  /// What people say for the drugs; for searching only.
  package let synonyms: [DrugSynonym]
  /// Entries by folded name, display name and brand; a name wins over a brand.
  private let byKey: [String: FormularyEntry]
  /// What `search` looks in.
  let index: FormularyIndex

  package init(_ entries: [FormularyEntry], synonyms: [DrugSynonym] = []) {
    self.entries = entries
    self.synonyms = synonyms
    var byKey: [String: FormularyEntry] = [:]
    byKey.reserveCapacity(entries.count * 3)
    func add(_ name: String, _ entry: FormularyEntry) {
      let folded = Formulary.fold(name)
      if byKey[folded] == nil { byKey[folded] = entry }
    }
    for entry in entries {
      add(entry.name, entry)
      if entry.displayName != entry.name { add(entry.displayName, entry) }
    }
    for entry in entries {
      for brand in entry.brands { add(brand, entry) }
    }
    self.byKey = byKey
    index = FormularyIndex(entries, synonyms)
  }

  /// The drug with this generic name, display name or brand, ignoring case.
  package func drug(named text: String) -> Drug {
    let key = Formulary.fold(text)
    let entry = byKey[key]
    return Drug(text: text, identity: entry?.name ?? key, entry: entry)
  }

  /// The drug that a document or an appointment names: by name, display name or brand, otherwise by what people
  /// say for one drug alone.
  ///
  /// A command finds the same drug by the same text. An error-prone abbreviation finds none.
  package func drug(written text: String) -> Drug {
    let drug = drug(named: text)
    guard drug.entry == nil, let entry = index.entry(said: drug.identity) else { return drug }
    return Drug(text: text, identity: entry.name, entry: entry)
  }

  /// The entry with this generic name, display name or brand, ignoring case.
  package func entry(named text: String) -> FormularyEntry? {
    byKey[Formulary.fold(text)]
  }

  /// What people say for a drug.
  package func synonyms(of entry: FormularyEntry) -> [DrugSynonym] {
    synonyms.filter { $0.drug == entry.name }
  }

  /// Lower case, single blanks, none at the ends (rulebook D68).
  package static func fold(_ text: String) -> String {
    if isFolded(text) { return text }
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
      return text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    // ASCII needs no Unicode tables. Every name of the built-in formulary is ASCII.
    var folded: [UInt8] = []
    folded.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case 0x20, 0x09...0x0D: if folded.last != 0x20, !folded.isEmpty { folded.append(0x20) }
      case 0x41...0x5A: folded.append(byte | 0x20)
      default: folded.append(byte)
      }
    }
    if folded.last == 0x20 { folded.removeLast() }
    return String(decoding: folded, as: UTF8.self)
  }

  /// Whether the text is ASCII and folded already, as names in documents mostly are.
  private static func isFolded(_ text: String) -> Bool {
    let blank = UInt8(ascii: " ")
    var last = blank
    for byte in text.utf8 {
      guard (blank..<0x7F).contains(byte), !(0x41...0x5A).contains(byte),
        byte != blank || last != blank
      else { return false }
      last = byte
    }
    return last != blank
  }
}

/// One drug of the formulary.
///
/// Facts only: how it is named, which HCPCS codes it is bought under, which class of administration
/// it belongs to and who says so. Class is dated where a payer overrides it (rulebook R16).
public final class FormularyEntry: Sendable {
  /// Generic name, lower case, unique in a formulary.
  public let name: String
  /// The generic name with tall-man letters where the lists have them: `PACLitaxel`.
  public let displayName: String
  public let brands: [String]
  public let hcpcs: [String]
  /// National Drug Codes, digits only.
  public let ndcs: [String]
  public let drugClass: Drug.Class
  /// Techniques this drug is commonly given by, most common first.
  public let techniques: [Technique]
  /// Usual duration in minutes, shortest and longest, where known.
  public let typicalMinutes: ClosedRange<Int>?
  /// Whether payers disagree on its class.
  public let isContested: Bool
  /// Why it has this class, in our words.
  public let basis: String
  /// Where that was read.
  public let source: String
  public let payerOverrides: [PayerOverride]

  public init(
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
  public func drugClass(payer: String?, on date: CivilDate?) -> (Drug.Class, PayerOverride?) {
    guard let payer, !payerOverrides.isEmpty else { return (drugClass, nil) }
    for override in payerOverrides where override.applies(to: payer, on: date) {
      return (override.drugClass, override)
    }
    return (drugClass, nil)
  }
}

/// A payer's own class for a drug, from a date to a date.
public struct PayerOverride: Sendable, Hashable {
  public let payer: String
  public let drugClass: Drug.Class
  public let from: CivilDate?
  public let to: CivilDate?
  public let source: String

  public init(
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
  public static func == (left: FormularyEntry, right: FormularyEntry) -> Bool { left === right }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The drugs a site knows.
///
/// The starter formulary with a site's additions and overrides laid over it. An unknown drug is not
/// refused: it resolves to a `Drug` without an entry, and the engine says so in a finding.
///
/// Where two entries share a name, a display name or a brand, the first entry has it.
public struct Formulary: Sendable {
  public let entries: [FormularyEntry]
  /// Folded names, display names and brands; names before brands.
  private let byKey: [String: FormularyEntry]
  /// Every name of every entry, folded once, for searching.
  let names: [SearchName]

  public init(_ entries: [FormularyEntry]) {
    self.entries = entries
    var byKey: [String: FormularyEntry] = [:]
    byKey.reserveCapacity(entries.count * 4)
    var names: [SearchName] = []
    names.reserveCapacity(entries.count * 3)
    for (index, entry) in entries.enumerated() {
      let name = Formulary.fold(entry.name)
      if byKey[name] == nil { byKey[name] = entry }
      names.append(SearchName(folded: name, shown: entry.displayName, entry: index, isBrand: false))
      guard entry.displayName != entry.name else { continue }
      let display = Formulary.fold(entry.displayName)
      guard display != name else { continue }
      if byKey[display] == nil { byKey[display] = entry }
      names.append(
        SearchName(folded: display, shown: entry.displayName, entry: index, isBrand: false))
    }
    for (index, entry) in entries.enumerated() {
      for brand in entry.brands {
        let folded = Formulary.fold(brand)
        if byKey[folded] == nil { byKey[folded] = entry }
        names.append(SearchName(folded: folded, shown: brand, entry: index, isBrand: true))
      }
    }
    self.byKey = byKey
    self.names = names
  }

  /// The drug somebody named, by generic name, display name or brand, without regard to case.
  public func drug(named text: String) -> Drug {
    let key = Formulary.fold(text)
    if let entry = byKey[key] { return Drug(text: text, identity: entry.name, entry: entry) }
    return Drug(text: text, identity: key, entry: nil)
  }

  /// The entry with this generic name, display name or brand, without regard to case.
  public func entry(named text: String) -> FormularyEntry? {
    byKey[Formulary.fold(text)]
  }

  /// Lower case, single blanks, none at the ends (rulebook D68).
  public static func fold(_ text: String) -> String {
    var isFolded = true
    var isASCII = true
    var before: UInt8 = 0x20
    for byte in text.utf8 {
      if byte >= 0x80 {
        isASCII = false
        break
      }
      if byte < 0x20 || (byte == 0x20 && before == 0x20) || (0x41...0x5A).contains(byte) {
        isFolded = false
      }
      before = byte
    }
    if isASCII { return isFolded && before != 0x20 ? text : foldASCII(text) }
    return text.lowercased().split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
  }

  private static func foldASCII(_ text: String) -> String {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.utf8.count)
    var blank = false
    for byte in text.utf8 {
      switch byte {
      case 0x20, 0x09...0x0D: blank = !folded.isEmpty
      case 0x41...0x5A:
        if blank { folded.append(0x20) }
        blank = false
        folded.append(byte + 0x20)
      default:
        if blank { folded.append(0x20) }
        blank = false
        folded.append(byte)
      }
    }
    return String(decoding: folded, as: UTF8.self)
  }
}

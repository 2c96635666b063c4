import Synchronization

/// The names of a formulary, prepared for searching.
///
/// They are prepared on the first search. Most commands only resolve whole names and never search.
final class FormularyIndex: Sendable {
  /// A name, brand or synonym of an entry.
  struct Name: Sendable {
    enum Kind: Sendable { case name, brand, synonym, errorProne }

    let text: SearchText
    let shown: String
    let kind: Kind
  }

  private let entries: [FormularyEntry]
  private let synonyms: [DrugSynonym]
  private let prepared = Mutex<[[Name]]?>(nil)
  private let said = Mutex<[String: FormularyEntry]?>(nil)
  private let drugs = Mutex<[String: [String]]?>(nil)

  init(_ entries: [FormularyEntry], _ synonyms: [DrugSynonym]) {
    self.entries = entries
    self.synonyms = synonyms
  }

  /// The names of each entry, in the order of the formulary.
  var names: [[Name]] {
    prepared.withLock { prepared in
      if let prepared { return prepared }
      let names = prepare()
      prepared = names
      return names
    }
  }

  /// The entry of which alone people say a folded text; nil if they say it of none or several, or if it is an
  /// error-prone abbreviation.
  func entry(said text: String) -> FormularyEntry? {
    said.withLock { known in
      if let known { return known[text] }
      let prepared = said(by: entries)
      known = prepared
      return prepared[text]
    }
  }

  /// The names of the drugs of which people say a folded text.
  func drugs(said text: String) -> [String] {
    drugs.withLock { known in
      if let known { return known[text] ?? [] }
      let prepared = Dictionary(grouping: synonyms, by: { Formulary.fold($0.said) })
        .mapValues { $0.map(\.drug) }
      known = prepared
      return prepared[text] ?? []
    }
  }

  private func said(by entries: [FormularyEntry]) -> [String: FormularyEntry] {
    let byName = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var said: [String: FormularyEntry] = [:]
    for (text, all) in Dictionary(grouping: synonyms, by: { Formulary.fold($0.said) }) {
      guard Set(all.map(\.drug)).count == 1, !all.contains(where: { $0.kind == .errorProne }),
        let entry = byName[all[0].drug]
      else { continue }
      said[text] = entry
    }
    return said
  }

  private func prepare() -> [[Name]] {
    let said = Dictionary(grouping: synonyms, by: \.drug)
    return entries.map { entry in
      func name(_ text: String, _ kind: Name.Kind, shown: String? = nil) -> Name {
        Name(text: SearchText(text), shown: shown ?? text, kind: kind)
      }
      var names = [name(entry.name, .name, shown: entry.displayName)]
      let display = name(entry.displayName, .name)
      if display.text != names[0].text { names.append(display) }
      names += entry.brands.map { name($0, .brand) }
      for synonym in said[entry.name] ?? [] {
        let kind: Name.Kind =
          switch synonym.kind {
          case .brand: .brand
          case .synonym, .abbreviation: .synonym
          case .errorProne: .errorProne
          }
        names.append(name(synonym.said, kind))
      }
      // Umlauts spelled as two letters.
      for written in names {
        for spelled in SearchText.typed(written.shown).dropFirst() {
          names.append(
            Name(text: SearchText(spelled), shown: written.shown, kind: written.kind))
        }
      }
      return names
    }
  }
}

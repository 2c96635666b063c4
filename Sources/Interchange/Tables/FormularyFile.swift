package import InfusionRecord

extension Formulary {
  /// The formulary with a site's file laid over it.
  ///
  /// Each line names a drug. Its filled cells replace the values of that drug or describe a new drug;
  /// a dash empties a value. A line with `payer` adds the payer's own class for the drug, with its first
  /// day and its source.
  package func laying(siteFile bytes: [UInt8], file: String) throws(DocumentError) -> Formulary {
    var drafts = FormularyDrafts(entries)
    try drafts.read(bytes, file: file, sources: [:])
    return Formulary(drafts.entries, synonyms: synonyms)
  }

  /// The formulary in a file, not laid over another.
  ///
  /// - Parameter isChecked: whether a test has checked the texts and names of the file, so that they
  ///   need no check at every start.
  package static func reading(
    _ bytes: [UInt8], file: String, sources: [String: String], synonyms: [DrugSynonym] = [],
    isChecked: Bool = false
  ) throws(DocumentError) -> Formulary {
    var drafts = FormularyDrafts([], isChecked: isChecked)
    try drafts.read(bytes, file: file, sources: sources)
    return Formulary(drafts.entries, synonyms: synonyms)
  }
}

/// The entries of a formulary while a file is laid over them.
struct FormularyDrafts {
  typealias Row = FormularyTable.Row

  /// The entries of the file.
  private(set) var added: [FormularyEntry] = []
  private var under: [FormularyEntry]
  /// The index in `added` by folded name.
  private var positions: [String: Int] = [:]
  private var underPositions: [String: Int] = [:]
  /// The line that describes a drug, by folded name.
  private var lines: [String: Int] = [:]
  /// The folded name of the drug that has a name or brand, by that name.
  private var owners: [String: String] = [:]

  /// Whether the texts and names of the file are known to be right.
  private let isChecked: Bool

  init(_ entries: [FormularyEntry], isChecked: Bool = false) {
    under = entries
    self.isChecked = isChecked
    for (index, entry) in entries.enumerated() {
      underPositions[Formulary.fold(entry.name)] = index
    }
  }

  /// All entries; those of the file come first, because the first entry with a name wins.
  var entries: [FormularyEntry] {
    under.isEmpty ? added : added + under.filter { positions[Formulary.fold($0.name)] == nil }
  }

  mutating func read(_ bytes: [UInt8], file: String, sources: [String: String])
    throws(DocumentError)
  {
    var table = try FormularyTable(bytes, file: file, required: [.name])
    while let row = try table.next() {
      if !isChecked { try checkText(row) }
      let key = Formulary.fold(row[.name])
      guard !key.isEmpty else {
        throw row.error(.name, "the cell is empty", expected: "the drug's generic name")
      }
      let known = positions[key].map { added[$0] } ?? underPositions[key].map { under[$0] }
      let describes = FormularyDrafts.drugColumns.contains { !row[$0].isEmpty }
      if describes, let line = lines.updateValue(row.line, forKey: key) {
        throw row.error(
          .name, "the drug is described on line \(line) too", expected: "one line for each drug")
      }
      let override = try payerOverride(row, sources)
      if !describes, override == nil {
        throw row.error(
          .name, "the line says nothing about the drug", expected: "a class or a payer's class")
      }
      let entry = try entry(row, key: key, over: known, override: override, sources: sources)
      if let position = positions[key] {
        added[position] = entry
      } else {
        positions[key] = added.count
        added.append(entry)
      }
      if !isChecked { try claimNames(of: entry, key: key, row) }
    }
  }

  private static let drugColumns: [FormularyColumn] = [
    .displayName, .brands, .hcpcs, .ndcs, .drugClass, .techniques, .typicalMinutes, .contested,
    .basis, .source,
  ]

  // MARK: Cells

  private func entry(
    _ row: Row, key: String, over known: FormularyEntry?, override: PayerOverride?,
    sources: [String: String]
  ) throws(DocumentError) -> FormularyEntry {
    let written = row[.displayName]
    let display =
      switch written {
      case "": known?.displayName ?? row[.name]
      case "-": key
      default: written
      }
    var overrides = known?.payerOverrides ?? []
    if let override {
      if let other = overrides.first(where: { $0.overlaps(override) }) {
        throw row.error(
          .payerFrom, "the payer's class overlaps the one from \(other.from?.iso ?? "any day")",
          expected: "one class for the payer on each day")
      }
      overrides.append(override)
    }
    let source = try text(row, .source, known?.source ?? "")
    return FormularyEntry(
      name: known?.name ?? key, displayName: display,
      brands: list(row, .brands) ?? known?.brands ?? [],
      hcpcs: try codes(row) ?? known?.hcpcs ?? [], ndcs: try ndcs(row) ?? known?.ndcs ?? [],
      drugClass: try drugClass(row, .drugClass, over: known?.drugClass),
      techniques: try techniques(row) ?? known?.techniques ?? [],
      typicalMinutes: row[.typicalMinutes].isEmpty ? known?.typicalMinutes : try minutes(row),
      isContested: try yesOrNo(row) ?? known?.isContested ?? false,
      basis: try text(row, .basis, known?.basis ?? ""), source: sources[source] ?? source,
      payerOverrides: overrides)
  }

  /// Refuses a second drug of the file with the same name or brand, which would be ambiguous.
  private mutating func claimNames(of entry: FormularyEntry, key: String, _ row: Row)
    throws(DocumentError)
  {
    for name in [entry.name, entry.displayName] + entry.brands {
      let folded = Formulary.fold(name)
      if let owner = owners.updateValue(key, forKey: folded), owner != key {
        throw row.error(
          entry.brands.contains(name) ? .brands : .name,
          "another line has a drug of the same name or brand", expected: "a name for one drug only")
      }
    }
  }
}

extension PayerOverride {
  fileprivate func overlaps(_ other: PayerOverride) -> Bool {
    guard payer.lowercased() == other.payer.lowercased() else { return false }
    let latest = CivilDate(dayNumber: .max)
    let earliest = CivilDate(dayNumber: .min)
    return (from ?? earliest) <= (other.to ?? latest) && (other.from ?? earliest) <= (to ?? latest)
  }
}

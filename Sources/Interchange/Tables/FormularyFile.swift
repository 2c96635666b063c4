public import InfusionRecord

/// The columns of a formulary file; `docs/formulary.md` describes each.
enum FormularyColumn: String, CaseIterable, Sendable {
  case name
  case displayName = "display_name"
  case brands, hcpcs, ndcs
  case drugClass = "class"
  case techniques
  case typicalMinutes = "typical_minutes"
  case contested, basis, source, payer
  case payerClass = "payer_class"
  case payerFrom = "payer_from"
  case payerTo = "payer_to"
  case payerSource = "payer_source"
}

extension Formulary {
  /// The formulary with a site's file laid over it.
  ///
  /// A line names a drug. Its filled cells replace what is known of that drug, or make a new one; a
  /// dash empties a cell. A line with `payer` adds a payer's own class for the drug, with the day it
  /// starts and where that was read.
  public func laying(siteFile bytes: [UInt8], file: String) throws(DocumentError) -> Formulary {
    var drafts = FormularyDrafts(entries)
    try drafts.read(bytes, file: file, sources: [:])
    return Formulary(drafts.entries)
  }

  /// The formulary in a file, without any other under it.
  static func reading(_ bytes: [UInt8], file: String, sources: [String: String])
    throws(DocumentError) -> Formulary
  {
    var drafts = FormularyDrafts([])
    try drafts.read(bytes, file: file, sources: sources)
    return Formulary(drafts.entries)
  }
}

/// Entries while a file is laid over them.
private struct FormularyDrafts {
  typealias Row = CSVTable<FormularyColumn>.Row

  /// The entries of the file first, so that its names win.
  private(set) var added: [FormularyEntry] = []
  private var under: [FormularyEntry]
  /// Where a drug of the file stands in `added`.
  private var positions: [String: Int] = [:]
  private var underPositions: [String: Int] = [:]
  /// The line that said what a drug is.
  private var lines: [String: Int] = [:]
  /// Every name of the file's drugs, with the drug's key.
  private var owners: [String: String] = [:]

  init(_ entries: [FormularyEntry]) {
    under = entries
    for (index, entry) in entries.enumerated() {
      underPositions[Formulary.fold(entry.name)] = index
    }
  }

  var entries: [FormularyEntry] {
    added + under.filter { positions[Formulary.fold($0.name)] == nil }
  }

  mutating func read(_ bytes: [UInt8], file: String, sources: [String: String])
    throws(DocumentError)
  {
    var table = try CSVTable<FormularyColumn>(bytes, file: file, required: [.name])
    while let row = try table.next() {
      try checkText(row)
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
      try claimNames(of: entry, key: key, row)
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

  /// Names and texts of the file go to screens and documents: nothing may steer them.
  private func checkText(_ row: Row) throws(DocumentError) {
    for (position, cell) in row.cells.enumerated() {
      var isPlain = true
      for byte in cell.utf8 where byte < 0x20 || byte >= 0x7F {
        isPlain = false
        break
      }
      if !isPlain, cell.unicodeScalars.contains(where: \.steersOutput) {
        throw row.error(
          row.column(at: position), "the cell holds a control character",
          expected: "printable text")
      }
      if cell.utf8.count > 4096 {
        throw row.error(
          row.column(at: position), "the cell is longer than 4096 bytes", expected: "a shorter text"
        )
      }
    }
  }

  private func text(_ row: Row, _ column: FormularyColumn, _ known: String) throws(DocumentError)
    -> String
  {
    switch row[column] {
    case "": known
    case "-": ""
    default: row[column]
    }
  }

  /// The parts of a cell with `|` between them; nil where the cell is empty, none for a dash.
  private func list(_ row: Row, _ column: FormularyColumn) -> [String]? {
    switch row[column] {
    case "": nil
    case "-": []
    default: parts(of: row[column])
    }
  }

  private func drugClass(_ row: Row, _ column: FormularyColumn, over known: Drug.Class?)
    throws(DocumentError) -> Drug.Class
  {
    let words = Drug.Class.allCases.map(\.rawValue)
    if row[column].isEmpty {
      if let known { return known }
      throw row.error(
        column, "the cell is empty and the drug is new",
        expected: "one of \(words.joined(separator: ", "))")
    }
    guard let found = Drug.Class(rawValue: row[column]) else {
      throw row.error(
        column, "the word is not a class",
        expected:
          "one of \(words.joined(separator: ", "))\(suggestion(for: row[column], among: words))")
    }
    return found
  }

  private static let techniquesByName = Dictionary(
    uniqueKeysWithValues: Technique.allCases.map { ($0.rawValue, $0) })

  private func techniques(_ row: Row) throws(DocumentError) -> [Technique]? {
    guard let words = list(row, .techniques) else { return nil }
    var found: [Technique] = []
    for word in words {
      guard let technique = FormularyDrafts.techniquesByName[word] else {
        let known = Technique.allCases.map(\.rawValue)
        throw row.error(
          .techniques, "a word is not a technique",
          expected: "some of \(known.joined(separator: ", "))\(suggestion(for: word, among: known))"
        )
      }
      found.append(technique)
    }
    return found
  }

  private func codes(_ row: Row) throws(DocumentError) -> [String]? {
    guard let codes = list(row, .hcpcs) else { return nil }
    for code in codes {
      guard code.utf8.count == 5, let first = code.utf8.first, (0x41...0x5A).contains(first),
        code.utf8.dropFirst().allSatisfy(isDigit)
      else {
        throw row.error(
          .hcpcs, "a code is not of HCPCS form", expected: "a capital letter and four digits")
      }
    }
    return codes
  }

  private func ndcs(_ row: Row) throws(DocumentError) -> [String]? {
    guard let codes = list(row, .ndcs) else { return nil }
    var found: [String] = []
    for code in codes {
      guard let ndc = NationalDrugCode(code) else {
        throw row.error(
          .ndcs, "a code is not an NDC",
          expected: "ten or eleven digits, with hyphens as on the label")
      }
      found.append(ndc.readings.count == 1 ? ndc.readings[0] : code)
    }
    return found
  }

  private func minutes(_ row: Row) throws(DocumentError) -> ClosedRange<Int>? {
    if row[.typicalMinutes] == "-" { return nil }
    let bounds = parts(of: row[.typicalMinutes], between: UInt8(ascii: "-"), keepsEmpty: true)
      .map { Int($0) ?? -1 }
    guard let first = bounds.first, let last = bounds.last, bounds.count <= 2, first >= 0,
      first <= last, last <= 100_000
    else {
      throw row.error(
        .typicalMinutes, "the cell is no duration",
        expected: "minutes such as 30, or a range such as 30-90")
    }
    return first...last
  }

  private func yesOrNo(_ row: Row) throws(DocumentError) -> Bool? {
    switch row[.contested] {
    case "": return nil
    case "yes": return true
    case "no", "-": return false
    default: throw row.error(.contested, "the cell is no answer", expected: "yes or no")
    }
  }

  // MARK: Payers and names

  private func payerOverride(_ row: Row, _ sources: [String: String]) throws(DocumentError)
    -> PayerOverride?
  {
    let others: [FormularyColumn] = [.payerClass, .payerFrom, .payerTo, .payerSource]
    guard !row[.payer].isEmpty else {
      for column in others where !row[column].isEmpty {
        throw row.error(column, "the cell is filled but names no payer", expected: "a payer too")
      }
      return nil
    }
    let from = try date(row, .payerFrom)
    guard let from else {
      throw row.error(.payerFrom, "the cell is empty", expected: "the day the payer's class starts")
    }
    let to = try date(row, .payerTo)
    if let to, to < from {
      throw row.error(.payerTo, "the last day is before the first", expected: "a later day")
    }
    guard !row[.payerSource].isEmpty else {
      throw row.error(.payerSource, "the cell is empty", expected: "where the payer says so")
    }
    return PayerOverride(
      payer: row[.payer], drugClass: try drugClass(row, .payerClass, over: nil), from: from, to: to,
      source: sources[row[.payerSource]] ?? row[.payerSource])
  }

  private func date(_ row: Row, _ column: FormularyColumn) throws(DocumentError) -> CivilDate? {
    guard !row[column].isEmpty else { return nil }
    do throws(WrittenTime.Fault) {
      return try WrittenTime(row[column] + "T00:00").local.date
    } catch {
      throw row.error(column, "the cell is no date", expected: "YYYY-MM-DD")
    }
  }

  /// Two drugs of one file may not share a name, else an order could mean either.
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

/// The parts of a cell, blanks around them taken off.
///
/// Works on bytes: a formulary has thousands of cells, and a program that only looks one drug up
/// should not wait for them.
private func parts(
  of cell: String, between separator: UInt8 = UInt8(ascii: "|"), keepsEmpty: Bool = false
) -> [String] {
  var found: [String] = []
  var part: [UInt8] = []
  func add() {
    while part.last == 0x20 { part.removeLast() }
    if keepsEmpty || !part.isEmpty { found.append(String(decoding: part, as: UTF8.self)) }
    part.removeAll(keepingCapacity: true)
  }
  for byte in cell.utf8 {
    if byte == separator {
      add()
    } else if byte != 0x20 || !part.isEmpty {
      part.append(byte)
    }
  }
  add()
  return found
}

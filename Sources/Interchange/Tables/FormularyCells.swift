internal import InfusionRecord
import PlainText

extension FormularyDrafts {
  /// Refuses control characters, because the texts of the file go to screens and documents.
  func checkText(_ row: Row) throws(DocumentError) {
    for (position, cell) in row.cells.enumerated() {
      if cell.unicodeScalars.contains(where: \.steersOutput) {
        throw row.error(
          row.columns[position], "the cell holds a control character",
          expected: "printable text")
      }
      if cell.utf8.count > 4096 {
        throw row.error(
          row.columns[position], "the cell is longer than 4096 bytes", expected: "a shorter text"
        )
      }
    }
  }

  func text(_ row: Row, _ column: FormularyColumn, _ known: String) throws(DocumentError)
    -> String
  {
    switch row[column] {
    case "": known
    case "-": ""
    default: row[column]
    }
  }

  /// The parts of a cell, separated by `|`; nil for an empty cell, none for a dash.
  func list(_ row: Row, _ column: FormularyColumn) -> [String]? {
    switch row[column] {
    case "": nil
    case "-": []
    default: parts(of: row[column])
    }
  }

  func drugClass(_ row: Row, _ column: FormularyColumn, over known: Drug.Class?)
    throws(DocumentError) -> Drug.Class
  {
    if let found = Drug.Class(rawValue: row[column]) { return found }
    let words = Drug.Class.allCases.map(\.rawValue)
    if row[column].isEmpty {
      if let known { return known }
      throw row.error(
        column, "the cell is empty and the drug is new",
        expected: "one of \(words.joined(separator: ", "))")
    }
    throw row.error(
      column, "the word is not a class",
      expected:
        "one of \(words.joined(separator: ", "))\(suggestion(for: row[column], among: words))")
  }

  func techniques(_ row: Row) throws(DocumentError) -> [Technique]? {
    guard let words = list(row, .techniques) else { return nil }
    var found: [Technique] = []
    for word in words {
      guard let technique = Technique(rawValue: word) else {
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

  func codes(_ row: Row) throws(DocumentError) -> [String]? {
    guard let codes = list(row, .hcpcs) else { return nil }
    for code in codes {
      // Level I of HCPCS, CPT, has the codes of some immune globulins: five digits.
      guard code.utf8.count == 5, let first = code.utf8.first,
        (0x41...0x5A).contains(first) || isDigit(first), code.utf8.dropFirst().allSatisfy(isDigit)
      else {
        throw row.error(
          .hcpcs, "a code is not of HCPCS form",
          expected: "five digits, or a capital letter and four digits")
      }
    }
    return codes
  }

  func ndcs(_ row: Row) throws(DocumentError) -> [String]? {
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

  func minutes(_ row: Row) throws(DocumentError) -> ClosedRange<Int>? {
    if row[.typicalMinutes] == "-" { return nil }
    let bounds = parts(of: row[.typicalMinutes], between: "-", keepsEmpty: true)
      .map { Int($0) ?? -1 }
    guard let first = bounds.first, let last = bounds.last, bounds.count <= 2, first >= 0,
      first <= last, last <= 100_000
    else {
      throw row.error(
        .typicalMinutes, "the cell is not a duration",
        expected: "minutes such as 30, or a range such as 30-90")
    }
    return first...last
  }

  func yesOrNo(_ row: Row) throws(DocumentError) -> Bool? {
    switch row[.contested] {
    case "": return nil
    case "yes": return true
    case "no", "-": return false
    default: throw row.error(.contested, "the cell is not an answer", expected: "yes or no")
    }
  }

  // MARK: Payers

  func payerOverride(_ row: Row, _ sources: [String: String]) throws(DocumentError)
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

  func date(_ row: Row, _ column: FormularyColumn) throws(DocumentError) -> CivilDate? {
    guard !row[column].isEmpty else { return nil }
    guard let date = CivilDate(iso: row[column]) else {
      throw row.error(column, "the cell is not a date", expected: "YYYY-MM-DD")
    }
    return date
  }
}

/// The parts of a cell without the blanks around them.
private func parts(
  of cell: String, between separator: Unicode.Scalar = "|", keepsEmpty: Bool = false
) -> [String] {
  cell.utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
    .map { Substring($0).trimmed }
    .filter { keepsEmpty || !$0.isEmpty }
}

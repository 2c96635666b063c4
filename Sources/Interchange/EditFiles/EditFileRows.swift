import InfusionRecord
import TimelineEngine

/// The rows of an edit file that were read so far.
///
/// Only rows for codes of this family are kept, so memory stays flat: a file has hundreds of thousands
/// of rows, the family a few hundred.
struct EditFileRows {
  private typealias Cell = ArraySlice<UInt8>

  private(set) var count = 0
  private(set) var limits: [EditTables.UnlikelyLimit] = []
  private(set) var pairs: [EditTables.CodePair] = []
  private let family: [[UInt8]: Code]

  init() {
    family = Dictionary(uniqueKeysWithValues: Code.allCases.map { (Array($0.number.utf8), $0) })
  }

  mutating func take(
    _ cells: [ArraySlice<UInt8>], under heading: EditFileHeading, file: String, line: Int
  ) throws(DocumentError) {
    if cells.allSatisfy(\.isEmpty) || EditFileRows.isNotice(cells) { return }
    let row = Row(cells: cells, heading: heading, file: file, line: line)
    for place in cells.indices where !cells[place].isEmpty {
      guard place < heading.columns.count, heading.columns[place] != nil else {
        throw row.fault(nil, "a cell stands under no heading", "\(heading.columns.count) columns")
      }
    }
    count += 1
    switch heading.kind {
    case .unlikelyEdits: try takeLimit(row)
    case .codePairs: try takePair(row)
    }
  }

  /// A copyright notice below the table: text in one cell only.
  private static func isNotice(_ cells: [ArraySlice<UInt8>]) -> Bool {
    let filled = cells.filter { !$0.isEmpty }
    guard filled.count == 1, filled[0].count > 5 else { return false }
    return String(decoding: filled[0], as: UTF8.self).lowercased().contains("copyright")
  }

  private mutating func takeLimit(_ row: Row) throws(DocumentError) {
    let number = try row.code(.code)
    guard let units = row.number(.units), units <= 1_000_000 else {
      throw row.fault(.units, "the value is not a number of units", "digits")
    }
    var adjudication: Int?
    if let cell = row[.adjudication], let digit = cell.first {
      guard (0x31...0x33).contains(digit), cell.count == 1 || !isDigit(cell[cell.startIndex + 1])
      else {
        throw row.fault(.adjudication, "the indicator is not known", "1, 2 or 3 first")
      }
      adjudication = Int(digit - 0x30)
    }
    guard let code = family[Array(number)] else { return }
    if let known = limits.first(where: { $0.code == code }), known.units != units {
      throw row.fault(.code, "a code has two values", "one row for each code")
    }
    limits.append(EditTables.UnlikelyLimit(code: code, units: units, adjudication: adjudication))
  }

  private mutating func takePair(_ row: Row) throws(DocumentError) {
    let first = try row.code(.column1)
    let second = try row.code(.column2)
    guard let effective = try row.date(.effective) else {
      throw row.fault(.effective, "the cell is empty", "the first day of the edit")
    }
    let deletion = try row.date(.deletion)
    guard let digit = row.number(.modifier),
      let modifier = EditTables.CodePair.ModifierIndicator(rawValue: digit)
    else {
      throw row.fault(.modifier, "the indicator is not known", "0, 1 or 9")
    }
    guard let column1 = family[Array(first)], let column2 = family[Array(second)] else { return }
    let pair = EditTables.CodePair(
      column1: column1, column2: column2, modifier: modifier, effective: effective,
      deletion: deletion)
    guard !pairs.contains(where: { EditFileRows.contradict($0, pair) }) else {
      throw row.fault(
        .modifier, "the pair has two indicators on one day", "one indicator for each day")
    }
    pairs.append(pair)
  }

  /// Whether two rows say different things of one pair on one day. A deleted row says nothing.
  private static func contradict(_ left: EditTables.CodePair, _ right: EditTables.CodePair) -> Bool
  {
    guard left.codes == right.codes, left.modifier != right.modifier,
      left.modifier != .notApplicable, right.modifier != .notApplicable
    else { return false }
    let latest = CivilDate(dayNumber: .max)
    return left.effective <= right.deletion ?? latest && right.effective <= left.deletion ?? latest
  }

  /// One row and its place.
  private struct Row {
    let cells: [ArraySlice<UInt8>]
    let heading: EditFileHeading
    let file: String
    let line: Int

    /// The cell of a column; nil if the file lacks the column or the row the cell.
    subscript(column: EditFileColumn) -> ArraySlice<UInt8>? {
      heading[column].flatMap { $0 < cells.count ? cells[$0] : nil }
    }

    /// A code of five digits and capital letters, with a digit at least.
    func code(_ column: EditFileColumn) throws(DocumentError) -> ArraySlice<UInt8> {
      let cell = self[column] ?? []
      guard cell.count == 5, cell.contains(where: isDigit),
        cell.allSatisfy({ isDigit($0) || (0x41...0x5A).contains($0) })
      else {
        throw fault(column, "the cell is not a code", "five digits or capital letters")
      }
      return cell
    }

    func number(_ column: EditFileColumn) -> Int? {
      guard let cell = self[column], !cell.isEmpty, cell.count <= 7, cell.allSatisfy(isDigit) else {
        return nil
      }
      return cell.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// A date, `20260101`, `2026-01-01` or `1/31/2026`; nil for `*` and an empty cell.
    func date(_ column: EditFileColumn) throws(DocumentError) -> CivilDate? {
      guard let cell = self[column], !cell.isEmpty, !cell.elementsEqual([0x2A]) else { return nil }
      guard let date = CivilDate(published: cell) else {
        throw fault(column, "the cell is not a date", "YYYYMMDD")
      }
      return date
    }

    func fault(_ column: EditFileColumn?, _ found: String, _ expected: String) -> DocumentError {
      DocumentError(
        file: file, line: line, path: column?.rawValue ?? "", found: found, expected: expected)
    }
  }
}

extension CivilDate {
  /// A date of a published file: `20260101`, `2026-01-01` or `1/31/2026`.
  init?(published cell: ArraySlice<UInt8>) {
    let parts = cell.split(omittingEmptySubsequences: false) { $0 == 0x2D || $0 == 0x2F }
    let numbers = parts.map { part in
      part.allSatisfy(isDigit) && (1...8).contains(part.count)
        ? part.reduce(0) { $0 * 10 + Int($1 - 0x30) } : -1
    }
    guard let first = parts.first, numbers.allSatisfy({ $0 > 0 }) else { return nil }
    switch (numbers.count, first.count) {
    case (1, 8):
      self.init(
        year: numbers[0] / 10000, month: numbers[0] / 100 % 100, day: numbers[0] % 100)
    case (3, 4): self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    case (3, 1...2): self.init(year: numbers[2], month: numbers[0], day: numbers[1])
    default: return nil
    }
  }
}

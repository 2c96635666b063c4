import PlainText

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

/// A formulary file: a table whose first line names its columns.
///
/// Columns may be in any order. Unknown and repeated names are faults, so a misspelt column is never
/// ignored.
struct FormularyTable {
  typealias Column = FormularyColumn

  private var reader: CSVReader
  let file: String
  /// The columns in the order of the file.
  let columns: [Column]

  init(_ bytes: [UInt8], file: String, required: [Column]) throws(DocumentError) {
    self.file = file
    reader = CSVReader(bytes, file: file)
    guard let header = try reader.next() else {
      throw DocumentError(
        file: file, line: 1, found: "the file is empty",
        expected: "a first line with the names of the columns")
    }
    let known = Column.allCases.map(\.rawValue)
    var columns: [Column] = []
    for cell in header.cells {
      guard let column = Column(rawValue: cell) else {
        throw DocumentError(
          file: file, line: header.line, found: "the column \"\(shown(cell))\" is not known",
          expected:
            "some of \(known.joined(separator: ", "))\(suggestion(for: cell, among: known))")
      }
      if columns.contains(column) {
        throw DocumentError(
          file: file, line: header.line, found: "the column \"\(cell)\" is there twice",
          expected: "it once")
      }
      columns.append(column)
    }
    for column in required where !columns.contains(column) {
      throw DocumentError(
        file: file, line: header.line, found: "the column \"\(column.rawValue)\" is missing",
        expected: "it in the first line")
    }
    self.columns = columns
  }

  /// One line of the table.
  struct Row {
    let line: Int
    let file: String
    let cells: [String]
    /// The column of each cell.
    let columns: [Column]

    /// The cell of a column; empty if the file does not have the column.
    subscript(column: Column) -> String {
      guard let position = columns.firstIndex(of: column) else { return "" }
      return cells[position]
    }

    /// A fault in a cell of this line.
    func error(_ column: Column, _ found: String, expected: String) -> DocumentError {
      DocumentError(
        file: file, line: line, path: column.rawValue, found: found, expected: expected)
    }
  }

  mutating func next() throws(DocumentError) -> Row? {
    guard let record = try reader.next() else { return nil }
    return Row(line: record.line, file: file, cells: record.cells, columns: columns)
  }
}

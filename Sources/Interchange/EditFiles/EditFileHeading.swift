import PlainText
import TimelineEngine

/// The heading of an edit file: which column stands where.
///
/// In the text files a heading may go on over several lines, `Effective` above `Date`. The texts of one
/// column are joined before it is read.
struct EditFileHeading {
  let kind: EditTables.Kind
  /// Whose claims the table is for, if the heading says so.
  let setting: EditTables.Setting?
  /// The column of each cell; nil for a cell without a heading, which has to stay empty.
  let columns: [EditFileColumn?]
  private let places: [EditFileColumn: Int]

  /// Whether a record is the first line of a heading, and of which table.
  static func kind(of cells: [String]) -> EditTables.Kind? {
    let found = cells.map { EditFileColumn(heading: $0) }
    if found.contains(.column1), found.contains(.column2) { return .codePairs }
    if found.contains(.code), found.contains(.units) { return .unlikelyEdits }
    return nil
  }

  /// What a heading needs on one line.
  static let expected =
    "a line with both \"HCPCS/CPT Code\" and \"MUE Values\", or with both \"Column 1\" and "
    + "\"Column 2\""

  /// What a line lacks that has one of the two columns of a table; nil if it has none.
  static func partialWords(_ cells: [String]) -> String? {
    let found = cells.compactMap { EditFileColumn(heading: $0) }
    let pairs: [(EditFileColumn, EditFileColumn)] = [
      (.units, .code), (.column1, .column2), (.column2, .column1),
    ]
    return pairs.first { found.contains($0.0) && !found.contains($0.1) }.map {
      "the heading has the column \"\($0.0.rawValue)\" and no column \"\($0.1.rawValue)\""
    }
  }

  /// - Parameters:
  ///   - texts: the joined heading of each cell.
  ///   - line: the line the heading begins on.
  init(_ texts: [String], kind: EditTables.Kind, file: String, line: Int) throws(DocumentError) {
    func fault(_ found: String, _ expected: String) -> DocumentError {
      DocumentError(file: file, line: line, found: found, expected: expected)
    }
    var columns: [EditFileColumn?] = []
    var places: [EditFileColumn: Int] = [:]
    var setting: EditTables.Setting?
    for (place, text) in texts.enumerated() {
      if PublishedRecords.folded(text).isEmpty, !text.contains("*") {
        columns.append(nil)
        continue
      }
      guard let column = EditFileColumn(heading: text), column.kind == kind || column.kind == nil
      else {
        throw fault(
          "the heading of column \(place + 1), \"\(String(text.prefix(40)).printable)\", is not understood",
          "the headings of a CMS table of \(kind.words): "
            + EditFileColumn.allCases.filter { $0.kind == kind || $0.kind == nil }
            .map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
      }
      if column != .rationale, places.updateValue(place, forKey: column) != nil {
        throw fault("two columns are headed \"\(column.rawValue)\"", "one")
      }
      if column == .units {
        guard let found = EditTables.Setting(heading: text) else {
          throw fault(
            "the column of MUE values is not for practitioners or outpatient hospitals",
            "\"Practitioner Services MUE Values\" or \"Outpatient Hospital Services MUE Values\"")
        }
        setting = found
      }
      columns.append(column)
    }
    for column in EditFileColumn.required(for: kind) where places[column] == nil {
      throw fault(
        "the heading has no column \"\(column.rawValue)\"",
        "a whole table of \(kind.words), not a list of changes")
    }
    self.kind = kind
    self.setting = setting
    self.columns = columns
    self.places = places
  }

  subscript(column: EditFileColumn) -> Int? { places[column] }
}

extension EditTables.Kind {
  /// `unlikely edits (MUE)`, for messages.
  package var words: String {
    switch self {
    case .unlikelyEdits: "unlikely edits (MUE)"
    case .codePairs: "code pairs (PTP)"
    }
  }
}

extension EditTables.Setting {
  /// `practitioner`, for messages.
  package var words: String {
    switch self {
    case .practitioner: "practitioner"
    case .outpatientHospital: "outpatient hospital"
    }
  }

  /// The setting that a heading or a name speaks of.
  init?(heading text: String) {
    let words = PublishedRecords.folded(text)
    if words.contains("practitioner") {
      self = .practitioner
    } else if words.contains("hospital") {
      self = .outpatientHospital
    } else {
      return nil
    }
  }
}

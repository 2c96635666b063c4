package import TimelineEngine

/// A published file of CMS edits, with its rows for the codes of this family.
package struct EditFile: Sendable {
  package let kind: EditTables.Kind
  package let setting: EditTables.Setting
  package let quarter: Quarter
  /// The file's name without its folder.
  package let source: String
  /// The number of the table's part, if the name has one.
  package let part: Int?
  /// The rows that were read, of any code.
  package let rowsRead: Int
  let limits: [EditTables.UnlikelyLimit]
  let pairs: [EditTables.CodePair]

  private var table: String { "\(kind.rawValue) \(setting.rawValue) \(quarter.text)" }

  /// The tables that several files make up. Parts of one table are joined.
  package static func tables(of files: [EditFile]) throws(DocumentError) -> [EditTables.Table] {
    var names: [String] = []
    for file in files where !names.contains(file.table) { names.append(file.table) }
    var tables: [EditTables.Table] = []
    for name in names {
      let parts = files.filter { $0.table == name }
      try checkParts(parts)
      tables.append(try joined(parts))
    }
    return tables
  }

  /// Refuses a table with a part missing or given twice.
  private static func checkParts(_ files: [EditFile]) throws(DocumentError) {
    let numbers = files.compactMap(\.part).sorted()
    guard let last = numbers.last, let file = files.last else {
      guard files.count > 1, let file = files.last else { return }
      throw DocumentError(
        file: file.source, found: "another file given has the same table",
        expected: "one file, or parts whose names end in -f1, -f2, …")
    }
    if let missing = (1...max(1, last)).first(where: { !numbers.contains($0) }) {
      throw DocumentError(
        file: file.source, found: "part f\(missing) of its table is not among the files",
        expected: "all parts of the quarter in one command")
    }
    if numbers.count != last || files.count != numbers.count {
      throw DocumentError(
        file: file.source, found: "a part of its table is given twice", expected: "it once")
    }
  }

  private static func joined(_ parts: [EditFile]) throws(DocumentError) -> EditTables.Table {
    let first = parts[0]
    let source = parts.map(\.source).joined(separator: ", ")
    switch first.kind {
    case .unlikelyEdits:
      return EditTables.Table(
        unlikelyEdits: parts.flatMap(\.limits), setting: first.setting, quarter: first.quarter,
        source: source)
    case .codePairs:
      return EditTables.Table(
        codePairs: parts.flatMap(\.pairs), setting: first.setting, quarter: first.quarter,
        source: source)
    }
  }
}

import SessionStore

/// Checks of the file that do not depend on its contents.
extension SQLiteStore {
  /// Compares the tables, indexes, views and triggers with those of this program.
  func schemaProblems(_ database: Database) throws -> [Verification.Problem] {
    try SchemaText(database).differences(from: SchemaText(schema.memory(schema.version))).map {
      Verification.Problem(.schema, sentence: $0)
    }
  }

  func checkStructure(_ database: Database) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    if let fault = headFault { problems.append(Verification.Problem(.structure, sentence: fault)) }
    // SQLite reads the missing part of the last page as zeros, without an error.
    let page = Int(try database.pragma("page_size"))
    if let size = FileStatus(path: place.path)?.size, page > 0, size % page != 0 {
      problems.append(
        Verification.Problem(.structure, sentence: "The file breaks off inside a page."))
    }
    for text in try database.all(
      "PRAGMA integrity_check(10)", [:], { try $0.text("integrity_check") })
    where text != "ok" {
      problems.append(
        Verification.Problem(.structure, sentence: "The file's structure is broken: \(text)."))
    }
    for table in try database.all("PRAGMA foreign_key_check", [:], { try $0.text("table") })
    where problems.count < 10 {
      problems.append(
        Verification.Problem(.structure, sentence: "A row of \(table) points to nothing."))
    }
    return problems
  }
}

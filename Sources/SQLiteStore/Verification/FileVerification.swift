import SessionStore

/// Checks of the file that do not depend on its contents.
extension SQLiteStore {
  /// Compares the tables, indexes and triggers with those of this program.
  func checkSchema(_ database: Database) throws -> [Verification.Problem] {
    let fresh = try Database(":memory:")
    for step in Schema.current.steps { try fresh.execute(step) }
    let wanted = try definitions(fresh)
    let found = try definitions(database)
    return Set(wanted.keys).union(found.keys).sorted().filter { wanted[$0] != found[$0] }.map {
      name in
      Verification.Problem(
        .schema,
        sentence: found[name] == nil
          ? "The \(name) is missing: the store is not guarded as it should be."
          : "The \(name) is not the one this program makes.")
    }
  }

  private func definitions(_ database: Database) throws -> [String: String] {
    var definitions: [String: String] = [:]
    try database.each(
      """
      SELECT type || ' ' || name AS part, tbl_name || ': ' || coalesce(sql, '') AS definition
      FROM sqlite_master
      """
    ) { definitions[try $0.text("part")] = try $0.text("definition") }
    return definitions
  }

  func checkStructure(_ database: Database) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
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

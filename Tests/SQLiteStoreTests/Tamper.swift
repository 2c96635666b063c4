import CSQLite

@testable import SQLiteStore

/// Drops the triggers, runs `sql`, and puts the triggers back.
func tamper(_ path: String, _ sql: String) throws {
  let raw = try Database(path)
  let triggers = try raw.all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", [:]) {
    (name: try $0.text("name"), sql: try $0.text("sql"))
  }
  for trigger in triggers { try raw.execute("DROP TRIGGER \(trigger.name)") }
  try raw.execute(sql)
  for trigger in triggers { try raw.execute(trigger.sql) }
  raw.close()
}

/// Runs SQL on the entries of an index as if they were a table, and leaves the schema as it was.
///
/// `sqlite_schema` names the page of each tree. A second entry for the index's page lets SQL change the
/// index without its table.
func withIndexAsTable(
  _ path: String, _ index: String, columns: String, _ sql: (String) -> String
) throws {
  let schema = "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) "
  try rewritingSchema(path) { raw in
    try raw.execute(
      """
      \(schema) SELECT 'table', 'entries', 'entries', rootpage,
        'CREATE TABLE entries (\(columns), PRIMARY KEY (\(columns))) WITHOUT ROWID'
      FROM sqlite_schema WHERE name = '\(index)'
      """)
  }
  let raw = try Database(path)
  try raw.execute(sql("entries"))
  raw.close()
  try rewritingSchema(path) { try $0.execute("DELETE FROM sqlite_schema WHERE name = 'entries'") }
}

private func rewritingSchema(_ path: String, _ body: (Database) throws -> Void) throws {
  let raw = try Database(path)
  sqlite3_db_config_flag(raw.handle, SQLITE_DBCONFIG_DEFENSIVE, 0)
  try raw.execute("PRAGMA writable_schema = ON")
  try body(raw)
  raw.close()
}

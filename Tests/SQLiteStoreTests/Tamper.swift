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

import InfusionRecord
import SessionStore

extension SQLiteStore {
  /// The columns that `factRow` reads. Everything but the session is a column of `fact`.
  static let factColumns = """
    fact.format, fact.number, fact.id, fact.kind, fact.minute, fact.recorded, fact.basis, fact.actor,
    fact.workstation, fact.reason, fact.body
    """

  func factRow(
    _ row: DatabaseRow, session: String, _ database: Database
  ) throws -> FactRow {
    guard let id = Event.ID(bytes: try row.blob("id")) else {
      throw DatabaseRow.WrongColumn(name: "id")
    }
    return FactRow(
      format: try row.integer("format"), session: session, number: try row.integer("number"),
      id: id, kind: try row.integer("kind"), clinicalMinute: try row.integer("minute"),
      recorded: try row.integer("recorded"), basis: try row.integer("basis"),
      actor: try name(try row.integer("actor"), database),
      workstation: try name(try row.integer("workstation"), database),
      reason: try row.optionalText("reason"), body: try row.utf8("body"))
  }

  /// The session's number; nil if there is no such session.
  func number(of session: SessionID, _ database: Database) throws -> Int64? {
    try database.first(
      "SELECT number FROM session WHERE id = :id", ["id": .text(session.text)]
    ) { try $0.integer("number") }
  }

  /// The events of a session after its first `skipped`.
  func events(
    of session: SessionID, _ number: Int64, after skipped: Int, _ database: Database
  ) throws -> [Event] {
    try database.all(
      """
      SELECT \(SQLiteStore.factColumns) FROM fact WHERE session = :session AND number > :skipped
      ORDER BY number
      """, ["session": .integer(number), "skipped": .integer(skipped)]
    ) { try factRow($0, session: session.text, database).event() }
  }

  func readHead(of table: String = "fact", _ database: Database) throws -> Head {
    try database.first("SELECT rowid, seal FROM \(table) ORDER BY rowid DESC LIMIT 1") { row in
      Head(count: Int(try row.integer("rowid")), hash: try row.blob("seal", count: 32))
    } ?? .empty
  }
}

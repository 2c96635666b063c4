import InfusionRecord
import SessionStore

extension PostgresStore {
  /// The columns that `factRow` reads. Everything but the session's name is a column of `fact`.
  static let factColumns = """
    fact.format, fact.number, fact.id, fact.kind, fact.minute, fact.recorded, fact.basis, fact.actor,
    fact.workstation, fact.reason, fact.body
    """

  func factRow(_ row: QueryResult.Row, session: String) throws -> FactRow {
    guard let id = Event.ID(bytes: try row.bytes("id")) else {
      throw QueryResult.Row.WrongColumn(name: "id")
    }
    return FactRow(
      format: try row.integer("format"), session: session, number: try row.integer("number"),
      id: id, kind: try row.integer("kind"), clinicalMinute: try row.integer("minute"),
      recorded: try row.integer("recorded"), basis: try row.integer("basis"),
      actor: try row.text("actor"), workstation: try row.text("workstation"),
      reason: try row.optionalText("reason"), body: try row.bytes("body"))
  }

  /// The session's number; nil if there is no such session.
  func number(of session: SessionID, _ connection: ServerConnection) throws -> Int64? {
    try connection.first(
      "SELECT number FROM chairtime.session WHERE suite = $1::smallint AND id = $2::text",
      [suite, .text(session.text)]
    ) { try $0.integer("number") }
  }

  /// The events of a session after its first `skipped`.
  func events(
    of session: SessionID, after skipped: Int, _ connection: ServerConnection
  ) throws -> [Event] {
    try connection.all(
      """
      SELECT \(PostgresStore.factColumns)
      FROM chairtime.session JOIN chairtime.fact
        ON fact.suite = session.suite AND fact.session = session.number
      WHERE session.suite = $1::smallint AND session.id = $2::text AND fact.number > $3::int
      ORDER BY fact.number
      """, [suite, .text(session.text), .integer(skipped)]
    ) { try factRow($0, session: session.text).event() }
  }

  /// The table that holds the seals of a chain, by position.
  static func table(of chain: ChainName) -> String {
    switch chain {
    case .facts: "chairtime.fact"
    case .audit: "chairtime.audit"
    case .outbox: "chairtime.outbox_seal"
    }
  }

  func readHead(of chain: ChainName = .facts, _ connection: ServerConnection) throws -> Head {
    let found = try connection.first(
      """
      SELECT position, seal FROM \(PostgresStore.table(of: chain))
      WHERE suite = $1::smallint ORDER BY position DESC LIMIT 1
      """, [suite]
    ) { row in
      Head(count: Int(try row.integer("position")), hash: try row.bytes("seal", count: 32))
    }
    if let found { return found }
    // To a login without a role in the suite every table is empty. That is no empty record.
    let suites = try connection.number(
      "SELECT count(*) AS number FROM chairtime.suite WHERE number = $1::smallint", [suite])
    guard suites == 1 else {
      throw StoreError.forbidden(
        path: location, what: "this machine's login has no role in the suite any more")
    }
    return .empty
  }

  /// The seal of an entry of a chain; nil if there is none.
  func seal(
    of entry: Int, in chain: ChainName, _ connection: ServerConnection
  ) throws -> [UInt8]? {
    try connection.first(
      """
      SELECT seal FROM \(PostgresStore.table(of: chain))
      WHERE suite = $1::smallint AND position = $2::bigint
      """, [suite, .integer(entry)]
    ) { try $0.bytes("seal", count: 32) }
  }
}

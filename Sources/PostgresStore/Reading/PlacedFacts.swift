import InfusionRecord
import SessionStore

/// A fact with its place in the chain.
struct PlacedFact {
  let position: Int
  /// The number of its session.
  let session: Int64
  /// nil for what cannot be read.
  let row: FactRow?
  let seal: [UInt8]?
}

extension PostgresStore {
  /// Rows that are in memory at a time.
  private static let pageSize = 4_000

  /// Calls `body` with the facts after a place, in the order of the chain; of all kinds or of some.
  func eachFact(
    _ connection: ServerConnection, after start: Int = 0, kinds: [Int64] = [],
    _ body: (PlacedFact) throws -> Void
  ) throws {
    var last = start
    var count = PostgresStore.pageSize
    while count == PostgresStore.pageSize {
      let result = try connection.query(
        """
        SELECT fact.position, fact.session AS listed, session.id AS session_id, fact.seal,
          \(PostgresStore.factColumns)
        FROM chairtime.fact LEFT JOIN chairtime.session
          ON session.suite = fact.suite AND session.number = fact.session
        WHERE fact.suite = $1::smallint AND fact.position > $2::bigint
          AND ($3::smallint[] IS NULL OR fact.kind = ANY ($3::smallint[]))
        ORDER BY fact.position LIMIT $4::int
        """,
        [
          suite, .integer(last), kinds.isEmpty ? .null : .list(kinds.map { .integer($0) }),
          .integer(PostgresStore.pageSize),
        ])
      count = result?.count ?? 0
      guard let result else { return }
      for row in result.rows {
        last = Int(try row.integer("position"))
        let session = try? row.text("session_id")
        try body(
          PlacedFact(
            position: last, session: try row.integer("listed"),
            row: session.flatMap { try? factRow(row, session: $0) },
            seal: try? row.bytes("seal", count: 32)))
      }
    }
  }
}

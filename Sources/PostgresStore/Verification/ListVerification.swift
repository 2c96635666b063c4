import InfusionRecord
package import SessionStore

/// Comparison of what is computed from the chains with the chains: the list of sessions, the visits, the
/// states of messages.
///
/// What was compared is compared again after any transaction of the server.
extension PostgresStore {
  package func checkLists() throws(StoreError) {
    try snapshot { connection in
      try compare(.board, connection) { try checkOpenSessions(connection) }
    }
  }

  /// Compares what an act reads with the chains.
  func checkTables(_ scope: VerificationScope, _ connection: ServerConnection) throws {
    try compare(scope, connection) {
      try checkList(connection)
      try checkOpenSessions(connection)
      if scope >= .outbox { try checkStates(connection) }
    }
  }

  /// Runs `body` unless it was run since another transaction.
  private func compare(
    _ scope: VerificationScope, _ connection: ServerConnection, _ body: () throws -> Void
  ) throws {
    let version = try connection.first(
      "SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS version"
    ) { try $0.text("version") }
    if let known = progress.compared, known.version == version, known.scope >= scope { return }
    try body()
    progress.compared = version.map { ($0, scope) }
  }

  /// Compares the open sessions, and the number of visits, with the facts after the base.
  private func checkOpenSessions(_ connection: ServerConnection) throws {
    let base = try listBase(connection)
    var wanted = base.digest
    let kinds = SessionListDigest.statusKinds + SessionListDigest.patientKinds
    let facts = try connection.all(
      """
      SELECT session, kind FROM chairtime.fact
      WHERE suite = $1::smallint AND position > $2::bigint AND kind = ANY ($3::smallint[])
      ORDER BY position
      """, [suite, .integer(base.facts), .list(kinds.map { .integer($0) })]
    ) { (session: try $0.integer("session"), kind: try $0.integer("kind")) }
    for fact in facts {
      wanted.apply(kind: fact.kind, of: fact.session)
      if SessionListDigest.patientKinds.contains(fact.kind) { wanted.patientFacts += 1 }
    }
    let open = Set(
      try connection.all(
        "SELECT number FROM chairtime.session WHERE suite = $1::smallint AND status = 0", [suite]
      ) { try $0.integer("number") })
    guard open == wanted.open else { throw try listError(connection) }
    let visits = try connection.number(
      "SELECT count(*) AS number FROM chairtime.visit WHERE suite = $1::smallint", [suite])
    guard visits == wanted.patientFacts else {
      throw altered("The list of visits does not hold every opening and correction.")
    }
  }

  // MARK: The list of sessions

  /// The list of sessions as it was verified last: by this connection, or at the last checkpoint.
  private func listBase(
    _ connection: ServerConnection
  ) throws -> (facts: Int, digest: SessionListDigest) {
    if let known = progress.list { return known }
    let checkpoint = try lastCheckpoint(connection)
    let base = (checkpoint.facts.count, checkpoint.list ?? SessionListDigest())
    progress.list = base
    return base
  }

  /// Compares every row of the list of sessions with the facts.
  func checkList(_ connection: ServerConnection) throws {
    let base = try listBase(connection)
    let facts = try readHead(connection).count
    var check = SessionListCheck(after: base.digest)
    let kinds = SessionListing.kinds.map { Argument.integer(FactBody.number(of: $0)) }
    let touched = try connection.query(
      """
      SELECT fact.position, fact.session AS listed, session.id AS session_id,
        \(PostgresStore.factColumns)
      FROM (SELECT DISTINCT session AS number FROM chairtime.fact
            WHERE suite = $1::smallint AND position > $2::bigint) AS touched
        JOIN chairtime.session ON session.suite = $1::smallint AND session.number = touched.number
        JOIN chairtime.fact ON fact.suite = $1::smallint AND fact.session = touched.number
      WHERE fact.kind = ANY ($3::smallint[])
      ORDER BY fact.session, fact.number
      """, [suite, .integer(base.facts), .list(kinds)])
    for row in touched.map({ Array($0.rows) }) ?? [] {
      check.take(
        try factRow(row, session: try row.text("session_id")).event(),
        of: try row.integer("listed"), isAfterBase: try row.integer("position") > Int64(base.facts))
    }
    let listed = try connection.query(
      """
      SELECT number, day, status FROM chairtime.session WHERE suite = $1::smallint ORDER BY number
      """, [suite])
    for row in listed.map({ Array($0.rows) }) ?? [] {
      check.check(
        try row.integer("number"), day: try row.integer("day"), status: try row.integer("status"))
    }
    let added = try connection.number(
      """
      SELECT count(*) AS number FROM chairtime.fact
      WHERE suite = $1::smallint AND position > $2::bigint AND kind = ANY ($3::smallint[])
      """,
      [
        suite, .integer(base.facts),
        .list(SessionListDigest.patientKinds.map { .integer($0) }),
      ])
    guard let digest = check.digest(adding: added) else { throw try listError(connection) }
    progress.list = (facts, digest)
  }

  /// The error that names the first session which is listed otherwise than its facts say.
  private func listError(_ connection: ServerConnection) throws -> StoreError {
    altered(
      try checkListing(connection).first?.sentence
        ?? "The list of sessions is not the one that the facts make.")
  }

  /// Compares the state of each message with its last step.
  private func checkStates(_ connection: ServerConnection) throws {
    let wrong = try connection.first(
      """
      SELECT control FROM chairtime.message WHERE suite = $1::smallint
        AND state IS DISTINCT FROM (
          SELECT state FROM chairtime.message_step
          WHERE message_step.suite = message.suite AND message_step.message = message.number
          ORDER BY message_step.number DESC LIMIT 1)
      ORDER BY number LIMIT 1
      """, [suite]
    ) { try $0.text("control") }
    if let wrong {
      throw altered("Message \(wrong) is listed in another state than its steps say.")
    }
  }
}

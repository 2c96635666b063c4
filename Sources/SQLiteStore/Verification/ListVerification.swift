import InfusionRecord
package import SessionStore

/// Comparison of what is computed from the chains with the chains: the list of sessions, the states of
/// messages, and the indexes by which they are read.
///
/// For 1,032,000 facts, 43,000 sessions and as many messages of 2,600 bytes the SQL of the board takes 3 ms, of a
/// signature 12 ms, of an export 52 ms more, of the outbox 300 ms more: SQLite 3.40, two cores that other
/// programs used too.
///
/// `data_version` counts the commits of other connections. What was compared is compared again after one.
extension SQLiteStore {
  package func checkLists() throws(StoreError) {
    try access { database in
      try database.snapshot { try compare(.board, database) { try checkOpenSessions(database) } }
    }
  }

  /// Compares what an act reads with the chains.
  func checkTables(_ scope: VerificationScope, _ database: Database) throws {
    try compare(scope, database) {
      try checkList(database)
      try checkOpenSessions(database)
      try checkFactIndexes(database)
      if scope >= .export { try checkStructure(of: "session", database) }
      if scope >= .outbox { try checkMessages(database) }
    }
  }

  /// Runs `body` unless it was run since another connection wrote last.
  private func compare(
    _ scope: VerificationScope, _ database: Database, _ body: () throws -> Void
  ) throws {
    let version = "\(try database.pragma("data_version"))"
    if let known = progress.compared, known.version == version, known.scope >= scope { return }
    try body()
    progress.compared = (version, scope)
  }

  /// Compares the open sessions, and the size of the index of patients, with the facts after the base.
  private func checkOpenSessions(_ database: Database) throws {
    let base = try listBase(database)
    var wanted = base.digest
    let kinds = SessionListDigest.statusKinds + SessionListDigest.patientKinds
    try database.each(
      """
      SELECT session, kind FROM fact NOT INDEXED
      WHERE rowid > :base AND kind IN (\(SQLiteStore.list(kinds))) ORDER BY rowid
      """, ["base": .integer(base.facts)]
    ) { row in
      let kind = try row.integer("kind")
      wanted.apply(kind: kind, of: try row.integer("session"))
      if SessionListDigest.patientKinds.contains(kind) { wanted.patientFacts += 1 }
    }
    let open = Set(
      try database.all("SELECT number FROM session INDEXED BY session_open WHERE status = 0") {
        try $0.integer("number")
      })
    guard open == wanted.open else { throw try listError(database) }
    try checkPatients(database, count: wanted.patientFacts)
  }

  // MARK: The list of sessions

  /// The list of sessions as it was verified last: by this connection, or at the last checkpoint.
  func listBase(_ database: Database) throws -> (facts: Int, digest: SessionListDigest) {
    if let known = progress.list { return known }
    let checkpoint = try lastCheckpoint(database)
    let base = (checkpoint.facts.count, checkpoint.list ?? SessionListDigest())
    progress.list = base
    return base
  }

  /// Compares every row of the list of sessions with the facts.
  func checkList(_ database: Database) throws {
    let base = try listBase(database)
    let facts = try readHead(database).count
    var check = SessionListCheck(after: base.digest)
    let kinds = SessionListing.kinds.map { FactBody.number(of: $0) }
    try database.each(
      """
      SELECT fact.rowid AS place, fact.session AS listed, session.id AS session_id,
        \(SQLiteStore.factColumns)
      FROM (SELECT DISTINCT session AS number FROM fact NOT INDEXED WHERE rowid > :base) AS touched
        CROSS JOIN session ON session.number = touched.number
        CROSS JOIN fact ON fact.session = touched.number
      WHERE fact.kind IN (\(SQLiteStore.list(kinds)))
      ORDER BY fact.session, fact.number
      """, ["base": .integer(base.facts)]
    ) { row in
      check.take(
        try factRow(row, session: try row.text("session_id"), database).event(),
        of: try row.integer("listed"), isAfterBase: try row.integer("place") > Int64(base.facts))
    }
    try database.each("SELECT number, day, status FROM session NOT INDEXED ORDER BY number") {
      row in
      check.check(
        try row.integer("number"), day: try row.integer("day"), status: try row.integer("status"))
    }
    let added = try database.number(
      """
      SELECT count(*) AS facts FROM fact NOT INDEXED
      WHERE rowid > :base AND kind IN (\(SQLiteStore.list(SessionListDigest.patientKinds)))
      """, ["base": .integer(base.facts)])
    guard let digest = check.digest(adding: added) else { throw try listError(database) }
    progress.list = (facts, digest)
  }

  /// The error that names the first session which is listed otherwise than its facts say.
  private func listError(_ database: Database) throws -> StoreError {
    altered(
      try checkListing(database).first?.sentence
        ?? "The list of sessions, or its index, is not the one that the facts make.")
  }

  // MARK: Indexes

  private func checkFactIndexes(_ database: Database) throws {
    // SQLite counts the narrowest index: the one by session, from which sessions are read.
    let indexed = try database.number("SELECT count(*) AS facts FROM fact")
    guard indexed == Int64(try readHead(database).count) else {
      throw altered("The index of facts by session does not hold every fact.")
    }
  }

  private func checkPatients(_ database: Database, count: Int64) throws {
    let indexed = try database.number(
      "SELECT count(*) AS facts FROM fact INDEXED BY fact_patient WHERE kind IN (1, 18)")
    guard indexed == count else {
      throw altered("The index of patients does not hold every opening and correction.")
    }
  }

  /// Compares the outbox's tables with their indexes, and the state of each message with its last step.
  private func checkMessages(_ database: Database) throws {
    for table in ["message", "message_step"] { try checkStructure(of: table, database) }
    let wrong = try database.first(
      """
      SELECT control FROM message WHERE state IS NOT (
        SELECT state FROM message_step WHERE message_step.message = message.number
        ORDER BY message_step.rowid DESC LIMIT 1)
      ORDER BY number LIMIT 1
      """
    ) { try $0.text("control") }
    if let wrong {
      throw altered("Message \(wrong) is listed in another state than its steps say.")
    }
  }

  /// Throws if a table and its indexes do not hold the same rows.
  private func checkStructure(of table: String, _ database: Database) throws {
    let found = try database.first("PRAGMA integrity_check(\(table))") {
      try $0.text("integrity_check")
    }
    if let found, found != "ok" {
      throw altered("The table \(table) or an index of it is broken: \(found).")
    }
  }

  func altered(_ sentence: String) -> StoreError { .altered(path: place.path, what: sentence) }

  private static func list(_ numbers: [Int64]) -> String {
    numbers.map(String.init).joined(separator: ", ")
  }
}

import InfusionRecord
package import SessionStore

/// What a connection verified so far.
struct VerificationProgress {
  /// How far the chains were verified; nil before they were.
  var verified: Checkpoint?
  /// The number of verified entries at the last checkpoint.
  var entriesAtCheckpoint = 0
  /// A digest of the list of sessions, and the number of facts that it stands for.
  var list: (facts: Int, digest: SessionListDigest)?
  /// What was compared with the chains, and `PRAGMA data_version` then.
  var compared: (version: Int64, scope: VerificationScope)?
}

/// How much of what is computed from the chains is compared with them. Each holds those before it.
///
/// The figures are those of the SQL alone, for 1,032,000 facts, 43,000 sessions and as many messages of
/// 2,600 bytes: SQLite 3.40, two cores that other programs used too.
enum VerificationScope: Int, Comparable {
  /// The open sessions and the number of entries in the index of patients: 3 ms.
  case board
  /// The chains from the last checkpoint on, the list of sessions, and the number of entries in the indexes
  /// of facts: 12 ms.
  case signature
  /// The indexes of the list of sessions, entry by entry: 52 ms more.
  case export
  /// The indexes of messages and steps, and the state of each message: 300 ms more.
  case outbox

  static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// Comparison of what is computed from the chains with the chains: the list of sessions, the states of
/// messages, and the indexes by which they are read.
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
    let version = try database.pragma("data_version")
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
  ///
  /// Sessions without a later fact must be listed as they were at the base, which the digest tells. The
  /// rows of the others are computed from their facts.
  func checkList(_ database: Database) throws {
    let base = try listBase(database)
    let facts = try readHead(database).count
    let changes = try changedRows(after: base.facts, database)
    var before = SessionListDigest.Rows()
    var now = SessionListDigest.Rows()
    var last: Int64 = 0
    var isRight = true
    try database.each("SELECT number, day, status FROM session NOT INDEXED ORDER BY number") {
      row in
      let number = try row.integer("number")
      let listed = ListedRow(day: try row.integer("day"), status: try row.integer("status"))
      if number != last + 1 { isRight = false }
      last = number
      now.add(number, day: listed.day, status: listed.status)
      guard let change = changes[number] else {
        before.add(number, day: listed.day, status: listed.status)
        return
      }
      if change.now != listed { isRight = false }
      if let earlier = change.before {
        before.add(number, day: earlier.day, status: earlier.status)
      }
    }
    let found = SessionListDigest(before)
    guard isRight, found.hash == base.digest.hash, changes.keys.allSatisfy({ $0 <= last }) else {
      throw try listError(database)
    }
    let added = try database.number(
      """
      SELECT count(*) AS facts FROM fact NOT INDEXED
      WHERE rowid > :base AND kind IN (\(SQLiteStore.list(SessionListDigest.patientKinds)))
      """, ["base": .integer(base.facts)])
    progress.list = (
      facts, SessionListDigest(now, patientFacts: base.digest.patientFacts + added)
    )
  }

  private struct ListedRow: Hashable {
    var day: Int64
    var status: Int64
  }

  /// The rows of the sessions that have facts after `base`, as of that fact and as of now.
  private func changedRows(
    after base: Int, _ database: Database
  ) throws -> [Int64: (before: ListedRow?, now: ListedRow)] {
    let kinds = SessionListing.kinds.map { FactBody.number(of: $0) }
    var listings: [Int64: (before: SessionListing?, now: SessionListing)] = [:]
    try database.each(
      """
      SELECT fact.rowid AS place, fact.session AS listed, session.id AS session_id,
        \(SQLiteStore.factColumns)
      FROM (SELECT DISTINCT session AS number FROM fact NOT INDEXED WHERE rowid > :base) AS touched
        CROSS JOIN session ON session.number = touched.number
        CROSS JOIN fact ON fact.session = touched.number
      WHERE fact.kind IN (\(SQLiteStore.list(kinds)))
      ORDER BY fact.session, fact.number
      """, ["base": .integer(base)]
    ) { row in
      let number = try row.integer("listed")
      let event = try factRow(row, session: try row.text("session_id"), database).event()
      var listing = listings[number] ?? (nil, SessionListing())
      listing.now.apply(event)
      if try row.integer("place") <= Int64(base) { listing.before = listing.now }
      listings[number] = listing
    }
    func row(_ listing: SessionListing) -> ListedRow {
      ListedRow(
        day: Int64(listing.day?.dayNumber ?? -1),
        status: SessionListing.number(of: listing.status ?? .open))
    }
    return listings.mapValues { ($0.before.map(row), row($0.now)) }
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

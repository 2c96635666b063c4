import InfusionRecord
package import SessionStore

/// A store in a database of PostgreSQL: the record of one suite, shared by many machines.
///
/// Facts come in by one function of the server, in one round trip, and other rows inside a transaction that
/// holds the suite. The seals are those of a file, so a record can be moved between the two.
///
/// ```
///  append ──► right, by what is known of the people ──► chairtime.append(…, as of entry 17)
///                                                          │ the people changed since entry 17
///             right, read inside a transaction  ◄──────────┘ that holds the suite
/// ```
///
/// A store belongs to one thread; each thread opens its own.
package final class PostgresStore: Store {
  package let address: ServerAddress
  package let mode: StoreMode
  /// Which host is read or written.
  private let role: HostRole
  package var location: String { address.text }

  private var connection: ServerConnection?
  /// The number of the suite on the server.
  private(set) var suite: Argument = .null
  private(set) var suiteNumber: Int64 = 0
  /// Whether a transaction is open on this connection.
  private(set) var isInTransaction = false

  /// What the people and restrictions were when they were read last.
  var knownRights: KnownRights?
  /// Whether `knownRights` answers for the server, because the server compares their place.
  var isUsingKnownRights = false
  /// What this connection verified.
  var progress = VerificationProgress()
  /// The end of the facts as this connection knows it to be acknowledged.
  var acknowledged = Head.empty
  /// Whether the guards were compared with those of this program since it began.
  private var isSchemaChecked = false
  /// What was wrong with the end of the outbox when the store was opened.
  private(set) var outboxFault: String?
  weak var signal: ServerSignal?

  /// Connects to the server, and checks that it holds the suite.
  ///
  /// - Parameter role: nil for the primary if the store is written, otherwise for any host.
  package init(
    _ address: ServerAddress, mode: StoreMode = .readWrite, on role: HostRole? = nil
  ) throws(StoreError) {
    self.address = address
    self.mode = mode
    self.role = role ?? (mode == .readWrite ? .primary : .any)
    try access { _ in }
  }

  package func close() {
    connection?.close()
    connection = nil
  }

  // MARK: Connecting

  private func connect() throws(StoreError) -> ServerConnection {
    let made = try ServerConnection.open(address, wanting: role)
    do {
      try prepare(made)
    } catch {
      made.close()
      throw StoreError(error, at: address)
    }
    return made
  }

  /// Reads what the server holds, and compares it with what is known of it.
  private func prepare(_ connection: ServerConnection) throws {
    // A pooler refuses settings of a connection; there the login has them.
    if !address.isPooled {
      try connection.execute(
        // Shorter than our own deadline, so that the server says why it did not answer.
        """
        SET lock_timeout = '\(address.patience * 750)ms';
        SET idle_in_transaction_session_timeout = '30s';
        SET default_transaction_isolation = 'read committed'
        """)
    }
    let versions = try connection.query(
      """
      SELECT version, reads_from, current_setting('server_encoding') AS encoding
      FROM chairtime.schema_version
      """)
    guard let version = versions?.first else {
      throw StoreError.notAStore(path: location, what: "it names no version")
    }
    let found = Int(try version.integer("version"))
    if try version.integer("reads_from") > Int64(ServerSchema.version) {
      throw StoreError.newer(path: location, found: found, known: ServerSchema.version)
    }
    if found < ServerSchema.version { throw StoreError.older(path: location, found: found) }
    guard try version.text("encoding") == "UTF8" else {
      throw StoreError.notAStore(path: location, what: "its encoding is not UTF8")
    }
    let ends = try connection.query(
      """
      SELECT number, facts, seal, audit, outbox,
        (SELECT coalesce(max(position), 0) FROM chairtime.fact WHERE suite = suite.number) AS fact_end,
        (SELECT coalesce(max(position), 0) FROM chairtime.audit WHERE suite = suite.number) AS audit_end,
        (SELECT coalesce(max(position), 0) FROM chairtime.outbox_seal WHERE suite = suite.number)
          AS outbox_end
      FROM chairtime.suite WHERE id = $1::text
      """, [.text(address.suite)])
    guard let row = ends?.first else {
      throw StoreError.missing(path: location)
    }
    suiteNumber = try row.integer("number")
    suite = .integer(suiteNumber)
    if mode != .examining {
      for (chain, known, end) in [
        (ChainName.facts, "facts", "fact_end"), (.audit, "audit", "audit_end"),
      ] where try row.integer(end) < row.integer(known) {
        throw StoreError.endMissing(
          path: location, chain: chain, found: Int(try row.integer(end)),
          acknowledged: Int(try row.integer(known)))
      }
    }
    if mode != .examining, !isSchemaChecked {
      try checkSchema(connection)
      isSchemaChecked = true
    }
    let outbox = (known: try row.integer("outbox"), found: try row.integer("outbox_end"))
    if outbox.found < outbox.known {
      let (found, known) = (Int(outbox.found), Int(outbox.known))
      outboxFault = "It holds \(ChainName.outbox.words(found)), but \(known) were recorded."
    }
    try checkAcknowledged(connection)
    try listen(connection)
  }

  /// Throws if the server lacks facts that it acknowledged to this process.
  private func checkAcknowledged(_ connection: ServerConnection) throws {
    guard acknowledged.count > 0 else { return }
    let found = try connection.query(
      "SELECT seal FROM chairtime.fact WHERE suite = $1::smallint AND position = $2::bigint",
      [suite, .integer(acknowledged.count)])
    let seal = try found?.first?.bytes("seal", count: 32)
    if seal != acknowledged.hash { throw StoreError.factsMissing(path: location) }
  }

  // MARK: Access

  /// Runs `body`, which only reads, on the connection, and translates its errors.
  ///
  /// A connection that ended meanwhile is made again, once.
  func access<Result>(_ body: (ServerConnection) throws -> Result) throws(StoreError) -> Result {
    if !isInTransaction, let connection, connection.isOpen {
      do {
        let result = try body(connection)
        pass(notificationsOf: connection)
        return result
      } catch ServerFailure.lost {
        connection.close()
      } catch {
        throw StoreError(error, at: address)
      }
    }
    return try accessOnce(body)
  }

  /// Runs `body` on the connection and translates its errors; connects first if there is no connection.
  func accessOnce<Result>(
    _ body: (ServerConnection) throws -> Result
  ) throws(StoreError) -> Result {
    let used: ServerConnection
    if let connection, connection.isOpen {
      used = connection
    } else {
      // A transaction that was open on the connection is gone.
      guard !isInTransaction else { throw .unanswered(path: location) }
      used = try connect()
      connection = used
      knownRights = nil
      progress.compared = nil
    }
    do {
      let result = try body(used)
      pass(notificationsOf: used)
      return result
    } catch {
      throw StoreError(error, at: address)
    }
  }

  /// Signals a notification that came with an answer: its bytes are read already, so the socket is silent.
  private func pass(notificationsOf connection: ServerConnection) {
    if connection.takeReadNotifications() { signal?.alert() }
  }

  /// Runs `body` on one snapshot of the record. Inside a transaction, that one is used.
  func snapshot<Result>(
    _ body: (ServerConnection) throws -> Result
  ) throws(StoreError) -> Result {
    try access { connection in
      if isInTransaction { return try body(connection) }
      return try transaction(PostgresStore.beginReading, connection) { try body(connection) }
    }
  }

  /// Runs `body` on one snapshot, and never again on another connection: it gives rows away.
  func snapshotOnce<Result>(
    _ body: (ServerConnection) throws -> Result
  ) throws(StoreError) -> Result {
    try access { _ = try $0.query("SELECT 1") }
    return try accessOnce { connection in
      try transaction(PostgresStore.beginReading, connection) { try body(connection) }
    }
  }

  package func reading<Result>(_ body: () throws -> Result) throws -> Result {
    if isInTransaction { return try body() }
    try access { _ = try $0.query("SELECT 1") }
    guard let connection else { throw StoreError.unanswered(path: location) }
    do {
      return try transaction(PostgresStore.beginReading, connection, body)
    } catch let error as ServerFailure {
      throw StoreError(error, at: address)
    }
  }

  private static let beginReading = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"

  /// Runs `body` in a transaction that holds the suite.
  func write<Result>(_ body: (ServerConnection) throws -> Result) throws(StoreError) -> Result {
    guard mode == .readWrite else { throw .readOnly(path: location) }
    let before = progress
    do throws(StoreError) {
      return try repeatingIfBusy { () throws(StoreError) in
        // The first statement also tells whether the connection is still there.
        try access { _ = try $0.query("SELECT 1") }
        return try accessOnce { connection in
          try transaction("BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE", connection) {
            try connection.query("SELECT chairtime.hold($1::smallint)", [suite])
            return try body(connection)
          }
        }
      }
    } catch {
      // What the transaction added, and may have verified, is not there.
      progress = before
      throw error
    }
  }

  /// Runs `body` again if another transaction was in its way, three times at most.
  func repeatingIfBusy<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result
  {
    for _ in 0..<2 {
      do throws(StoreError) {
        return try body()
      } catch {
        guard case .busy = error else { throw error }
      }
    }
    return try body()
  }

  private func transaction<Result>(
    _ begin: String, _ connection: ServerConnection, _ body: () throws -> Result
  ) throws -> Result {
    try connection.query(begin)
    isInTransaction = true
    defer { isInTransaction = false }
    do {
      let result = try body()
      _ = connection.takeWarning()
      try connection.query("COMMIT")
      // A commit that stopped waiting for a standby is not known to be kept.
      if connection.takeWarning() == "01000" { throw ServerFailure.unanswered }
      return result
    } catch {
      if connection.isOpen, !connection.isIdle { _ = try? connection.query("ROLLBACK") }
      if connection.isOpen, !connection.isIdle { connection.close() }
      throw error
    }
  }

  /// Runs `body` in a transaction that writes, if the same transaction finds that `right` allows it.
  ///
  /// The transaction records a refusal instead; it is thrown afterwards.
  ///
  /// - Parameters:
  ///   - right: nil for what needs no act.
  ///   - time: when the write, or its refusal, is recorded.
  ///   - scope: how much is verified first; nil verifies nothing. The long part comes before the
  ///     transaction, so that other machines need not wait for it.
  func write<Result>(
    under right: Right?, at time: RecordedTime?, verifying scope: VerificationScope? = nil,
    need: (ServerConnection) throws -> RightNeed, _ body: (ServerConnection) throws -> Result
  ) throws(StoreError) -> Result {
    if let scope { try checkChains(for: scope) }
    let outcome = try write { connection -> WriteOutcome<Result> in
      if let right {
        let need = try need(connection)
        if let refusal = try refusal(of: right, needing: need) {
          try insert([AuditRow(refusing: refusal, of: right, at: time)], connection)
          return .refused(refusal)
        }
      }
      if let scope { try verifyTail(scope, connection) }
      return .written(try body(connection))
    }
    switch outcome {
    case .written(let result): return result
    case .refused(let refusal): throw .refused(refusal)
    }
  }

  func altered(_ sentence: String) -> StoreError { .altered(path: location, what: sentence) }
}

/// What a transaction under a right did: the write, or the record of its refusal.
private enum WriteOutcome<Result> {
  case written(Result)
  case refused(RightRefusal)
}

package import InfusionRecord
package import SessionStore

/// Verification of what was recorded since the last checkpoint, before a signature, an export or a message.
extension PostgresStore {
  package func checkChains() throws(StoreError) { try checkChains(for: .export) }

  package func check(_ session: SessionID) throws(StoreError) {
    try access { connection in
      if let number = try number(of: session, connection) {
        try verify(number, session, connection)
      }
    }
  }

  /// Verifies what an act needs, and adds a checkpoint if many entries follow the last.
  func checkChains(for scope: VerificationScope) throws(StoreError) {
    try snapshot { try verifyTail(scope, $0) }
    guard mode == .readWrite, !isInTransaction, progress.isCheckpointDue else { return }
    try write { connection in
      try verifyTail(scope, connection)
      try addCheckpoint(connection)
    }
  }

  /// Throws if a fact of a session is not as it was sealed, wherever the last checkpoint is.
  func verify(_ session: Int64, _ id: SessionID, _ connection: ServerConnection) throws {
    var check = SessionFactsCheck(of: id)
    let result = try connection.query(
      """
      SELECT fact.position, \(PostgresStore.factColumns), fact.seal, before.seal AS before
      FROM chairtime.fact LEFT JOIN chairtime.fact AS before
        ON before.suite = fact.suite AND before.position = fact.position - 1
      WHERE fact.suite = $1::smallint AND fact.session = $2::bigint ORDER BY fact.number
      """, [suite, .integer(session)])
    for row in result.map({ Array($0.rows) }) ?? [] {
      let fault = check.fault(
        try factRow(row, session: id.text), at: try row.integer("position"),
        after: try row.isNull("before") ? nil : row.bytes("before", count: 32),
        seal: try row.bytes("seal", count: 32))
      if let fault { throw altered(fault) }
    }
  }

  /// Throws if an entry after the verified ones is not as it was sealed, or a list is not as the chains say.
  func verifyTail(_ scope: VerificationScope, _ connection: ServerConnection) throws {
    if let doubt = try outboxDoubt(connection) { throw altered(doubt) }
    let start = try progress.verified ?? lastCheckpoint(connection)
    var now = start
    var touched: [String: Int64] = [:]
    let facts = try checkFacts(
      connection, after: start.facts, visit: { touched[$0.session] = $0.number }
    ) { _, _ in }
    try refuse(facts.problems)
    for (session, last) in touched {
      try refuse(try checkListing(connection, of: SessionID(session)))
      let version = try connection.number(
        """
        SELECT version AS number FROM chairtime.session
        WHERE suite = $1::smallint AND id = $2::text
        """, [suite, .text(session)])
      guard version == last else {
        throw altered("The list of sessions counts other facts of session \(session).")
      }
    }
    let audit = try checkAudit(connection, after: start.audit)
    try refuse(audit.problems)
    let outbox = try checkOutbox(connection, after: start)
    try refuse(outbox.problems)
    now.facts = facts.head
    now.audit = audit.head
    now.outbox = outbox.head
    now.counts = outbox.counts
    progress.verified = now
    try checkTables(scope, connection)
  }

  private func refuse(_ problems: [Verification.Problem]) throws {
    if let problem = problems.first { throw altered(problem.sentence) }
  }

  // MARK: Checkpoints

  /// The last checkpoint with a list, whose own seal is verified; the beginning if there is none.
  func lastCheckpoint(_ connection: ServerConnection) throws -> Checkpoint {
    let found = try connection.first(
      """
      SELECT number, number + messages + steps + fillings AS entry FROM chairtime.checkpoint
      WHERE suite = $1::smallint AND list IS NOT NULL ORDER BY number DESC LIMIT 1
      """, [suite]
    ) { row in (number: try row.integer("number"), entry: try row.integer("entry")) }
    guard let (number, entry) = found else { return Checkpoint() }
    if let lack = try lack(ofCheckpoint: number, connection) { throw altered(lack.sentence) }
    let before =
      entry == 1 ? Head.empty.hash : try self.seal(of: Int(entry) - 1, in: .outbox, connection)
    guard let seal = try self.seal(of: Int(entry), in: .outbox, connection), let before,
      case .checkpoint(var checkpoint)? = try outboxRow(.checkpoint, number, connection),
      OutboxRow.checkpoint(checkpoint).seal(after: before, number: number) == seal
    else {
      throw altered("Checkpoint \(number), or what it stands on, was altered.")
    }
    checkpoint.outbox = Head(count: Int(entry), hash: seal)
    checkpoint.counts.checkpoints = number
    progress.entriesAtCheckpoint = checkpoint.entries
    return checkpoint
  }

  /// What a checkpoint knew and is not there any more; nil if all of it is there.
  func lack(
    ofCheckpoint number: Int64, _ connection: ServerConnection
  ) throws -> CheckpointLack? {
    let found = try connection.first(
      """
      SELECT facts, audit, number + messages + steps + fillings AS entry
      FROM chairtime.checkpoint WHERE suite = $1::smallint AND number = $2::bigint
      """, [suite, .integer(number)]
    ) { row in
      (
        heads: [
          (ChainName.facts, Int(try row.integer("facts"))),
          (ChainName.audit, Int(try row.integer("audit"))),
        ], entry: Int(try row.integer("entry"))
      )
    }
    for (chain, known) in found?.heads ?? [] {
      let now = try readHead(of: chain, connection).count
      if known <= now { continue }
      if chain == .audit, let entry = found?.entry, try isSealed(number, at: entry, connection) {
        return CheckpointLack(chain: nil, sentence: "Checkpoint \(number) was altered.")
      }
      return CheckpointLack(
        chain: chain,
        sentence: "Checkpoint \(number) knew \(chain.words(known)), and there are \(now).")
    }
    return nil
  }

  /// Adds a checkpoint of what this connection verified.
  func addCheckpoint(_ connection: ServerConnection) throws {
    try checkList(connection)
    guard var checkpoint = progress.verified, let list = progress.list,
      list.facts == checkpoint.facts.count
    else { return }
    checkpoint.list = list.digest
    try insert(checkpoint, connection)
    progress.entriesAtCheckpoint = checkpoint.entries
  }

  /// Adds a checkpoint that only notes the heads of the other chains as they stand.
  func noteHeads(_ connection: ServerConnection) throws {
    guard try outboxDoubt(connection) == nil else { return }
    var checkpoint = Checkpoint()
    checkpoint.facts = try readHead(connection)
    checkpoint.audit = try readHead(of: .audit, connection)
    checkpoint.outbox = try readHead(of: .outbox, connection)
    checkpoint.counts = try outboxCounts(connection)
    let rows = OutboxRow.Kind.allCases.reduce(0) { $0 + checkpoint.counts[$1] }
    if rows == Int64(checkpoint.outbox.count) { try insert(checkpoint, connection) }
  }

  private func insert(_ checkpoint: Checkpoint, _ connection: ServerConnection) throws {
    // The server counts and seals; `verify` computes the same seal.
    try connection.query(
      "SELECT chairtime.add_checkpoint($1::smallint, $2::bigint, $3::bigint, $4::text)",
      [
        suite, .integer(checkpoint.facts.count), .integer(checkpoint.audit.count),
        .text(checkpoint.list?.text),
      ])
  }
}

package import InfusionRecord
package import SessionStore

/// Verification of what was recorded since the last checkpoint, before a signature, an export or a message.
///
/// A checkpoint is written every 2,000 entries, so that no act has to verify many more. Of what lies before the
/// checkpoint an act verifies the sessions that it signs, exports or bills; `chairtime verify` verifies all.
extension SQLiteStore {
  package func checkChains() throws(StoreError) { try checkChains(for: .export) }

  package func check(_ session: SessionID) throws(StoreError) {
    try access { database in
      if let number = try number(of: session, database) { try verify(number, session, database) }
    }
  }

  /// Verifies what an act needs, and adds a checkpoint if many entries follow the last.
  func checkChains(for scope: VerificationScope) throws(StoreError) {
    let isReading = try access { database in
      try database.snapshot { try verifyTail(scope, database) }
      return database.isInTransaction
    }
    guard mode == .readWrite, !isReading, progress.isCheckpointDue else { return }
    try write { database in
      try verifyTail(scope, database)
      try addCheckpoint(database)
    }
    writeOutboxHead()
  }

  /// Throws if a fact of a session is not as it was sealed, wherever the last checkpoint is.
  func verify(_ session: Int64, _ id: SessionID, _ database: Database) throws {
    var check = SessionFactsCheck(of: id)
    try database.each(
      """
      SELECT fact.rowid, \(SQLiteStore.factColumns), fact.seal, before.seal AS before
      FROM fact LEFT JOIN fact AS before ON before.rowid = fact.rowid - 1
      WHERE fact.session = :session ORDER BY fact.number
      """, ["session": .integer(session)]
    ) { row in
      let fault = check.fault(
        try factRow(row, session: id.text, database), at: try row.integer("rowid"),
        after: try row.isNull("before") ? nil : row.blob("before", count: 32),
        seal: try row.blob("seal", count: 32))
      if let fault { throw altered(fault) }
    }
  }

  /// Throws if an entry after the verified ones is not as it was sealed, or a list or an index is not as
  /// the chains say.
  func verifyTail(_ scope: VerificationScope, _ database: Database) throws {
    if let doubt = try outboxDoubt(database) { throw altered(doubt) }
    let start = try progress.verified ?? lastCheckpoint(database)
    var now = start
    var touched: [String: Int64] = [:]
    let facts = try checkFacts(
      database, after: start.facts, visit: { touched[$0.session] = $0.number }
    ) { _, _ in }
    try refuse(facts.problems)
    for (session, last) in touched {
      try refuse(try checkListing(database, of: SessionID(session)))
      // An index that lacks a fact would hide it from the screens.
      let indexed = try database.number(
        """
        SELECT max(fact.number) AS last FROM fact JOIN session ON session.number = fact.session
        WHERE session.id = :session
        """, ["session": .text(session)])
      guard indexed == last else {
        throw altered("The index of session \(session) lacks facts.")
      }
    }
    let audit = try checkAudit(database, after: start.audit)
    try refuse(audit.problems)
    let outbox = try checkOutbox(database, after: start)
    try refuse(outbox.problems)
    now.facts = facts.head
    now.audit = audit.head
    now.outbox = outbox.head
    now.counts = outbox.counts
    progress.verified = now
    try checkTables(scope, database)
  }

  private func refuse(_ problems: [Verification.Problem]) throws {
    if let problem = problems.first { throw altered(problem.sentence) }
  }

  // MARK: Checkpoints

  /// The last checkpoint, whose own seal is verified; the beginning if there is none.
  ///
  /// A checkpoint without a list is passed over: it only notes the heads, or is of a store before version 7.
  func lastCheckpoint(_ database: Database) throws -> Checkpoint {
    let found = try database.first(
      """
      SELECT number, number + messages + steps + fillings AS entry FROM checkpoint
      WHERE list IS NOT NULL ORDER BY number DESC LIMIT 1
      """
    ) { row in (number: try row.integer("number"), entry: try row.integer("entry")) }
    guard let (number, entry) = found else { return Checkpoint() }
    if let lack = try lack(ofCheckpoint: number, database) { throw altered(lack.sentence) }
    let before =
      entry == 1 ? Head.empty.hash : try self.seal(of: Int(entry) - 1, in: .outbox, database)
    guard let seal = try self.seal(of: Int(entry), in: .outbox, database), let before,
      case .checkpoint(var checkpoint)? = try outboxRow(.checkpoint, number, database),
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
  func lack(ofCheckpoint number: Int64, _ database: Database) throws -> CheckpointLack? {
    let found = try database.first(
      """
      SELECT facts, coalesce(audit, 0) AS audit, number + messages + steps + fillings AS entry,
        (SELECT coalesce(max(rowid), 0) FROM fact) AS facts_now,
        (SELECT coalesce(max(rowid), 0) FROM audit) AS audit_now
      FROM checkpoint WHERE number = :number
      """, ["number": .integer(number)]
    ) { row in
      (
        entry: Int(try row.integer("entry")),
        heads: [
          (ChainName.facts, try row.integer("facts"), try row.integer("facts_now")),
          (ChainName.audit, try row.integer("audit"), try row.integer("audit_now")),
        ]
      )
    }
    guard let found, let (chain, known, now) = found.heads.first(where: { $0.1 > $0.2 }) else {
      return nil
    }
    if chain == .audit, (try? isSealed(number, at: found.entry, database)) == true {
      return CheckpointLack(chain: nil, sentence: "Checkpoint \(number) was altered.")
    }
    return CheckpointLack(
      chain: chain,
      sentence: "Checkpoint \(number) knew \(chain.words(Int(known))), and there are \(now).")
  }

  /// Adds a checkpoint of what this connection verified.
  func addCheckpoint(_ database: Database) throws {
    try checkList(database)
    guard var checkpoint = progress.verified, let list = progress.list,
      list.facts == checkpoint.facts.count
    else { return }
    checkpoint.list = list.digest
    try insert(checkpoint, database)
    progress.entriesAtCheckpoint = checkpoint.entries
  }

  /// Adds a checkpoint that only notes the heads of the other chains as they stand.
  ///
  /// So the outbox's chain tells that the audit record was removed. Acts still verify from the checkpoint
  /// before it. An outbox that another program changed gets none, and stops nothing here.
  func noteHeads(_ database: Database) throws {
    guard try outboxDoubt(database) == nil, let outbox = try? readHead(of: "outbox_seal", database),
      let counts = try? outboxCounts(database)
    else { return }
    var checkpoint = Checkpoint()
    checkpoint.facts = try readHead(database)
    checkpoint.audit = try readHead(of: "audit", database)
    checkpoint.outbox = outbox
    checkpoint.counts = counts
    let rows = OutboxRow.Kind.allCases.reduce(0) { $0 + checkpoint.counts[$1] }
    if rows == Int64(checkpoint.outbox.count) { try insert(checkpoint, database) }
  }

  private func insert(_ checkpoint: Checkpoint, _ database: Database) throws {
    let number = checkpoint.counts.checkpoints + 1
    try seal(.checkpoint(checkpoint), number: number, database)
    try insert(checkpoint, number, database)
  }

  /// Inserts a checkpoint that is sealed already.
  func insert(_ checkpoint: Checkpoint, _ number: Int64, _ database: Database) throws {
    try database.insert(
      into: "checkpoint",
      [
        "number": .integer(number), "facts": .integer(checkpoint.facts.count),
        "audit": .integer(checkpoint.audit.count),
        "messages": .integer(checkpoint.counts.messages),
        "steps": .integer(checkpoint.counts.steps),
        "fillings": .integer(checkpoint.counts.fillings), "list": .text(checkpoint.list?.text),
      ])
  }
}

import InfusionRecord
package import SessionStore

/// Verification of what was recorded since the last checkpoint, before a signature, an export or a message.
///
/// A checkpoint is written every 2,000 entries, so that no act has to verify many more. What lies before the
/// checkpoint is verified by `chairtime verify`.
extension SQLiteStore {
  private static let entriesPerCheckpoint = 2_000

  package func checkChains() throws(StoreError) {
    try access { database in try database.snapshot { try verifyTail(database) } }
    guard mode == .readWrite, let verified,
      verified.entries - entriesAtCheckpoint >= SQLiteStore.entriesPerCheckpoint
    else { return }
    try write { database in
      try verifyTail(database)
      try addCheckpoint(database)
    }
    writeOutboxHead()
  }

  /// Throws if a fact of a session is not as it was sealed, wherever the last checkpoint is.
  func verify(_ session: Int64, _ id: SessionID, _ database: Database) throws {
    var chain = FactChain()
    var number: Int64 = 0
    try database.each(
      """
      SELECT fact.rowid, \(SQLiteStore.factColumns), fact.seal, before.seal AS before
      FROM fact LEFT JOIN fact AS before ON before.rowid = fact.rowid - 1
      WHERE fact.session = :session ORDER BY fact.number
      """, ["session": .integer(session)]
    ) { row in
      number += 1
      let fact = try factRow(row, session: id.text, database)
      let before = try row.isNull("before") ? Head.empty.hash : try row.blob("before", count: 32)
      guard fact.number == number,
        chain.sealing(fact, after: before) == (try row.blob("seal", count: 32))
      else {
        throw StoreError.altered(
          path: place.path,
          what: "Fact \(try row.integer("rowid")) (session \(id)) was altered, or "
            + "one before it was removed.")
      }
    }
  }

  /// Throws if an entry after the verified ones is not as it was sealed.
  func verifyTail(_ database: Database) throws {
    let start = try verified ?? lastCheckpoint(database)
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
        throw StoreError.altered(
          path: place.path, what: "The index of session \(session) lacks facts.")
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
    verified = now
  }

  private func refuse(_ problems: [Verification.Problem]) throws {
    if let problem = problems.first {
      throw StoreError.altered(path: place.path, what: problem.sentence)
    }
  }

  // MARK: Checkpoints

  /// The last checkpoint, whose own seal is verified; the beginning if there is none.
  private func lastCheckpoint(_ database: Database) throws -> Checkpoint {
    let found = try database.first(
      """
      SELECT number, number + messages + steps + fillings AS entry FROM checkpoint
      ORDER BY number DESC LIMIT 1
      """
    ) { row in (number: try row.integer("number"), entry: try row.integer("entry")) }
    guard let (number, entry) = found else { return Checkpoint() }
    let before = entry == 1 ? Head.empty.hash : try seal(entry - 1, database)
    guard let seal = try seal(entry, database), let before,
      case .checkpoint(var checkpoint)? = try outboxRow(.checkpoint, number, database),
      OutboxRow.checkpoint(checkpoint).seal(after: before, number: number) == seal
    else {
      throw StoreError.altered(
        path: place.path, what: "Checkpoint \(number), or what it stands on, was altered.")
    }
    checkpoint.outbox = Head(count: Int(entry), hash: seal)
    checkpoint.counts.checkpoints = number
    entriesAtCheckpoint = checkpoint.entries
    return checkpoint
  }

  /// Adds a checkpoint of what this connection verified.
  private func addCheckpoint(_ database: Database) throws {
    guard let checkpoint = verified else { return }
    let number = checkpoint.counts.checkpoints + 1
    try seal(.checkpoint(checkpoint), number: number, database)
    try database.insert(
      into: "checkpoint",
      [
        "number": .integer(number), "facts": .integer(checkpoint.facts.count),
        "audit": .integer(checkpoint.audit.count),
        "messages": .integer(checkpoint.counts.messages),
        "steps": .integer(checkpoint.counts.steps),
        "fillings": .integer(checkpoint.counts.fillings),
      ])
    entriesAtCheckpoint = checkpoint.entries
  }

  private func seal(_ entry: Int64, _ database: Database) throws -> [UInt8]? {
    try database.first(
      "SELECT seal FROM outbox_seal WHERE rowid = :entry", ["entry": .integer(entry)]
    ) { try $0.blob("seal", count: 32) }
  }
}

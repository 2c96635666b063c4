import InfusionRecord
package import SessionStore

/// Feeds the checks of `SessionStore` with the rows of the file.
extension SQLiteStore {
  package func verify(
    against kept: Head?, audit keptAudit: Head?, progress: (Int, Int) -> Void
  ) throws(StoreError) -> Verification {
    try access { database in
      try database.transaction(.reading) {
        let facts = try checkFacts(database, kept: kept, progress)
        var problems = facts.problems
        if problems.isEmpty {
          problems += try checkListing(database)
          problems += try checkOutbox(database)
        }
        let audit = try checkAudit(database, kept: keptAudit)
        problems += audit.problems
        problems += try checkSchema(database)
        problems += try checkStructure(database)
        return Verification(head: facts.head, auditHead: audit.head, problems: problems)
      }
    }
  }

  // MARK: Facts

  private func checkFacts(
    _ database: Database, kept: Head?, _ progress: (Int, Int) -> Void
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    let total = try Int(
      database.number("SELECT coalesce(max(rowid), 0) AS total FROM fact"))
    var check = FactCheck(kept: kept)
    do {
      try database.each(
        """
        SELECT fact.rowid, session.id AS session, \(SQLiteStore.factColumns), fact.seal
        FROM fact LEFT JOIN session ON session.number = fact.session ORDER BY fact.rowid
        """
      ) { row in
        try check.check(
          Int(try row.integer("rowid")), try? factRow(row, session: row.text("session"), database),
          seal: try? row.blob("seal", count: 32))
        let count = check.head.count
        if count.isMultiple(of: 65_536) { progress(count, total) }
      }
    } catch let problem as Verification.Problem {
      return (check.head, [problem])
    } catch let mismatch as FactCheck.Mismatch {
      return (check.head, [try diagnosis(database).problem(mismatch)])
    }
    progress(check.head.count, total)
    return (check.head, check.missing.map { [$0] } ?? [])
  }

  private func diagnosis(_ database: Database) -> FactDiagnosis {
    FactDiagnosis(
      fact: { position in
        try database.first(
          """
          SELECT session.id AS session, \(SQLiteStore.factColumns), fact.seal
          FROM fact LEFT JOIN session ON session.number = fact.session
          WHERE fact.rowid = :position
          """, ["position": .integer(position)]
        ) { row in
          guard let seal = try? row.blob("seal", count: 32) else { return nil }
          return (try? self.factRow(row, session: row.text("session"), database), seal)
        } ?? nil
      },
      gap: { position in
        // What cannot be read here is no gap.
        try? database.first(
          """
          SELECT session.id AS session, fact.number
          FROM fact JOIN session ON session.number = fact.session
          WHERE fact.rowid >= :position AND fact.number > 1 AND NOT EXISTS (
            SELECT 1 FROM fact AS other
            WHERE other.session = fact.session AND other.number = fact.number - 1)
          ORDER BY fact.rowid LIMIT 1
          """, ["position": .integer(position)]
        ) { (SessionID(try $0.text("session")), try $0.integer("number")) }
      })
  }

  /// Compares the list of sessions with the facts it was computed from.
  private func checkListing(_ database: Database) throws -> [Verification.Problem] {
    let kinds = SessionListing.kinds.map { String(FactBody.number(of: $0)) }
    var problems: [Verification.Problem] = []
    try database.each("SELECT number, id, day, status FROM session") { row in
      guard problems.count < 100 else { return }
      let session = SessionID(try row.text("id"))
      let events = try database.all(
        """
        SELECT \(SQLiteStore.factColumns) FROM fact
        WHERE session = :session AND kind IN (\(kinds.joined(separator: ", "))) ORDER BY number
        """, ["session": .integer(try row.integer("number"))]
      ) { try factRow($0, session: session.text, database).event() }
      let listing = SessionListing(events)
      if events.isEmpty {
        problems.append(
          Verification.Problem(
            .index, nil, session, sentence: "Session \(session) is listed without a fact."))
      } else if try row.integer("day") != listing.day.map({ Int64($0.dayNumber) })
        || row.integer("status") != SessionListing.number(of: listing.status ?? .open)
      {
        problems.append(
          Verification.Problem(
            .index, nil, session,
            sentence: "Session \(session) is listed under another day or status than its facts say."
          ))
      }
    }
    return problems
  }

  // MARK: Audit record and outbox

  private func checkAudit(
    _ database: Database, kept: Head?
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    var check = AuditCheck(kept: kept)
    do {
      try database.each(
        """
        SELECT audit.rowid, \(SQLiteStore.auditColumns), audit.seal, fact.seal AS fact
        FROM audit LEFT JOIN fact ON fact.rowid = audit.facts ORDER BY audit.rowid
        """
      ) { row in
        try check.check(
          Int(try row.integer("rowid")), try? auditRow(row, database),
          seal: try? row.blob("seal", count: 32), fact: try? row.blob("fact", count: 32))
      }
    } catch let problem as Verification.Problem {
      return (check.head, [problem])
    }
    return (check.head, check.missing.map { [$0] } ?? [])
  }

  private func checkOutbox(_ database: Database) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    try database.each(
      """
      SELECT message.control, message.hash, message.content, message.state,
        (SELECT state FROM message_step WHERE message = message.number
         ORDER BY rowid DESC LIMIT 1) AS last_state
      FROM message ORDER BY message.number
      """
    ) { row in
      guard problems.count < 100 else { return }
      let problem = OutboxCheck.problem(
        try row.text("control"), content: try row.blob("content"),
        hash: try row.blob("hash", count: 32), listed: try row.integer("state"),
        lastStep: try? row.integer("last_state"))
      if let problem { problems.append(problem) }
    }
    guard problems.count < 100 else { return problems }
    var check = OutboxCheck()
    do {
      try database.each(
        """
        SELECT message_step.rowid, message.control, message.hash, message_step.state,
          message_step.at, name.text AS actor, message_step.note, message_step.seal
        FROM message_step
          LEFT JOIN message ON message.number = message_step.message
          LEFT JOIN name ON name.number = message_step.actor
        ORDER BY message_step.rowid
        """
      ) { row in
        try check.check(
          Int(try row.integer("rowid")), try? outboxStep(row), of: try? row.text("control"),
          hash: (try? row.blob("hash", count: 32)) ?? [],
          seal: try row.blob("seal", count: 32))
      }
    } catch let problem as Verification.Problem {
      problems.append(problem)
    }
    return problems
  }
}

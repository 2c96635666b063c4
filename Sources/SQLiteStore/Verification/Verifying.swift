import InfusionRecord
package import SessionStore

/// Feeds the checks of `SessionStore` with the rows of the file.
extension SQLiteStore {
  package func verify(
    against kept: KeptHeads, lines: (OutboxMessage) -> String?, progress: (Int, Int) -> Void
  ) throws(StoreError) -> Verification {
    try access { database in
      try database.snapshot {
        let facts = try checkFacts(database, kept: kept.facts, progress)
        var problems = facts.problems
        if problems.isEmpty {
          problems += try checkListing(database)
          problems += try checkMessages(database, lines)
        }
        let audit = try checkAudit(database, kept: kept.audit)
        problems += audit.problems
        let outbox = try checkOutbox(database, kept: kept.outbox)
        problems += outbox.problems
        if outbox.problems.isEmpty, let outboxFault {
          problems.append(Verification.Problem(.outbox, sentence: "The outbox: \(outboxFault)"))
        }
        problems += try schemaProblems(database)
        problems += try checkStructure(database)
        return Verification(
          head: facts.head, auditHead: audit.head, outboxHead: outbox.head, problems: problems)
      }
    }
  }

  /// The row id after which a check begins. A check of everything also sees ids below 1.
  static func bound(_ start: Head) -> DatabaseValue {
    start.count == 0 ? .integer(Int64.min) : .integer(start.count)
  }

  // MARK: Facts

  /// Checks the facts after `start`; `visit` gets each.
  func checkFacts(
    _ database: Database, after start: Head = .empty, kept: Head? = nil,
    visit: (FactRow) -> Void = { _ in }, _ progress: (Int, Int) -> Void
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    let total = try Int(
      database.number("SELECT coalesce(max(rowid), 0) AS total FROM fact"))
    var check = FactCheck(after: start, kept: kept)
    var notes = AuditNoteCheck()
    do {
      try database.each(
        """
        SELECT fact.rowid, session.id AS session, \(SQLiteStore.factColumns), fact.seal
        FROM fact LEFT JOIN session ON session.number = fact.session
        WHERE fact.rowid > :start ORDER BY fact.rowid
        """, ["start": SQLiteStore.bound(start)]
      ) { row in
        let fact = try? factRow(row, session: row.text("session"), database)
        try check.check(
          Int(try row.integer("rowid")), fact, seal: try? row.blob("seal", count: 32))
        if let fact {
          try notes.check(fact, at: Int(try row.integer("rowid"))) { place in
            try seal(of: place, in: .audit, database)
          }
          visit(fact)
        }
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

  /// Compares the list of sessions with the facts it was computed from; of all sessions, or of one.
  func checkListing(
    _ database: Database, of only: SessionID? = nil
  ) throws -> [Verification.Problem] {
    let kinds = SessionListing.kinds.map { String(FactBody.number(of: $0)) }
    var problems: [Verification.Problem] = []
    try database.each(
      "SELECT number, id, day, status FROM session\(only == nil ? "" : " WHERE id = :id")",
      only.map { ["id": .text($0.text)] } ?? [:]
    ) { row in
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

  // MARK: Audit record

  /// Checks the audit entries after `start`.
  func checkAudit(
    _ database: Database, after start: Head = .empty, kept: Head? = nil
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    var check = AuditCheck(after: start, kept: kept)
    do {
      try database.each(
        """
        SELECT audit.rowid, \(SQLiteStore.auditColumns), audit.seal, fact.seal AS fact
        FROM audit LEFT JOIN fact ON fact.rowid = audit.facts
        WHERE audit.rowid > :start ORDER BY audit.rowid
        """, ["start": SQLiteStore.bound(start)]
      ) { row in
        try check.check(
          Int(try row.integer("rowid")), try? auditRow(row, database),
          seal: try? row.blob("seal", count: 32), fact: try? row.blob("fact", count: 32),
          outboxSeal: { try? seal(of: $0, in: .outbox, database) })
      }
    } catch let problem as Verification.Problem {
      return (check.head, [problem])
    }
    return (check.head, check.missing.map { [$0] } ?? [])
  }
}

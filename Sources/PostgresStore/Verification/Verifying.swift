import InfusionRecord
package import SessionStore

/// Feeds the checks of `SessionStore` with the rows of the server.
extension PostgresStore {
  package func verify(
    against kept: KeptHeads, lines: (OutboxMessage) -> String?, progress: (Int, Int) -> Void
  ) throws(StoreError) -> Verification {
    try snapshot { connection in
      let facts = try checkFacts(connection, kept: kept.facts, progress)
      var problems = facts.problems
      if problems.isEmpty {
        problems += try checkListing(connection)
        problems += try checkVisits(connection)
        problems += try checkMessages(connection, lines)
      }
      let audit = try checkAudit(connection, kept: kept.audit)
      problems += audit.problems
      let outbox = try checkOutbox(connection, kept: kept.outbox)
      problems += outbox.problems
      problems += try checkEnds(facts.head, audit.head, outbox.head, problems.isEmpty, connection)
      if outbox.problems.isEmpty, let outboxFault {
        problems.append(Verification.Problem(.outbox, sentence: "The outbox: \(outboxFault)"))
      }
      problems += try schemaProblems(connection)
      return Verification(
        head: facts.head, auditHead: audit.head, outboxHead: outbox.head, problems: problems)
    }
  }

  // MARK: Facts

  /// Checks the facts after `start`; `visit` gets each.
  func checkFacts(
    _ connection: ServerConnection, after start: Head = .empty, kept: Head? = nil,
    visit: (FactRow) -> Void = { _ in }, _ progress: (Int, Int) -> Void
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    let total = try readHead(connection).count
    var check = FactCheck(after: start, kept: kept)
    var notes = AuditNoteCheck()
    do {
      try eachFact(connection, after: start.count) { fact in
        try check.check(fact.position, fact.row, seal: fact.seal)
        if let row = fact.row {
          try notes.check(row, at: fact.position) { place in
            try seal(of: place, in: .audit, connection)
          }
          visit(row)
        }
        let count = check.head.count
        if count.isMultiple(of: 65_536) { progress(count, total) }
      }
    } catch let problem as Verification.Problem {
      return (check.head, [problem])
    } catch let mismatch as FactCheck.Mismatch {
      return (check.head, [try diagnosis(connection).problem(mismatch)])
    }
    progress(check.head.count, total)
    return (check.head, check.missing.map { [$0] } ?? [])
  }

  private func diagnosis(_ connection: ServerConnection) -> FactDiagnosis {
    FactDiagnosis(
      fact: { position in
        try connection.first(
          """
          SELECT session.id AS session_id, \(PostgresStore.factColumns), fact.seal
          FROM chairtime.fact LEFT JOIN chairtime.session
            ON session.suite = fact.suite AND session.number = fact.session
          WHERE fact.suite = $1::smallint AND fact.position = $2::bigint
          """, [self.suite, .integer(position)]
        ) { row in
          let found = try? self.factRow(row, session: row.text("session_id"))
          return (found, try row.bytes("seal", count: 32))
        }
      },
      gap: { position in
        try connection.first(
          """
          SELECT session.id AS session_id, fact.number
          FROM chairtime.fact JOIN chairtime.session
            ON session.suite = fact.suite AND session.number = fact.session
          WHERE fact.suite = $1::smallint AND fact.position >= $2::bigint AND fact.number > 1
            AND NOT EXISTS (
              SELECT 1 FROM chairtime.fact AS other WHERE other.suite = fact.suite
                AND other.session = fact.session AND other.number = fact.number - 1)
          ORDER BY fact.position LIMIT 1
          """, [self.suite, .integer(position)]
        ) { (SessionID(try $0.text("session_id")), try $0.integer("number")) }
      })
  }

  /// Compares the list of sessions with the facts it was computed from; of all sessions, or of one.
  func checkListing(
    _ connection: ServerConnection, of only: SessionID? = nil
  ) throws -> [Verification.Problem] {
    let kinds = SessionListing.kinds.map { Argument.integer(FactBody.number(of: $0)) }
    var problems: [Verification.Problem] = []
    let listed = try connection.all(
      """
      SELECT number, id, day, status, version FROM chairtime.session
      WHERE suite = $1::smallint AND ($2::text IS NULL OR id = $2::text) ORDER BY number
      """, [suite, .text(only?.text)]
    ) { row in
      (
        number: try row.integer("number"), session: SessionID(try row.text("id")),
        day: try row.integer("day"), status: try row.integer("status"),
        version: try row.integer("version")
      )
    }
    if only == nil {
      let counted = try connection.number(
        "SELECT sessions AS number FROM chairtime.suite WHERE number = $1::smallint", [suite])
      let last = listed.last?.number ?? 0
      if counted != last {
        problems.append(
          Verification.Problem(
            .index, sentence: "The suite counts \(counted) sessions, and \(last) are listed."))
      }
    }
    for one in listed where problems.count < 100 {
      let events = try connection.all(
        """
        SELECT \(PostgresStore.factColumns) FROM chairtime.fact
        WHERE suite = $1::smallint AND session = $2::bigint AND kind = ANY ($3::smallint[])
        ORDER BY number
        """, [suite, .integer(one.number), .list(kinds)]
      ) { try factRow($0, session: one.session.text).event() }
      let facts = try connection.number(
        """
        SELECT coalesce(max(fact.number), 0)::bigint AS number FROM chairtime.fact
        WHERE suite = $1::smallint AND session = $2::bigint
        """, [suite, .integer(one.number)])
      let listing = SessionListing(events)
      if events.isEmpty {
        problems.append(
          Verification.Problem(
            .index, nil, one.session, sentence: "Session \(one.session) is listed without a fact."))
      } else if one.day != listing.day.map({ Int64($0.dayNumber) })
        || one.status != SessionListing.number(of: listing.status ?? .open)
      {
        problems.append(
          Verification.Problem(
            .index, nil, one.session,
            sentence:
              "Session \(one.session) is listed under another day or status than its facts say."))
      } else if one.version != facts {
        problems.append(
          Verification.Problem(
            .index, nil, one.session,
            sentence: "Session \(one.session) is listed with another number of facts than it has."))
      }
    }
    return problems
  }

  /// Compares the table of visits with the openings and their corrections.
  private func checkVisits(_ connection: ServerConnection) throws -> [Verification.Problem] {
    var listed: [Int: (session: Int64, mrn: String?)] = [:]
    let result = try connection.query(
      "SELECT position, session, mrn FROM chairtime.visit WHERE suite = $1::smallint", [suite])
    for row in result.map({ Array($0.rows) }) ?? [] {
      listed[Int(try row.integer("position"))] = (
        try row.integer("session"), try row.optionalText("mrn")
      )
    }
    var wrong: Int?
    try eachFact(connection, kinds: SessionListDigest.patientKinds) { fact in
      let found = listed.removeValue(forKey: fact.position)
      let mrn = try fact.row?.event().fact.patientNumber.map(PostgresStore.indexed)
      if found?.session != fact.session || found?.mrn != mrn { wrong = wrong ?? fact.position }
    }
    guard let position = wrong ?? listed.keys.min() else { return [] }
    return [
      Verification.Problem(
        .index, position,
        sentence: "Fact \(position) is not in the list of visits as it names its patient.")
    ]
  }

  /// Compares the ends that the suite's own row names with those of the chains.
  private func checkEnds(
    _ facts: Head, _ audit: Head, _ outbox: Head, _ isWhole: Bool, _ connection: ServerConnection
  ) throws -> [Verification.Problem] {
    guard isWhole else { return [] }
    let named = try connection.first(
      """
      SELECT facts, seal, audit, audit_seal, outbox, outbox_seal FROM chairtime.suite
      WHERE number = $1::smallint
      """, [suite]
    ) { row in
      [
        (
          ChainName.facts, facts,
          Head(count: Int(try row.integer("facts")), hash: try row.bytes("seal"))
        ),
        (
          .audit, audit,
          Head(count: Int(try row.integer("audit")), hash: try row.bytes("audit_seal"))
        ),
        (
          .outbox, outbox,
          Head(count: Int(try row.integer("outbox")), hash: try row.bytes("outbox_seal"))
        ),
      ]
    }
    return (named ?? []).filter { $0.1 != $0.2 }.map { chain, found, named in
      Verification.Problem(
        named.count > found.count ? .tailCut : .rewritten,
        sentence:
          "The suite's row names \(chain.words(named.count)), and there are \(found.count), "
          + "or others.")
    }
  }

  // MARK: Audit record

  /// Checks the audit entries after `start`.
  func checkAudit(
    _ connection: ServerConnection, after start: Head = .empty, kept: Head? = nil
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    var check = AuditCheck(after: start, kept: kept)
    do {
      try eachAuditEntry(connection, after: start.count) { entry in
        try check.check(
          entry.position, entry.row, seal: entry.seal, fact: entry.fact,
          outboxSeal: { try? seal(of: $0, in: .outbox, connection) })
      }
    } catch let problem as Verification.Problem {
      return (check.head, [problem])
    }
    return (check.head, check.missing.map { [$0] } ?? [])
  }
}

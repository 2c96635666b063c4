import InfusionRecord
package import SessionStore

extension PostgresStore {
  static let auditColumns = """
    audit.format, audit.kind, audit.recorded, audit.actor, audit.workstation, audit.person,
    audit.facts, audit.body
    """

  func auditRow(_ row: QueryResult.Row) throws -> AuditRow {
    AuditRow(
      format: try row.integer("format"), kind: try row.integer("kind"),
      recorded: try row.integer("recorded"), actor: try row.text("actor"),
      workstation: try row.text("workstation"), person: try row.optionalText("person"),
      facts: try row.integer("facts"), body: try row.bytes("body"))
  }

  // MARK: Reading

  package func auditEntries(_ body: (AuditEntry) throws -> Void) throws {
    try snapshot { connection in
      let last = try lastAuditRow(connection)
      var check = AuditCheck()
      try eachAuditEntry(connection) { entry in
        do throws(Verification.Problem) {
          // A damaged outbox is no reason to hide who looked at whom.
          try check.check(
            entry.position, entry.row, seal: entry.seal, fact: entry.fact,
            outboxSeal: { _ in entry.row?.outboxHead?.hash })
        } catch {
          throw altered(error.sentence)
        }
        if let row = entry.row { try body(row.entry()) }
      }
      if check.head.count != last?.place ?? 0 { throw incomplete }
    }
  }

  package func enrolmentRows() throws(StoreError) -> [AuditRow] {
    if isUsingKnownRights, let knownRights { return knownRights.enrolments }
    return try rows(.people)
  }

  package func auditRows(about person: String) throws(StoreError) -> [AuditRow] {
    try snapshot { connection in
      if let wanted = try lastAuditRow(connection)?.tally?.persons {
        let found = try connection.number(
          """
          SELECT count(*) AS number FROM chairtime.audit
          WHERE suite = $1::smallint AND person IS NOT NULL
          """, [suite])
        if found != wanted { throw incomplete }
      }
      // A name in all its spellings, composed or not, is one person's.
      let names = try connection.all(
        """
        SELECT DISTINCT person FROM chairtime.audit
        WHERE suite = $1::smallint AND person IS NOT NULL
        """, [suite]
      ) { try $0.text("person") }.filter { $0 == person }
      let spellings = Argument.list(names.map { .text($0) })
      let start = try connection.number(
        """
        SELECT coalesce(max(position), 0) AS number FROM chairtime.audit
        WHERE suite = $1::smallint AND person = ANY ($2::text[]) AND kind = ANY ($3::smallint[])
        """, [suite, spellings, PostgresStore.resets])
      let found = try rows(
        "audit.person = ANY ($2::text[]) AND audit.position >= $3::bigint",
        connection, [spellings, .integer(start)])
      // A wrong PIN that another program changed, for a moment or for good, would not be counted.
      _ = try countedFailures(connection)
      for (place, _, seal) in found where try self.seal(of: place, in: .audit, connection) != seal {
        throw altered("Audit entry \(place) was altered.")
      }
      return found.map(\.row)
    }
  }

  private static let resets = Argument.list(CountedFailures.resets.map { .integer($0) })

  /// The wrong PINs that count after the last entry. Throws if they are not those that it carries.
  private func countedFailures(_ connection: ServerConnection) throws -> CountedFailures {
    guard let last = try lastAuditRow(connection) else { return CountedFailures() }
    let known = try connection.all(
      """
      SELECT known.person, (
        SELECT max(position) FROM chairtime.audit WHERE suite = $1::smallint
          AND person = known.person AND kind = ANY ($2::smallint[]) AND position < $3::bigint) AS place
      FROM (SELECT DISTINCT person FROM chairtime.audit
        WHERE suite = $1::smallint AND person IS NOT NULL) AS known
      """, [suite, PostgresStore.resets, .integer(last.place)]
    ) { (person: try $0.text("person"), place: try $0.optionalInteger("place") ?? 0) }
    // The spellings of a name, composed or not, are one person.
    let starts = Dictionary(known.map { ($0.person, $0.place) }, uniquingKeysWith: max)
    let places = try connection.all(
      """
      SELECT audit.position
      FROM unnest($2::text[], $3::bigint[]) AS known (person, place)
        JOIN chairtime.audit ON audit.person = known.person AND audit.position > known.place
      WHERE audit.suite = $1::smallint AND audit.kind = $4::smallint
        AND audit.position < $5::bigint
      """,
      [
        suite, .list(known.map { .text($0.person) }),
        .list(known.map { .integer(starts[$0.person] ?? 0) }), .integer(CountedFailures.failure),
        .integer(last.place),
      ]
    ) { Argument.integer(try $0.integer("position")) }
    var failures = CountedFailures()
    if !places.isEmpty {
      for (_, row, seal) in try rows(
        "audit.position = ANY ($2::bigint[])", connection, [.list(places)])
      {
        failures.take(kind: row.kind, person: row.person, seal: seal)
      }
    }
    if let known = last.tally?.failures, known != failures.text {
      throw altered(CountedFailures.alteredSentence)
    }
    failures.take(kind: last.kind, person: last.person, seal: last.seal)
    return failures
  }

  package func restrictionRows() throws(StoreError) -> [AuditRow] {
    if isUsingKnownRights, let knownRights { return knownRights.restrictions }
    return try rows(.restrictions)
  }

  package func acceptedConfiguration() throws(StoreError) -> String? {
    if isUsingKnownRights, let knownRights { return knownRights.configuration }
    guard let row = try rows(.configurations).last else { return nil }
    let action = try decoded { () throws(FactBody.Unreadable) in try row.entry().action }
    guard case .configurationAccepted(let hash) = action else { return nil }
    return hash
  }

  package func auditHead() throws(StoreError) -> Head {
    try access { try readHead(of: .audit, $0) }
  }

  /// The entries of a list, oldest first, as they were sealed.
  ///
  /// The last entry carries how many there are and what their seals add up to. Without the count, in a record
  /// that an earlier program began on a file, every entry is read.
  private func rows(_ list: AuditLists.List) throws(StoreError) -> [AuditRow] {
    try snapshot { connection in
      guard let last = try lastAuditRow(connection) else { return [] }
      guard let tally = last.tally else {
        return try rows("true", connection).map(\.row)
          .filter { AuditLists.List(kind: $0.kind) == list }
      }
      let found = try rows("audit.kind IN (\(list.kinds))", connection)
      do throws(AuditLists.List.Fault) {
        try list.check(found, by: tally, at: last.place)
      } catch {
        switch error {
        case .incomplete: throw incomplete
        case .altered(let sentence): throw altered(sentence)
        }
      }
      return found.map(\.row)
    }
  }

  /// Rows in their order, with the seals that they come to.
  private func rows(
    _ selection: String, _ connection: ServerConnection, _ arguments: [Argument] = []
  ) throws -> [(place: Int, row: AuditRow, seal: [UInt8])] {
    try connection.all(
      """
      SELECT audit.position, \(PostgresStore.auditColumns), fact.seal AS fact,
        before.seal AS before
      FROM chairtime.audit
        LEFT JOIN chairtime.fact ON fact.suite = audit.suite AND fact.position = audit.facts
        LEFT JOIN chairtime.audit AS before
          ON before.suite = audit.suite AND before.position = audit.position - 1
      WHERE audit.suite = $1::smallint AND \(selection) ORDER BY audit.position
      """, [suite] + arguments
    ) { row in
      let audit = try auditRow(row)
      let place = Int(try row.integer("position"))
      let fact = audit.facts == 0 ? Head.empty.hash : try row.bytes("fact", count: 32)
      let before = place == 1 ? Head.empty.hash : try row.bytes("before", count: 32)
      return (place, audit, audit.seal(after: before, fact: fact))
    }
  }

  private var incomplete: StoreError {
    altered("The people and restrictions do not agree with the end of the audit record.")
  }

  // MARK: Appending

  /// As on a file, the first enrolment verifies the chains, and each change of people or restrictions is
  /// noted in the outbox's chain.
  @discardableResult
  package func append(
    _ rows: [AuditRow], under right: Right?, if condition: () throws -> Bool
  ) throws(StoreError) -> Bool {
    for row in rows { try row.validate() }
    let need = try need(of: rows, under: right)
    let time = rows.first.map { RecordedTime(milliseconds: $0.recorded) }
    let changesPeople = rows.contains { AuditTally.decidesPeople($0.kind) }
    let isNoted = changesPeople || rows.contains { AuditTally.decidesRestrictions($0.kind) }
    var isFirst = false
    if changesPeople { isFirst = try enrolmentRows().isEmpty }
    return try write(
      under: right, at: time, verifying: isFirst ? .signature : nil, need: { _ in need }
    ) { connection in
      guard try condition() else { return false }
      try insert(rows, connection)
      if isNoted { try noteHeads(connection) }
      return true
    }
  }

  /// Appends rows to the chain. The server counts and seals; `verify` computes the same.
  func insert(_ rows: [AuditRow], _ connection: ServerConnection) throws {
    for row in rows {
      try connection.query(
        """
        SELECT chairtime.add_audit($1::smallint, $2::smallint, $3::bigint, $4::text, $5::text,
          $6::text, $7::text)
        """,
        [
          suite, .integer(row.kind), .integer(row.recorded), .text(row.actor),
          .text(row.workstation), .text(row.person), .utf8(row.body),
        ])
    }
  }
}

/// An audit entry with its place in the chain.
struct PlacedEntry {
  let position: Int
  /// nil for what cannot be read.
  let row: AuditRow?
  let seal: [UInt8]?
  /// The seal of the fact that the entry knew last; nil if there is none.
  let fact: [UInt8]?
}

extension PostgresStore {
  /// Calls `body` with the audit entries after a place, in their order.
  func eachAuditEntry(
    _ connection: ServerConnection, after start: Int = 0, _ body: (PlacedEntry) throws -> Void
  ) throws {
    let size = 4_000
    var last = start
    var count = size
    while count == size {
      let result = try connection.query(
        """
        SELECT audit.position, \(PostgresStore.auditColumns), audit.seal, fact.seal AS fact
        FROM chairtime.audit LEFT JOIN chairtime.fact
          ON fact.suite = audit.suite AND fact.position = audit.facts
        WHERE audit.suite = $1::smallint AND audit.position > $2::bigint
        ORDER BY audit.position LIMIT $3::int
        """, [suite, .integer(last), .integer(size)])
      count = result?.count ?? 0
      guard let result else { return }
      for row in result.rows {
        last = Int(try row.integer("position"))
        try body(
          PlacedEntry(
            position: last, row: try? auditRow(row), seal: try? row.bytes("seal", count: 32),
            fact: try? row.bytes("fact", count: 32)))
      }
    }
  }
}

extension AuditLists.List {
  /// The kinds of the list's entries, as SQL.
  fileprivate var kinds: String {
    switch self {
    case .people: "1, 2, 3, 4"
    case .configurations: "10"
    case .restrictions: "12, 13, 14, 15"
    }
  }
}

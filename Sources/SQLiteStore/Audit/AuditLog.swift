import InfusionRecord
package import SessionStore

extension SQLiteStore {
  static let auditColumns = """
    audit.format, audit.kind, audit.recorded, audit.actor, audit.workstation, audit.person,
    audit.facts, audit.body
    """

  func auditRow(_ row: DatabaseRow, _ database: Database) throws -> AuditRow {
    AuditRow(
      format: try row.integer("format"), kind: try row.integer("kind"),
      recorded: try row.integer("recorded"), actor: try name(try row.integer("actor"), database),
      workstation: try name(try row.integer("workstation"), database),
      person: try row.optionalInteger("person").map { try name($0, database) },
      facts: try row.integer("facts"), body: try row.utf8("body"))
  }

  // MARK: Reading

  package func auditEntries(_ body: (AuditEntry) throws -> Void) throws {
    try access { database in
      try database.each("SELECT \(SQLiteStore.auditColumns) FROM audit ORDER BY rowid") { row in
        try body(try auditRow(row, database).entry())
      }
    }
  }

  package func enrolmentRows() throws(StoreError) -> [AuditRow] {
    try rows("INDEXED BY audit_people WHERE kind <= 4", AuditTally.decidesPeople, \.people)
  }

  package func auditRows(about person: String) throws(StoreError) -> [AuditRow] {
    try checkAttempts()
    let rows = try auditRows(
      """
      INDEXED BY audit_person WHERE person = (SELECT number FROM name WHERE text = :person)
      ORDER BY rowid
      """, ["person": .text(person)])
    let enrolments = try enrolmentRows().filter { $0.person == person }
    guard rows.filter({ AuditTally.decidesPeople($0.kind) }).map(\.body) == enrolments.map(\.body)
    else { throw incomplete }
    return rows
  }

  package func restrictionRows() throws(StoreError) -> [AuditRow] {
    try rows(
      "INDEXED BY audit_restriction WHERE kind > 11 AND kind < 16", AuditTally.decidesRestrictions,
      \.restrictions)
  }

  package func acceptedConfiguration() throws(StoreError) -> String? {
    let rows = try rows(
      "INDEXED BY audit_configuration WHERE kind = 10",
      { $0 == AuditRow.number(of: .configurationAccepted) }, \.configurations)
    guard let row = rows.last else { return nil }
    let action = try decoded { () throws(FactBody.Unreadable) in try row.entry().action }
    guard case .configurationAccepted(let hash) = action else { return nil }
    return hash
  }

  /// Throws if the index by person lacks an entry: wrong PINs would not be counted.
  private func checkAttempts() throws(StoreError) {
    try access { database in
      try database.snapshot {
        guard let wanted = try lastAuditRow(database)?.tally?.persons else { return }
        let found = try database.number(
          """
          SELECT count(*) AS entries FROM audit INDEXED BY audit_person
          WHERE person IS NOT NULL
          """)
        if found != wanted { throw incomplete }
      }
    }
  }

  private func auditRows(
    _ selection: String, _ arguments: Database.Arguments = [:]
  ) throws(StoreError) -> [AuditRow] {
    try access { database in
      try database.all(
        "SELECT \(SQLiteStore.auditColumns) FROM audit \(selection)", arguments
      ) { try auditRow($0, database) }
    }
  }

  /// The rows of some kinds, oldest first, by an index that must hold all of them.
  ///
  /// The last entry carries how many there are. Without that count, in a store of an earlier version,
  /// the whole record is read.
  private func rows(
    _ index: String, _ isWanted: (Int64) -> Bool, _ count: KeyPath<AuditTally, Int64>
  ) throws(StoreError) -> [AuditRow] {
    try access { database in
      try database.snapshot {
        guard let last = try lastAuditRow(database) else { return [] }
        let found = try auditRows(last.tally == nil ? "NOT INDEXED" : index, last.place, database)
        let rows = found.filter { isWanted($0.kind) }
        if let tally = last.tally, rows.count != tally[keyPath: count] || rows.count != found.count
        {
          throw incomplete
        }
        return rows
      }
    }
  }

  /// The rows up to a place, each once, in their order.
  private func auditRows(
    _ selection: String, _ last: Int, _ database: Database
  ) throws -> [AuditRow] {
    var place: Int64 = 0
    return try database.all(
      "SELECT audit.rowid, \(SQLiteStore.auditColumns) FROM audit \(selection) ORDER BY rowid"
    ) { row in
      let next = try row.integer("rowid")
      guard next > place, next <= last else { throw incomplete }
      place = next
      return try auditRow(row, database)
    }
  }

  private var incomplete: StoreError {
    altered("The index of people and restrictions does not agree with the audit record.")
  }

  /// The counts that the next entry continues.
  private func tally(_ database: Database) throws -> AuditTally {
    guard let last = try lastAuditRow(database) else { return AuditTally() }
    if let known = last.tally, known.persons != nil { return known }
    var tally = AuditTally()
    try database.each(
      "SELECT kind, person FROM audit NOT INDEXED WHERE rowid <= :last",
      ["last": .integer(last.place)]
    ) {
      tally.count(kind: try $0.integer("kind"), isAboutPerson: try !$0.isNull("person"))
    }
    return tally
  }

  package func auditHead() throws(StoreError) -> Head {
    try access { try readHead(of: "audit", $0) }
  }

  // MARK: Appending

  /// The first enrolment verifies the chains, because it decides who has every right from then on. Each
  /// change of people or restrictions, and each opening with a reason, is noted in the outbox's chain, so
  /// that the end of the audit record cannot be removed unseen.
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
    let head = try write(
      under: right, at: time, verifying: isFirst ? .signature : nil, need: { _ in need }
    ) { database -> Head? in
      guard try condition() else { return nil }
      let head = try insert(rows, database)
      if isNoted { try noteHeads(database) }
      return head
    }
    guard let head else { return false }
    HeadFile(path: place.auditHeadPath).write(head)
    writeOutboxHead()
    return true
  }

  /// Appends rows to the chain; returns its head.
  func insert(_ rows: [AuditRow], _ database: Database) throws -> Head {
    let facts = try readHead(database)
    var head = try readHead(of: "audit", database)
    var tally = try tally(database)
    let outbox = try outboxHeadToCarry(database)
    for var row in rows {
      row.facts = Int64(facts.count)
      tally.count(kind: row.kind, isAboutPerson: row.person != nil)
      try row.carry(tally, outbox: outbox)
      let seal = row.seal(after: head.hash, fact: facts.hash)
      head = Head(count: head.count + 1, hash: seal)
      try database.insert(
        into: "audit",
        [
          "rowid": .integer(head.count), "format": .integer(row.format),
          "kind": .integer(row.kind), "recorded": .integer(row.recorded),
          "actor": .integer(try names.number(of: row.actor, database)),
          "workstation": .integer(try names.number(of: row.workstation, database)),
          "person": try row.person.map { .integer(try names.number(of: $0, database)) } ?? .null,
          "facts": .integer(row.facts), "body": .utf8(row.body), "seal": .blob(seal),
        ])
    }
    return head
  }
}

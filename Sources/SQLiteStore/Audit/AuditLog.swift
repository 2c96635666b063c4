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
    try auditRows("INDEXED BY audit_people WHERE kind <= 4 ORDER BY rowid")
  }

  package func auditRows(about person: String) throws(StoreError) -> [AuditRow] {
    try auditRows(
      """
      INDEXED BY audit_person WHERE person = (SELECT number FROM name WHERE text = :person)
      ORDER BY rowid
      """, ["person": .text(person)])
  }

  package func acceptedConfiguration() throws(StoreError) -> String? {
    let rows = try auditRows(
      "INDEXED BY audit_configuration WHERE kind = 10 ORDER BY rowid DESC LIMIT 1")
    guard let row = rows.first else { return nil }
    let action = try decoded { () throws(FactBody.Unreadable) in try row.entry().action }
    guard case .configurationAccepted(let hash) = action else { return nil }
    return hash
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

  package func auditHead() throws(StoreError) -> Head {
    try access { try readHead(of: "audit", $0) }
  }

  // MARK: Appending

  @discardableResult
  package func append(
    _ rows: [AuditRow], under right: Right?, if condition: () throws -> Bool
  ) throws(StoreError) -> Bool {
    for row in rows { try row.validate() }
    let need = try need(of: rows, under: right)
    let time = rows.first.map { RecordedTime(milliseconds: $0.recorded) }
    let head = try write(under: right, at: time, need: { _ in need }) { database -> Head? in
      guard try condition() else { return nil }
      return try insert(rows, database)
    }
    guard let head else { return false }
    HeadFile(path: place.auditHeadPath).write(head)
    return true
  }

  /// Appends rows to the chain; returns its head.
  func insert(_ rows: [AuditRow], _ database: Database) throws -> Head {
    let facts = try readHead(database)
    var head = try readHead(of: "audit", database)
    for var row in rows {
      row.facts = Int64(facts.count)
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

import GRDB
import InfusionRecord
package import SessionStore

extension SQLiteStore: AuditLog {
  /// Writes entries into the audit record; when it returns, they are on durable storage.
  package func audit(_ entries: [AuditEntry]) throws(StoreError) {
    try audit(entries.map { ($0, nil) }) { _ in }
  }

  /// Every entry, oldest first.
  package func auditEntries(_ body: (AuditEntry) throws -> Void) throws {
    try access { database in
      let rows = try Rows(
        database, "SELECT \(SQLiteStore.auditColumns) FROM audit ORDER BY rowid")
      defer { rows.finish() }
      while try rows.step() { try body(self.auditRow(rows, from: 0, database).entry()) }
    }
  }

  /// The SHA-256 of the site's file as last accepted; nil where none ever was.
  package func acceptedConfiguration() throws(StoreError) -> String? {
    try access { database in
      let rows = try Rows(
        database,
        """
        SELECT \(SQLiteStore.auditColumns) FROM audit INDEXED BY audit_configuration
        WHERE kind = 10 ORDER BY rowid DESC LIMIT 1
        """)
      defer { rows.finish() }
      guard try rows.step(),
        case .configurationAccepted(let hash) = try self.auditRow(rows, from: 0, database).entry()
          .deed
      else { return nil }
      return hash
    }
  }

  /// How many entries there are, and the seal of the last.
  package func auditHead() throws(StoreError) -> Head {
    try access { try self.readAuditHead($0) }
  }

  // MARK: Writing

  static let auditColumns = "format, kind, recorded, actor, workstation, person, facts, body"

  /// Appends entries if `condition`, asked inside the transaction, lets it.
  func audit(
    _ entries: [(AuditEntry, PINDigest?)], where condition: (Database) throws -> Void
  ) throws(StoreError) {
    guard mode == .readWrite else { throw .readOnly(path: place.path) }
    for (entry, _) in entries {
      for text in [entry.actor, entry.workstation, entry.deed.person ?? "-"]
      where text.isEmpty || text.unicodeScalars.count > 256 || text.unicodeScalars.contains("\0") {
        throw .invalid(what: "a name has 1 to 256 characters")
      }
    }
    let head = try access { database in
      try database.transact(.writing) {
        try condition(database)
        return try self.writeAudit(entries, database)
      }
    }
    HeadFile(path: place.auditHeadPath).write(head)
  }

  private func writeAudit(
    _ entries: [(AuditEntry, PINDigest?)], _ database: Database
  ) throws -> Head {
    let facts = try readHead(database)
    var head = try readAuditHead(database)
    for (entry, digest) in entries {
      let row = AuditRow(entry, facts: facts.count, digest: digest)
      let seal = row.seal(after: head.hash, fact: facts.hash)
      head = Head(count: head.count + 1, hash: seal)
      let actor = try number(of: row.actor, database)
      let workstation = try number(of: row.workstation, database)
      let person = try row.person.map { try number(of: $0, database) }
      let rows = try Rows(
        database,
        """
        INSERT INTO audit (rowid, \(SQLiteStore.auditColumns), seal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
      rows.bind(Int64(head.count), 1)
      rows.bind(row.format, 2)
      rows.bind(row.kind, 3)
      rows.bind(row.recorded, 4)
      rows.bind(actor, 5)
      rows.bind(workstation, 6)
      if let person { rows.bind(person, 7) }
      rows.bind(row.facts, 8)
      rows.bind(utf8: row.body, 9)
      rows.bind(blob: seal, 10)
      try rows.run()
    }
    return head
  }

  // MARK: Reading

  func readAuditHead(_ database: Database) throws -> Head {
    let rows = try Rows(
      database, "SELECT rowid, seal FROM audit ORDER BY rowid DESC LIMIT 1")
    defer { rows.finish() }
    guard try rows.step() else { return .empty }
    return Head(count: Int(try rows.integer(0)), hash: try rows.blob(1, count: 32))
  }

  /// The row in the columns of `auditColumns`, which begin at `from`.
  func auditRow(_ rows: Rows, from: Int32, _ database: Database) throws -> AuditRow {
    let person = try rows.optionalInteger(from + 5)
    return AuditRow(
      format: try rows.integer(from), kind: try rows.integer(from + 1),
      recorded: try rows.integer(from + 2), actor: try name(try rows.integer(from + 3), database),
      workstation: try name(try rows.integer(from + 4), database),
      person: try person.map { try name($0, database) }, facts: try rows.integer(from + 6),
      body: try rows.utf8(from + 7))
  }
}

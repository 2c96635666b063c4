import Glibc
import InfusionRecord
package import SessionStore

/// A whole record, given to another store or taken from one.
extension SQLiteStore: RecordSource, RecordTarget {
  /// Rows that are in memory at a time.
  private static let chunk = 2_000

  package func read(into sink: any RecordSink) throws(StoreError) {
    try access { database in
      try database.snapshot {
        try give(
          """
          SELECT session.id AS session, \(SQLiteStore.factColumns), fact.seal
          FROM fact JOIN session ON session.number = fact.session ORDER BY fact.rowid
          """, database
        ) { row in
          SealedFact(
            row: try factRow(row, session: try row.text("session"), database),
            seal: try row.blob("seal", count: 32))
        } to: {
          try sink.add($0)
        }
        try give(
          "SELECT \(SQLiteStore.auditColumns), audit.seal FROM audit ORDER BY audit.rowid", database
        ) { row in
          SealedEntry(row: try auditRow(row, database), seal: try row.blob("seal", count: 32))
        } to: {
          try sink.add($0)
        }
        try give("SELECT rowid, kind, number, seal FROM outbox_seal ORDER BY rowid", database) {
          row in
          let number = try row.integer("number")
          guard let kind = OutboxRow.Kind(rawValue: try row.integer("kind")),
            let found = try outboxRow(kind, number, database)
          else {
            throw altered("Entry \(try row.integer("rowid")) of the outbox has no row.")
          }
          return SealedOutboxRow(
            row: found, number: number, seal: try row.blob("seal", count: 32))
        } to: {
          try sink.add($0)
        }
      }
    }
  }

  /// Gives the rows of a statement in chunks.
  private func give<Row>(
    _ sql: String, _ database: Database, _ read: (DatabaseRow) throws -> Row,
    to take: ([Row]) throws -> Void
  ) throws {
    var rows: [Row] = []
    try database.each(sql) { row in
      rows.append(try read(row))
      if rows.count == SQLiteStore.chunk {
        try take(rows)
        rows.removeAll(keepingCapacity: true)
      }
    }
    if !rows.isEmpty { try take(rows) }
  }

  package func receive(_ body: (any RecordSink) throws -> Void) throws(StoreError) {
    try write { database in
      for chain in ChainName.allCases
      where try readHead(of: SQLiteStore.table(of: chain), database).count > 0 {
        throw StoreError.invalid(what: "the store holds a record already")
      }
      try body(FileSink(self, database))
    }
    HeadFile(of: .facts, at: place).write(try head())
    HeadFile(of: .audit, at: place).write(try auditHead())
    writeOutboxHead()
    progress = VerificationProgress()
  }

  /// Writes the rows of a record into the tables, inside one transaction.
  private final class FileSink: RecordSink {
    private let store: SQLiteStore
    private let database: Database
    private var sessions = SessionNumbers()
    private var facts = 0
    private var entries = 0

    init(_ store: SQLiteStore, _ database: Database) {
      self.store = store
      self.database = database
    }

    func add(_ rows: [SealedFact]) throws {
      let (numbers, changed) = try sessions.add(rows)
      for session in changed { try list(session) }
      for (one, session) in zip(rows, numbers) {
        facts += 1
        try store.insert(one.row, at: facts, of: session, seal: one.seal, database)
      }
    }

    private func list(_ session: SessionNumbers.Listed) throws {
      let day = DatabaseValue.integer(Int(session.listing.day?.dayNumber ?? 0))
      let status = DatabaseValue.integer(
        SessionListing.number(of: session.listing.status ?? .open))
      let number = DatabaseValue.integer(session.number)
      if session.isKnown {
        try database.run(
          "UPDATE session SET day = :day, status = :status WHERE number = :number",
          ["day": day, "status": status, "number": number])
      } else {
        try database.insert(
          into: "session",
          ["number": number, "id": .text(session.name), "day": day, "status": status])
      }
    }

    func add(_ rows: [SealedEntry]) throws {
      for one in rows {
        entries += 1
        try store.insert(one.row, at: entries, seal: one.seal, database)
      }
    }

    func add(_ rows: [SealedOutboxRow]) throws {
      for one in rows { try store.insert(one.row, number: one.number, database) }
    }
  }
}

extension SQLiteStore {
  /// Removes the file of a store in which nothing was ever recorded, and what belongs to it.
  package static func removeIfEmpty(_ place: StorePlace) {
    guard let store = try? SQLiteStore(place, mode: .examining),
      let facts = try? store.head(), let audit = try? store.auditHead(),
      facts.count == 0, audit.count == 0
    else { return }
    store.close()
    for path in [place.path] + place.companions { unlink(path) }
  }
}

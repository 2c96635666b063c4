import InfusionRecord
package import SessionStore

/// The end of the audit record, compared with what the other chains know of it.
///
/// ```
///  audit record ──► names the end of the outbox                     missing there: the outbox is damaged
///  outbox       ──► checkpoints name the end of the audit record    missing there: refused
///  facts        ──► each fact names the end of the audit record     missing there: refused
/// ```
///
/// Without its audit record a store does not know who may do what, so it refuses. Recording needs no outbox and
/// goes on without it; what would add to the outbox or send it is refused.
extension SQLiteStore {
  /// The last entry of the audit record.
  struct AuditEnd {
    let place: Int
    let kind: Int64
    let person: String?
    let seal: [UInt8]
    /// The counts that it carries; nil in a store of an earlier version.
    let tally: AuditTally?
    /// The end of the outbox that it knew.
    let outbox: Head?
  }

  /// The last entry, whose seal is verified; nil if there is none. Throws if another chain knew more entries
  /// than there are.
  func lastAuditRow(_ database: Database) throws -> AuditEnd? {
    let head = try readHead(of: "audit", database)
    if let lack = try lackOfLastCheckpoint(database), lack.chain == .audit {
      throw altered(lack.sentence)
    }
    try checkLastFact(database)
    guard head.count > 0 else { return nil }
    let found = try database.first(
      """
      SELECT \(SQLiteStore.auditColumns), fact.seal AS fact, before.seal AS before
      FROM audit LEFT JOIN fact ON fact.rowid = audit.facts
        LEFT JOIN audit AS before ON before.rowid = audit.rowid - 1
      WHERE audit.rowid = :last
      """, ["last": .integer(head.count)]
    ) { row -> AuditRow? in
      let audit = try auditRow(row, database)
      return try seal(of: audit, at: head.count, row) == head.hash ? audit : nil
    }
    guard let found, let audit = found else {
      throw altered("Audit entry \(head.count) was altered.")
    }
    return AuditEnd(
      place: head.count, kind: audit.kind, person: audit.person, seal: head.hash,
      tally: audit.tally, outbox: audit.outboxHead)
  }

  /// Throws if the last fact knew more of the audit record than there is, or is not as it was sealed.
  ///
  /// If it noted nothing, the last opening is asked: in a store of a program before this one openings alone
  /// noted the record.
  private func checkLastFact(_ database: Database) throws {
    func checked(_ condition: String) throws -> (fact: FactRow, note: AuditNote?)? {
      let fact = try database.first(
        """
        SELECT fact.rowid, session.id AS session, \(SQLiteStore.factColumns), fact.seal,
          before.seal AS before
        FROM fact LEFT JOIN session ON session.number = fact.session
          LEFT JOIN fact AS before ON before.rowid = fact.rowid - 1
        \(condition) ORDER BY fact.rowid DESC LIMIT 1
        """
      ) { row in
        let place = try row.integer("rowid")
        guard let session = try row.optionalText("session") else {
          throw altered("The session of fact \(place) is not in the list of sessions.")
        }
        let fact = try factRow(row, session: session, database)
        let before = place == 1 ? Head.empty.hash : try row.blob("before", count: 32)
        guard FactChain(after: before).sealing(fact) == (try row.blob("seal", count: 32)) else {
          throw altered("Fact \(place) (session \(fact.session)) was altered.")
        }
        return fact
      }
      return fact.map { ($0, $0.auditNote) }
    }
    guard var last = try checked("") else { return }
    if last.note == nil, let opening = try checked("WHERE fact.kind = 1") { last = opening }
    guard let note = last.note else { return }
    guard note.isOf(try seal(of: note.count, in: .audit, database)) else {
      throw altered(note.lacking(session: last.fact.session))
    }
  }

  // MARK: The last checkpoint

  /// What the last checkpoint knew and is not there any more. What cannot be read of the outbox is damage of
  /// its own, so it is none here.
  private func lackOfLastCheckpoint(_ database: Database) throws -> CheckpointLack? {
    let last = try? database.first("SELECT max(number) AS number FROM checkpoint") {
      try $0.isNull("number") ? nil : try $0.integer("number")
    }
    guard case let number?? = last else { return nil }
    return try lack(ofCheckpoint: number, database)
  }

  /// Whether a checkpoint was sealed with an end of the audit record that is still there. Then its row was
  /// changed, not the audit record. Every entry is tried, which happens only if one of the two was changed.
  func isSealed(_ number: Int64, at entry: Int, _ database: Database) throws -> Bool {
    let before = entry == 1 ? Head.empty.hash : try self.seal(of: entry - 1, in: .outbox, database)
    guard let seal = try self.seal(of: entry, in: .outbox, database), let before else {
      return false
    }
    let row = try database.first(
      """
      SELECT checkpoint.facts, fact.seal AS fact, messages, steps, fillings, list
      FROM checkpoint LEFT JOIN fact ON fact.rowid = checkpoint.facts
      WHERE checkpoint.number = :number
      """, ["number": .integer(number)]
    ) { row in
      var checkpoint = Checkpoint()
      let facts = Int(try row.integer("facts"))
      if facts > 0 { checkpoint.facts = Head(count: facts, hash: try row.blob("fact", count: 32)) }
      checkpoint.counts.messages = try row.integer("messages")
      checkpoint.counts.steps = try row.integer("steps")
      checkpoint.counts.fillings = try row.integer("fillings")
      checkpoint.list = try row.optionalText("list").flatMap { SessionListDigest(text: $0) }
      return checkpoint
    }
    guard var checkpoint = row else { return false }
    func isRight(_ head: Head) -> Bool {
      checkpoint.audit = head
      return OutboxRow.checkpoint(checkpoint).seal(after: before, number: number) == seal
    }
    var isFound = isRight(.empty)
    try database.each("SELECT rowid, seal FROM audit ORDER BY rowid") { row in
      guard !isFound else { return }
      isFound = isRight(
        Head(count: Int(try row.integer("rowid")), hash: try row.blob("seal", count: 32)))
    }
    return isFound
  }

  // MARK: The end of the outbox

  package func outboxDoubt() throws(StoreError) -> String? {
    try access { database in try database.snapshot { try outboxDoubt(database) } }
  }

  /// What is wrong with the outbox as far as its end tells; nil if nothing is.
  func outboxDoubt(_ database: Database) throws -> String? {
    if let outboxFault { return outboxFault }
    if let lack = try lackOfLastCheckpoint(database), lack.chain == nil { return lack.sentence }
    guard let last = try lastAuditRow(database), let known = last.outbox,
      lacks(known, database)
    else { return nil }
    return AuditCheck.lacking(known, position: last.place)
  }

  /// Whether the outbox's chain does not hold an end that was known.
  private func lacks(_ known: Head, _ database: Database) -> Bool {
    // A seal that cannot be read is not there.
    (try? seal(of: known.count, in: .outbox, database)) != known.hash
  }

  /// The end of the outbox that the next audit entry names. If that end is missing, each later entry repeats
  /// it, so the last entry always names it.
  func outboxHeadToCarry(_ database: Database) throws -> Head {
    let known = try lastAuditRow(database)?.outbox
    if let known, lacks(known, database) { return known }
    return (try? readHead(of: "outbox_seal", database)) ?? known ?? .empty
  }
}

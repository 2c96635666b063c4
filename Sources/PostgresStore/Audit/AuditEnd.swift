import InfusionRecord
package import SessionStore

/// The end of the audit record, compared with what the other chains know of it, as on a file.
///
/// Without its audit record a store does not know who may do what, so it refuses. Recording needs no outbox
/// and goes on without it; what would add to the outbox or send it is refused.
extension PostgresStore {
  /// The last entry of the audit record.
  struct AuditEnd {
    let place: Int
    let kind: Int64
    let person: String?
    let seal: [UInt8]
    let tally: AuditTally?
    /// The end of the outbox that it knew.
    let outbox: Head?
  }

  /// The last entry, whose seal is verified; nil if there is none. Throws if another chain knew more entries
  /// than there are.
  func lastAuditRow(_ connection: ServerConnection) throws -> AuditEnd? {
    let head = try readHead(of: .audit, connection)
    if let lack = try lackOfLastCheckpoint(connection), lack.chain == .audit {
      throw altered(lack.sentence)
    }
    try checkLastFact(connection)
    guard head.count > 0 else { return nil }
    var found: AuditRow?
    let before =
      head.count == 1 ? Head.empty.hash : try seal(of: head.count - 1, in: .audit, connection)
    try eachAuditEntry(connection, after: head.count - 1) { entry in
      guard entry.position == head.count, let row = entry.row, let before,
        let fact = row.facts == 0 ? Head.empty.hash : entry.fact,
        row.seal(after: before, fact: fact) == head.hash
      else { return }
      found = row
    }
    guard let found else { throw altered("Audit entry \(head.count) was altered.") }
    return AuditEnd(
      place: head.count, kind: found.kind, person: found.person, seal: head.hash,
      tally: found.tally, outbox: found.outboxHead)
  }

  /// Throws if the last fact knew more of the audit record than there is, or is not as it was sealed.
  ///
  /// If it noted nothing, the last opening is asked: in a record that an earlier program began on a file,
  /// openings alone noted the end.
  private func checkLastFact(_ connection: ServerConnection) throws {
    func checked(_ condition: String) throws -> (fact: FactRow, note: AuditNote?)? {
      let fact = try connection.first(
        """
        SELECT fact.position, session.id AS session_id, \(PostgresStore.factColumns), fact.seal,
          before.seal AS before
        FROM chairtime.fact
          LEFT JOIN chairtime.session ON session.suite = fact.suite AND session.number = fact.session
          LEFT JOIN chairtime.fact AS before
            ON before.suite = fact.suite AND before.position = fact.position - 1
        WHERE fact.suite = $1::smallint \(condition) ORDER BY fact.position DESC LIMIT 1
        """, [suite]
      ) { row in
        let place = try row.integer("position")
        guard let session = try row.optionalText("session_id") else {
          throw altered("The session of fact \(place) is not in the list of sessions.")
        }
        let fact = try factRow(row, session: session)
        let before = place == 1 ? Head.empty.hash : try row.bytes("before", count: 32)
        guard FactChain(after: before).sealing(fact) == (try row.bytes("seal", count: 32)) else {
          throw altered("Fact \(place) (session \(fact.session)) was altered.")
        }
        return fact
      }
      return fact.map { ($0, $0.auditNote) }
    }
    guard var last = try checked("") else { return }
    if last.note == nil, let opening = try checked("AND fact.kind = 1") { last = opening }
    guard let note = last.note else { return }
    guard note.isOf(try seal(of: note.count, in: .audit, connection)) else {
      throw altered(note.lacking(session: last.fact.session))
    }
  }

  // MARK: The last checkpoint

  /// What the last checkpoint knew and is not there any more.
  private func lackOfLastCheckpoint(_ connection: ServerConnection) throws -> CheckpointLack? {
    let last = try connection.number(
      """
      SELECT coalesce(max(number), 0) AS number FROM chairtime.checkpoint
      WHERE suite = $1::smallint
      """, [suite])
    return last == 0 ? nil : try lack(ofCheckpoint: last, connection)
  }

  /// Whether a checkpoint was sealed with an end of the audit record that is still there. Then its row was
  /// changed, not the audit record.
  func isSealed(_ number: Int64, at entry: Int, _ connection: ServerConnection) throws -> Bool {
    let before =
      entry == 1 ? Head.empty.hash : try self.seal(of: entry - 1, in: .outbox, connection)
    guard let seal = try self.seal(of: entry, in: .outbox, connection), let before,
      case .checkpoint(var checkpoint)? = try outboxRow(
        .checkpoint, number, connection, withoutAudit: true)
    else { return false }
    func isRight(_ head: Head) -> Bool {
      checkpoint.audit = head
      return OutboxRow.checkpoint(checkpoint).seal(after: before, number: number) == seal
    }
    var isFound = isRight(.empty)
    try eachAuditEntry(connection) { entry in
      guard !isFound, let seal = entry.seal else { return }
      isFound = isRight(Head(count: entry.position, hash: seal))
    }
    return isFound
  }

  // MARK: The end of the outbox

  package func outboxDoubt() throws(StoreError) -> String? {
    try snapshot { try outboxDoubt($0) }
  }

  /// What is wrong with the outbox as far as its end tells; nil if nothing is.
  func outboxDoubt(_ connection: ServerConnection) throws -> String? {
    if let outboxFault { return outboxFault }
    if let lack = try lackOfLastCheckpoint(connection), lack.chain == nil { return lack.sentence }
    guard let last = try lastAuditRow(connection), let known = last.outbox,
      try lacks(known, connection)
    else { return nil }
    return AuditCheck.lacking(known, position: last.place)
  }

  /// Whether the outbox's chain does not hold an end that was known.
  private func lacks(_ known: Head, _ connection: ServerConnection) throws -> Bool {
    try seal(of: known.count, in: .outbox, connection) != known.hash
  }
}

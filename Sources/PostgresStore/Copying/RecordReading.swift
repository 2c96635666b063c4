import Glibc
import InfusionRecord
package import SessionStore

/// A whole record, given to another store.
extension PostgresStore: RecordSource {
  package func read(into sink: any RecordSink) throws(StoreError) {
    do throws(StoreError) {
      try give(to: sink)
    } catch {
      switch error {
      case .unanswered:
        throw .unreachable(path: location, what: "the line ended while the record was read")
      case .busy:
        throw .unreachable(
          path: location,
          what: "it gave the reading up for another transaction; a standby reads on with "
            + "hot_standby_feedback = on")
      default: throw error
      }
    }
  }

  private func give(to sink: any RecordSink) throws(StoreError) {
    try snapshotOnce { connection in
      var facts: [SealedFact] = []
      try eachFact(connection) { fact in
        guard let row = fact.row, let seal = fact.seal else {
          throw altered("Fact \(fact.position) cannot be read.")
        }
        facts.append(SealedFact(row: row, seal: seal))
        if facts.count == PostgresStore.chunk { try sink.take(&facts) }
      }
      try sink.take(&facts)
      var entries: [SealedEntry] = []
      try eachAuditEntry(connection) { entry in
        guard let row = entry.row, let seal = entry.seal else {
          throw altered("Audit entry \(entry.position) cannot be read.")
        }
        entries.append(SealedEntry(row: row, seal: seal))
        if entries.count == PostgresStore.chunk { try sink.take(&entries) }
      }
      try sink.take(&entries)
      try readOutbox(into: sink, connection)
    }
  }

  private static let chunk = 2_000

  /// The ends of all chains.
  package func heads() throws(StoreError) -> KeptHeads {
    try snapshot { connection in
      KeptHeads(
        facts: try readHead(of: .facts, connection), audit: try readHead(of: .audit, connection),
        outbox: try readHead(of: .outbox, connection))
    }
  }

  /// Waits until the server has all entries up to heads that another host has; returns how many it lacks after
  /// so many seconds.
  package func lack(of wanted: KeptHeads, within seconds: Int) throws(StoreError) -> Int {
    let deadline = Deadline(milliseconds: seconds * 1_000)
    while true {
      let found = try heads()
      let lack = [
        (wanted.facts, found.facts), (wanted.audit, found.audit), (wanted.outbox, found.outbox),
      ].reduce(0) { sum, pair in sum + max(0, (pair.0?.count ?? 0) - (pair.1?.count ?? 0)) }
      if lack == 0 || deadline.left == 0 { return lack }
      usleep(100_000)
    }
  }

  private func readOutbox(into sink: any RecordSink, _ connection: ServerConnection) throws {
    let seals = try connection.all(
      """
      SELECT position, kind, number, seal FROM chairtime.outbox_seal
      WHERE suite = $1::smallint ORDER BY position
      """, [suite]
    ) { row in
      (
        position: try row.integer("position"), kind: try row.integer("kind"),
        number: try row.integer("number"), seal: try row.bytes("seal", count: 32)
      )
    }
    for one in seals {
      guard let kind = OutboxRow.Kind(rawValue: one.kind),
        let row = try outboxRow(kind, one.number, connection)
      else { throw altered("Entry \(one.position) of the outbox has no row.") }
      try sink.add([SealedOutboxRow(row: row, number: one.number, seal: one.seal)])
    }
  }
}

extension RecordSink {
  fileprivate func take(_ facts: inout [SealedFact]) throws {
    if !facts.isEmpty { try add(facts) }
    facts.removeAll(keepingCapacity: true)
  }

  fileprivate func take(_ entries: inout [SealedEntry]) throws {
    if !entries.isEmpty { try add(entries) }
    entries.removeAll(keepingCapacity: true)
  }
}

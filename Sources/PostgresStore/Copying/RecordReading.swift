import InfusionRecord
package import SessionStore

/// A whole record, given to another store.
extension PostgresStore: RecordSource {
  package func read(into sink: any RecordSink) throws(StoreError) {
    try snapshot { connection in
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

import InfusionRecord
import SessionStore

/// The chain of the outbox: sealing a row before it is added, and reading it back.
extension PostgresStore {
  /// Seals the next row of its kind. The row itself is inserted after that.
  func seal(_ row: OutboxRow, number: Int64, _ connection: ServerConnection) throws {
    let head = try readHead(of: .outbox, connection)
    try addSeal(
      row.seal(after: head.hash, number: number), at: head.count + 1, row.kind, number, connection)
  }

  func addSeal(
    _ seal: [UInt8], at position: Int, _ kind: OutboxRow.Kind, _ number: Int64,
    _ connection: ServerConnection
  ) throws {
    try connection.query(
      """
      SELECT chairtime.add_outbox_seal($1::smallint, $2::bigint, $3::smallint, $4::bigint, $5::bytea)
      """,
      [suite, .integer(position), .integer(kind.rawValue), .integer(number), .bytes(seal)])
  }

  /// The highest number of each kind in its table.
  func outboxCounts(_ connection: ServerConnection) throws -> OutboxCounts {
    func last(_ table: String) throws -> Int64 {
      try connection.number(
        """
        SELECT coalesce(max(number), 0) AS number FROM chairtime.\(table) WHERE suite = $1::smallint
        """, [suite])
    }
    var counts = OutboxCounts()
    counts.messages = try last("message")
    counts.steps = try last("message_step")
    counts.fillings = try last("outbox_filling")
    counts.checkpoints = try last("checkpoint")
    return counts
  }

  /// The row that an entry of the chain seals; nil if there is none.
  ///
  /// - Parameter withoutAudit: leaves out the end of the audit record that a checkpoint names.
  func outboxRow(
    _ kind: OutboxRow.Kind, _ number: Int64, _ connection: ServerConnection,
    withoutAudit: Bool = false
  ) throws -> OutboxRow? {
    let arguments: [Argument] = [suite, .integer(number)]
    switch kind {
    case .message: return try message(number, connection).map { .message($0) }
    case .step:
      return try connection.first(
        """
        SELECT message.control, message_step.state, message_step.at, message_step.actor,
          message_step.note
        FROM chairtime.message_step JOIN chairtime.message
          ON message.suite = message_step.suite AND message.number = message_step.message
        WHERE message_step.suite = $1::smallint AND message_step.number = $2::bigint
        """, arguments
      ) { row in try outboxStep(row).map { .step($0, of: try row.text("control")) } } ?? nil
    case .filling:
      return try connection.first(
        """
        SELECT outbox_filling.facts, outbox_filling.at, outbox_filling.actor, fact.seal
        FROM chairtime.outbox_filling JOIN chairtime.fact
          ON fact.suite = outbox_filling.suite AND fact.position = outbox_filling.facts
        WHERE outbox_filling.suite = $1::smallint AND outbox_filling.number = $2::bigint
        """, arguments
      ) { row in
        .filling(
          head: Head(
            count: Int(try row.integer("facts")), hash: try row.bytes("seal", count: 32)),
          by: try row.text("actor"), at: RecordedTime(milliseconds: try row.integer("at")))
      }
    case .checkpoint:
      return try connection.first(
        """
        SELECT checkpoint.facts, fact.seal AS fact, checkpoint.audit, audit.seal AS entry,
          checkpoint.messages, checkpoint.steps, checkpoint.fillings, checkpoint.list
        FROM chairtime.checkpoint
          LEFT JOIN chairtime.fact
            ON fact.suite = checkpoint.suite AND fact.position = checkpoint.facts
          LEFT JOIN chairtime.audit
            ON audit.suite = checkpoint.suite AND audit.position = checkpoint.audit
        WHERE checkpoint.suite = $1::smallint AND checkpoint.number = $2::bigint
        """, arguments
      ) { .checkpoint(try checkpoint($0, withoutAudit: withoutAudit)) }
    }
  }

  private func checkpoint(_ row: QueryResult.Row, withoutAudit: Bool) throws -> Checkpoint {
    func head(_ count: Int64, _ seal: String) throws -> Head {
      count == 0 ? .empty : Head(count: Int(count), hash: try row.bytes(seal, count: 32))
    }
    var checkpoint = Checkpoint()
    checkpoint.facts = try head(try row.integer("facts"), "fact")
    if !withoutAudit { checkpoint.audit = try head(try row.integer("audit"), "entry") }
    checkpoint.counts.messages = try row.integer("messages")
    checkpoint.counts.steps = try row.integer("steps")
    checkpoint.counts.fillings = try row.integer("fillings")
    if let text = try row.optionalText("list") {
      guard let list = SessionListDigest(text: text) else {
        throw QueryResult.Row.WrongColumn(name: "list")
      }
      checkpoint.list = list
    }
    return checkpoint
  }
}

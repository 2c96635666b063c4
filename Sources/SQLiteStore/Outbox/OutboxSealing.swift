import InfusionRecord
import SessionStore

/// The chain of the outbox: sealing a row before it is added, and reading it back.
extension SQLiteStore {
  /// Seals the next row of its kind. The row itself is inserted after that.
  @discardableResult
  func seal(_ row: OutboxRow, number: Int64, _ database: Database) throws -> [UInt8] {
    let head = try readHead(of: "outbox_seal", database)
    let seal = row.seal(after: head.hash, number: number)
    try database.insert(
      into: "outbox_seal",
      [
        "rowid": .integer(head.count + 1), "kind": .integer(row.kind.rawValue),
        "number": .integer(number), "seal": .blob(seal),
      ])
    lastSealed = Head(count: head.count + 1, hash: seal)
    return seal
  }

  /// Writes the head of the chain next to the store, after a commit. The old file stays if entries are
  /// missing, because it proves that.
  func writeOutboxHead() {
    if let lastSealed, outboxFault == nil { HeadFile(of: .outbox, at: place).write(lastSealed) }
    lastSealed = nil
  }

  /// Seals the rows of an outbox that a version before 5 filled, as they stand.
  ///
  /// A row that is missing is left out, so that recording goes on; nothing more is filled or sent then, and
  /// `verify` names it.
  func sealOutbox(_ database: Database) throws {
    for (kind, last) in [
      (OutboxRow.Kind.message, "SELECT coalesce(max(number), 0) AS last FROM message"),
      (.step, "SELECT coalesce(max(rowid), 0) AS last FROM message_step"),
      (.filling, "SELECT coalesce(max(number), 0) AS last FROM outbox_filling"),
    ] {
      var number: Int64 = 0
      let count = try database.number(last)
      while number < count {
        number += 1
        guard let row = try? outboxRow(kind, number, database) else { continue }
        try seal(row, number: number, database)
      }
    }
  }

  /// The highest number of each kind in its table; one more if the table holds a number below 1.
  func outboxCounts(_ database: Database) throws -> OutboxCounts {
    var counts = OutboxCounts()
    counts.messages = try database.number("SELECT coalesce(max(number), 0) AS last FROM message")
    counts.steps = try database.number(
      """
      SELECT max(coalesce((SELECT max(rowid) FROM message_step), 0), 0)
        + coalesce((SELECT min(rowid) FROM message_step) < 1, 0) AS last
      """)
    counts.fillings = try database.number(
      "SELECT coalesce(max(number), 0) AS last FROM outbox_filling")
    counts.checkpoints = try database.number(
      "SELECT coalesce(max(number), 0) AS last FROM checkpoint")
    return counts
  }

  /// The row that an entry of the chain seals; nil if there is none.
  func outboxRow(
    _ kind: OutboxRow.Kind, _ number: Int64, _ database: Database
  ) throws -> OutboxRow? {
    let argument: Database.Arguments = ["number": .integer(number)]
    switch kind {
    case .message: return try message(number, database).map { .message($0) }
    case .step:
      return try database.first(
        """
        SELECT message.control, message_step.state, message_step.at, name.text AS actor,
          message_step.note
        FROM message_step JOIN message ON message.number = message_step.message
          JOIN name ON name.number = message_step.actor
        WHERE message_step.rowid = :number
        """, argument
      ) { row in
        try outboxStep(row).map { .step($0, of: try row.text("control")) }
      } ?? nil
    case .filling:
      return try database.first(
        """
        SELECT outbox_filling.facts, outbox_filling.at, name.text AS actor, fact.seal
        FROM outbox_filling JOIN fact ON fact.rowid = outbox_filling.facts
          JOIN name ON name.number = outbox_filling.actor
        WHERE outbox_filling.number = :number
        """, argument
      ) { row in
        .filling(
          head: Head(
            count: Int(try row.integer("facts")), hash: try row.blob("seal", count: 32)),
          by: try row.text("actor"), at: RecordedTime(milliseconds: try row.integer("at")))
      }
    case .checkpoint:
      return try database.first(
        """
        SELECT checkpoint.facts, fact.seal AS fact, checkpoint.audit, audit.seal AS entry,
          checkpoint.messages, checkpoint.steps, checkpoint.fillings, checkpoint.list
        FROM checkpoint LEFT JOIN fact ON fact.rowid = checkpoint.facts
          LEFT JOIN audit ON audit.rowid = checkpoint.audit
        WHERE checkpoint.number = :number
        """, argument
      ) { row in
        func head(_ count: Int64, _ seal: String) throws -> Head {
          count == 0
            ? .empty : Head(count: Int(count), hash: try row.blob(seal, count: 32))
        }
        var checkpoint = Checkpoint()
        checkpoint.facts = try head(try row.integer("facts"), "fact")
        checkpoint.audit = try head(try row.integer("audit"), "entry")
        checkpoint.counts.messages = try row.integer("messages")
        checkpoint.counts.steps = try row.integer("steps")
        checkpoint.counts.fillings = try row.integer("fillings")
        if let text = try row.optionalText("list") {
          guard let list = SessionListDigest(text: text) else {
            throw DatabaseRow.WrongColumn(name: "list")
          }
          checkpoint.list = list
        }
        return .checkpoint(checkpoint)
      }
    }
  }
}

import InfusionRecord
import SessionStore

/// Feeds the checks of the outbox with the rows of the server.
extension PostgresStore {
  /// Compares every message with its hash, its state and what its bytes say, and the steps with the chain
  /// that each holds.
  func checkMessages(
    _ connection: ServerConnection, _ lines: (OutboxMessage) -> String?
  ) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    let numbers = try connection.all(
      "SELECT number FROM chairtime.message WHERE suite = $1::smallint ORDER BY number", [suite]
    ) { try $0.integer("number") }
    // One message at a time, because each may have a mebibyte.
    for number in numbers where problems.count < 100 {
      problems += try checkMessage(number, connection, lines)
    }
    guard problems.count < 100 else { return problems }
    var check = OutboxCheck()
    let result = try connection.query(
      """
      SELECT message_step.number, message.control, message.hash, message_step.state,
        message_step.at, message_step.actor, message_step.note, message_step.seal
      FROM chairtime.message_step LEFT JOIN chairtime.message
        ON message.suite = message_step.suite AND message.number = message_step.message
      WHERE message_step.suite = $1::smallint ORDER BY message_step.number
      """, [suite])
    do {
      for row in result.map({ Array($0.rows) }) ?? [] {
        try check.check(
          Int(try row.integer("number")), try? outboxStep(row), of: try? row.text("control"),
          hash: (try? row.bytes("hash", count: 32)) ?? [], seal: try row.bytes("seal", count: 32))
      }
    } catch let problem as Verification.Problem {
      problems.append(problem)
    }
    return problems
  }

  private func checkMessage(
    _ number: Int64, _ connection: ServerConnection, _ lines: (OutboxMessage) -> String?
  ) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    let control = try connection.first(
      """
      SELECT control, hash, content, state,
        (SELECT state FROM chairtime.message_step AS step
         WHERE step.suite = message.suite AND step.message = message.number
         ORDER BY step.number DESC LIMIT 1) AS last_state
      FROM chairtime.message WHERE suite = $1::smallint AND number = $2::bigint
      """, [suite, .integer(number)]
    ) { row in
      let control = try row.text("control")
      let problem = OutboxCheck.problem(
        control, content: try row.bytes("content"), hash: try row.bytes("hash", count: 32),
        listed: try row.integer("state"), lastStep: try? row.integer("last_state"))
      if let problem { problems.append(problem) }
      return control
    }
    if let control, let message = try? message(number, connection), let difference = lines(message)
    {
      problems.append(Verification.Problem(.outbox, sentence: "Message \(control): \(difference)."))
    }
    return problems
  }

  /// Checks the chain of the outbox after `start`, and that the tables hold nothing else.
  func checkOutbox(
    _ connection: ServerConnection, after start: Checkpoint = Checkpoint(), kept: Head? = nil
  ) throws -> (head: Head, counts: OutboxCounts, problems: [Verification.Problem]) {
    var check = OutboxChainCheck(after: start.outbox, counts: start.counts, kept: kept)
    let seals = try connection.all(
      """
      SELECT position, kind, number, seal FROM chairtime.outbox_seal
      WHERE suite = $1::smallint AND position > $2::bigint ORDER BY position
      """, [suite, .integer(start.outbox.count)]
    ) { row in
      (
        position: Int(try row.integer("position")),
        kind: OutboxRow.Kind(rawValue: try row.integer("kind")),
        number: try row.integer("number"), seal: try? row.bytes("seal", count: 32)
      )
    }
    do {
      for one in seals {
        if one.kind == .checkpoint, let lack = try lack(ofCheckpoint: one.number, connection) {
          throw Verification.Problem(.tailCut, sentence: lack.sentence)
        }
        try check.check(
          one.position, one.kind, one.number,
          try outboxRowIfReadable(one.kind, one.number, connection),
          seal: one.seal)
      }
      try check.check(tables: try outboxCounts(connection))
    } catch let problem as Verification.Problem {
      return (check.head, check.counts, [problem])
    }
    return (check.head, check.counts, check.missing.map { [$0] } ?? [])
  }

  /// The row that an entry of the chain seals; nil if there is none, or it cannot be read.
  private func outboxRowIfReadable(
    _ kind: OutboxRow.Kind?, _ number: Int64, _ connection: ServerConnection
  ) throws -> OutboxRow? {
    guard let kind else { return nil }
    do {
      return try outboxRow(kind, number, connection)
    } catch is QueryResult.Row.WrongColumn {
      return nil
    }
  }
}

import InfusionRecord
import SessionStore

/// Feeds the checks of the outbox with the rows of the file.
extension SQLiteStore {
  /// Compares every message with its hash, its state and what its bytes say, and the steps with the chain
  /// that each holds.
  func checkMessages(
    _ database: Database, _ lines: (OutboxMessage) -> String?
  ) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    try database.each(
      """
      SELECT message.number, message.control, message.hash, message.content, message.state,
        (SELECT state FROM message_step WHERE message = message.number
         ORDER BY rowid DESC LIMIT 1) AS last_state
      FROM message ORDER BY message.number
      """
    ) { row in
      guard problems.count < 100 else { return }
      let control = try row.text("control")
      let problem = OutboxCheck.problem(
        control, content: try row.blob("content"), hash: try row.blob("hash", count: 32),
        listed: try row.integer("state"), lastStep: try? row.integer("last_state"))
      if let problem { problems.append(problem) }
      if let message = try? message(try row.integer("number"), database),
        let difference = lines(message)
      {
        problems.append(
          Verification.Problem(.outbox, sentence: "Message \(control): \(difference)."))
      }
    }
    guard problems.count < 100 else { return problems }
    var check = OutboxCheck()
    do {
      try database.each(
        """
        SELECT message_step.rowid, message.control, message.hash, message_step.state,
          message_step.at, name.text AS actor, message_step.note, message_step.seal
        FROM message_step
          LEFT JOIN message ON message.number = message_step.message
          LEFT JOIN name ON name.number = message_step.actor
        ORDER BY message_step.rowid
        """
      ) { row in
        try check.check(
          Int(try row.integer("rowid")), try? outboxStep(row), of: try? row.text("control"),
          hash: (try? row.blob("hash", count: 32)) ?? [],
          seal: try row.blob("seal", count: 32))
      }
    } catch let problem as Verification.Problem {
      problems.append(problem)
    }
    return problems
  }

  /// Checks the chain of the outbox after `start`, and that the tables hold nothing else.
  func checkOutbox(
    _ database: Database, after start: Checkpoint = Checkpoint(), kept: Head? = nil
  ) throws -> (head: Head, counts: OutboxCounts, problems: [Verification.Problem]) {
    var check = OutboxChainCheck(after: start.outbox, counts: start.counts, kept: kept)
    do {
      try database.each(
        "SELECT rowid, kind, number, seal FROM outbox_seal WHERE rowid > :start ORDER BY rowid",
        ["start": SQLiteStore.bound(start.outbox)]
      ) { row in
        let kind = OutboxRow.Kind(rawValue: try row.integer("kind"))
        let number = try row.integer("number")
        if kind == .checkpoint, let lack = try lack(ofCheckpoint: number, database) {
          throw Verification.Problem(.tailCut, sentence: lack.sentence)
        }
        try check.check(
          Int(try row.integer("rowid")), kind, number,
          try? kind.flatMap { try outboxRow($0, number, database) },
          seal: try? row.blob("seal", count: 32))
      }
      try check.check(tables: try outboxCounts(database))
    } catch let problem as Verification.Problem {
      return (check.head, check.counts, [problem])
    }
    return (check.head, check.counts, check.missing.map { [$0] } ?? [])
  }
}

import Crypto
package import InfusionRecord
package import SessionStore

/// The outbox is in the store's own database, so a backup holds what was sent of what was recorded.
extension PostgresStore {
  package func entry(_ control: String) throws(StoreError) -> OutboxEntry? {
    try snapshot { connection in
      guard let number = try number(ofMessage: control, connection) else { return nil }
      return try entry(number, connection)
    }
  }

  package func entries(of session: SessionID) throws(StoreError) -> [OutboxEntry] {
    try snapshot { connection in
      let numbers = try connection.all(
        """
        SELECT message.number FROM chairtime.message JOIN chairtime.session
          ON session.suite = message.suite AND session.number = message.session
        WHERE session.suite = $1::smallint AND session.id = $2::text ORDER BY message.number
        """, [suite, .text(session.text)]
      ) { try $0.integer("number") }
      return try numbers.map { try entry($0, connection) }
    }
  }

  package func controls(_ states: Set<OutboxState>, limit: Int) throws(StoreError) -> [String] {
    try access { connection in
      let list = states.map { String($0.rawValue) }.sorted().joined(separator: ", ")
      if list.isEmpty { return [] }
      // With this term, the partial index of the messages that are not closed is used.
      let isOpen = states.isSubset(of: [.held, .sent, .rejected])
      return try connection.all(
        """
        SELECT control FROM chairtime.message
        WHERE suite = $1::smallint AND state IN (\(list))\(isOpen ? " AND state IN (1, 2, 4)" : "")
        ORDER BY number LIMIT $2::int
        """, [suite, .integer(min(limit, Int(Int32.max)))]
      ) { try $0.text("control") }
    }
  }

  package func sessionsToLookAt() throws(StoreError) -> [SessionID] {
    try access { connection in
      try connection.all(
        """
        SELECT id FROM chairtime.session WHERE suite = $1::smallint AND number IN (
          SELECT session FROM chairtime.message
            WHERE suite = $1::smallint AND state IN (1, 2, 4)
          UNION
          SELECT fact.session FROM chairtime.fact
          WHERE fact.suite = $1::smallint AND fact.position > (
              SELECT coalesce(max(facts), 0) FROM chairtime.outbox_filling
              WHERE suite = $1::smallint)
            AND EXISTS (SELECT 1 FROM chairtime.message
              WHERE message.suite = $1::smallint AND message.session = fact.session))
        ORDER BY number
        """, [suite]
      ) { SessionID(try $0.text("id")) }
    }
  }

  func number(ofMessage control: String, _ connection: ServerConnection) throws -> Int64? {
    try connection.first(
      "SELECT number FROM chairtime.message WHERE suite = $1::smallint AND control = $2::text",
      [suite, .text(control)]
    ) { try $0.integer("number") }
  }

  /// A message whose bytes and steps are as the steps' own seals say, wherever the last checkpoint is.
  private func entry(_ number: Int64, _ connection: ServerConnection) throws -> OutboxEntry {
    guard let message = try message(number, connection) else {
      throw StoreError.damaged(path: location, what: "a message is missing")
    }
    let hash = [UInt8](SHA256.hash(data: message.content))
    let steps = try connection.all(
      """
      SELECT message_step.number, message_step.state, message_step.at, message_step.actor,
        message_step.note, message_step.seal, before.seal AS before
      FROM chairtime.message_step LEFT JOIN chairtime.message_step AS before
        ON before.suite = message_step.suite AND before.number = message_step.number - 1
      WHERE message_step.suite = $1::smallint AND message_step.message = $2::bigint
      ORDER BY message_step.number
      """, [suite, .integer(number)]
    ) { row in
      guard let step = try outboxStep(row) else {
        throw StoreError.damaged(path: location, what: "a message's state is unknown")
      }
      let isFirst = try row.integer("number") == 1
      let before = isFirst ? Head.empty.hash : try row.bytes("before", count: 32)
      let seal = OutboxSeal.sealing(step, of: message.control, hash: hash, after: before)
      guard try row.bytes("seal", count: 32) == seal else {
        throw altered("Message \(message.control), or a step of it, was altered.")
      }
      return step
    }
    return OutboxEntry(message: message, steps: steps)
  }

  /// The message with its lines; nil if there is none of that number.
  func message(_ number: Int64, _ connection: ServerConnection) throws -> OutboxMessage? {
    let arguments: [Argument] = [suite, .integer(number)]
    let postings = try connection.all(
      """
      SELECT id, unit, credit, code, units FROM chairtime.posting
      WHERE suite = $1::smallint AND message = $2::bigint ORDER BY number
      """, arguments
    ) { row in
      OutboxMessage.Posting(
        id: try row.text("id"), unit: try row.text("unit"), isCredit: try row.flag("credit"),
        code: try row.text("code"), units: Int(try row.integer("units")))
    }
    return try connection.first(
      """
      SELECT message.control, session.id AS session_id, message.made, message.content
      FROM chairtime.message JOIN chairtime.session
        ON session.suite = message.suite AND session.number = message.session
      WHERE message.suite = $1::smallint AND message.number = $2::bigint
      """, arguments
    ) { row in
      OutboxMessage(
        control: try row.text("control"), session: SessionID(try row.text("session_id")),
        made: RecordedTime(milliseconds: try row.integer("made")),
        content: try row.bytes("content"), postings: postings)
    }
  }

  /// The step in the columns `state`, `at`, `actor` and `note`; nil if its state is unknown.
  func outboxStep(_ row: QueryResult.Row) throws -> OutboxStep? {
    guard let state = OutboxState(rawValue: Int(try row.integer("state"))) else { return nil }
    return OutboxStep(
      state, at: RecordedTime(milliseconds: try row.integer("at")), actor: try row.text("actor"),
      note: try row.optionalText("note"))
  }
}

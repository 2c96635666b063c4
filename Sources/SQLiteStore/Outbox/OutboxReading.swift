import Crypto
package import InfusionRecord
package import SessionStore

/// The outbox is in the store's own file, so a backup holds what was sent of what was recorded.
extension SQLiteStore {
  package func entry(_ control: String) throws(StoreError) -> OutboxEntry? {
    try access { database in
      guard let number = try number(ofMessage: control, database) else { return nil }
      return try entry(number, database)
    }
  }

  package func entries(of session: SessionID) throws(StoreError) -> [OutboxEntry] {
    try access { database in
      let numbers = try database.all(
        """
        SELECT message.number FROM message JOIN session ON session.number = message.session
        WHERE session.id = :session ORDER BY message.number
        """, ["session": .text(session.text)]
      ) { try $0.integer("number") }
      return try numbers.map { try entry($0, database) }
    }
  }

  package func controls(_ states: Set<OutboxState>, limit: Int) throws(StoreError) -> [String] {
    try access { database in
      let list = states.map { String($0.rawValue) }.sorted().joined(separator: ", ")
      // With this term, SQLite uses the partial index of the messages that are not closed.
      let isOpen = states.isSubset(of: [.held, .sent, .rejected])
      return try database.all(
        """
        SELECT control FROM message
        WHERE state IN (\(list))\(isOpen ? " AND state IN (1, 2, 4)" : "")
        ORDER BY number LIMIT :limit
        """, ["limit": .integer(limit)]
      ) { try $0.text("control") }
    }
  }

  package func sessionsToLookAt() throws(StoreError) -> [SessionID] {
    try access { database in
      try database.all(
        """
        SELECT id FROM session WHERE number IN (
          SELECT session FROM message WHERE state IN (1, 2, 4)
          UNION
          SELECT fact.session FROM fact
          WHERE fact.rowid > (SELECT coalesce(max(facts), 0) FROM outbox_filling)
            AND EXISTS (SELECT 1 FROM message WHERE message.session = fact.session))
        ORDER BY number
        """
      ) { SessionID(try $0.text("id")) }
    }
  }

  func number(ofMessage control: String, _ database: Database) throws -> Int64? {
    try database.first(
      "SELECT number FROM message WHERE control = :control", ["control": .text(control)]
    ) { try $0.integer("number") }
  }

  /// A message whose bytes and steps are as the steps' own seals say, wherever the last checkpoint is.
  private func entry(_ number: Int64, _ database: Database) throws -> OutboxEntry {
    guard let message = try message(number, database) else {
      throw StoreError.damaged(path: place.path, what: "a message is missing")
    }
    let hash = [UInt8](SHA256.hash(data: message.content))
    let steps = try database.all(
      """
      SELECT message_step.rowid, message_step.state, message_step.at, name.text AS actor,
        message_step.note, message_step.seal, before.seal AS before
      FROM message_step JOIN name ON name.number = message_step.actor
        LEFT JOIN message_step AS before ON before.rowid = message_step.rowid - 1
      WHERE message_step.message = :message ORDER BY message_step.rowid
      """, ["message": .integer(number)]
    ) { row in
      guard let step = try outboxStep(row) else {
        throw StoreError.damaged(path: place.path, what: "a message's state is unknown")
      }
      let isFirst = try row.integer("rowid") == 1
      let before = isFirst ? Head.empty.hash : try row.blob("before", count: 32)
      let seal = OutboxSeal.sealing(step, of: message.control, hash: hash, after: before)
      guard try row.blob("seal", count: 32) == seal else {
        throw altered("Message \(message.control), or a step of it, was altered.")
      }
      return step
    }
    return OutboxEntry(message: message, steps: steps)
  }

  /// The message with its lines; nil if there is none of that number.
  func message(_ number: Int64, _ database: Database) throws -> OutboxMessage? {
    let argument: Database.Arguments = ["message": .integer(number)]
    let postings = try database.all(
      """
      SELECT id, unit, credit, code, units FROM posting WHERE message = :message ORDER BY number
      """, argument
    ) { row in
      OutboxMessage.Posting(
        id: try row.text("id"), unit: try row.text("unit"),
        isCredit: try row.integer("credit") == 1, code: try row.text("code"),
        units: Int(try row.integer("units")))
    }
    return try database.first(
      """
      SELECT message.control, session.id AS session, message.made, message.content
      FROM message JOIN session ON session.number = message.session
      WHERE message.number = :message
      """, argument
    ) { row in
      OutboxMessage(
        control: try row.text("control"), session: SessionID(try row.text("session")),
        made: RecordedTime(milliseconds: try row.integer("made")),
        content: try row.blob("content"), postings: postings)
    }
  }

  /// The step in the columns `state`, `at`, `actor` and `note`; nil if its state is unknown.
  func outboxStep(_ row: DatabaseRow) throws -> OutboxStep? {
    guard let state = OutboxState(rawValue: Int(try row.integer("state"))) else { return nil }
    return OutboxStep(
      state, at: RecordedTime(milliseconds: try row.integer("at")), actor: try row.text("actor"),
      note: try row.optionalText("note"))
  }
}

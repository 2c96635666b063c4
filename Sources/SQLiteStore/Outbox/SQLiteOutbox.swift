import Crypto
import GRDB
package import InfusionRecord
package import SessionStore

/// The outbox in the store's own file, so that a backup holds what was sent of what was recorded.
extension SQLiteStore: Outbox {
  package func change(
    _ changes: [OutboxChange], seen facts: Int, by actor: String, at: RecordedTime
  ) throws(StoreError) {
    guard mode == .readWrite else { throw .readOnly(path: place.path) }
    try access { database in
      try database.transact(.writing) {
        for change in changes {
          let session = try self.number(of: change.session, database)
          let found = try self.stepCount(session, database)
          guard found == change.expecting else {
            throw StoreError.messageChanged(change.session.text)
          }
          for control in change.withdrawing {
            guard let message = try self.number(ofMessage: control, database) else {
              throw StoreError.invalid(what: "there is no message of that id")
            }
            let step = OutboxStep(.withdrawn, at: at, actor: actor, note: change.reason)
            try self.append(step, to: message, database)
          }
          for message in change.adding {
            try self.add(message, session, by: actor, database)
          }
        }
        if facts > 0 { try self.fill(facts, by: actor, at: at, database) }
      }
    }
  }

  package func record(
    _ step: OutboxStep, of control: String, expecting: Int
  ) throws(StoreError) {
    guard mode == .readWrite else { throw .readOnly(path: place.path) }
    try access { database in
      try database.transact(.writing) {
        guard let message = try self.number(ofMessage: control, database) else {
          throw StoreError.invalid(what: "there is no message of that id")
        }
        let count = try Rows(database, "SELECT count(*) FROM message_step WHERE message = ?")
        count.bind(message, 1)
        let found = try count.step() ? Int(try count.integer(0)) : 0
        count.finish()
        guard found == expecting else { throw StoreError.messageChanged(control) }
        try self.append(step, to: message, database)
      }
    }
  }

  // MARK: Reading

  package func entry(_ control: String) throws(StoreError) -> OutboxEntry? {
    try access { database in
      guard let number = try self.number(ofMessage: control, database) else { return nil }
      return try self.entry(number, database)
    }
  }

  package func entries(of session: SessionID) throws(StoreError) -> [OutboxEntry] {
    try access { database in
      try self.numbers(
        """
        SELECT message.number FROM message JOIN session ON session.number = message.session
        WHERE session.id = ? ORDER BY message.number
        """, session.text, database
      ).map { try self.entry($0, database) }
    }
  }

  package func controls(_ states: Set<OutboxState>, limit: Int) throws(StoreError) -> [String] {
    try access { database in
      let list = states.map { String($0.rawValue) }.sorted().joined(separator: ", ")
      // Without the closed states the index of those that wait answers.
      let isOpen = states.isSubset(of: [.held, .sent, .rejected])
      let rows = try Rows(
        database,
        """
        SELECT control FROM message
        WHERE state IN (\(list))\(isOpen ? " AND state IN (1, 2, 4)" : "")
        ORDER BY number LIMIT ?
        """)
      rows.bind(Int64(limit), 1)
      defer { rows.finish() }
      var found: [String] = []
      while try rows.step() { found.append(try rows.text(0)) }
      return found
    }
  }

  package func sessionsToLookAt() throws(StoreError) -> [SessionID] {
    try access { database in
      let rows = try Rows(
        database,
        """
        SELECT id FROM session WHERE number IN (
          SELECT session FROM message WHERE state IN (1, 2, 4)
          UNION
          SELECT fact.session FROM fact
          WHERE fact.rowid > (SELECT coalesce(max(facts), 0) FROM outbox_filling)
            AND EXISTS (SELECT 1 FROM message WHERE message.session = fact.session))
        ORDER BY number
        """)
      defer { rows.finish() }
      var found: [SessionID] = []
      while try rows.step() { found.append(SessionID(try rows.text(0))) }
      return found
    }
  }

  private func entry(_ number: Int64, _ database: Database) throws -> OutboxEntry {
    let rows = try Rows(
      database,
      """
      SELECT message.control, session.id, message.made, message.content
      FROM message JOIN session ON session.number = message.session WHERE message.number = ?
      """)
    rows.bind(number, 1)
    guard try rows.step() else {
      throw StoreError.damaged(path: place.path, what: "a message is missing")
    }
    var message = OutboxMessage(
      control: try rows.text(0), session: SessionID(try rows.text(1)),
      made: RecordedTime(milliseconds: try rows.integer(2)), content: try rows.bytes(3),
      postings: [])
    rows.finish()
    let postings = try Rows(
      database,
      "SELECT id, unit, credit, code, units FROM posting WHERE message = ? ORDER BY number")
    postings.bind(number, 1)
    while try postings.step() {
      message.postings.append(
        OutboxMessage.Posting(
          id: try postings.text(0), unit: try postings.text(1),
          isCredit: try postings.integer(2) == 1, code: try postings.text(3),
          units: Int(try postings.integer(4))))
    }
    let steps = try Rows(
      database,
      """
      SELECT message_step.state, message_step.at, name.text, message_step.note
      FROM message_step JOIN name ON name.number = message_step.actor
      WHERE message_step.message = ? ORDER BY message_step.rowid
      """)
    steps.bind(number, 1)
    var found: [OutboxStep] = []
    while try steps.step() {
      guard let state = OutboxState(rawValue: Int(try steps.integer(0))) else {
        throw StoreError.damaged(path: place.path, what: "a message's state is unknown")
      }
      found.append(
        OutboxStep(
          state, at: RecordedTime(milliseconds: try steps.integer(1)), actor: try steps.text(2),
          note: try steps.optionalText(3)))
    }
    return OutboxEntry(message: message, steps: found)
  }

  // MARK: Writing

  private func add(
    _ message: OutboxMessage, _ session: Int64, by actor: String, _ database: Database
  ) throws {
    let insert = try Rows(
      database,
      """
      INSERT INTO message (number, control, session, made, hash, content, state)
      VALUES ((SELECT coalesce(max(number), 0) + 1 FROM message), ?, ?, ?, ?, ?, 1)
      """)
    insert.bind(message.control, 1)
    insert.bind(session, 2)
    insert.bind(message.made.milliseconds, 3)
    insert.bind(blob: [UInt8](SHA256.hash(data: message.content)), 4)
    insert.bind(blob: message.content, 5)
    try insert.run()
    let number = database.lastInsertedRowID
    for (index, posting) in message.postings.enumerated() {
      let rows = try Rows(
        database,
        """
        INSERT INTO posting (message, number, id, unit, credit, code, units)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
      rows.bind(number, 1)
      rows.bind(Int64(index + 1), 2)
      rows.bind(posting.id, 3)
      rows.bind(posting.unit, 4)
      rows.bind(posting.isCredit ? 1 : 0, 5)
      rows.bind(posting.code, 6)
      rows.bind(Int64(posting.units), 7)
      try rows.run()
    }
    try append(OutboxStep(.held, at: message.made, actor: actor), to: number, database)
  }

  /// Remembers up to which fact every session of the outbox was looked at.
  private func fill(
    _ facts: Int, by actor: String, at: RecordedTime, _ database: Database
  ) throws {
    let last = try SQLiteStore.integer(
      database, "SELECT coalesce(max(facts), 0) FROM outbox_filling")
    guard facts > last else { return }
    let actor = try number(of: actor, database)
    let rows = try Rows(
      database,
      """
      INSERT INTO outbox_filling (number, facts, at, actor)
      VALUES ((SELECT coalesce(max(number), 0) + 1 FROM outbox_filling), ?, ?, ?)
      """)
    rows.bind(Int64(facts), 1)
    rows.bind(at.milliseconds, 2)
    rows.bind(actor, 3)
    try rows.run()
  }

  private func append(_ step: OutboxStep, to message: Int64, _ database: Database) throws {
    let last = try Rows(
      database, "SELECT rowid, seal FROM message_step ORDER BY rowid DESC LIMIT 1")
    var count: Int64 = 0
    var seal = Head.empty.hash
    if try last.step() {
      count = try last.integer(0)
      seal = try last.blob(1, count: 32)
    }
    last.finish()
    let find = try Rows(database, "SELECT control, hash FROM message WHERE number = ?")
    find.bind(message, 1)
    guard try find.step() else {
      throw StoreError.damaged(path: place.path, what: "a message is missing")
    }
    let sealed = OutboxSeal.sealing(
      step, of: try find.text(0), hash: try find.blob(1, count: 32), after: seal)
    find.finish()
    let actor = try number(of: step.actor, database)
    let insert = try Rows(
      database,
      """
      INSERT INTO message_step (rowid, message, state, at, actor, note, seal)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    insert.bind(count + 1, 1)
    insert.bind(message, 2)
    insert.bind(Int64(step.state.rawValue), 3)
    insert.bind(step.at.milliseconds, 4)
    insert.bind(actor, 5)
    insert.bind(step.note, 6)
    insert.bind(blob: sealed, 7)
    try insert.run()
  }

  // MARK: Numbers

  private func number(of session: SessionID, _ database: Database) throws -> Int64 {
    guard
      let found = try numbers("SELECT number FROM session WHERE id = ?", session.text, database)
        .first
    else { throw StoreError.invalid(what: "there is no session \(session)") }
    return found
  }

  private func number(ofMessage control: String, _ database: Database) throws -> Int64? {
    try numbers("SELECT number FROM message WHERE control = ?", control, database).first
  }

  private func numbers(_ sql: String, _ text: String, _ database: Database) throws -> [Int64] {
    let rows = try Rows(database, sql)
    rows.bind(text, 1)
    defer { rows.finish() }
    var found: [Int64] = []
    while try rows.step() { found.append(try rows.integer(0)) }
    return found
  }

  private func stepCount(_ session: Int64, _ database: Database) throws -> Int {
    let rows = try Rows(
      database,
      """
      SELECT count(*) FROM message_step
      WHERE message IN (SELECT number FROM message WHERE session = ?)
      """)
    rows.bind(session, 1)
    defer { rows.finish() }
    return try rows.step() ? Int(try rows.integer(0)) : 0
  }
}

import Crypto
package import InfusionRecord
package import SessionStore

extension PostgresStore {
  package func change(
    _ changes: [OutboxChange], seen facts: Int, under right: Right, at: RecordedTime
  ) throws(StoreError) {
    let actor = right.actor
    let need = RightNeed(acts: [.export])
    try write(under: right, at: at, verifying: .outbox, need: { _ in need }) { connection in
      for change in changes {
        guard let session = try number(of: change.session, connection) else {
          throw StoreError.invalid(what: "there is no session \(change.session)")
        }
        let found = try connection.number(
          """
          SELECT count(*) AS number FROM chairtime.message_step JOIN chairtime.message
            ON message.suite = message_step.suite AND message.number = message_step.message
          WHERE message.suite = $1::smallint AND message.session = $2::bigint
          """, [suite, .integer(session)])
        guard found == change.expecting else {
          throw StoreError.messageChanged(change.session.text)
        }
        try verify(session, change.session, connection)
        for control in change.withdrawing {
          let step = OutboxStep(.withdrawn, at: at, actor: actor, note: change.reason)
          try append(step, to: try known(control, connection), connection)
        }
        for message in change.adding { try add(message, session, by: actor, connection) }
      }
      if facts > 0, try recordFilling(facts, by: actor, at: at, connection) {
        try noteHeads(connection)
      }
    }
  }

  package func record(
    _ step: OutboxStep, of control: String, expecting: Int, under right: Right?
  ) throws(StoreError) {
    let need = try step.need(under: right)
    let scope: VerificationScope? = step.state == .sent ? .outbox : nil
    try write(under: right, at: step.at, verifying: scope, need: { _ in need }) { connection in
      let message = try known(control, connection)
      let found = try connection.number(
        """
        SELECT count(*) AS number FROM chairtime.message_step
        WHERE suite = $1::smallint AND message = $2::bigint
        """, [suite, .integer(message)])
      guard found == expecting else { throw StoreError.messageChanged(control) }
      try append(step, to: message, connection)
    }
  }

  private func known(_ control: String, _ connection: ServerConnection) throws -> Int64 {
    guard let message = try number(ofMessage: control, connection) else {
      throw StoreError.invalid(what: "there is no message of that id")
    }
    return message
  }

  private func add(
    _ message: OutboxMessage, _ session: Int64, by actor: String, _ connection: ServerConnection
  ) throws {
    let number = try outboxCounts(connection).messages + 1
    try seal(.message(message), number: number, connection)
    try add(message, number, session, connection)
    try append(OutboxStep(.held, at: message.made, actor: actor), to: number, connection)
  }

  /// Adds a message that is sealed already, with its lines.
  func add(
    _ message: OutboxMessage, _ number: Int64, _ session: Int64, _ connection: ServerConnection
  ) throws {
    try connection.query(
      """
      SELECT chairtime.add_message($1::smallint, $2::bigint, $3::text, $4::bigint, $5::bigint,
        $6::bytea, $7::bytea, $8::smallint)
      """,
      [
        suite, .integer(number), .text(message.control), .integer(session),
        .integer(message.made.milliseconds), .bytes([UInt8](SHA256.hash(data: message.content))),
        .bytes(message.content), .integer(OutboxState.held.rawValue),
      ])
    for (index, posting) in message.postings.enumerated() {
      try connection.query(
        """
        SELECT chairtime.add_posting($1::smallint, $2::bigint, $3::int, $4::text, $5::text,
          $6::boolean, $7::text, $8::bigint)
        """,
        [
          suite, .integer(number), .integer(index + 1), .text(posting.id), .text(posting.unit),
          .text(posting.isCredit ? "true" : "false"), .text(posting.code), .integer(posting.units),
        ])
    }
  }

  /// Records that every session of the outbox was examined up to a fact; false if that is recorded.
  private func recordFilling(
    _ facts: Int, by actor: String, at: RecordedTime, _ connection: ServerConnection
  ) throws -> Bool {
    let last = try connection.number(
      """
      SELECT coalesce(max(facts), 0) AS number FROM chairtime.outbox_filling
      WHERE suite = $1::smallint
      """, [suite])
    guard facts > last else { return false }
    guard let seal = try self.seal(of: facts, in: .facts, connection) else {
      throw StoreError.invalid(what: "there are not that many facts")
    }
    let number = try outboxCounts(connection).fillings + 1
    let row = OutboxRow.filling(head: Head(count: facts, hash: seal), by: actor, at: at)
    try self.seal(row, number: number, connection)
    try addFilling(number, facts, by: actor, at: at, connection)
    return true
  }

  func addFilling(
    _ number: Int64, _ facts: Int, by actor: String, at: RecordedTime,
    _ connection: ServerConnection
  ) throws {
    try connection.query(
      """
      SELECT chairtime.add_outbox_filling($1::smallint, $2::bigint, $3::bigint, $4::bigint, $5::text)
      """,
      [suite, .integer(number), .integer(facts), .integer(at.milliseconds), .text(actor)])
  }

  private func append(
    _ step: OutboxStep, to message: Int64, _ connection: ServerConnection
  ) throws {
    let last = try connection.first(
      """
      SELECT number, seal FROM chairtime.message_step
      WHERE suite = $1::smallint ORDER BY number DESC LIMIT 1
      """, [suite]
    ) { Head(count: Int(try $0.integer("number")), hash: try $0.bytes("seal", count: 32)) }
    let head = last ?? .empty
    let sent = try connection.first(
      """
      SELECT control, hash FROM chairtime.message
      WHERE suite = $1::smallint AND number = $2::bigint
      """, [suite, .integer(message)]
    ) { row in (control: try row.text("control"), hash: try row.bytes("hash", count: 32)) }
    guard let (control, hash) = sent else {
      throw StoreError.damaged(path: location, what: "a message is missing")
    }
    let seal = OutboxSeal.sealing(step, of: control, hash: hash, after: head.hash)
    let number = Int64(head.count + 1)
    try self.seal(.step(step, of: control), number: number, connection)
    try add(step, number, to: message, seal: seal, connection)
  }

  /// Adds a step that is sealed already.
  func add(
    _ step: OutboxStep, _ number: Int64, to message: Int64, seal: [UInt8],
    _ connection: ServerConnection
  ) throws {
    try connection.query(
      """
      SELECT chairtime.add_message_step($1::smallint, $2::bigint, $3::bigint, $4::smallint,
        $5::bigint, $6::text, $7::text, $8::bytea)
      """,
      [
        suite, .integer(number), .integer(message), .integer(step.state.rawValue),
        .integer(step.at.milliseconds), .text(step.actor), .text(step.note), .bytes(seal),
      ])
  }
}

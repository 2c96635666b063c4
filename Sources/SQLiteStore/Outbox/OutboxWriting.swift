import Crypto
package import InfusionRecord
package import SessionStore

extension SQLiteStore {
  package func change(
    _ changes: [OutboxChange], seen facts: Int, under right: Right, at: RecordedTime
  ) throws(StoreError) {
    let actor = right.actor
    let need = RightNeed(acts: [.export])
    try write(under: right, at: at, verifying: .outbox, need: { _ in need }) { database in
      for change in changes {
        guard let session = try number(of: change.session, database) else {
          throw StoreError.invalid(what: "there is no session \(change.session)")
        }
        let found = try database.number(
          """
          SELECT count(*) AS steps FROM message_step
          WHERE message IN (SELECT number FROM message WHERE session = :session)
          """, ["session": .integer(session)])
        guard found == change.expecting else {
          throw StoreError.messageChanged(change.session.text)
        }
        try verify(session, change.session, database)
        for control in change.withdrawing {
          let step = OutboxStep(.withdrawn, at: at, actor: actor, note: change.reason)
          try append(step, to: try known(control, database), database)
        }
        for message in change.adding { try add(message, session, by: actor, database) }
      }
      if facts > 0, try recordFilling(facts, by: actor, at: at, database) {
        try noteHeads(database)
      }
    }
    writeOutboxHead()
  }

  package func record(
    _ step: OutboxStep, of control: String, expecting: Int, under right: Right?
  ) throws(StoreError) {
    let need = try step.need(under: right)
    let scope: VerificationScope? = step.state == .sent ? .outbox : nil
    try write(under: right, at: step.at, verifying: scope, need: { _ in need }) { database in
      let message = try known(control, database)
      let found = try database.number(
        "SELECT count(*) AS steps FROM message_step WHERE message = :message",
        ["message": .integer(message)])
      guard found == expecting else { throw StoreError.messageChanged(control) }
      try append(step, to: message, database)
    }
    writeOutboxHead()
  }

  private func known(_ control: String, _ database: Database) throws -> Int64 {
    guard let message = try number(ofMessage: control, database) else {
      throw StoreError.invalid(what: "there is no message of that id")
    }
    return message
  }

  private func add(
    _ message: OutboxMessage, _ session: Int64, by actor: String, _ database: Database
  ) throws {
    let number = try database.nextNumber(in: "message")
    try seal(.message(message), number: number, database)
    try insert(message, number, session, database)
    try append(OutboxStep(.held, at: message.made, actor: actor), to: number, database)
  }

  /// Inserts a message that is sealed already, with its lines.
  private func insert(
    _ message: OutboxMessage, _ number: Int64, _ session: Int64, _ database: Database
  ) throws {
    try database.insert(
      into: "message",
      [
        "number": .integer(number), "control": .text(message.control),
        "session": .integer(session), "made": .integer(message.made.milliseconds),
        "hash": .blob([UInt8](SHA256.hash(data: message.content))),
        "content": .blob(message.content), "state": .integer(OutboxState.held.rawValue),
      ])
    for (index, posting) in message.postings.enumerated() {
      try database.insert(
        into: "posting",
        [
          "message": .integer(number), "number": .integer(index + 1), "id": .text(posting.id),
          "unit": .text(posting.unit), "credit": .integer(posting.isCredit ? 1 : 0),
          "code": .text(posting.code), "units": .integer(posting.units),
        ])
    }
  }

  /// Seals and inserts a row of another store's outbox, which must be the next of its kind.
  func insert(_ row: OutboxRow, number: Int64, _ database: Database) throws {
    switch row {
    case .message(let message):
      guard let session = try self.number(of: message.session, database) else {
        throw StoreError.invalid(what: "there is no session \(message.session)")
      }
      try seal(row, number: number, database)
      try insert(message, number, session, database)
    case .step(let step, let control):
      try append(step, to: try known(control, database), database)
    case .filling(let head, let actor, let at):
      _ = try recordFilling(head.count, by: actor, at: at, database)
    case .checkpoint(let checkpoint):
      try seal(row, number: number, database)
      try insert(checkpoint, number, database)
    }
  }

  /// Records that every session of the outbox was examined up to a fact; false if that is recorded.
  private func recordFilling(
    _ facts: Int, by actor: String, at: RecordedTime, _ database: Database
  ) throws -> Bool {
    let last = try database.number("SELECT coalesce(max(facts), 0) AS last FROM outbox_filling")
    guard facts > last else { return false }
    guard let seal = try self.seal(of: facts, in: .facts, database) else {
      throw StoreError.invalid(what: "there are not that many facts")
    }
    let number = try database.nextNumber(in: "outbox_filling")
    let row = OutboxRow.filling(head: Head(count: facts, hash: seal), by: actor, at: at)
    try self.seal(row, number: number, database)
    try database.insert(
      into: "outbox_filling",
      [
        "number": .integer(number),
        "facts": .integer(facts), "at": .integer(at.milliseconds),
        "actor": .integer(try names.number(of: actor, database)),
      ])
    return true
  }

  private func append(_ step: OutboxStep, to message: Int64, _ database: Database) throws {
    let head = try readHead(of: "message_step", database)
    let sent = try database.first(
      "SELECT control, hash FROM message WHERE number = :message", ["message": .integer(message)]
    ) { row in (control: try row.text("control"), hash: try row.blob("hash", count: 32)) }
    guard let (control, hash) = sent else {
      throw StoreError.damaged(path: place.path, what: "a message is missing")
    }
    let seal = OutboxSeal.sealing(step, of: control, hash: hash, after: head.hash)
    try self.seal(.step(step, of: control), number: Int64(head.count + 1), database)
    try database.insert(
      into: "message_step",
      [
        "rowid": .integer(head.count + 1), "message": .integer(message),
        "state": .integer(step.state.rawValue), "at": .integer(step.at.milliseconds),
        "actor": .integer(try names.number(of: step.actor, database)),
        "note": .text(step.note), "seal": .blob(seal),
      ])
  }
}

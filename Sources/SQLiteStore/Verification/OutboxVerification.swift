import Crypto
import GRDB
import InfusionRecord
import SessionStore

extension SQLiteStore {
  /// The messages against their hashes, and their steps against the seals and the state listed.
  func checkOutbox(_ database: Database) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    let messages = try Rows(
      database,
      """
      SELECT message.control, message.hash, message.content, message.state,
        (SELECT state FROM message_step WHERE message = message.number
         ORDER BY rowid DESC LIMIT 1)
      FROM message ORDER BY message.number
      """)
    defer { messages.finish() }
    while try messages.step() {
      let control = try messages.text(0)
      let hash = [UInt8](SHA256.hash(data: try messages.bytes(2)))
      if hash != (try messages.blob(1, count: 32)) {
        problems.append(
          Verification.Problem(.outbox, sentence: "Message \(control) was altered."))
      } else if (try? messages.integer(4)) != (try messages.integer(3)) {
        problems.append(
          Verification.Problem(
            .outbox, sentence: "Message \(control) is listed in another state than its steps say."))
      }
      if problems.count == 100 { return problems }
    }
    let steps = try Rows(
      database,
      """
      SELECT message_step.rowid, message.control, message.hash, message_step.state,
        message_step.at, name.text, message_step.note, message_step.seal
      FROM message_step
        LEFT JOIN message ON message.number = message_step.message
        LEFT JOIN name ON name.number = message_step.actor
      ORDER BY message_step.rowid
      """)
    defer { steps.finish() }
    var seal = Head.empty.hash
    var count: Int64 = 0
    while try steps.step() {
      count += 1
      let position = try steps.integer(0)
      guard position == count, let state = OutboxState(rawValue: Int(try steps.integer(3))),
        let control = try? steps.text(1), let actor = try? steps.text(5)
      else {
        return problems + [
          Verification.Problem(.outbox, sentence: "Step \(count) of the outbox was removed.")
        ]
      }
      let step = OutboxStep(
        state, at: RecordedTime(milliseconds: try steps.integer(4)), actor: actor,
        note: try steps.optionalText(6))
      seal = OutboxSeal.sealing(
        step, of: control, hash: try steps.blob(2, count: 32), after: seal)
      guard seal == (try steps.blob(7, count: 32)) else {
        return problems + [
          Verification.Problem(
            .outbox,
            sentence: "Step \(count) of the outbox (message \(control)) was altered, or one "
              + "before it was removed.")
        ]
      }
    }
    return problems
  }
}

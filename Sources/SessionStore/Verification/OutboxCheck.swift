import Crypto
import InfusionRecord

/// Checks the messages against their hashes, and their steps against the chain of steps.
package struct OutboxCheck {
  private var seal = Head.empty.hash
  private var count = 0

  package init() {}

  /// A message's difference to its hash or to its last step; nil if there is none.
  package static func problem(
    _ control: String, content: [UInt8], hash: [UInt8], listed: Int64, lastStep: Int64?
  ) -> Verification.Problem? {
    if [UInt8](SHA256.hash(data: content)) != hash {
      return Verification.Problem(.outbox, sentence: "Message \(control) was altered.")
    }
    if listed != lastStep {
      return Verification.Problem(
        .outbox, sentence: "Message \(control) is listed in another state than its steps say.")
    }
    return nil
  }

  /// Checks the next step: its place, the step and its message's id; nil for what is missing.
  package mutating func check(
    _ position: Int, _ step: OutboxStep?, of control: String?, hash: [UInt8], seal found: [UInt8]
  ) throws(Verification.Problem) {
    count += 1
    guard position == count, let step, let control else {
      throw Verification.Problem(.outbox, sentence: "Step \(count) of the outbox was removed.")
    }
    seal = OutboxSeal.sealing(step, of: control, hash: hash, after: seal)
    guard seal == found else {
      throw Verification.Problem(
        .outbox,
        sentence: "Step \(count) of the outbox (message \(control)) was altered, or one "
          + "before it was removed.")
    }
  }
}

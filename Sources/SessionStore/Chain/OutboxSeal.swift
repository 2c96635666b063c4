import InfusionRecord

/// The seal over the steps of the outbox: SHA-256 of each step and of the seal before it.
///
/// It covers the message's content by its hash.
package enum OutboxSeal {
  package static func sealing(
    _ step: OutboxStep, of control: String, hash: [UInt8], after seal: [UInt8]
  ) -> [UInt8] {
    var bytes = SealedBytes(after: seal)
    bytes.add(control)
    bytes.add(raw: hash)
    bytes.add(Int64(step.state.rawValue))
    bytes.add(step.at.milliseconds)
    bytes.add(step.actor)
    bytes.add(step.note)
    return bytes.seal
  }
}

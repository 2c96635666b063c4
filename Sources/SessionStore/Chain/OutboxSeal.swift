import InfusionRecord

/// The seal over the steps of the outbox: SHA-256 of each with the one before it.
///
/// The bytes are those of the facts' chain: texts as their length and their UTF-8, numbers of eight
/// bytes. The message's content is sealed by its hash.
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

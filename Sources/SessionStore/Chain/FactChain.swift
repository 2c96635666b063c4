import InfusionRecord

/// The chain of seals over all facts: SHA-256 of each fact and of the seal before it.
///
/// To alter, remove, insert or move a fact unnoticed, all later seals would have to be computed again,
/// and the last would differ from a head that was written down. `docs/store.md` lists the sealed bytes;
/// they hold everything that a reader of the fact relies on.
///
/// ```
///  seal n = SHA-256( seal n−1 ‖ format ‖ session ‖ number ‖ id ‖ kind ‖ minute ‖ recorded
///                    ‖ basis ‖ actor ‖ workstation ‖ reason? ‖ reason ‖ body )
/// ```
package struct FactChain {
  /// The seal of the last fact.
  package var seal: [UInt8]
  private var bytes: SealedBytes

  package init(after seal: [UInt8] = Head.empty.hash) {
    self.seal = seal
    bytes = SealedBytes(after: seal)
  }

  /// The seal of `row` after the seal `predecessor`.
  package mutating func sealing(_ row: FactRow, after predecessor: [UInt8]) -> [UInt8] {
    bytes.restart(after: predecessor)
    bytes.add(row.format)
    bytes.add(row.session)
    bytes.add(row.number)
    bytes.add(Int64(bitPattern: row.id.high))
    bytes.add(Int64(bitPattern: row.id.low))
    bytes.add(row.kind)
    bytes.add(row.clinicalMinute)
    bytes.add(row.recorded)
    bytes.add(row.basis)
    bytes.add(row.actor)
    bytes.add(row.workstation)
    bytes.add(row.reason)
    bytes.add(Int64(row.body.count))
    bytes.add(raw: row.body)
    return bytes.seal
  }

  /// The seal that `row` has as the next fact.
  package func sealing(_ row: FactRow) -> [UInt8] {
    var chain = self
    return chain.sealing(row, after: seal)
  }

  /// Seals `row` as the next fact.
  package mutating func append(_ row: FactRow) -> [UInt8] {
    seal = sealing(row, after: seal)
    return seal
  }
}

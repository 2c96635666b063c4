import Crypto
import InfusionRecord

/// The seal over every fact: SHA-256 of its content and of the seal before it.
///
/// To change, remove, insert or move one fact unseen, every later seal would have to be made again,
/// and the last of them would differ from the head somebody wrote down. The bytes that are sealed
/// are listed in `docs/store.md`; they hold everything a reader of the fact relies on.
///
/// ```
///  seal n = SHA-256( seal n−1 ‖ format ‖ session ‖ number ‖ id ‖ kind ‖ minute ‖ recorded
///                    ‖ basis ‖ actor ‖ workstation ‖ reason ‖ body )
/// ```
package struct FactChain {
  /// The seal of the last fact read or written.
  package var seal: [UInt8]
  private var bytes: [UInt8] = []

  package init(after seal: [UInt8] = Head.empty.hash) {
    self.seal = seal
    bytes.reserveCapacity(512)
  }

  /// The seal of `row` after the seal `predecessor`.
  package mutating func sealing(_ row: FactRow, after predecessor: [UInt8]) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: predecessor)
    add(row.format)
    add(row.session)
    add(row.number)
    add(Int64(bitPattern: row.id.high))
    add(Int64(bitPattern: row.id.low))
    add(row.kind)
    add(row.clinicalMinute)
    add(row.recorded)
    add(row.basis)
    add(row.actor)
    add(row.workstation)
    bytes.append(row.reason == nil ? 0 : 1)
    add(row.reason ?? "")
    add(Int64(row.body.count))
    bytes.append(contentsOf: row.body)
    return [UInt8](SHA256.hash(data: bytes))
  }

  /// Seals `row` and makes it the last.
  package mutating func append(_ row: FactRow) -> [UInt8] {
    seal = sealing(row, after: seal)
    return seal
  }

  private mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

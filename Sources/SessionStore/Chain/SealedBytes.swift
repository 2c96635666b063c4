import Crypto

/// The bytes a seal of the audit record or the outbox is made over.
///
/// As in the facts' chain: numbers of eight bytes, the highest first, and texts as their length and
/// their UTF-8.
package struct SealedBytes {
  private var bytes: [UInt8]

  /// Begins with the seal before, which makes a chain of them.
  package init(after predecessor: [UInt8]) {
    bytes = predecessor
  }

  package mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Whether there is a text, and the text.
  package mutating func add(_ text: String?) {
    bytes.append(text == nil ? 0 : 1)
    add(text ?? "")
  }

  /// Bytes whose length is known, a seal or a hash.
  package mutating func add(raw more: [UInt8]) { bytes += more }

  package var seal: [UInt8] { [UInt8](SHA256.hash(data: bytes)) }
}

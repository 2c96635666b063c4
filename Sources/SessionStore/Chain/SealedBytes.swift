import Crypto

/// The bytes that a seal covers: numbers of eight bytes, the most significant first, and texts as
/// their length and their UTF-8.
package struct SealedBytes {
  private var bytes: [UInt8]

  /// Begins with the seal of the entry before, which makes the seals a chain.
  package init(after predecessor: [UInt8]) {
    bytes = predecessor
  }

  /// Begins again; keeps the memory.
  mutating func restart(after predecessor: [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    bytes += predecessor
  }

  package mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds one byte that says whether there is a text, then the text.
  package mutating func add(_ text: String?) {
    bytes.append(text == nil ? 0 : 1)
    add(text ?? "")
  }

  /// Adds bytes of a known length: a seal or a hash.
  package mutating func add(raw more: [UInt8]) { bytes += more }

  package var seal: [UInt8] { [UInt8](SHA256.hash(data: bytes)) }
}

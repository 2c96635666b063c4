package import InfusionRecord

/// The end of a chain: the number of entries, and the seal of the last, which covers all before it.
///
/// Written `5500000:9f3c…`. A head that is kept outside the store proves later that nothing before it
/// was altered, and that the end was not cut off.
package struct Head: Sendable, Hashable, CustomStringConvertible {
  package let count: Int
  /// 32 bytes.
  package let hash: [UInt8]

  package init(count: Int, hash: [UInt8]) {
    self.count = count
    self.hash = hash
  }

  /// The head of an empty chain.
  package static let empty = Head(count: 0, hash: [UInt8](repeating: 0, count: 32))

  /// Parses `5500000:9f3c…`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), count >= 0,
      let hash = bytes(hexadecimal: parts[1]), hash.count == 32
    else { return nil }
    self.init(count: count, hash: hash)
  }

  package var description: String { "\(count):\(hexadecimal(hash))" }
}

/// The sessions that changed after a head.
package struct Changes: Sendable {
  package let head: Head
  /// The sessions with new facts, each once, in the order of their first new fact.
  package let sessions: [SessionID]

  package init(head: Head, sessions: [SessionID]) {
    self.head = head
    self.sessions = sessions
  }

  package var isEmpty: Bool { sessions.isEmpty }
}

/// Two digits in lower case for each byte.
package func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: text, as: UTF8.self)
}

/// The bytes that `text` writes with two digits each; nil if it is anything else.
func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
  let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
  guard digits.count.isMultiple(of: 2) else { return nil }
  var bytes: [UInt8] = []
  for index in stride(from: 0, to: digits.count, by: 2) {
    guard let high = digits[index], let low = digits[index + 1] else { return nil }
    bytes.append(UInt8(high << 4 | low))
  }
  return bytes
}

import InfusionRecord

/// JSON for the bodies of facts and audit entries: compact, with keys in a fixed order, read strictly.
///
/// The chain seals the bytes of a body, so they are deterministic: no blanks, whole numbers without a
/// fraction, other numbers in the shortest form that reads back the same.
package enum CompactJSON {
  package enum Value: Sendable, Equatable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([Value])
    case object([(key: String, value: Value)])

    package static func == (left: Value, right: Value) -> Bool {
      switch (left, right) {
      case (.text(let a), .text(let b)): a == b
      case (.number(let a), .number(let b)): a == b
      case (.flag(let a), .flag(let b)): a == b
      case (.list(let a), .list(let b)): a == b
      case (.object(let a), .object(let b)):
        a.count == b.count && zip(a, b).allSatisfy { $0.key == $1.key && $0.value == $1.value }
      default: false
      }
    }
  }

  /// The text is not what `CompactJSON` writes.
  package struct Malformed: Error {
    package let offset: Int
  }

  // MARK: Writing

  package static func write(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .text(let text): write(text, to: &bytes)
    case .number(let number): bytes.append(contentsOf: number.plain.utf8)
    case .flag(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (position, value) in values.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        write(value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (position, member) in members.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        write(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        write(member.value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    let hex = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5c:
        bytes.append(0x5c)
        bytes.append(byte)
      case 0..<0x20, 0x7f:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hex[Int(byte >> 4)])
        bytes.append(hex[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  // MARK: Reading

  package static func read(_ bytes: [UInt8]) throws(Malformed) -> Value {
    try bytes.withUnsafeBufferPointer { bytes throws(Malformed) in
      var reader = Reader(bytes: bytes)
      let value = try reader.value(depth: 0)
      guard reader.position == bytes.count else { throw Malformed(offset: reader.position) }
      return value
    }
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: Unicode.Scalar) throws(Malformed) {
      guard next == UInt8(ascii: byte) else { throw Malformed(offset: position) }
      position += 1
    }

    mutating func value(depth: Int) throws(Malformed) -> Value {
      guard depth < 8, let next else { throw Malformed(offset: position) }
      switch next {
      case UInt8(ascii: "\""): return .text(try text())
      case UInt8(ascii: "{"): return try object(depth: depth)
      case UInt8(ascii: "["): return try list(depth: depth)
      case UInt8(ascii: "t"):
        for byte in "true".unicodeScalars { try take(byte) }
        return .flag(true)
      case UInt8(ascii: "f"):
        for byte in "false".unicodeScalars { try take(byte) }
        return .flag(false)
      default: return .number(try number())
      }
    }

    private mutating func object(depth: Int) throws(Malformed) -> Value {
      try take("{")
      var members: [(key: String, value: Value)] = []
      if next == UInt8(ascii: "}") {
        position += 1
        return .object(members)
      }
      members.reserveCapacity(12)
      while true {
        let key = try text()
        try take(":")
        members.append((key, try value(depth: depth + 1)))
        guard next == UInt8(ascii: ",") else { break }
        position += 1
      }
      try take("}")
      return .object(members)
    }

    private mutating func list(depth: Int) throws(Malformed) -> Value {
      try take("[")
      var values: [Value] = []
      if next == UInt8(ascii: "]") {
        position += 1
        return .list(values)
      }
      while true {
        values.append(try value(depth: depth + 1))
        guard next == UInt8(ascii: ",") else { break }
        position += 1
      }
      try take("]")
      return .list(values)
    }

    private mutating func text() throws(Malformed) -> String {
      try take("\"")
      let from = position
      while let byte = next, byte != UInt8(ascii: "\""), byte != 0x5c, byte >= 0x20 {
        position += 1
      }
      if next == UInt8(ascii: "\"") {
        position += 1
        return String(decoding: bytes[from..<(position - 1)], as: UTF8.self)
      }
      // Few texts contain an escape; those are read again byte by byte.
      position = from
      var plain: [UInt8] = []
      while let byte = next, byte != UInt8(ascii: "\"") {
        position += 1
        guard byte >= 0x20 else { throw Malformed(offset: position) }
        plain.append(byte == 0x5c ? try escaped() : byte)
      }
      try take("\"")
      return String(decoding: plain, as: UTF8.self)
    }

    private mutating func escaped() throws(Malformed) -> UInt8 {
      guard let byte = next else { throw Malformed(offset: position) }
      position += 1
      if byte == 0x22 || byte == 0x5c { return byte }
      guard byte == UInt8(ascii: "u"), position + 4 <= bytes.count else {
        throw Malformed(offset: position)
      }
      let digits = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
      guard let code = UInt8(digits, radix: 16) else { throw Malformed(offset: position) }
      position += 4
      return code
    }

    private mutating func number() throws(Malformed) -> Double {
      let from = position
      var isWhole = true
      var whole: Int64 = 0
      while let byte = next {
        if byte >= 0x30, byte <= 0x39, position - from < 16 {
          whole = whole * 10 + Int64(byte - 0x30)
        } else if "-+.eE".utf8.contains(byte) || (byte >= 0x30 && byte <= 0x39) {
          isWhole = false
        } else {
          break
        }
        position += 1
      }
      if isWhole, position > from { return Double(whole) }
      // An infinite number would be written as a word.
      guard let number = Double(String(decoding: bytes[from..<position], as: UTF8.self)),
        number.isFinite
      else { throw Malformed(offset: from) }
      return number
    }
  }
}

/// An argument of a statement, in the text format of the protocol.
enum Argument {
  case null
  case integer(Int64)
  case text(String)
  /// A text, as its bytes.
  case utf8([UInt8])
  case bytes([UInt8])
  case list([Argument])

  static func integer(_ number: Int) -> Argument { .integer(Int64(number)) }

  static func text(_ text: String?) -> Argument { text.map { .text($0) } ?? .null }

  static func integer(_ number: Int64?) -> Argument { number.map { .integer($0) } ?? .null }

  /// The bytes that are sent, with a zero at the end; nil for NULL.
  var sent: [UInt8]? {
    guard case .null = self else {
      var bytes: [UInt8] = []
      write(to: &bytes)
      bytes.append(0)
      return bytes
    }
    return nil
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: break
    case .integer(let number): bytes += Array(String(number).utf8)
    case .text(let text): bytes += Array(text.utf8)
    case .utf8(let text): bytes += text
    case .bytes(let raw):
      let digits = Array("0123456789abcdef".utf8)
      bytes.reserveCapacity(bytes.count + 2 * raw.count + 3)
      bytes += Array("\\x".utf8)
      for byte in raw {
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
    case .list(let values):
      bytes.append(UInt8(ascii: "{"))
      for (offset, value) in values.enumerated() {
        if offset > 0 { bytes.append(UInt8(ascii: ",")) }
        value.writeElement(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// An element of a list: in quotes, with a backslash before quotes and backslashes.
  private func writeElement(to bytes: inout [UInt8]) {
    if case .null = self {
      bytes += Array("NULL".utf8)
      return
    }
    var plain: [UInt8] = []
    write(to: &plain)
    bytes.append(UInt8(ascii: "\""))
    for byte in plain {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

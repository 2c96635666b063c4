/// The encoding of a table's text. Every table is read as UTF-8 after `utf8(_:)`.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16 = "UTF-16"
  case windows1252 = "Windows-1252"

  /// The encoding that the bytes show; for a file whose encoding the site does not declare.
  ///
  /// Bytes that are UTF-8 but for some lines stay UTF-8, and those lines are faults: read as
  /// Windows-1252, every name beyond ASCII in the good lines would be wrong.
  package static func detected(_ bytes: [UInt8]) -> TextEncoding {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .utf16 }
    let start = bytes.prefix(64)
    if start.count > 3, start.count(where: { $0 == 0 }) * 3 >= start.count { return .utf16 }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    var hasSequence = false
    var hasOther = false
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      let length = sequence(bytes, at)
      if length == 0 { hasOther = true } else { hasSequence = true }
      at += max(1, length)
    }
    return hasOther && !hasSequence ? .windows1252 : .utf8
  }

  /// The length of the UTF-8 sequence beyond ASCII at a place; 0 if there is none.
  private static func sequence(_ bytes: [UInt8], _ at: Int) -> Int {
    let length =
      switch bytes[at] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, at + length <= bytes.count,
      String(validating: bytes[at..<at + length], as: UTF8.self) != nil
    else { return 0 }
    return length
  }

  /// The text in UTF-8; nil if the bytes are not in this encoding.
  package func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    switch self {
    case .utf8: return bytes
    case .utf16:
      let isBigEndian = bytes.starts(with: [0xFE, 0xFF]) || (bytes.first == 0 && bytes.count > 1)
      let hasMark = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
      let body = hasMark ? bytes.dropFirst(2) : bytes[...]
      guard body.count.isMultiple(of: 2) else { return nil }
      var units: [UInt16] = []
      units.reserveCapacity(body.count / 2)
      for at in stride(from: body.startIndex, to: body.endIndex, by: 2) {
        let (first, second) = (UInt16(body[at]), UInt16(body[at + 1]))
        units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      }
      return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
    case .windows1252:
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes {
        guard byte >= 0x80 else {
          text.append(byte)
          continue
        }
        let value = byte < 0xA0 ? TextEncoding.high[Int(byte) - 0x80] : UInt32(byte)
        guard value > 0, let scalar = Unicode.Scalar(value) else { return nil }
        text.append(contentsOf: String(Character(scalar)).utf8)
      }
      return text
    }
  }

  /// Windows-1252 from 0x80 to 0x9F; 0 for the five bytes that it does not define.
  private static let high: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}

extension TOMLReader {
  /// Reads `"a\tb"`, which stays on one line.
  mutating func basicText() throws(DocumentError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        text += try escape()
      } else {
        try take(into: &text)
      }
    }
    return try ended(text)
  }

  /// Reads `'a\b'`, which stays on one line and has no escapes.
  mutating func literalText() throws(DocumentError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "'") { try take(into: &text) }
    return try ended(text)
  }

  private mutating func ended(_ text: [UInt8]) throws(DocumentError) -> String {
    guard peek != nil else { throw fault("a quote that ends the text") }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a text in three quotes, which may span lines.
  mutating func longText(_ quote: UInt8) throws(DocumentError) -> String {
    position += 3
    _ = takeLineEnd()
    var text: [UInt8] = []
    while let byte = peek {
      if byte == quote {
        var count = 0
        while count < 5, position < bytes.count, bytes[position] == quote {
          count += 1
          position += 1
        }
        if count < 3 {
          text += [UInt8](repeating: quote, count: count)
          continue
        }
        text += [UInt8](repeating: quote, count: count - 3)
        return String(decoding: text, as: UTF8.self)
      }
      if takeLineEnd() {
        text.append(0x0A)
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if !skipFoldedLine() { text += try escape() }
      } else {
        try take(into: &text)
      }
    }
    throw fault("three quotes that end the text")
  }

  /// Skips a backslash at the end of a line and the white space after it; false if none is here.
  private mutating func skipFoldedLine() -> Bool {
    let start = position
    position += 1
    while let byte = peek, byte == 0x20 || byte == 0x09 { position += 1 }
    guard takeLineEnd() else {
      position = start
      return false
    }
    while let byte = peek {
      if byte == 0x20 || byte == 0x09 {
        position += 1
      } else if !takeLineEnd() {
        break
      }
    }
    return true
  }

  private mutating func take(into text: inout [UInt8]) throws(DocumentError) {
    guard let byte = peek, byte == 0x09 || byte >= 0x20, byte != 0x7F else {
      throw fault("no control character in a text")
    }
    text.append(byte)
    position += 1
  }

  private mutating func escape() throws(DocumentError) -> [UInt8] {
    position += 1
    let sign = peek
    position += 1
    switch sign {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "\""): return [0x22]
    case UInt8(ascii: "\\"): return [0x5C]
    case UInt8(ascii: "u"): return try scalar(digits: 4)
    case UInt8(ascii: "U"): return try scalar(digits: 8)
    default:
      position = min(position, bytes.count) - 1
      throw fault("an escape that TOML knows")
    }
  }

  private mutating func scalar(digits: Int) throws(DocumentError) -> [UInt8] {
    let end = position + digits
    guard end <= bytes.count, bytes[position..<end].allSatisfy(\.isHexDigit),
      let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value), value != 0
    else { throw fault("\(digits) hexadecimal digits of a character other than NUL") }
    position = end
    return Array(String(scalar).utf8)
  }
}

extension TOMLTree {
  /// Reads a value without quotes; nil if it is not a value.
  init?(plain word: String) {
    switch word {
    case "true": self = .flag(true)
    case "false": self = .flag(false)
    case "inf", "+inf": self = .number(.infinity)
    case "-inf": self = .number(-.infinity)
    case "nan", "+nan", "-nan": self = .number(.nan)
    default:
      if let whole = TOMLTree.whole(word) {
        self = .whole(whole)
      } else if let number = TOMLTree.number(word) {
        self = .number(number)
      } else if TOMLTree.isMoment(word) {
        self = .moment
      } else {
        return nil
      }
    }
  }

  /// `1_000`, `-17`, `0xDEAD`.
  private static func whole(_ word: String) -> Int? {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where word.hasPrefix(prefix) {
      return digits(word.dropFirst(2), radix).flatMap { Int($0, radix: radix) }
    }
    let sign = word.first == "+" || word.first == "-" ? String(word.prefix(1)) : ""
    guard let digits = digits(word.dropFirst(sign.count), 10),
      digits == "0" || digits.first != "0"
    else { return nil }
    return Int(sign + digits)
  }

  /// The digits without underscores; an underscore must be between two digits.
  private static func digits(_ word: Substring, _ radix: Int) -> String? {
    let parts = word.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let joined = parts.joined()
    let isWhole = joined.utf8.allSatisfy { byte in
      byte.isHexDigit && (Int(String(Unicode.Scalar(byte)), radix: radix) != nil)
    }
    return isWhole ? joined : nil
  }

  /// `3.14`, `-1e6`, `6.02e+23`.
  private static func number(_ word: String) -> Double? {
    let sign = word.first == "+" || word.first == "-" ? String(word.prefix(1)) : ""
    var rest = word.dropFirst(sign.count)
    var text = sign
    let whole = rest.prefix { $0 != "." && $0 != "e" && $0 != "E" }
    guard let digitsBefore = digits(whole, 10), digitsBefore == "0" || digitsBefore.first != "0"
    else { return nil }
    text += digitsBefore
    rest = rest.dropFirst(whole.count)
    guard !rest.isEmpty else { return nil }
    if rest.first == "." {
      let after = rest.dropFirst().prefix { $0 != "e" && $0 != "E" }
      guard let found = digits(after, 10) else { return nil }
      text += "." + found
      rest = rest.dropFirst(after.count + 1)
    }
    if let first = rest.first, first == "e" || first == "E" {
      rest = rest.dropFirst()
      let power = rest.first == "+" || rest.first == "-" ? String(rest.prefix(1)) : ""
      guard let found = digits(rest.dropFirst(power.count), 10) else { return nil }
      text += "e" + power + found
      rest = ""
    }
    return rest.isEmpty ? Double(text) : nil
  }

  /// Whether the word looks like a date, a time, or both. It is not validated, because no key takes one.
  private static func isMoment(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard bytes.count >= 8, bytes.allSatisfy({ $0 < 0x80 }) else { return false }
    let isDate = bytes.count >= 10 && bytes[4] == 0x2D && bytes[7] == 0x2D
    let isTime = bytes[2] == 0x3A && bytes[5] == 0x3A
    return (isDate || isTime) && (0x30...0x39).contains(bytes[0])
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}

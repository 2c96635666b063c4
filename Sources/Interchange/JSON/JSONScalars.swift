// The scalars of JSON: strings, numbers, true, false and null.

extension JSONReader {
  /// Reads a string and resolves its escapes.
  mutating func string(_ expected: @autoclosure () -> String = "a string") throws(DocumentError)
    -> String
  {
    skipSpace()
    let start = at
    guard let (end, isASCII) = plainText(from: start) else { throw unexpected(expected()) }
    at = end
    if end - start - 1 > JSONReader.longestString {
      try checkLength(bytes[(start + 1)..<end], start)
    }
    switch next {
    case UInt8(ascii: "\""):
      let text = try decoded(bytes[(start + 1)..<end], isASCII: isASCII, from: start + 1)
      at += 1
      return text
    case UInt8(ascii: "\\"): return try escapedString(from: start)
    case nil: throw error("\(DocumentError.fileEnds) inside a string", expected: "a closing quote")
    default: throw rawControl()
    }
  }

  /// The next quote, backslash or control character after the quote at `start`, or the end of the
  /// document, and whether all text before it is ASCII; nil if no quote is at `start`.
  private func plainText(from start: Int) -> (end: Int, isASCII: Bool)? {
    bytes.withUnsafeBufferPointer { bytes in
      guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { return nil }
      var end = start + 1
      var seen: UInt8 = 0
      while end < bytes.count {
        let byte = bytes[end]
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
        seen |= byte
        end += 1
      }
      return (end, seen < 0x80)
    }
  }

  /// Reads the rest of a string with escapes into its own buffer.
  private mutating func escapedString(from start: Int) throws(DocumentError) -> String {
    var buffer = Array(bytes[(start + 1)..<at])
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        try checkLength(buffer[...], start)
        let text = try decoded(buffer[...], isASCII: false, from: start + 1)
        at += 1
        return text
      }
      if byte < 0x20 { throw rawControl() }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &buffer)
      } else {
        buffer.append(byte)
        at += 1
      }
      // A character has 4 bytes at most.
      if buffer.count > 4 * JSONReader.longestString { throw tooLong(start) }
    }
    throw error("\(DocumentError.fileEnds) inside a string", expected: "a closing quote")
  }

  private func checkLength(_ text: ArraySlice<UInt8>, _ start: Int) throws(DocumentError) {
    guard text.count > JSONReader.longestString else { return }
    // Every byte but those that continue a character begins one.
    let characters = text.count { $0 & 0xC0 != 0x80 }
    if characters > JSONReader.longestString { throw tooLong(start) }
  }

  private mutating func escape(into buffer: inout [UInt8]) throws(DocumentError) {
    let start = at
    at += 1
    guard at < bytes.count else {
      throw error("\(DocumentError.fileEnds) inside a string", expected: "a closing quote")
    }
    switch bytes[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(bytes[at])
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "u"):
      at += 1
      let unit = try hexUnit(start)
      var value = UInt32(unit)
      if (0xD800...0xDBFF).contains(unit) {
        guard takes(word: "\\u") else { throw loneSurrogate(start) }
        let low = try hexUnit(start)
        guard (0xDC00...0xDFFF).contains(low) else { throw loneSurrogate(start) }
        value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw loneSurrogate(start) }
      buffer.append(contentsOf: UTF8.encode(scalar) ?? .init())
      return
    default:
      throw error(
        "the backslash begins no escape of JSON",
        expected: "\\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u", at: start)
    }
    at += 1
  }

  /// The four hexadecimal digits of a `\u` escape.
  private mutating func hexUnit(_ start: Int) throws(DocumentError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard at < bytes.count, let digit = hexDigit(bytes[at]) else {
        throw error(
          "a \\u escape is incomplete", expected: "four hexadecimal digits after it", at: start)
      }
      unit = unit << 4 | digit
      at += 1
    }
    return unit
  }

  private func decoded(_ slice: ArraySlice<UInt8>, isASCII: Bool, from start: Int)
    throws(DocumentError) -> String
  {
    if isASCII { return String(decoding: slice, as: UTF8.self) }
    if let text = String(validating: slice, as: UTF8.self) { return text }
    throw error("the file is not UTF-8 here", expected: "UTF-8", at: firstInvalid(from: start))
  }

  /// The first byte from `start` that is not well-formed UTF-8.
  private func firstInvalid(from start: Int) -> Int {
    var low = start
    while low < at {
      if bytes[low] < 0x80 {
        low += 1
        continue
      }
      let length = (2...4).first { length in
        low + length <= bytes.count
          && String(validating: bytes[low..<(low + length)], as: UTF8.self)?.unicodeScalars.count
            == 1
      }
      guard let length else { return low }
      low += length
    }
    return start
  }

  /// Reads a number. Other notations than JSON's and infinite values are errors.
  mutating func number(_ expected: @autoclosure () -> String = "a number") throws(DocumentError)
    -> Double
  {
    skipSpace()
    let start = at
    if next == UInt8(ascii: "-") { at += 1 }
    guard let first = next, isDigit(first) else {
      at = start
      throw unexpected(expected())
    }
    if first == UInt8(ascii: "0") {
      at += 1
      if let after = next, isDigit(after) {
        throw error("the number begins with 0", expected: "it without leading zeros", at: start)
      }
    } else {
      skipDigits()
    }
    if next == UInt8(ascii: ".") {
      at += 1
      guard let digit = next, isDigit(digit) else { throw unexpected("a digit after the point") }
      skipDigits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      guard let digit = next, isDigit(digit) else { throw unexpected("a digit of the exponent") }
      skipDigits()
    }
    guard at - start <= 64, let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)),
      value.isFinite
    else { throw error("the number is out of range", expected: expected(), at: start) }
    return value
  }

  /// Reads `true` or `false`.
  mutating func flag() throws(DocumentError) -> Bool {
    skipSpace()
    if takes(word: "true") { return true }
    if takes(word: "false") { return false }
    throw unexpected("true or false")
  }

  /// Consumes a `null` if it is next.
  mutating func takesNull() -> Bool {
    skipSpace()
    return takes(word: "null")
  }

  private mutating func skipDigits() {
    while at < bytes.count, isDigit(bytes[at]) { at += 1 }
  }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

private func hexDigit(_ byte: UInt8) -> UInt16? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}

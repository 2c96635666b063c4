// Escape sequences of terminals: CSI, SS3, and replies such as OSC and DCS.

extension InputDecoder {
  /// One input of a sequence and where the next begins, as `parse` returns them.
  mutating func parseEscape(at start: Int) -> (Input?, Int)? {
    guard start + 1 < buffer.count else { return nil }
    switch buffer[start + 1] {
    case UInt8(ascii: "["): return parseCSI(at: start)
    case UInt8(ascii: "O"): return parseSS3(at: start)
    case let byte where InputDecoder.isStringIntroducer(byte): return parseString(at: start)
    case 0x1B:
      // Of two escapes the first was the key.
      return (.key(KeyPress(.escape)), start + 1)
    case 0x0D: return (.key(KeyPress(.enter, .alt)), start + 2)
    case 0x7F: return (.key(KeyPress(.backspace, .alt)), start + 2)
    case let byte where byte >= 0x20 && byte < 0x7F:
      return (.key(KeyPress(.character(Character(Unicode.Scalar(byte))), .alt)), start + 2)
    default:
      return (.key(KeyPress(.escape)), start + 1)
    }
  }

  private func parseSS3(at start: Int) -> (Input?, Int)? {
    var index = start + 2
    // Old terminals put the modifiers between: ESC O 5 A.
    while index < buffer.count, (0x30...0x3B).contains(buffer[index]), index - start < 8 {
      index += 1
    }
    guard index < buffer.count else { return nil }
    let final = buffer[index]
    guard final >= 0x20, final < 0x7F else { return (.key(KeyPress(.escape)), start + 1) }
    let numbers = InputDecoder.numbers(buffer[(start + 2)..<index])
    let modifiers = KeyPress.Modifiers(parameter: numbers.last?.first ?? 1)
    let key = KeyCodes.letters[final] ?? KeyCodes.keypad[final]
    return (key.map { .key(KeyPress($0, modifiers)) }, index + 1)
  }

  /// OSC, DCS, PM, APC and SOS begin a string that ends with BEL or ST.
  static func isStringIntroducer(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "^"), UInt8(ascii: "_"),
      UInt8(ascii: "X"):
      true
    default: false
    }
  }

  /// Skips an unexpected reply or string up to its end.
  private func parseString(at start: Int) -> (Input?, Int)? {
    var index = start + 2
    while index < buffer.count {
      if buffer[index] == 0x07 { return (nil, index + 1) }
      // A key such as Enter ends a reply that was cut off.
      if buffer[index] < 0x20, buffer[index] != 0x1B { return (nil, index) }
      if buffer[index] == 0x1B {
        guard index + 1 < buffer.count else { return nil }
        return (nil, buffer[index + 1] == UInt8(ascii: "\\") ? index + 2 : index)
      }
      if index - start > 4096 { return (nil, index + 1) }
      index += 1
    }
    return nil
  }

  private mutating func parseCSI(at start: Int) -> (Input?, Int)? {
    var index = start + 2
    if index < buffer.count, buffer[index] == UInt8(ascii: "[") {
      // The Linux console's F1 to F5: ESC [ [ A.
      guard index + 1 < buffer.count else { return nil }
      let number = Int(buffer[index + 1]) - 0x40
      let key = (1...5).contains(number) ? Input.key(KeyPress(.function(number))) : nil
      return (key, index + 2)
    }
    while index < buffer.count, (0x20...0x3F).contains(buffer[index]) {
      index += 1
      if index - start > 64 { return (nil, index) }
    }
    guard index < buffer.count else { return nil }
    let final = buffer[index]
    // An incomplete sequence ends before the next control character.
    guard final >= 0x40, final < 0x7F else { return (nil, index) }
    let body = buffer[(start + 2)..<index]
    let next = index + 1
    if final == UInt8(ascii: "M"), body.isEmpty {
      // A mouse report of X10: three more bytes.
      return buffer.count < next + 3 ? nil : (nil, next + 3)
    }
    if body.first == UInt8(ascii: "<") {
      return (InputDecoder.mouse(body.dropFirst(), isPress: final == UInt8(ascii: "M")), next)
    }
    guard body.allSatisfy({ (0x30...0x3B).contains($0) }) else { return (nil, next) }
    let numbers = InputDecoder.numbers(body)
    let first = numbers.first?.first ?? 0
    let parameter = numbers.count > 1 ? numbers[1] : []
    // A key was let go, or was pressed with a modifier that types no text (super, hyper, meta).
    if parameter.count > 1, parameter[1] == 3 { return (nil, next) }
    if let bits = parameter.first, (bits - 1) & 0x38 != 0, bits > 0 { return (nil, next) }
    let modifiers = KeyPress.Modifiers(parameter: parameter.first ?? 1)
    switch final {
    case UInt8(ascii: "~"):
      if first == 200 {
        paste = []
        return (nil, next)
      }
      // xterm's modifyOtherKeys: 27 ; modifiers ; character.
      if first == 27, numbers.count > 2 {
        return (KeyCodes.press(of: numbers[2], parameter.first ?? 1, text: []).map(Input.key), next)
      }
      return (KeyCodes.numbers[first].map { .key(KeyPress($0, modifiers)) }, next)
    case UInt8(ascii: "Z"): return (.key(KeyPress(.backTab)), next)
    case UInt8(ascii: "u"):
      let press = KeyCodes.press(
        of: numbers.first ?? [], parameter.first ?? 1, text: numbers.count > 2 ? numbers[2] : [])
      return (press.map(Input.key), next)
    case UInt8(ascii: "I"), UInt8(ascii: "O"): return (nil, next)
    default:
      return (KeyCodes.letters[final].map { .key(KeyPress($0, modifiers)) }, next)
    }
  }

  /// A report of xterm's SGR mouse mode (1006): `0;column;row`, both from 1. Nil for other buttons, for a button
  /// with a modifier, and for one that is let go.
  private static func mouse(_ body: ArraySlice<UInt8>, isPress: Bool) -> Input? {
    guard isPress, body.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
    let numbers = numbers(body).map { $0.first ?? 0 }
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    return switch numbers[0] {
    case 0: .mouse(.click(Point(column: numbers[1] - 1, row: numbers[2] - 1)))
    case 64: .mouse(.wheelUp)
    case 65: .mouse(.wheelDown)
    default: nil
    }
  }

  /// The parameters of a sequence, each with its sub-parameters: `97:65;2` is `[[97, 65], [2]]`.
  private static func numbers(_ body: ArraySlice<UInt8>) -> [[Int]] {
    body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      part.split(separator: 0x3A, omittingEmptySubsequences: false).map { digits in
        digits.reduce(0) { min(1_200_000, $0 * 10 + Int($1) - 0x30) }
      }
    }
  }
}

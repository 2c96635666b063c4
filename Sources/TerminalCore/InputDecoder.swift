/// Decodes the bytes of a terminal into keys and pasted text.
///
/// The decoder is a value: bytes and their arrival time go in, inputs come out, and an incomplete
/// sequence is buffered. Nothing that a terminal sends becomes a command by accident: unknown
/// sequences and unexpected replies (OSC, DCS) are dropped whole, and text between paste brackets
/// stays text. On a terminal without paste brackets, a burst faster than hands or scanners type is
/// a paste.
///
/// Sequences: ECMA-48 with the keys of xterm, rxvt, the Linux console, VT100 (SS3) with its keypad in
/// application mode, and the keyboard protocol of kitty (see `KeyCodes`).
package struct InputDecoder: Sendable {
  /// The number of text keys in one burst from which they count as a paste.
  ///
  /// It exceeds a scanned barcode: GS1 codes in daily use have up to 48 characters.
  package static let burstLength = 64
  /// The longest gap between two pieces of one burst, in milliseconds.
  package static let burstGap: Int64 = 60
  /// The timeout after an escape character alone, in milliseconds: most likely it was the key.
  package static let escapeDelay: Int64 = 25
  /// The timeout for the rest of a sequence that has begun, in milliseconds. Slow lines split sequences.
  package static let sequenceDelay: Int64 = 200
  /// The timeout for the rest of a reply such as OSC or DCS, in milliseconds from its beginning. No
  /// person types such a beginning, so the keys of this time are part of the reply.
  package static let replyDelay: Int64 = 1000
  /// The timeout for the rest of a paste, in milliseconds.
  package static let pasteDelay: Int64 = 1000
  /// The longest paste in bytes; the rest is dropped.
  package static let maximumPaste = 1 << 20

  private var buffer: [UInt8] = []
  private var paste: [UInt8]?
  private var lastBurst: Int64?
  /// When the first byte of `buffer` arrived.
  private var heldSince: Int64 = 0
  /// When a lone escape character was taken as the key.
  private var flushedEscape: Int64?

  package init() {}

  /// Milliseconds to wait for more bytes before `flush`; nil if nothing is buffered.
  package var patience: Int64? {
    if paste != nil { return InputDecoder.pasteDelay }
    if buffer.isEmpty { return nil }
    if buffer.count == 1 { return InputDecoder.escapeDelay }
    return holdsReply ? InputDecoder.replyDelay : InputDecoder.sequenceDelay
  }

  /// Whether the buffer holds the beginning of a reply: its introducer and at least one byte.
  private var holdsReply: Bool {
    buffer.count > 2 && buffer[0] == 0x1B && InputDecoder.isStringIntroducer(buffer[1])
  }

  /// Decodes bytes that arrived at `milliseconds` of a monotonic clock.
  package mutating func feed(_ bytes: some Sequence<UInt8>, at milliseconds: Int64) -> [Input] {
    // A reply that never ends must not take the keys that follow.
    if holdsReply, paste == nil, milliseconds - heldSince > InputDecoder.replyDelay { buffer = [] }
    if buffer.isEmpty { heldSince = milliseconds }
    buffer.append(contentsOf: bytes)
    dropTail(at: milliseconds)
    var inputs: [Input] = []
    var position = 0
    while position < buffer.count {
      if paste != nil {
        guard let next = takePaste(from: position, into: &inputs) else {
          position = buffer.count - pasteTail(from: position)
          break
        }
        position = next
        continue
      }
      guard let (input, next) = parse(at: position) else { break }
      if let input { inputs.append(input) }
      position = next
    }
    buffer.removeFirst(position)
    if position > 0 { heldSince = milliseconds }
    return joinBursts(inputs, at: milliseconds)
  }

  /// Drops the rest of a key whose escape character came so early that it was taken as the key Esc.
  ///
  /// Only a whole sequence in one piece is dropped: no person types `[A` that fast.
  private mutating func dropTail(at milliseconds: Int64) {
    guard let flushed = flushedEscape, !buffer.isEmpty else { return }
    flushedEscape = nil
    guard milliseconds - flushed <= InputDecoder.sequenceDelay, buffer.count > 1,
      buffer[0] == UInt8(ascii: "[") || buffer[0] == UInt8(ascii: "O")
    else { return }
    let rest = buffer
    buffer.insert(0x1B, at: 0)
    guard let (_, next) = parseEscape(at: 0), next > 2 else {
      buffer = rest
      return
    }
    buffer.removeFirst(next)
  }

  /// Decodes the buffered bytes as they are, after the timeout.
  ///
  /// - Parameter milliseconds: the time of the monotonic clock, if the rest of a sequence that comes
  ///   later is to be recognised.
  package mutating func flush(at milliseconds: Int64? = nil) -> [Input] {
    defer { buffer = [] }
    if let pasted = paste {
      paste = nil
      return [.paste(String(decoding: pasted + buffer, as: UTF8.self))]
    }
    guard buffer.first == 0x1B else { return [] }
    switch buffer.count {
    case 1:
      flushedEscape = milliseconds
      return [.key(KeyPress(.escape))]
    case 2: return [.key(KeyPress(.character(Character(Unicode.Scalar(buffer[1]))), .alt))]
    default: return []
    }
  }

  // MARK: Paste

  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  /// Takes over pasted bytes. Returns where the paste ended, or nil if it continues.
  private mutating func takePaste(from position: Int, into inputs: inout [Input]) -> Int? {
    let end = InputDecoder.pasteEnd
    var index = position
    while index < buffer.count {
      if buffer[index] == 0x1B, buffer[index...].starts(with: end) {
        append(position..<index)
        inputs.append(.paste(String(decoding: paste ?? [], as: UTF8.self)))
        paste = nil
        return index + end.count
      }
      index += 1
    }
    append(position..<(buffer.count - pasteTail(from: position)))
    return nil
  }

  /// The number of bytes at the end that may begin the closing bracket.
  private func pasteTail(from position: Int) -> Int {
    let end = InputDecoder.pasteEnd
    for length in stride(from: min(end.count - 1, buffer.count - position), to: 0, by: -1)
    where buffer[(buffer.count - length)...].elementsEqual(end.prefix(length)) {
      return length
    }
    return 0
  }

  private mutating func append(_ range: Range<Int>) {
    let room = InputDecoder.maximumPaste - (paste?.count ?? 0)
    paste?.append(contentsOf: buffer[range].prefix(max(0, room)))
  }

  // MARK: Bursts

  private mutating func joinBursts(_ inputs: [Input], at now: Int64) -> [Input] {
    let texts = inputs.map(InputDecoder.text)
    let isGoingOn = lastBurst.map { now - $0 <= InputDecoder.burstGap } ?? false
    let count = texts.reduce(0) { $0 + ($1 == nil ? 0 : 1) }
    guard count >= InputDecoder.burstLength || (isGoingOn && count > 0) else {
      if !inputs.isEmpty { lastBurst = nil }
      return inputs
    }
    lastBurst = now
    var joined: [Input] = []
    var run = ""
    for (input, text) in zip(inputs, texts) {
      if let text {
        run += text
      } else {
        if !run.isEmpty { joined.append(.paste(run)) }
        run = ""
        joined.append(input)
      }
    }
    if !run.isEmpty { joined.append(.paste(run)) }
    return joined
  }

  /// The text that a key types; nil if it types none.
  private static func text(_ input: Input) -> String? {
    guard case .key(let press) = input, press.modifiers.isEmpty else { return nil }
    switch press.key {
    case .character(let character): return String(character)
    case .enter: return "\n"
    case .tab: return "\t"
    default: return nil
    }
  }

  // MARK: Parsing

  /// One input and where the next begins. The input is nil if it is dropped; the result is nil if
  /// more bytes must come.
  private mutating func parse(at start: Int) -> (Input?, Int)? {
    let byte = buffer[start]
    switch byte {
    case 0x1B: return parseEscape(at: start)
    case 0x0D, 0x0A: return (.key(KeyPress(.enter)), start + 1)
    case 0x09: return (.key(KeyPress(.tab)), start + 1)
    case 0x7F, 0x08: return (.key(KeyPress(.backspace)), start + 1)
    case 0x1A: return (.suspend, start + 1)
    case 0x00: return (.key(.control(" ")), start + 1)
    case 0x01...0x1A:
      return (.key(.control(Character(Unicode.Scalar(byte + 0x60)))), start + 1)
    case 0x1C...0x1F:
      return (.key(.control(Character(Unicode.Scalar(byte + 0x40)))), start + 1)
    case 0x20..<0x7F:
      return (.key(KeyPress(.character(Character(Unicode.Scalar(byte))))), start + 1)
    default: return parseUTF8(at: start)
    }
  }

  private func parseUTF8(at start: Int) -> (Input?, Int)? {
    let byte = buffer[start]
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0
    guard length > 0, byte < 0xF5 else { return (nil, start + 1) }
    for offset in 1..<length {
      guard start + offset < buffer.count else { return nil }
      guard buffer[start + offset] & 0xC0 == 0x80 else { return (nil, start + offset) }
    }
    let text = String(decoding: buffer[start..<(start + length)], as: UTF8.self)
    guard let character = text.first, character != "\u{FFFD}", KeyCodes.isText(character) else {
      return (nil, start + length)
    }
    return (.key(KeyPress(.character(character))), start + length)
  }

  private mutating func parseEscape(at start: Int) -> (Input?, Int)? {
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
    let modifiers = InputDecoder.modifiers(numbers.last?.first ?? 1)
    let key = KeyCodes.letters[final] ?? KeyCodes.keypad[final]
    return (key.map { .key(KeyPress($0, modifiers)) }, index + 1)
  }

  /// OSC, DCS, PM, APC and SOS begin a string that ends with BEL or ST.
  private static func isStringIntroducer(_ byte: UInt8) -> Bool {
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
    guard body.allSatisfy({ (0x30...0x3B).contains($0) }) else { return (nil, next) }
    let numbers = InputDecoder.numbers(body)
    let first = numbers.first?.first ?? 0
    let parameter = numbers.count > 1 ? numbers[1] : []
    // A key was let go, or was pressed with a modifier that types no text (super, hyper, meta).
    if parameter.count > 1, parameter[1] == 3 { return (nil, next) }
    if let bits = parameter.first, (bits - 1) & 0x38 != 0, bits > 0 { return (nil, next) }
    let modifiers = InputDecoder.modifiers(parameter.first ?? 1)
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

  /// The parameters of a sequence, each with its sub-parameters: `97:65;2` is `[[97, 65], [2]]`.
  private static func numbers(_ body: ArraySlice<UInt8>) -> [[Int]] {
    body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      part.split(separator: 0x3A, omittingEmptySubsequences: false).map { digits in
        digits.reduce(0) { min(1_200_000, $0 * 10 + Int($1) - 0x30) }
      }
    }
  }

  /// xterm's modifier parameter: 1 plus shift 1, alt 2, control 4.
  private static func modifiers(_ parameter: Int) -> KeyPress.Modifiers {
    KeyPress.Modifiers(rawValue: UInt8(truncatingIfNeeded: max(0, parameter - 1)) & 7)
  }
}

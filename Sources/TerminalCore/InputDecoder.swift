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
  /// The longest gap between an escape character and the key that Alt modifies, in milliseconds. A terminal
  /// sends both in one piece; a key that comes later was pressed after Esc.
  package static let altGap: Int64 = 25
  /// The timeout for the rest of a sequence that has begun, in milliseconds. Slow lines split sequences, also
  /// after the escape character. So the key Esc by itself acts after this time.
  package static let sequenceDelay: Int64 = 200
  /// The timeout for the rest of a reply such as OSC or DCS, in milliseconds from its beginning. No
  /// person types such a beginning, so the keys of this time are part of the reply.
  package static let replyDelay: Int64 = 1000
  /// The timeout for the rest of a paste, in milliseconds.
  package static let pasteDelay: Int64 = 1000
  /// The longest paste in bytes; the rest is dropped.
  package static let maximumPaste = 1 << 20

  /// The bytes that are not decoded yet.
  var buffer: [UInt8] = []
  /// The bytes of the paste so far; nil outside one.
  var paste: [UInt8]?
  private var lastBurst: Int64?
  /// When the first byte of `buffer` arrived.
  private var heldSince: Int64 = 0
  /// When the last bytes arrived.
  private var lastFed: Int64 = 0
  /// Whether the rest of the buffer came so long after its escape character that both may be keys.
  private var isSplit = false
  /// When a lone escape character was taken as the key.
  private var flushedEscape: Int64?

  package init() {}

  /// Milliseconds to wait for more bytes before `flush`; nil if nothing is buffered.
  package var patience: Int64? {
    if paste != nil { return InputDecoder.pasteDelay }
    if buffer.isEmpty { return nil }
    return holdsReply ? InputDecoder.replyDelay : InputDecoder.sequenceDelay
  }

  /// Milliseconds from `now` until `flush` is due; nil if nothing is buffered.
  package func wait(at now: Int64) -> Int64? { patience.map { max(0, lastFed + $0 - now) } }

  /// Whether the buffer holds the beginning of a reply: its introducer and at least one byte.
  private var holdsReply: Bool {
    buffer.count > 2 && buffer[0] == 0x1B && InputDecoder.isStringIntroducer(buffer[1])
  }

  /// Decodes bytes that arrived at `milliseconds` of a monotonic clock.
  package mutating func feed(_ bytes: some Sequence<UInt8>, at milliseconds: Int64) -> [Input] {
    // A reply that never ends must not take the keys that follow.
    if holdsReply, paste == nil, milliseconds - heldSince > InputDecoder.replyDelay { buffer = [] }
    if buffer.isEmpty { heldSince = milliseconds }
    let bytes = Array(bytes)
    var inputs = splitEscape(before: bytes.first, at: milliseconds)
    lastFed = milliseconds
    buffer += bytes
    dropTail(at: milliseconds)
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
    if position > 0 {
      heldSince = milliseconds
      isSplit = false
    }
    return joinBursts(inputs, at: milliseconds)
  }

  /// The key Esc, if it was pressed before another key, and not sent with it.
  ///
  /// What begins a sequence is waited for, however late it comes.
  private mutating func splitEscape(before next: UInt8?, at milliseconds: Int64) -> [Input] {
    guard paste == nil, buffer == [0x1B], let next, milliseconds - lastFed > InputDecoder.altGap
    else { return [] }
    isSplit =
      next == UInt8(ascii: "[") || next == UInt8(ascii: "O")
      || InputDecoder.isStringIntroducer(next)
    if isSplit { return [] }
    buffer = []
    return [.key(KeyPress(.escape))]
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
  /// - Parameter milliseconds: the time of the monotonic clock. With it the decoder recognises the rest of
  ///   a sequence that comes later.
  package mutating func flush(at milliseconds: Int64? = nil) -> [Input] {
    defer {
      buffer = []
      isSplit = false
    }
    if let pasted = paste {
      paste = nil
      return [.paste(String(decoding: pasted + buffer, as: UTF8.self))]
    }
    guard buffer.first == 0x1B else { return [] }
    switch buffer.count {
    case 1:
      flushedEscape = milliseconds
      return [.key(KeyPress(.escape))]
    case 2:
      let key = Key.character(Character(Unicode.Scalar(buffer[1])))
      return isSplit
        ? [.key(KeyPress(.escape)), .key(KeyPress(key))] : [.key(KeyPress(key, .alt))]
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
}

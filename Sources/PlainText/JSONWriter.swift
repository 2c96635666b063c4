/// Writes JSON; the same values always give the same bytes.
///
/// Keys keep the order in which they are written, numbers have their shortest form. Characters that
/// steer a terminal (`steersOutput`) are escaped, so the text may be shown as it is.
package struct JSONWriter: Sendable {
  package enum Layout: Sendable {
    /// One line without blanks.
    case compact
    /// One member a line, indented by two blanks a level.
    case indented
  }

  package private(set) var bytes: [UInt8] = []
  private let layout: Layout
  /// For each open object or list, outermost first, whether it has members yet.
  private var hasMembers: [Bool] = []
  private var followsKey = false

  package init(_ layout: Layout = .compact) {
    self.layout = layout
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Structure

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"))
    body(&self)
    close(UInt8(ascii: "}"))
  }

  package mutating func list<Elements: Sequence>(
    _ elements: Elements, _ body: (inout JSONWriter, Elements.Element) -> Void
  ) {
    list { writer in
      for element in elements { body(&writer, element) }
    }
  }

  /// A list whose elements `body` writes. Bulk work uses this form: the compiler does not specialize the
  /// other one for a caller in another target.
  package mutating func list(_ body: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "["))
    body(&self)
    close(UInt8(ascii: "]"))
  }

  /// Writes a key and an object.
  package mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  /// Writes a key and a list.
  package mutating func list<Elements: Sequence>(
    _ name: String, _ elements: Elements, _ body: (inout JSONWriter, Elements.Element) -> Void
  ) {
    key(name)
    list(elements, body)
  }

  /// Opens an object that `end` closes, for a document written in parts.
  package mutating func begin() {
    open(UInt8(ascii: "{"))
  }

  package mutating func end() {
    close(UInt8(ascii: "}"))
  }

  /// Opens the list of a key; `endList` closes it.
  package mutating func beginList(_ name: String) {
    key(name)
    open(UInt8(ascii: "["))
  }

  package mutating func endList() {
    close(UInt8(ascii: "]"))
  }

  package mutating func key(_ name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(0x20) }
    followsKey = true
  }

  /// Ends the document with a line feed.
  package mutating func endLine() {
    bytes.append(0x0A)
  }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  // MARK: Values

  package mutating func value(_ text: String) {
    separate()
    string(text)
  }

  package mutating func value(_ number: Int) { literal(String(number)) }

  package mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }

  package mutating func null() { literal("null") }

  /// Writes a number, `true`, `false` or `null` as it is spelled.
  package mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a key and its value, or nothing if the value is nil.
  package mutating func member(_ name: String, _ text: String?) {
    guard let text else { return }
    key(name)
    value(text)
  }

  package mutating func member(_ name: String, _ number: Int?) {
    guard let number else { return }
    key(name)
    value(number)
  }

  package mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    value(flag)
  }

  // MARK: Bytes

  private mutating func open(_ sign: UInt8) {
    separate()
    bytes.append(sign)
    hasMembers.append(false)
  }

  private mutating func close(_ sign: UInt8) {
    if hasMembers.popLast() == true { newLine() }
    bytes.append(sign)
  }

  private mutating func separate() {
    if followsKey {
      followsKey = false
      return
    }
    guard let last = hasMembers.indices.last else { return }
    if hasMembers[last] { bytes.append(UInt8(ascii: ",")) }
    hasMembers[last] = true
    newLine()
  }

  private mutating func newLine() {
    guard layout == .indented else { return }
    bytes.append(0x0A)
    for _ in 0..<(2 * hasMembers.count) { bytes.append(0x20) }
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      guard JSONWriter.isPlain(utf8) else { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if !isPlain {
      for scalar in text.unicodeScalars { append(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a string holds these bytes as they are: printable ASCII without quote and backslash.
  ///
  /// Without a branch the compiler compares 16 bytes at once. That is a third of the time of writing a
  /// statement's sentences; `Tests/Benchmarks/run documents` measures the whole.
  private static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    for byte in utf8 {
      found |= (byte &- 0x20 >= 0x5F ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5C ? 1 : 0)
    }
    return found == 0
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes.append(contentsOf: "\\\"".utf8)
    case "\\": bytes.append(contentsOf: "\\\\".utf8)
    case "\n": bytes.append(contentsOf: "\\n".utf8)
    case "\r": bytes.append(contentsOf: "\\r".utf8)
    case "\t": bytes.append(contentsOf: "\\t".utf8)
    default:
      guard scalar.steersOutput else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
        return
      }
      // JSON escapes a code point above U+FFFF as two surrogates.
      for unit in UTF16.encode(scalar) ?? .init() {
        let digits = String(unit, radix: 16)
        bytes.append(
          contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
      }
    }
  }
}

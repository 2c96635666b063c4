import PlainText

/// Reads JSON (RFC 8259) from bytes, one value at a time.
///
/// The reader is strict because session documents become charges: no comments, trailing commas,
/// `NaN`, repeated keys or lone surrogates, and nothing after the document. It builds no tree: the
/// caller asks for the value it expects next.
///
/// Every error is a `DocumentError` with line, column and the path of keys.
struct JSONReader {
  /// The greatest nesting depth.
  static let deepest = 32
  /// The longest string in characters (Unicode scalars), as a JSON Schema counts them.
  static let longestString = 65_535

  enum Step {
    case key(String)
    case index(Int)
  }

  let bytes: [UInt8]
  let file: String
  /// Position of the next byte.
  var at = 0
  /// The path of the current value.
  var path: [Step] = []

  init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw error("the file is written in UTF-16", expected: "UTF-8")
    }
    skipSpace()
    if at == bytes.count { throw error("the file is empty", expected: "a JSON object") }
  }

  /// Checks that only whitespace follows.
  mutating func finish(_ expected: String = "nothing more") throws(DocumentError) {
    skipSpace()
    guard at < bytes.count else { return }
    throw error("something follows the end of the document", expected: expected)
  }

  // MARK: Bytes

  @inline(__always)
  var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  @inline(__always)
  mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  mutating func take(_ byte: UInt8, _ expected: @autoclosure () -> String) throws(DocumentError) {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else { throw unexpected(expected()) }
    at += 1
  }

  mutating func takes(word: StaticString) -> Bool {
    guard at + word.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<word.utf8CodeUnitCount where bytes[at + index] != word.utf8Start[index] {
      return false
    }
    at += word.utf8CodeUnitCount
    return true
  }
}

// MARK: - Objects and arrays

extension JSONReader {
  /// Reads an object whose keys are all known.
  ///
  /// `body` is called after each key's colon and must read the value. Unknown, repeated and missing
  /// keys are errors.
  mutating func object<Key>(
    _ table: KeyTable<Key>,
    _ body: (inout JSONReader, Key, _ at: Int) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    let start = at
    var seen: UInt64 = 0
    try eachMember("an object") { (reader, name, keyAt) throws(DocumentError) in
      guard let (key, bit) = table.byName[name] else {
        reader.at = keyAt
        throw reader.error(
          "the key \"\(shown(name))\" is not known",
          expected: "one of \(table.list)\(suggestion(for: name, among: table.names))")
      }
      if seen & bit != 0 { throw reader.repeated(name, at: keyAt) }
      seen |= bit
      reader.path.append(.key(table.name(key)))
      reader.skipSpace()
      try body(&reader, key, reader.at)
      reader.path.removeLast()
    }
    let missing = table.required & ~seen
    if missing != 0 {
      throw error(
        "the key \"\(table.firstName(in: missing))\" is missing", expected: "it in this object",
        at: start)
    }
  }

  /// Reads an object with any keys; `body` reads each value. A repeated key is an error.
  mutating func members(
    _ expected: String,
    _ body: (inout JSONReader, String, _ keyAt: Int) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    var seen: Set<String> = []
    try eachMember(expected) { (reader, name, keyAt) throws(DocumentError) in
      guard seen.insert(name).inserted else { throw reader.repeated(name, at: keyAt) }
      try body(&reader, name, keyAt)
    }
  }

  private func repeated(_ name: String, at keyAt: Int) -> DocumentError {
    error("the key \"\(shown(name))\" stands there twice", expected: "it once", at: keyAt)
  }

  /// Reads an object; the caller checks that no key is repeated.
  private mutating func eachMember(
    _ expected: String,
    _ body: (inout JSONReader, String, _ keyAt: Int) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    try take(UInt8(ascii: "{"), expected)
    try checkDepth()
    skipSpace()
    if next == UInt8(ascii: "}") {
      at += 1
      return
    }
    while true {
      skipSpace()
      let keyAt = at
      guard next == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      let name = try string()
      try take(UInt8(ascii: ":"), "a colon after the key")
      try body(&self, name, keyAt)
      skipSpace()
      if next == UInt8(ascii: ",") {
        at += 1
      } else if next == UInt8(ascii: "}") {
        at += 1
        return
      } else {
        throw unexpected("a comma or the end of the object")
      }
    }
  }

  /// Reads an array; `body` reads each element.
  mutating func array(
    _ expected: String,
    _ body: (inout JSONReader, _ index: Int, _ at: Int) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    try take(UInt8(ascii: "["), expected)
    try checkDepth()
    skipSpace()
    if next == UInt8(ascii: "]") {
      at += 1
      return
    }
    var index = 0
    while true {
      skipSpace()
      path.append(.index(index))
      try body(&self, index, at)
      path.removeLast()
      index += 1
      skipSpace()
      if next == UInt8(ascii: ",") {
        at += 1
      } else if next == UInt8(ascii: "]") {
        at += 1
        return
      } else {
        throw unexpected("a comma or the end of the list")
      }
    }
  }

  /// Checks the nesting depth, which is the length of the path.
  private func checkDepth() throws(DocumentError) {
    guard path.count <= JSONReader.deepest else {
      throw error(
        "the document is nested more than \(JSONReader.deepest) levels deep",
        expected: "a flatter one")
    }
  }
}

/// The allowed keys of an object, with their positions in a bit set.
struct KeyTable<Key: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
  let byName: [String: (Key, UInt64)]
  let names: [String]
  let required: UInt64

  init(required: [Key]) {
    var byName: [String: (Key, UInt64)] = [:]
    var names: [String] = []
    for (index, key) in Key.allCases.enumerated() {
      byName[key.rawValue] = (key, 1 << UInt64(index))
      names.append(key.rawValue)
    }
    self.byName = byName
    self.names = names
    self.required = required.reduce(0) { $0 | (byName[$1.rawValue]?.1 ?? 0) }
  }

  var list: String { names.joined(separator: ", ") }

  func name(_ key: Key) -> String { key.rawValue }

  func firstName(in bits: UInt64) -> String {
    names[min(names.count - 1, bits.trailingZeroBitCount)]
  }
}

/// A key of the document for an error: printable and cut.
func shown(_ key: String) -> String {
  let text = key.printable
  return text.count > 40 ? text.prefix(40) + "…" : text
}

/// Reads a TOML 1.0 document with the line of every key.
///
/// It replaces a library (TOMLKit 0.6) that crashed on malformed headers and lists and gave no lines for
/// values; people type a site's file by hand. Faults quote no text of the document. Arrays of tables
/// (`[[…]]`) are faults, because no key of a site takes one.
struct TOMLReader {
  /// The first line of each key and of each table in its path.
  private(set) var lines: [[String]: Int] = [:]
  /// The place of each key's value in `bytes`.
  private(set) var values: [[String]: Range<Int>] = [:]
  private let file: String
  let bytes: [UInt8]
  var position = 0
  private var line = 1
  private var lineStart = 0
  /// The most brackets inside each other; without a limit the recursion overflows the stack.
  static let deepest = 64

  init(_ text: String, file: String) {
    bytes = Array(text.utf8)
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The line of a key, otherwise of the nearest table around it.
  func line(of path: [String]) -> Int? {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path.removeLast()
    }
    return nil
  }

  /// Reads the whole document.
  mutating func document() throws(DocumentError) -> TOMLTree {
    let root = TOMLTable(.header)
    var table = root
    var path: [String] = []
    while true {
      skipBlanks()
      switch peek {
      case nil: return root.tree
      case UInt8(ascii: "["):
        path = try header()
        table = try self.table(at: path, in: root)
        try endLine()
      case UInt8(ascii: "#"), 0x0A, 0x0D: try endLine()
      default:
        try pair(in: table, at: path, depth: 0)
        try endLine()
      }
    }
  }

  // MARK: Tables and pairs

  private mutating func header() throws(DocumentError) -> [String] {
    position += 1
    if peek == UInt8(ascii: "[") { throw fault("lists of tables are not used here") }
    let keys = try key()
    try take("]", "a ] after the table's name")
    return keys
  }

  private mutating func table(
    at path: [String], in root: TOMLTable
  ) throws(DocumentError) -> TOMLTable {
    note(path)
    var table = root
    for key in path.dropLast() {
      guard let next = table.table(key, new: .implicit, among: [.implicit, .header, .dotted]) else {
        throw fault("this name is that of a value")
      }
      table = next
    }
    guard let last = path.last, let found = table.table(last, new: .implicit, among: [.implicit])
    else {
      throw fault("this table is there twice")
    }
    found.kind = .header
    return found
  }

  private mutating func pair(
    in table: TOMLTable, at path: [String], depth: Int
  ) throws(DocumentError) {
    let keys = try key()
    note(path + keys)
    try take("=", "an = after the key")
    skipBlanks()
    var table = table
    for key in keys.dropLast() {
      guard let next = table.table(key, new: .dotted, among: [.dotted]) else {
        throw fault("this key is there twice")
      }
      table = next
    }
    let start = position
    let value = try value(at: path + keys, depth: depth)
    values[path + keys] = start..<position
    guard let last = keys.last, table.add(last, value) else {
      throw fault("this key is there twice")
    }
  }

  /// `a . "b.c" . 'd'`.
  private mutating func key() throws(DocumentError) -> [String] {
    var keys: [String] = []
    while true {
      skipBlanks()
      switch peek {
      case UInt8(ascii: "\""): keys.append(try basicText())
      case UInt8(ascii: "'"): keys.append(try literalText())
      default:
        let start = position
        while let byte = peek, byte.isBareKey { position += 1 }
        guard position > start else {
          throw fault("a name of letters, digits, - and _, or one in quotes")
        }
        keys.append(String(decoding: bytes[start..<position], as: UTF8.self))
      }
      skipBlanks()
      guard peek == UInt8(ascii: ".") else { return keys }
      position += 1
    }
  }

  // MARK: Values

  private mutating func value(
    at path: [String], depth: Int
  ) throws(DocumentError) -> TOMLTable.Content {
    guard depth < TOMLReader.deepest else { throw fault("fewer brackets in each other") }
    switch peek {
    case UInt8(ascii: "\""):
      return .value(.text(starts("\"\"\"") ? try longText(0x22) : try basicText()))
    case UInt8(ascii: "'"):
      return .value(.text(starts("'''") ? try longText(0x27) : try literalText()))
    case UInt8(ascii: "["): return .value(.list(try list(at: path, depth: depth)))
    case UInt8(ascii: "{"): return .table(try inlineTable(at: path, depth: depth))
    default: return .value(try plain())
    }
  }

  private mutating func list(at path: [String], depth: Int) throws(DocumentError) -> [TOMLTree] {
    position += 1
    var found: [TOMLTree] = []
    while true {
      try skipLines()
      if peek == UInt8(ascii: "]") {
        position += 1
        return found
      }
      switch try value(at: path, depth: depth + 1) {
      case .value(let value): found.append(value)
      case .table(let table): found.append(table.tree)
      }
      try skipLines()
      if peek == UInt8(ascii: ",") {
        position += 1
      } else if peek != UInt8(ascii: "]") {
        throw fault("a comma or ] after a value of a list")
      }
    }
  }

  private mutating func inlineTable(
    at path: [String], depth: Int
  ) throws(DocumentError) -> TOMLTable {
    position += 1
    let table = TOMLTable(.dotted)
    skipBlanks()
    if peek == UInt8(ascii: "}") {
      position += 1
    } else {
      while true {
        try pair(in: table, at: path, depth: depth + 1)
        skipBlanks()
        if peek == UInt8(ascii: ",") {
          position += 1
          continue
        }
        try take("}", "a comma or } after a value of a table")
        break
      }
    }
    table.kind = .inline
    return table
  }

  /// Reads a value without quotes: a number, a date, true or false.
  private mutating func plain() throws(DocumentError) -> TOMLTree {
    let start = position
    while let byte = peek, byte.isPlainValue { position += 1 }
    // A blank may separate a date from a time.
    if position - start == 10, bytes[start + 4] == UInt8(ascii: "-"), peek == 0x20,
      position + 1 < bytes.count, (0x30...0x39).contains(bytes[position + 1])
    {
      position += 1
      while let byte = peek, byte.isPlainValue { position += 1 }
    }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = TOMLTree(plain: word) else {
      position = start
      throw fault("a value: a text in quotes, a number, true or false, a list or a table")
    }
    return value
  }

  // MARK: Places

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  func starts(_ text: StaticString) -> Bool {
    bytes[position...].starts(
      with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A fault at the current position; `expected` continues a sentence.
  func fault(_ expected: String) -> DocumentError {
    let before = bytes[lineStart..<min(position, bytes.count)]
    return DocumentError(
      file: file, line: line, column: before.count { $0 & 0xC0 != 0x80 } + 1,
      found: "this is not TOML", expected: "TOML 1.0 (\(expected))")
  }

  private mutating func note(_ path: [String]) {
    for count in 1...max(1, path.count) where lines[Array(path.prefix(count))] == nil {
      lines[Array(path.prefix(count))] = line
    }
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x09 { position += 1 }
  }

  /// Skips blanks, comments and line ends.
  private mutating func skipLines() throws(DocumentError) {
    while true {
      skipBlanks()
      guard peek == UInt8(ascii: "#") || peek == 0x0A || peek == 0x0D else { return }
      try endLine()
    }
  }

  private mutating func take(
    _ sign: Unicode.Scalar, _ expected: String
  ) throws(DocumentError) {
    skipBlanks()
    guard let byte = peek, byte == UInt8(ascii: sign) else { throw fault(expected) }
    position += 1
  }

  /// Skips a comment and the end of the line or of the document.
  private mutating func endLine() throws(DocumentError) {
    skipBlanks()
    if peek == UInt8(ascii: "#") {
      position += 1
      while let byte = peek, byte != 0x0A, byte != 0x0D {
        guard byte == 0x09 || byte >= 0x20, byte != 0x7F else {
          throw fault("no control character in a comment")
        }
        position += 1
      }
    }
    guard peek != nil else { return }
    guard takeLineEnd() else { throw fault("the end of the line") }
  }

  /// Skips LF or CR LF; false if there is neither.
  mutating func takeLineEnd() -> Bool {
    if peek == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
    guard peek == 0x0A else { return false }
    position += 1
    line += 1
    lineStart = position
    return true
  }
}

extension UInt8 {
  fileprivate var isBareKey: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }

  fileprivate var isPlainValue: Bool {
    isBareKey || self == UInt8(ascii: "+") || self == UInt8(ascii: ".") || self == UInt8(ascii: ":")
  }
}

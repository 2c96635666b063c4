/// The records of a file that CMS publishes, comma-separated or tab-separated, taken line by line.
///
/// A record with a quoted cell may go on over several lines.
struct PublishedRecords {
  typealias Cell = ArraySlice<UInt8>

  /// The longest record in bytes.
  static let longest = 1 << 16

  let file: String
  private var separator = UInt8(ascii: ",")
  /// A record whose quoted cell goes on over the next line.
  private var open: (bytes: [UInt8], line: Int)?

  init(file: String) {
    self.file = file
  }

  /// Takes the next line, without its line feed. Returns the record that ends with it, and the line it
  /// begins on; nil if the record goes on.
  mutating func take(
    _ bytes: [UInt8], line: Int
  ) throws(DocumentError) -> (bytes: [UInt8], line: Int)? {
    var record = bytes
    if record.last == 0x0D { record.removeLast() }
    var start = line
    if line == 1 {
      if record.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
        throw fault(line, "the file is a ZIP archive", "the .csv or .txt file inside it (unzip)")
      }
      if record.starts(with: [0xEF, 0xBB, 0xBF]) { record.removeFirst(3) }
    }
    if let open {
      record = open.bytes + [0x0A] + record
      start = open.line
      self.open = nil
    }
    if record.count > PublishedRecords.longest {
      throw fault(start, "a line is longer than \(PublishedRecords.longest) bytes", "a shorter one")
    }
    if record.contains(0) {
      throw fault(start, "the file is not plain text", "a .csv or .txt file")
    }
    if record.contains(UInt8(ascii: "\"")), record.count(where: { $0 == 0x22 }) % 2 == 1 {
      open = (record, start)
      return nil
    }
    return (record, start)
  }

  /// Throws if the file ended inside a quoted cell.
  func checkEnd() throws(DocumentError) {
    if let open { throw fault(open.line, "the file ends inside a quoted cell", "a closing quote") }
  }

  /// Takes tabs for the separator if the record has one. Called for the records up to the heading.
  mutating func findSeparator(in record: [UInt8]) {
    separator = record.contains(0x09) ? 0x09 : UInt8(ascii: ",")
  }

  func texts(of record: [UInt8]) -> [String] {
    fields(of: record).map { String(decoding: $0, as: UTF8.self).trimmed }
  }

  /// The cells of a record, without their quotes and the blanks around them.
  func fields(of record: [UInt8]) -> [Cell] {
    guard record.contains(0x22) else {
      return record.split(separator: separator, omittingEmptySubsequences: false)
        .map(PublishedRecords.trimmed)
    }
    var fields: [Cell] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in record {
      if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        fields.append(PublishedRecords.trimmed(field[...]))
        field.removeAll()
      } else {
        field.append(byte)
      }
    }
    fields.append(PublishedRecords.trimmed(field[...]))
    return fields
  }

  private static func trimmed(_ field: Cell) -> Cell {
    var field = field
    while let first = field.first, first == 0x20 || first == 0x09 { field.removeFirst() }
    while let last = field.last, last == 0x20 || last == 0x09 { field.removeLast() }
    return field
  }

  /// A heading in lower case, with single blanks for everything that is no letter or digit.
  static func folded(_ text: String) -> String {
    var folded = ""
    for scalar in text.unicodeScalars {
      let isWord =
        scalar.isASCII && (scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value))
      if isWord {
        folded += String(scalar).lowercased()
      } else if !folded.isEmpty, folded.last != " " {
        folded += " "
      }
    }
    if folded.last == " " { folded.removeLast() }
    return folded
  }

  func fault(_ line: Int, _ found: String, _ expected: String) -> DocumentError {
    DocumentError(file: file, line: line, found: found, expected: expected)
  }
}

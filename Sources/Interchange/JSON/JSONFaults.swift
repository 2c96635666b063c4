// The errors of the JSON reader.

extension JSONReader {
  /// An error at a byte, by default at the next one.
  func error(_ found: String, expected: String, at offset: Int? = nil) -> DocumentError {
    let (line, column) = place(of: offset ?? at)
    return DocumentError(
      file: file, line: line, column: column, path: pathText, found: found, expected: expected)
  }

  /// The error that the next value has another kind than expected.
  func unexpected(_ expected: String) -> DocumentError {
    error(kindHere, expected: expected)
  }

  /// Line and column of a byte, counted from 1, columns in characters.
  func place(of offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(min(offset, bytes.count)) {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]), offset >= 3 { column -= 1 }
    return (line, column)
  }

  /// `administrations[3].stop`
  var pathText: String {
    var text = ""
    for step in path {
      switch step {
      case .key(let name): text += text.isEmpty ? name : ".\(name)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }

  func rawControl() -> DocumentError {
    error(
      "a control character stands inside a string",
      expected: "printable text; JSON writes a line break as \\n")
  }

  func tooLong(_ start: Int) -> DocumentError {
    error(
      "the string is longer than \(JSONReader.longestString) characters", expected: "a shorter one",
      at: start)
  }

  func loneSurrogate(_ start: Int) -> DocumentError {
    error(
      "a \\u escape is half of a surrogate pair", expected: "both halves, high before low",
      at: start)
  }

  /// The kind of the value at the next byte, for the error's sentence.
  private var kindHere: String {
    guard let next else { return "\(DocumentError.fileEnds) here" }
    switch next {
    case UInt8(ascii: "{"): return "an object stands here"
    case UInt8(ascii: "["): return "a list stands here"
    case UInt8(ascii: "\""): return "a string stands here"
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return "a number stands here"
    case UInt8(ascii: "}"): return "the object ends here"
    case UInt8(ascii: "]"): return "the list ends here"
    case UInt8(ascii: ","): return "a comma stands here"
    case UInt8(ascii: "'"): return "a single quote stands here, which JSON does not know"
    case UInt8(ascii: "/"), UInt8(ascii: "#"):
      return "a comment or stray sign stands here, which JSON does not know"
    case 0x80...: return "a byte outside ASCII stands here"
    case 0..<0x20, 0x7F: return "a control character stands here"
    default: break
    }
    var copy = self
    if copy.takes(word: "null") { return "null stands here" }
    if copy.takes(word: "true") || copy.takes(word: "false") { return "true or false stands here" }
    if copy.takes(word: "NaN") || copy.takes(word: "Infinity") || copy.takes(word: "-Infinity") {
      return "NaN or Infinity stands here, which JSON does not know"
    }
    if next == UInt8(ascii: "-") { return "a minus sign stands here" }
    return "something stands here that is no JSON value"
  }
}

extension DocumentError {
  static let fileEnds = "the file ends"

  /// The same fault in a document that is one line of JSON Lines, where a line ends and not the file.
  package var inLine: DocumentError {
    guard found.hasPrefix(DocumentError.fileEnds) else { return self }
    var fault = self
    fault.found = "the line ends" + found.dropFirst(DocumentError.fileEnds.count)
    fault.expected += "; each line of JSON Lines holds a whole document"
    return fault
  }
}

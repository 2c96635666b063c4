import SuiteProgram
import Interchange

/// Splits an input into session documents: one document that spans lines, or one per line.
///
/// The first document decides. If its first line closes every brace it opens, the input is JSON Lines
/// and each line is a document of its own, so that a faulty line spoils no other. Otherwise lines are
/// joined until the braces are closed. A line with a second `"chairtime.session/1"` before that starts
/// the next document: the first one was cut off.
struct DocumentStream {
  struct Document {
    let bytes: [UInt8]
    /// The line of the input on which it begins, counted from 1.
    let line: Int
    let isTooLong: Bool
    /// It is one line of JSON Lines.
    let isLine: Bool
  }

  private static let mark = Array("\"\(SessionDocument.format)\"".utf8)

  private let limit: Int
  private var lines: LineReader
  private var isOnePerLine = false
  /// A line that was read already and begins the next document.
  private var pending: LineReader.Line?

  /// - Parameter limit: the longest document in bytes.
  init(_ lines: LineReader, limit: Int = InputFile.largest) {
    self.lines = lines
    self.limit = limit
  }

  /// The next document; nil at the end. Blank lines are skipped.
  mutating func next() throws(DocumentError) -> Document? {
    guard let first = try nextLine() else { return nil }
    var bytes = first.bytes
    var isTooLong = first.isTooLong
    var braces = Braces()
    if !isOnePerLine { braces.count(in: bytes) }
    if isOnePerLine || isTooLong || braces.areClosed {
      isOnePerLine = true
      return Document(bytes: bytes, line: first.number, isTooLong: isTooLong, isLine: true)
    }
    var isMarked = bytes.contains(DocumentStream.mark)
    while !braces.areClosed, let line = try lines.next() {
      let isMark = line.bytes.contains(DocumentStream.mark)
      if isMark, isMarked {
        pending = line
        isOnePerLine = true
        break
      }
      isMarked = isMarked || isMark
      braces.count(in: line.bytes)
      isTooLong = isTooLong || line.isTooLong || bytes.count + line.bytes.count >= limit
      if !isTooLong { bytes += [0x0A] + line.bytes }
    }
    return Document(
      bytes: bytes, line: first.number, isTooLong: isTooLong, isLine: isOnePerLine)
  }

  /// The next document if it is a line that was read already; nil otherwise.
  mutating func nextBuffered() -> Document? {
    guard isOnePerLine, pending == nil else { return nil }
    while let line = lines.nextBuffered() {
      if isBlank(line) { continue }
      return Document(
        bytes: line.bytes, line: line.number, isTooLong: line.isTooLong, isLine: true)
    }
    return nil
  }

  private func isBlank(_ line: LineReader.Line) -> Bool {
    line.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  private mutating func nextLine() throws(DocumentError) -> LineReader.Line? {
    if let line = pending.take() { return line }
    while let line = try lines.next() {
      if !isBlank(line) { return line }
    }
    return nil
  }
}

/// Counts open braces and brackets outside strings, line by line.
private struct Braces {
  private var open = 0

  var areClosed: Bool { open <= 0 }

  mutating func count(in line: [UInt8]) {
    // A JSON string holds no line break, so a string that is open at the end of a line is a fault.
    var isInString = false
    var isEscaped = false
    for byte in line {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isInString: isEscaped = true
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "{") where !isInString, UInt8(ascii: "[") where !isInString: open += 1
      case UInt8(ascii: "}") where !isInString, UInt8(ascii: "]") where !isInString: open -= 1
      default: break
      }
    }
  }
}

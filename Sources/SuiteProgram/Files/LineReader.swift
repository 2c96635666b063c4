package import Interchange

/// Reads an input line by line.
///
/// It holds one chunk and the current line, so memory stays flat however many lines the input has.
package struct LineReader {
  package struct Line {
    /// Counted from 1.
    package let number: Int
    /// Without the separator; cut off at the limit.
    package let bytes: [UInt8]
    package let isTooLong: Bool
  }

  /// The count of bytes read into a buffer; 0 at the end.
  package typealias Read = (UnsafeMutableRawBufferPointer) throws(DocumentError) -> Int

  private static let lineFeed: UInt8 = 0x0A

  private let read: Read
  private let limit: Int
  /// Nil until the input's first separator has decided between line feed and NUL.
  private var separator: UInt8?
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)
  private var unread = 0..<0
  private var number = 0

  /// - Parameters:
  ///   - limit: the longest line in bytes.
  ///   - read: reads the next bytes of the input.
  package init(limit: Int = InputFile.largest, read: @escaping Read) {
    self.limit = limit
    self.read = read
    separator = LineReader.lineFeed
  }

  /// The same input, with lines ended by line feeds or by NUL, whichever comes first in it.
  ///
  /// `find -print0` writes such a list; NUL cannot occur in a path.
  package func acceptingNUL() -> LineReader {
    var reader = self
    reader.separator = nil
    return reader
  }

  /// The next line; nil at the end. The last line needs no separator.
  package mutating func next() throws(DocumentError) -> Line? {
    var bytes: [UInt8] = []
    var length = 0
    while try fill() {
      let piece = chunk[unread]
      let end = piece.firstIndex { isSeparator($0) }
      if let end { separator = piece[end] }
      let text = piece[..<(end ?? piece.endIndex)]
      length += text.count
      bytes += text.prefix(max(0, limit - bytes.count))
      unread = (end.map { $0 + 1 } ?? piece.endIndex)..<piece.endIndex
      if end != nil { return line(bytes, isTooLong: length > limit) }
    }
    return length == 0 ? nil : line(bytes, isTooLong: length > limit)
  }

  /// The next line if all of it was read already; nil if that takes another read, which may wait.
  package mutating func nextBuffered() -> Line? {
    guard let end = chunk[unread].firstIndex(where: { isSeparator($0) }) else { return nil }
    separator = chunk[end]
    let text = chunk[unread.lowerBound..<end]
    unread = (end + 1)..<unread.upperBound
    return line(Array(text.prefix(limit)), isTooLong: text.count > limit)
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    if let separator { return byte == separator }
    return byte == LineReader.lineFeed || byte == 0
  }

  private mutating func line(_ bytes: [UInt8], isTooLong: Bool) -> Line {
    number += 1
    return Line(number: number, bytes: bytes, isTooLong: isTooLong)
  }

  /// Whether there are unread bytes, after reading some if there were none.
  private mutating func fill() throws(DocumentError) -> Bool {
    guard unread.isEmpty else { return true }
    var failure: DocumentError?
    let count = chunk.withUnsafeMutableBytes { buffer in
      do throws(DocumentError) {
        return try read(buffer)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    unread = 0..<count
    return count > 0
  }
}

import PlainText

/// Writes comma-separated values (RFC 4180): UTF-8, CRLF, a quote doubled inside quotes.
///
/// Every text is quoted; numbers and dates are not. A spreadsheet that reads quoted fields as text then
/// keeps the zeros before a record number and makes no power of ten of the visit `1E5`.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@`, a tab or a line break for a
/// formula (CWE-1236). The writer puts an apostrophe before such a text. Control characters become
/// visible marks, except line breaks and tabs, which are text inside quotes.
package struct CSVWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var isFirst = true

  package init() {}

  package mutating func cell(_ text: String) {
    separate()
    guard !text.isEmpty else { return }
    let text = CSVWriter.inert(CSVWriter.visible(text))
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  package mutating func cell(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// A date or a time in ISO 8601.
  package mutating func cell(iso: String) {
    separate()
    bytes.append(contentsOf: iso.utf8)
  }

  package mutating func endRecord() {
    bytes.append(0x0D)
    bytes.append(0x0A)
    isFirst = true
  }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  /// The text, with an apostrophe before it if a spreadsheet would calculate it.
  private static func inert(_ text: String) -> String {
    let first = text.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" }
    switch first {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
      return "'" + text
    default: return text
    }
  }

  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.steersOutput) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      default: result += String(scalar).printable
      }
    }
    return result
  }
}

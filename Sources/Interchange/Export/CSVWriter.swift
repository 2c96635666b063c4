import PlainText

/// Writes comma-separated values (RFC 4180): UTF-8, CRLF, a quote doubled inside quotes.
///
/// Every text is quoted, numbers and dates are not: a spreadsheet that is told to take quoted fields as
/// text then keeps the zeros before a record number, and makes no power of ten of the visit `1E5`.
/// A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@`, a tab or a line break for a
/// formula (CWE-1236). Such a text gets an apostrophe before it and is inert; numbers the program wrote
/// stay numbers. Control characters become visible marks, but for line
/// breaks and tabs inside quotes, which are text.
public struct CSVWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var isFirst = true

  public init() {}

  public mutating func cell(_ text: String) {
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

  public mutating func cell(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// A date or a time as ISO 8601 has it.
  public mutating func cell(iso: String) {
    separate()
    bytes.append(contentsOf: iso.utf8)
  }

  public mutating func endRecord() {
    bytes.append(0x0D)
    bytes.append(0x0A)
    isFirst = true
  }

  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  /// With an apostrophe before it where a spreadsheet would calculate.
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

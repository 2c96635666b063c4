/// Lines of plain text, no longer than a width, for paper and for pipes.
///
/// Words are never cut; a word longer than the line has a line of its own. No text on it can steer
/// a terminal.
public struct TextPage: Sendable {
  public static let width = 80

  public private(set) var lines: [String] = []

  public init() {}

  public var text: String {
    lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// An empty line, unless the page is empty or ends with one.
  public mutating func skip() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  /// A line as it is.
  public mutating func line(_ text: String) {
    var text = text.printable
    while text.last == " " { text.removeLast() }
    lines.append(text)
  }

  /// `left` at the margin and `right` at the end of the line, on two lines if they do not fit.
  public mutating func line(_ left: String, _ right: String) {
    let gap = TextPage.width - left.printable.columns - right.printable.columns
    if gap >= 2 {
      line(left + String(repeating: " ", count: gap) + right)
    } else {
      wrap(left)
      line(String(repeating: " ", count: max(0, TextPage.width - right.columns)) + right)
    }
  }

  public mutating func rule(_ sign: Character = "-") {
    lines.append(String(repeating: sign, count: TextPage.width))
  }

  public mutating func heading(_ text: String) {
    skip()
    line(text)
    rule()
  }

  /// Words over as many lines as they need.
  ///
  /// - Parameters:
  ///   - first: how the first line begins.
  ///   - indent: columns before the lines after it; by default under the first word.
  public mutating func wrap(_ text: String, first: String = "", indent: Int? = nil) {
    var current = first.printable
    var width = current.columns
    let margin = indent ?? width
    var isFresh = true
    for word in text.printable.utf8.split(separator: UInt8(ascii: " ")) {
      let word = Substring(word)
      let wide = word.columns
      if width + (isFresh ? 0 : 1) + wide > TextPage.width, !isFresh {
        line(current)
        current = String(repeating: " ", count: margin)
        width = margin
        isFresh = true
      }
      if !isFresh { current += " " }
      current += word
      width += (isFresh ? 0 : 1) + wide
      isFresh = false
    }
    line(current)
  }
}

extension StringProtocol {
  /// Columns on a terminal or on paper with fixed letters.
  var columns: Int {
    // Of ASCII, only a return and a line feed together are one letter.
    var count = 0
    var isPlain = true
    for byte in utf8 {
      count += 1
      isPlain = isPlain && byte < 0x80 && byte != 0x0d
    }
    if isPlain { return count }
    var total = 0
    for character in self {
      guard let scalar = character.unicodeScalars.first else { continue }
      total += scalar.value < 0x300 ? 1 : scalar.columns
    }
    return total
  }
}

extension String {
  /// The text with blanks after it up to a width; longer texts stay whole.
  func padded(to width: Int) -> String {
    let text = printable
    return text + String(repeating: " ", count: max(0, width - text.columns))
  }

  /// The text with blanks before it.
  func leading(to width: Int) -> String {
    let text = printable
    return String(repeating: " ", count: max(0, width - text.columns)) + text
  }
}

extension Unicode.Scalar {
  /// Two for the wide letters of East Asia and pictures, none for marks that stand alone.
  fileprivate var columns: Int {
    switch value {
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}

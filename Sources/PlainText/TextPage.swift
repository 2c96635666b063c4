/// Lines of plain text for paper and pipes, 80 columns wide.
///
/// Columns are counted by `DisplayWidth`. A word is never cut; a word wider than the page gets a line
/// of its own. Every text becomes `printable` first.
package struct TextPage: Sendable {
  package static let width = 80

  package private(set) var lines: [String] = []

  package init() {}

  package var text: String {
    lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// Adds an empty line, unless the page is empty or already ends with one.
  package mutating func skip() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  /// Adds a line without wrapping; blanks at its end are left out.
  package mutating func line(_ text: String) {
    var text = text.printable
    while text.last == " " { text.removeLast() }
    lines.append(text)
  }

  /// Adds a line with `left` at the margin and `right` at the right edge; two lines if they do not
  /// fit.
  package mutating func line(_ left: String, _ right: String) {
    let left = left.printable
    let right = right.printable
    let room = TextPage.width - DisplayWidth.of(right)
    let gap = room - DisplayWidth.of(left)
    if gap >= 2 {
      line(left + String(repeating: " ", count: gap) + right)
    } else {
      wrap(left)
      line(String(repeating: " ", count: max(0, room)) + right)
    }
  }

  package mutating func rule(_ sign: Character = "-") {
    lines.append(String(repeating: sign, count: TextPage.width))
  }

  package mutating func heading(_ text: String) {
    skip()
    line(text)
    rule()
  }

  /// Adds words over as many lines as they need.
  ///
  /// - Parameters:
  ///   - first: what the first line begins with.
  ///   - indent: columns before each later line; by default the width of `first`.
  package mutating func wrap(_ text: String, first: String = "", indent: Int? = nil) {
    var current = first.printable
    var width = DisplayWidth.of(current)
    let margin = indent ?? width
    var isFresh = true
    for word in text.printable.utf8.split(separator: UInt8(ascii: " ")) {
      let word = Substring(word)
      let wide = DisplayWidth.of(word)
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

extension String {
  /// The text with blanks after it up to `width` columns; a wider text stays whole.
  package func padded(to width: Int) -> String {
    let text = printable
    return text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }

  /// The text with blanks before it up to `width` columns; a wider text stays whole.
  package func leading(to width: Int) -> String {
    let text = printable
    return String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
  }
}

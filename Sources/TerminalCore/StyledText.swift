import PlainText

/// A run of text in one style.
package struct Span: Hashable, Sendable {
  package var text: String
  package var style: Style

  package init(_ text: String, _ style: Style = .text) {
    self.text = text
    self.style = style
  }

  package var columns: Int {
    text.isPrintableASCII ? text.utf8.count : DisplayWidth.of(text.printable)
  }
}

/// A line of text in several styles, with its width and its wrapping.
///
/// Lines break at blanks only. A no-break space (U+00A0) keeps a value and its unit together and is
/// drawn as a blank. A word longer than the width is broken between characters, because no text may
/// be lost.
package struct StyledText: Hashable, Sendable, ExpressibleByStringInterpolation {
  package var spans: [Span]

  package init(_ spans: [Span] = []) {
    self.spans = spans
  }

  package init(_ text: String, _ style: Style = .text) {
    self.spans = text.isEmpty ? [] : [Span(text, style)]
  }

  package init(stringLiteral value: String) {
    self.init(value)
  }

  package var columns: Int { spans.reduce(0) { $0 + $1.columns } }
  package var isEmpty: Bool { spans.allSatisfy { $0.text.isEmpty } }
  /// The text without styles.
  package var plain: String { spans.reduce(into: "") { $0 += $1.text } }

  package static func + (left: StyledText, right: StyledText) -> StyledText {
    StyledText(left.spans + right.spans)
  }

  package mutating func append(_ text: String, _ style: Style = .text) {
    if !text.isEmpty { spans.append(Span(text, style)) }
  }

  /// The lines of this text in `width` columns, at least one. Later lines begin with `indent`
  /// blanks.
  package func wrapped(to width: Int, indent: Int = 0) -> [StyledText] {
    guard width > 0 else { return [] }
    // Most texts are ASCII and fit.
    if spans.allSatisfy({ $0.text.isPrintableASCII }), columns <= width { return [self] }
    var wrapper = Wrapper(width: width, indent: indent + 1 < width ? indent : 0)
    for span in spans { wrapper.add(span.text.printable, span.style) }
    return wrapper.finished()
  }
}

/// Collects words into lines.
private struct Wrapper {
  let width: Int
  let indent: Int
  var lines: [StyledText] = []
  var line = StyledText()
  var used = 0
  var word: [Span] = []
  var wordColumns = 0
  var gap: [Span] = []
  var gapColumns = 0

  init(width: Int, indent: Int) {
    self.width = width
    self.indent = indent
  }

  mutating func add(_ text: String, _ style: Style) {
    var piece = ""
    var isGap = false
    for character in text {
      let isBlank = character == " "
      if isBlank != isGap, !piece.isEmpty {
        take(piece, style, isGap: isGap)
        piece = ""
      }
      if isBlank, !isGap { endWord() }
      isGap = isBlank
      piece.append(character)
    }
    if !piece.isEmpty { take(piece, style, isGap: isGap) }
    if isGap { endWord() }
  }

  private mutating func take(_ piece: String, _ style: Style, isGap: Bool) {
    if isGap {
      endWord()
      gap.append(Span(piece, style))
      gapColumns += DisplayWidth.of(piece)
    } else {
      word.append(Span(piece, style))
      wordColumns += DisplayWidth.of(piece)
    }
  }

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    let isFirst = used == (lines.isEmpty ? 0 : indent)
    if used + gapColumns + wordColumns <= width {
      line.spans += gap
      used += gapColumns
    } else if !isFirst {
      breakLine()
    }
    gap = []
    gapColumns = 0
    if used + wordColumns <= width {
      line.spans += word
      used += wordColumns
    } else {
      for span in word { addBroken(span) }
    }
    word = []
    wordColumns = 0
  }

  /// Breaks a word that is longer than a line, after a hyphen if it has one.
  private mutating func addBroken(_ span: Span) {
    var piece = ""
    var rest = Substring(span.text)
    while let hyphen = rest.firstIndex(of: "-") {
      let part = String(rest[...hyphen])
      let columns = DisplayWidth.of(part)
      guard columns <= width - indent else { break }
      if used + columns > width {
        line.append(piece, span.style)
        piece = ""
        breakLine()
      }
      piece += part
      used += columns
      rest = rest[rest.index(after: hyphen)...]
    }
    let left = DisplayWidth.of(String(rest))
    if !piece.isEmpty, used + left > width, left <= width - indent {
      line.append(piece, span.style)
      piece = ""
      breakLine()
    }
    for character in rest {
      let columns = DisplayWidth.of(character)
      if used + columns > width, used > 0 {
        line.append(piece, span.style)
        piece = ""
        breakLine()
      }
      piece.append(character)
      used += columns
    }
    line.append(piece, span.style)
  }

  private mutating func breakLine() {
    lines.append(line)
    line = StyledText(String(repeating: " ", count: indent))
    used = indent
  }

  mutating func finished() -> [StyledText] {
    endWord()
    lines.append(line)
    return lines
  }
}

extension Frame {
  /// Draws a line of text on one row and returns the columns it took.
  @discardableResult
  package mutating func put(_ text: StyledText, at point: Point, clip: Rect? = nil) -> Int {
    var column = point.column
    for span in text.spans {
      column += put(
        span.text, at: Point(column: column, row: point.row), span.style, clip: clip)
    }
    return column - point.column
  }

  /// Draws text wrapped into a rectangle and returns the rows it took.
  @discardableResult
  package mutating func draw(_ text: StyledText, in rect: Rect, indent: Int = 0) -> Int {
    let lines = text.wrapped(to: rect.columns, indent: indent)
    for (offset, line) in lines.prefix(rect.rows).enumerated() {
      put(line, at: Point(column: rect.column, row: rect.row + offset), clip: rect)
    }
    return min(lines.count, rect.rows)
  }

  /// Draws text right-aligned in the first row of a rectangle.
  @discardableResult
  package mutating func putRight(_ text: StyledText, in rect: Rect) -> Int {
    put(text, at: Point(column: rect.endColumn - text.columns, row: rect.row), clip: rect)
  }
}

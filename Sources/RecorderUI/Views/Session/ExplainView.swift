import InfusionRecord
import TerminalCore
import TimelineEngine

/// The lines of the text screens, and how many are visible.
enum TextLayout {
  /// Visible rows of the explanation, under a banner of three rows.
  static func rows(_ state: RecorderState) -> Int {
    max(1, state.body(headRows: 3).rows)
  }

  /// Every unit with its reasons, then every minute that is in no unit.
  static func explanation(_ state: RecorderState) -> [StyledText] {
    guard case .explain(let id) = state.screen, let reading = state.reading(of: id) else {
      return []
    }
    let words = FoundWords(state.reader.filter.text)
    let lines = Explanation(
      reading, glyphs: state.glyphs, width: state.size.columns - 4,
      pictureRows: state.isPlain || !words.isEmpty ? nil : rows(state) / 2,
      tellsRanges: true
    ).lines
    return matching(words, lines)
  }

  /// The paragraphs that hold all words: a line at the margin with the indented lines below it.
  private static func matching(_ words: FoundWords, _ lines: [StyledText]) -> [StyledText] {
    if words.isEmpty { return lines }
    var paragraphs: [[StyledText]] = []
    for line in lines {
      if line.plain.hasPrefix(" "), !paragraphs.isEmpty {
        paragraphs[paragraphs.count - 1].append(line)
      } else {
        paragraphs.append([line])
      }
    }
    return paragraphs.filter { paragraph in
      words.areIn(SearchText.findable(paragraph.map(\.plain).joined(separator: " ")))
    }.flatMap { $0 }
  }
}

extension RecorderState {
  func drawExplanation(_ id: SessionID, in frame: inout Frame) {
    guard let reading = reading(of: id) else { return }
    let head = drawBanner(reading, in: &frame)
    let body = body(headRows: head)
    drawTitle("Why these units", in: body, of: &frame)
    let area = body.droppingTop(1).inset(columns: 2)
    let lines = TextLayout.explanation(self)
    let first = min(max(0, reader.first), max(0, lines.count - 1))
    for (offset, line) in lines.dropFirst(first).prefix(area.rows).enumerated() {
      frame.put(line, at: Point(column: area.column, row: area.row + offset), clip: area)
    }
    frame.cursor = Point(column: area.column, row: area.row)
    var summary = StyledText(
      "\(reading.unitStanding), rules \(reading.statement.rulebook)", .muted)
    let below = lines.count - first - area.rows
    if below > 0 {
      summary.append("  \(glyphs.bullet)  \(glyphs.down) \(below) more lines", .muted)
    }
    if lines.isEmpty {
      frame.put(
        "Nothing here has that. Esc shows all again.",
        at: Point(column: area.column, row: area.row),
        .muted)
    }
    drawFoot(summary, in: &frame)
    drawReaderFind(in: &frame)
  }

  /// What is looked for on a text screen, in the row of the message.
  func drawReaderFind(in frame: inout Frame) {
    drawFilter(reader.filter, isTyping: reader.isFinding, "filtered", in: &frame)
  }
}

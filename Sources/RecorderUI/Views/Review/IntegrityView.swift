import InfusionRecord
import SessionReview
import TerminalCore

extension TextLayout {
  /// The counts, the lengths and the heaps, as `chairtime review --integrity` prints them.
  static func integrity(_ state: RecorderState) -> [StyledText] {
    guard let counts = state.review?.page.integrity else { return [] }
    let width = max(20, min(76, state.size.columns - 4))
    var lines: [StyledText] = []
    func add(_ text: StyledText, indent: Int = 2) {
      lines += text.wrapped(to: width, indent: indent)
    }
    for count in counts.lines {
      let label = StyledText((count.isPart ? "  " : "") + count.label)
      let value = StyledText(count.value, .text.bold)
      lines.append(label.padded(to: max(label.columns + 1, width - value.columns)) + value)
    }
    lines.append(StyledText())
    add(StyledText("Infusions by recorded minutes", .heading))
    let bins = counts.bins
    let highest = bins.map(\.count).max() ?? 0
    if highest == 0 { add(StyledText("No infusion has both times.", .muted)) }
    let bar = Character(state.glyphs.isASCII ? "#" : "█")
    let room = max(4, min(50, width - 16))
    for bin in bins where highest > 0 {
      let length = (bin.count * room + highest - 1) / highest
      var line = StyledText(
        "\(right(bin.from, 3))-\(right(bin.to, 3))  ", .muted)
      line.append("\(right(bin.count, 6)) ")
      line.append(String(repeating: bar, count: length), .running)
      lines.append(line)
    }
    if counts.longer > 0 {
      lines.append(StyledText("over 240 ", .muted) + StyledText(right(counts.longer, 6)))
    }
    lines.append(StyledText())
    add(StyledText("Lengths that heap where times are invented", .heading))
    lines.append(StyledText("min   found  expected from the minutes around it", .muted))
    for heap in counts.heaps {
      let expected = heap.expectedText
      let blank = String(repeating: " ", count: max(0, 8 - expected.count))
      var line = StyledText("\(right(heap.minutes, 3))  ")
      line.append(right(heap.found, 6), heap.isHigh ? .attention : .text)
      line.append("  \(blank)\(expected)  ")
      line.append(heap.isHigh ? "many: \(heap.why)" : heap.why, heap.isHigh ? .attention : .muted)
      add(line, indent: 23)
    }
    lines.append(StyledText())
    add(StyledText("Counts of the unit as a whole. They say where to look, not who.", .muted))
    return lines
  }

  private static func right(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: " ", count: max(0, width - digits.count)) + digits
  }
}

extension RecorderState {
  func drawIntegrity(in frame: inout Frame) {
    guard let review else { return }
    var left = StyledText("How times were charted", .heading)
    left.append("   \(review.days.title)", .text.bold)
    frame.put(left, at: Point(column: 1, row: 0))
    drawRule(row: 1, in: &frame)
    let body = body(headRows: 2)
    let area = body.inset(columns: 2)
    let lines = TextLayout.integrity(self)
    let first = min(max(0, reader.first), max(0, lines.count - 1))
    for (offset, line) in lines.dropFirst(first).prefix(area.rows).enumerated() {
      frame.put(line, at: Point(column: area.column, row: area.row + offset), clip: area)
    }
    frame.cursor = Point(column: area.column, row: area.row)
    let below = lines.count - first - area.rows
    var summary = StyledText("the whole unit, never a person", .muted)
    if below > 0 {
      summary.append("  \(glyphs.bullet)  \(glyphs.down) \(below) more lines", .muted)
    }
    drawFoot(summary, in: &frame)
  }
}

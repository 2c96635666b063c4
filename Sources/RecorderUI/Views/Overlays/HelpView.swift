import InfusionRecord
import PlainText
import TerminalCore

extension TextLayout {
  static func helpRows(_ state: RecorderState) -> Int {
    max(1, state.body(headRows: 1).rows)
  }

  /// The keys of a screen by heading, from the key table.
  static func help(_ state: RecorderState) -> [StyledText] {
    guard let help = state.help else { return [] }
    let words = Formulary.fold(help.filter.text).split(separator: " ")
    let rows = state.keymap.rows(in: help.place).filter { !$0.keys.isEmpty }.filter { row in
      let text = Formulary.fold("\(row.keyNames) \(row.help) \(row.name)")
      return words.allSatisfy { text.contains($0) }
    }
    let width = max(20, state.size.columns - 4)
    // One column if it fits, otherwise two.
    let single = lines(of: rows, width: width).flatMap { $0 }
    let half = (width - 2) / 2
    let keys =
      single.count <= helpRows(state)
      ? single : sideBySide(lines(of: rows, width: half), width: half)
    return keys + (help.filter.text.isEmpty ? legend(state, in: help.place, width: width) : [])
  }

  /// The marks of a picture, on a screen that shows the day or a session as one.
  static func legend(
    _ state: RecorderState, in place: KeyRow.Place, width: Int
  ) -> [StyledText] {
    switch place {
    case .session: break
    case .explain where !state.isPlain:
      return MinutesPicture.legend(state.glyphs).wrapped(to: width, indent: 9)
    case .board where BoardLayout(state: state).strip > 0: break
    default: return []
    }
    let glyphs = state.glyphs
    let marks: [(Character, Style, String)] = [
      (glyphs.leftEighths[8], .running, "given"), (glyphs.runningEnd, .running, "running now"),
      (glyphs.tick, .running, "push or injection"), (glyphs.paused, .paused, "paused"),
      (glyphs.planned, .paused, "expected, or end not seen"),
      (glyphs.plannedEnd, .axis, "planned end"), (glyphs.now, .axis, "now"),
    ]
    var text = StyledText("Picture  ", .heading)
    for (mark, style, words) in marks {
      text.append(String(mark), style)
      text.append("\u{A0}\(words.unbroken)  ")
    }
    return text.wrapped(to: width, indent: 9)
  }

  /// One block a heading.
  private static func lines(of rows: [KeyRow], width: Int) -> [[StyledText]] {
    let keyWidth = width >= 60 ? 16 : 14
    var blocks: [[StyledText]] = []
    for group in KeyRow.Group.allCases {
      let members = rows.filter { $0.group == group }
      if members.isEmpty { continue }
      // A heading for a single key would take a row too many on a small screen.
      let joins = members.count == 1 && !blocks.isEmpty
      var block = joins ? blocks.removeLast() : [StyledText(group.rawValue, .heading)]
      for (keys, help) in joined(members, keyWidth: keyWidth) {
        let line = StyledText(keys, .key).padded(to: keyWidth)
        block += (line + StyledText(help)).wrapped(to: width, indent: keyWidth)
      }
      blocks.append(block)
    }
    return blocks
  }

  /// The keys and the help of each row. Two rows in sequence whose help differs in one word are one line,
  /// if it fits: `Timeline finer, coarser`.
  private static func joined(_ rows: [KeyRow], keyWidth: Int) -> [(keys: String, help: String)] {
    var lines: [(keys: String, help: String)] = []
    for row in rows {
      if let last = lines.last, let help = together(last.help, row.help),
        help.count <= KeyRow.helpWidth
      {
        let listed = "\(last.keys), \(row.keyNames)"
        let keys = listed.count < keyWidth ? listed : listed.filter { $0 != "," }
        if keys.count < keyWidth {
          lines[lines.count - 1] = (keys, help)
          continue
        }
      }
      lines.append((row.keyNames, row.help))
    }
    return lines
  }

  /// Two texts that differ in one word, as one: `To the first, last row`. A word more stands at the end:
  /// `Start a drug, planned`. Nil if they differ in more.
  private static func together(_ one: String, _ other: String) -> String? {
    let first = one.split(separator: " ").map(String.init)
    let second = other.split(separator: " ").map(String.init)
    let places = zip(first, second).enumerated()
    guard first.count > 1, let at = places.first(where: { $1.0 != $1.1 })?.offset else {
      return nil
    }
    let word = at == 0 ? second[at].lowercased() : second[at]
    if first.count == second.count {
      guard first[(at + 1)...] == second[(at + 1)...] else { return nil }
      return (first[..<at] + ["\(first[at]), \(word)"] + first[(at + 1)...])
        .joined(separator: " ")
    }
    guard second.count == first.count + 1, Array(first[at...]) == Array(second[(at + 1)...]) else {
      return nil
    }
    return "\(one), \(word)"
  }

  /// The blocks whose bit is set, one below the other.
  private static func column(_ blocks: [[StyledText]], in mask: Int) -> [StyledText] {
    blocks.enumerated().flatMap { mask & (1 << $0.offset) == 0 ? [] : $0.element }
  }

  private static func sideBySide(_ blocks: [[StyledText]], width: Int) -> [StyledText] {
    // The split with the shortest longer column. One that keeps the order of the blocks comes first.
    let inOrder = (0...blocks.count).map { (1 << $0) - 1 }
    var best = (left: 0, height: Int.max)
    for mask in inOrder + (0..<(1 << blocks.count)).filter({ $0 & 1 == 1 }) {
      let height = max(
        column(blocks, in: mask).count, column(blocks, in: ~mask).count)
      if height < best.height { best = (mask, height) }
    }
    let left = column(blocks, in: best.left)
    let right = column(blocks, in: ~best.left)
    return (0..<best.height).map { row in
      let first = row < left.count ? left[row] : StyledText()
      let second = row < right.count ? right[row] : StyledText()
      return first.padded(to: width + 2) + second
    }
  }
}

extension RecorderState {
  func drawHelp(in frame: inout Frame) {
    guard let help else { return }
    drawTitle("Keys: \(help.place.title)", in: frame.bounds.top(1), of: &frame)
    let area = body(headRows: 1).inset(columns: 2)
    let lines = TextLayout.help(self)
    for (offset, line) in lines.dropFirst(max(0, help.first)).prefix(area.rows).enumerated() {
      frame.put(line, at: Point(column: area.column, row: area.row + offset), clip: area)
    }
    if lines.isEmpty {
      frame.put(
        "No key matches. Esc shows all again.", at: Point(column: area.column, row: area.row),
        .muted)
    }
    frame.cursor = Point(column: area.column, row: area.row)
    let below = lines.count - help.first - area.rows
    let summary =
      below > 0
      ? "\(glyphs.down) \(below) more lines"
      : "\(keymap.keyName(of: .find, in: .help)) finds a key, "
        + "\(keymap.keyName(of: .leave, in: .help)) leaves"
    drawFoot(StyledText(summary, .muted), in: &frame)
    if help.isFinding || !help.filter.isEmpty {
      let line = Rect(column: 1, row: size.rows - 2, columns: size.columns - 2, rows: 1)
      frame.fill(line)
      drawFind(help.filter, isTyping: help.isFinding, in: line, of: &frame)
    }
  }

  /// The command palette: every action of this screen by name.
  func drawPalette(in frame: inout Frame) {
    guard let palette else { return }
    let rows = paletteRows
    var top = 2
    if !isOverview, let session = currentSession { top = drawBanner(session, in: &frame) }
    let area = Rect(size).droppingTop(top).droppingBottom(1)
    let shown = min(max(1, rows.count), max(1, area.rows - 4))
    let box = Rect(
      column: 1, row: area.row, columns: min(64, size.columns - 2), rows: shown + 4)
    drawBox(box, title: "Do", in: &frame)
    let inside = box.inset(columns: 2, rows: 1)
    frame.put(
      StyledText([Span(": ", .key), Span(palette.entry.text, .field)]),
      at: Point(column: inside.column, row: inside.row), clip: inside)
    let before = String(palette.entry.text.prefix(palette.entry.cursor)).printable
    frame.cursor = Point(
      column: min(inside.endColumn - 1, inside.column + 2 + DisplayWidth.of(before)),
      row: inside.row)
    frame.isTyping = true
    let list = inside.droppingTop(2)
    let first = max(0, min(palette.highlighted - list.rows / 2, rows.count - list.rows))
    for (offset, row) in rows.dropFirst(first).prefix(list.rows).enumerated() {
      let isCurrent = first + offset == palette.highlighted
      var line = StyledText(isCurrent ? "\(glyphs.pointer) " : "  ", .key)
      line = line + StyledText(row.name, isCurrent ? .text.selected : .text)
      let at = Point(column: list.column, row: list.row + offset)
      if usesMouse {
        frame.mark(
          Rect(column: list.column, row: at.row, columns: list.columns, rows: 1),
          ClickTarget.action(row.intent))
      }
      frame.put(line, at: at, clip: list)
      frame.putRight(
        StyledText(row.keys.first?.description ?? "", .key),
        in: Rect(column: list.column, row: at.row, columns: list.columns, rows: 1))
    }
    if rows.isEmpty {
      frame.put(
        nothingInPalette, at: Point(column: list.column, row: list.row), .muted, clip: list)
    }
    drawKeys(in: &frame)
  }
}

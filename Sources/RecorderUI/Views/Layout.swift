import InfusionRecord
import SessionReview
package import TerminalCore

/// The layout common to all screens.
///
/// ```
///  row 0        who and when: the suite on the board, the patient on a patient's screens
///  row 1        the banner's second row, or a rule
///  …            the screen
///  height - 3   rule
///  height - 2   the last message, or a summary
///  height - 1   the keys that work now
/// ```
enum Layout {
  /// The smallest window. A smaller one shows only a message.
  static let minimum = Size(columns: 60, rows: 15)
  /// The fewest rows of a window in which a list scrolls.
  static let leastListRows = 8
  static let footRows = 3
  /// The most rows of a message.
  static let messageRows = 4

  /// The rows between the head and a foot with one message row.
  static func body(_ size: Size, headRows: Int) -> Rect {
    Rect(size).droppingTop(headRows).droppingBottom(footRows)
  }
}

extension RecorderState {
  /// The rows between the head and the present foot. A long message makes the body shorter.
  func body(headRows: Int) -> Rect {
    Rect(size).droppingTop(headRows).droppingBottom(Layout.footRows + furtherMessageRows)
  }

  /// The rows of the message after the first.
  var furtherMessageRows: Int {
    guard let message else { return 0 }
    let rows = StyledText(message.text).wrapped(to: max(1, size.columns - 2)).count
    return max(0, min(rows, Layout.messageRows) - 1)
  }

  /// The frame for the present state.
  package func view() -> Frame {
    var state = self
    return state.painted()
  }

  /// The same frame for the event loop. What the prompt comes to is kept, so that it is read once.
  package mutating func painted() -> Frame {
    _ = readPrompt()
    let frame = frame()
    marks = frame.marks
    return frame
  }

  private func frame() -> Frame {
    var frame = Frame(size: size)
    if isPlain {
      if isLocked || fits { drawPlain(in: &frame) } else { drawTooSmall(in: &frame) }
      return frame
    }
    if isLocked {
      if asksWhoIsThere { drawSignIn(in: &frame) } else { drawLock(in: &frame) }
      return frame
    }
    guard fits else {
      drawTooSmall(in: &frame)
      return frame
    }
    if help != nil {
      drawHelp(in: &frame)
      return frame
    }
    if prompt != nil, palette == nil {
      drawPrompt(in: &frame)
      return frame
    }
    drawScreen(in: &frame)
    if palette != nil { drawPalette(in: &frame) }
    return frame
  }

  /// The screen without what lies over it.
  func drawScreen(in frame: inout Frame) {
    switch screen {
    case .board: drawBoard(in: &frame)
    case .session(let id): drawSession(id, in: &frame)
    case .explain(let id): drawExplanation(id, in: &frame)
    case .history(let id): drawHistory(id, in: &frame)
    case .review: drawReview(in: &frame)
    case .integrity: drawIntegrity(in: &frame)
    case .patients: drawPatients(in: &frame)
    case .visits: drawVisits(in: &frame)
    }
  }

  /// Whether the window is large enough for the screens.
  var fits: Bool {
    size.columns >= Layout.minimum.columns && size.rows >= Layout.minimum.rows
  }

  /// The lock screen, without patient data.
  private func drawTooSmall(in frame: inout Frame) {
    let needed =
      "Chairtime needs \(Layout.minimum.columns)x\(Layout.minimum.rows); "
      + "this window has \(size.columns)x\(size.rows). Nothing is lost."
    frame.draw(StyledText(needed), in: frame.bounds)
    frame.cursor = Point(column: 0, row: 0)
  }

  private func drawLock(in frame: inout Frame) {
    let lines = [
      StyledText("Chairtime is locked", .heading),
      StyledText("\(suite.name)   \(timeNow)", .muted), StyledText(),
      StyledText([Span("Enter", .key), Span(" unlocks")]),
    ]
    let height = min(lines.count, size.rows)
    let first = max(0, (size.rows - height) / 2)
    for (offset, line) in lines.prefix(height).enumerated() {
      frame.put(
        line, at: Point(column: max(0, (size.columns - line.columns) / 2), row: first + offset))
    }
    frame.cursor = Point(column: 0, row: min(first, max(0, size.rows - 1)))
  }

  // MARK: Foot

  /// Rule, message and keys.
  func drawFoot(_ summary: StyledText, in frame: inout Frame) {
    let foot = Rect(size).bottom(Layout.footRows)
    drawRule(row: foot.row, in: &frame)
    let line = foot.droppingTop(1).top(1).inset(columns: 1)
    if let message {
      // A long message takes rows of the body, because it must be readable whole.
      let text = StyledText(message.text, message.style)
      let taken = furtherMessageRows + 1
      let rect = Rect(
        column: line.column, row: line.row - taken + 1, columns: line.columns, rows: taken)
      if taken > 1 {
        frame.fill(Rect(column: 0, row: rect.row, columns: size.columns, rows: taken))
        drawRule(row: rect.row - 1, in: &frame)
      }
      frame.draw(text, in: rect)
    } else {
      frame.put(summary, at: Point(column: line.column, row: line.row), clip: line)
    }
    drawKeys(in: &frame)
  }

  /// What the status bar always names, in every width: every other action is behind one of these.
  private static let waysOut: Set<Intent> = [.openPalette, .showReview, .leave, .showHelp]

  /// The keys that work now, from the table, as many as fit besides the ways out.
  func drawKeys(in frame: inout Frame) {
    let rows = keymap.rows(in: place).filter {
      !$0.short.isEmpty && !$0.keys.isEmpty && isUseful($0.intent)
    }
    let width = size.columns - 2
    func columns(_ row: KeyRow) -> Int {
      (row.keys.first?.description.count ?? 0) + word(for: row).count + 3
    }
    func isWayOut(_ row: KeyRow) -> Bool { RecorderState.waysOut.contains(row.intent) }
    var used = rows.filter(isWayOut).reduce(0) { $0 + columns($1) }
    var shown: [KeyRow] = []
    for row in rows where isWayOut(row) || used + columns(row) <= width + 2 {
      if !isWayOut(row) { used += columns(row) }
      shown.append(row)
    }
    let help = shown.filter { $0.intent == .showHelp }
    var line = StyledText()
    for row in shown.filter({ $0.intent != .showHelp }) + help {
      guard let key = row.keys.first else { continue }
      if !line.isEmpty { line.append("  ") }
      line.append(key.description, .key)
      line.append(" \(word(for: row))", .muted)
    }
    let row = size.rows - 1
    frame.fill(Rect(column: 0, row: row, columns: size.columns, rows: 1))
    frame.put(line, at: Point(column: 1, row: row))
  }

  /// Whether a key does something now. The status bar leaves others out; help shows them all.
  private func isUseful(_ intent: Intent) -> Bool {
    switch intent {
    case .nextField: (prompt?.fields.count ?? 0) > 1
    case .confirm where place == .prompt: isEnterUseful
    case .pageDown where place == .prompt: prompt?.form.aside == .statement
    // Where Enter submits, no second key for that is named.
    case .record: isPromptReady && word(for: .confirm) == "next"
    case .explain, .showHistory:
      screen == .review ? selectedReviewRow != nil : currentSession != nil
    case .fill(let form): refusal(toOpen: form) == nil
    case .beginPlanned: !plan(for: currentSession).isEmpty && refusal(toOpen: .start) == nil
    default: true
    }
  }

  /// Whether Enter takes, goes on or submits. It is not named if it only says what is wrong.
  private var isEnterUseful: Bool {
    guard !isOvertaken else { return false }
    if let focused = prompt?.focused, focused.isOpen {
      return focused.offered != nil || focused.isFree && focused.matches.isEmpty
    }
    if prompt?.focused?.isUnanswered == true { return false }
    return prompt?.focused?.offered != nil || isEnterNext || isPromptReady
  }

  private var isPromptReady: Bool {
    if case .success = prompt?.preview { true } else { false }
  }

  /// Whether what the prompt is about changed since the user saw it.
  var isOvertaken: Bool {
    if case .failure(let problem) = prompt?.preview { problem.cause == .overtaken } else { false }
  }

  /// What a key does now, where the table's word holds for more than one thing.
  private func word(for row: KeyRow) -> String {
    word(for: row.intent) ?? row.short
  }

  private func word(for intent: Intent) -> String? {
    switch intent {
    case .confirm where place == .prompt:
      if prompt?.focused?.offered != nil || prompt?.focused?.isOpen == true { return "take" }
      if isEnterNext { return "next" }
      return isEnterMore ? "more" : prompt.map { $0.form.verb($0) }
    case .fill(.pauseOrResume):
      let running = currentSession?.running ?? []
      return !running.isEmpty && running.allSatisfy { $0.progress == .paused } ? "resume" : nil
    default: return nil
    }
  }

  /// Whether Enter goes on to another field of the prompt.
  private var isEnterNext: Bool {
    guard let prompt, !isOvertaken else { return false }
    if prompt.firstMissing != nil { return true }
    return prompt.form.asksEveryField && prompt.focus < prompt.fields.count - 1
  }

  func drawRule(row: Int, in frame: inout Frame) {
    frame.fill(
      Rect(column: 1, row: row, columns: size.columns - 2, rows: 1), with: glyphs.horizontal,
      style: .line)
  }

  /// A horizontal rule with a title.
  func drawTitle(
    _ title: String, in rect: Rect, isFocused: Bool = false, of frame: inout Frame
  ) {
    let rule = rect.top(1).inset(columns: 1)
    frame.fill(rule, with: glyphs.horizontal, style: .line)
    let mark = isFocused ? "\(glyphs.pointer)" : " "
    var text = StyledText(mark, .key)
    text.append(title, .heading)
    text.append(" ", .line)
    frame.put(text, at: Point(column: rule.column, row: rule.row), clip: rule)
  }
}

extension Notice {
  var style: Style {
    switch kind {
    case .recorded: .settled.bold
    case .told: .text
    case .refused: .error
    }
  }
}

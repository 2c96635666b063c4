import InfusionRecord
import PlainText
import TerminalCore

extension RecorderState {
  /// The sign-in: names with their numbers, then the PIN as stars. It shows no patient data.
  func drawSignIn(in frame: inout Frame) {
    let width = max(0, size.columns - 4)
    var head = StyledText(signIn.person == nil ? "Who is there?" : "Chairtime", .heading)
    head.append("   \(suite.name)   \(timeNow)", .muted)
    frame.put(head, at: Point(column: 2, row: 0))
    guard size.rows > 3, width > 10 else {
      frame.cursor = Point(column: 0, row: 0)
      return
    }
    drawRule(row: 1, in: &frame)
    let body = Rect(column: 2, row: 3, columns: width, rows: max(0, size.rows - 6))
    if let takeover = signIn.takeover {
      drawTakeover(takeover, in: body, of: &frame)
    } else if let person = signIn.person {
      drawPIN(of: person, in: body, of: &frame)
    } else {
      drawNames(in: body, of: &frame)
    }
    if size.rows > 6 { drawKeys(in: &frame) }
  }

  private func drawPIN(of person: String, in body: Rect, of frame: inout Frame) {
    let role = roster[person]?.role.rawValue ?? ""
    frame.put(
      StyledText([Span(person, .heading), Span("   \(role)", .muted)]),
      at: Point(column: body.column, row: body.row), clip: body)
    let line = StyledText([
      Span("PIN ", .heading), Span(String(repeating: "*", count: signIn.digits), .field),
    ])
    let row = body.row + 2
    frame.put(line, at: Point(column: body.column, row: row), clip: body)
    frame.cursor = Point(column: min(size.columns - 1, body.column + line.columns), row: row)
    frame.isTyping = true
    drawSignInProblem(at: row + 2, in: body, of: &frame)
  }

  /// What taking over a locked screen drops, and that it is kept.
  func takeoverQuestion(_ takeover: Takeover) -> String {
    "\(takeover.former) left an entry unfinished on this screen. It was not recorded, and signing in drops "
      + "it. Your name, the time and your reason are kept, and supervisors see them in the review."
  }

  private func drawTakeover(_ takeover: Takeover, in body: Rect, of frame: inout Frame) {
    let lines = StyledText(takeoverQuestion(takeover), .attention).wrapped(to: body.columns)
    for (offset, line) in lines.enumerated() {
      frame.put(line, at: Point(column: body.column, row: body.row + offset), clip: body)
    }
    let row = min(body.row + lines.count + 1, max(body.row, body.endRow - 2))
    let label = "Reason "
    let text = signIn.reason.text.printable
    let room = max(1, body.columns - label.count - 1)
    let line = StyledText([
      Span(label, .heading), Span(String(text.suffix(room)), .field),
    ])
    frame.put(line, at: Point(column: body.column, row: row), clip: body)
    frame.cursor = Point(column: min(size.columns - 1, body.column + line.columns), row: row)
    frame.isTyping = true
    drawSignInProblem(at: row + 1, in: body, of: &frame)
  }

  private func drawNames(in body: Rect, of frame: inout Frame) {
    let choices = signInChoices
    let list = body.droppingBottom(3)
    let first = max(0, min((signIn.highlighted ?? 0) - list.rows / 2, choices.count - list.rows))
    for (offset, person) in choices.dropFirst(first).prefix(list.rows).enumerated() {
      let index = first + offset
      let isCurrent = index == signIn.highlighted
      var line = StyledText(isCurrent ? "\(glyphs.pointer) " : "  ", .key)
      line.append(index < 9 ? "\(index + 1)  " : "   ", .key)
      line.append(person.name, isCurrent ? .text.selected : .text)
      line.append("   \(person.role.rawValue)", .muted)
      frame.put(line, at: Point(column: list.column, row: list.row + offset), clip: list)
    }
    let row = body.endRow - 2
    let line = Rect(column: body.column, row: row, columns: body.columns, rows: 1)
    drawFind(signIn.entry, isTyping: true, in: line, of: &frame)
    drawSignInProblem(at: row + 1, in: body, of: &frame)
  }

  private func drawSignInProblem(at row: Int, in body: Rect, of frame: inout Frame) {
    guard let problem = signIn.problem else { return }
    let text = StyledText("\(glyphs.needsPerson) \(problem)", .error)
    frame.draw(text, in: Rect(column: body.column, row: row, columns: body.columns, rows: 2))
  }
}

import InfusionRecord
import PlainText
import TerminalCore
import TimelineEngine

/// What a form about a session leaves in sight: the timeline, what was given, and what the form is
/// about: what is missing, the units that closing leaves, or the statement that is signed.
struct PromptContext {
  private let reading: SessionReading
  private let state: RecorderState
  private let aside: Form.Aside
  private let scroll: Int
  private let timeline: TimelinePanel
  private let given: GivenPanel
  private let units: UnitsPanel
  private let toDo: ToDoPanel
  private let statement: [StyledText]
  private let split: Int

  init(_ reading: SessionReading, _ prompt: Prompt, state: RecorderState) {
    self.reading = reading
    var shown = state
    // The drug that the form is about is always in sight.
    let drug = prompt.administration
    if reading.recorded.administrations.contains(where: { $0.id == drug }) {
      shown.session.given.select(.administration(drug))
    } else if case .planned(let position)? = prompt.subject {
      shown.session.given.select(.planned(position))
    }
    self.state = shown
    aside = prompt.form.aside
    scroll = prompt.scroll
    let columns = state.size.columns
    split = columns * 55 / 100
    timeline = TimelinePanel(reading, state: shown, width: columns - 2)
    given = GivenPanel(reading, state: shown, width: split - 3)
    units = UnitsPanel(reading, state: shown, width: columns - split - 3)
    // Beside the list of drugs if there is no room below it.
    toDo = ToDoPanel(reading, state: shown, width: columns - 4)
    statement =
      aside == .statement
      ? PromptContext.statement(of: reading, glyphs: state.glyphs, width: columns - 4) : []
  }

  /// The statement as it is signed, with the reason of each unit.
  static func statement(
    of reading: SessionReading, glyphs: Glyphs, width: Int
  ) -> [StyledText] {
    Explanation(reading, glyphs: glyphs, width: width).lines
  }

  /// The rows that show everything.
  var rows: Int { heights.reduce(0, +) }

  /// The timeline, the lists side by side, and the last panel, each with its title.
  private var heights: [Int] {
    let last = aside == .statement ? statement.count : toDo.rows
    return [1 + timeline.rows, 1 + max(given.rows, units.rows), 1 + last]
  }

  /// The heights if the panels stand below each other; nil if there is no room for that.
  private func stacked(in rect: Rect) -> [Int]? {
    if rows <= rect.rows { return heights }
    guard aside == .statement, rect.rows >= heights[0] + heights[1] + 6 else { return nil }
    return [heights[0], heights[1], rect.rows - heights[0] - heights[1]]
  }

  func draw(in rect: Rect, of frame: inout Frame) {
    if rect.rows < 1 { return }
    if let stacked = stacked(in: rect) {
      drawAll(in: rect, stacked, of: &frame)
    } else {
      drawCompact(in: rect, of: &frame)
    }
  }

  private func drawAll(in rect: Rect, _ heights: [Int], of frame: inout Frame) {
    let upper = rect.top(heights[0])
    state.drawTitle("Timeline", in: upper, of: &frame)
    timeline.draw(in: upper.droppingTop(1).inset(columns: 1), of: &frame)
    let middle = rect.droppingTop(heights[0]).top(heights[1])
    drawGiven(in: middle.left(split), of: &frame)
    drawUnits(in: middle.droppingLeft(split - 1), of: &frame)
    let lower = rect.droppingTop(heights[0] + heights[1])
    if aside == .statement {
      drawStatement(in: lower, of: &frame)
    } else {
      state.drawTitle(ToDoPanel.title, in: lower, of: &frame)
      toDo.draw(in: lower.droppingTop(1).inset(columns: 1), of: &frame)
    }
  }

  /// A shorter timeline, and two panels next to each other; the statement takes the whole width.
  private func drawCompact(in rect: Rect, of frame: inout Frame) {
    let narrow = ToDoPanel(reading, state: state, width: rect.columns - split - 3)
    let timelineRows = compactTimelineRows(in: rect, narrow)
    timeline.draw(in: rect.top(timelineRows).inset(columns: 1), of: &frame)
    let lower = rect.droppingTop(timelineRows)
    if aside == .statement {
      drawStatement(in: lower, of: &frame)
      return
    }
    drawGiven(in: lower.left(split), of: &frame)
    let right = lower.droppingLeft(split - 1)
    if aside == .units {
      drawUnits(in: right, of: &frame)
    } else {
      state.drawTitle(ToDoPanel.title, in: right, of: &frame)
      narrow.draw(in: right.droppingTop(1).inset(columns: 2), of: &frame)
    }
  }

  private func compactTimelineRows(in rect: Rect, _ narrow: ToDoPanel) -> Int {
    let last: Int =
      switch aside {
      case .missing: max(given.rows, narrow.rows)
      case .units: max(given.rows, units.rows)
      case .statement: statement.count
      }
    // A statement that is signed takes the rows of a small window: it holds the same times.
    if aside == .statement, rect.rows < 14 { return 0 }
    // In a small window the axis and one bar stay, and a row of what was given.
    let least = rect.rows < 7 ? [2, max(1, rect.rows - 2)] : [min(3, timeline.rows), 4]
    return RecorderState.share(
      rect.rows, [timeline.rows, 1 + last], least: least, first: 1)[0]
  }

  /// The part of the statement that `draw` shows; nil if the form is about none.
  func statementWindow(in rect: Rect) -> ReadWindow? {
    guard aside == .statement else { return nil }
    let narrow = ToDoPanel(reading, state: state, width: rect.columns - split - 3)
    let above =
      stacked(in: rect).map { $0[0] + $0[1] } ?? compactTimelineRows(in: rect, narrow)
    let (window, _) = statementWindow(rows: rect.droppingTop(above).droppingTop(1).rows)
    return window
  }

  private func statementWindow(rows: Int) -> (ReadWindow, isCut: Bool) {
    let isCut = statement.count > rows
    let shown = isCut ? max(0, rows - 1) : statement.count
    let first = min(max(0, scroll), max(0, statement.count - shown))
    return (ReadWindow(first: first, rows: shown, count: statement.count), isCut)
  }

  private func drawGiven(in rect: Rect, of frame: inout Frame) {
    state.drawTitle("Given", in: rect, of: &frame)
    given.draw(in: rect.droppingTop(1).droppingLeft(2).droppingRight(1), of: &frame)
  }

  private func drawUnits(in rect: Rect, of frame: inout Frame) {
    state.drawTitle(reading.status == .open ? "Units so far" : "Units", in: rect, of: &frame)
    units.draw(in: rect.droppingTop(1).inset(columns: 2), of: &frame)
  }

  private func drawStatement(in rect: Rect, of frame: inout Frame) {
    state.drawTitle("The statement", in: rect, of: &frame)
    let area = rect.droppingTop(1).inset(columns: 2)
    let (window, isCut) = statementWindow(rows: area.rows)
    let first = window.first
    for (offset, line) in statement.dropFirst(first).prefix(window.rows).enumerated() {
      frame.put(line, at: Point(column: area.column, row: area.row + offset), clip: area)
    }
    guard isCut else { return }
    var marks: [String] = []
    if first > 0 { marks.append("\(state.glyphs.up) \(first) lines, PgUp") }
    let below = statement.count - first - window.rows
    if below > 0 { marks.append("\(state.glyphs.down) \(below) more lines, PgDn") }
    frame.putRight(StyledText(marks.joined(separator: "  "), .muted), in: area.bottom(1))
  }
}

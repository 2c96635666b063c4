import InfusionRecord
import TerminalCore
import TimelineEngine

extension RecorderState {
  /// One patient: the timeline, what was given, the units so far, what is missing.
  func drawSession(_ id: SessionID, in frame: inout Frame) {
    guard let reading = reading(of: id) else { return }
    let head = drawBanner(reading, in: &frame)
    let body = body(headRows: head)
    let split = body.columns * 55 / 100
    let given = GivenPanel(reading, state: self, width: split - 3)
    let units = UnitsPanel(reading, state: self, width: body.columns - split - 3)
    let toDo = ToDoPanel(reading, state: self, width: body.columns - 4)
    let timeline = TimelinePanel(reading, state: self, width: body.columns - 2)
    let needs = [1 + timeline.rows, 1 + max(given.rows, units.rows), 1 + toDo.rows]
    drawFoot(sessionSummary(reading), in: &frame)
    // A message shortens the last panel; it does not turn the panels into tabs.
    let last = min(needs[2], body.rows - needs[0] - needs[1])
    guard needs.reduce(0, +) <= Layout.body(size, headRows: head).rows, last >= min(needs[2], 3)
    else {
      drawTabs(reading, timeline, in: body, of: &frame)
      return
    }
    let upper = body.top(needs[0])
    drawTitle("Timeline", in: upper, of: &frame)
    timeline.draw(in: upper.droppingTop(1).inset(columns: 1), of: &frame)

    // The last panel is at the foot; empty rows are above it.
    let lower = body.bottom(last)
    let middle = body.droppingTop(needs[0]).droppingBottom(last)
    let left = middle.left(split)
    let right = middle.droppingLeft(split - 1)
    drawTitle("Given", in: left, isFocused: session.panel == .given, of: &frame)
    drawTitle("Units so far", in: right, isFocused: session.panel == .units, of: &frame)
    given.draw(in: left.droppingTop(1).droppingLeft(2).droppingRight(1), of: &frame)
    units.draw(in: right.droppingTop(1).inset(columns: 2), of: &frame)

    drawTitle(ToDoPanel.title, in: lower, isFocused: session.panel == .toDo, of: &frame)
    toDo.draw(in: lower.droppingTop(1).inset(columns: 1), of: &frame)
  }

  /// If the panels do not fit, they are tabs below a shorter timeline.
  private func drawTabs(
    _ reading: SessionReading, _ timeline: TimelinePanel, in body: Rect, of frame: inout Frame
  ) {
    let width = body.columns - 4
    let given = GivenPanel(reading, state: self, width: width)
    let units = UnitsPanel(reading, state: self, width: width)
    let toDo = ToDoPanel(reading, state: self, width: width)
    let panelRows =
      switch session.panel {
      case .given: given.rows
      case .units: units.rows
      case .toDo: toDo.rows
      }
    let heights = RecorderState.share(
      body.rows, [timeline.rows, 1 + panelRows], least: [4, 5], first: 1)
    timeline.draw(in: body.top(heights[0]).inset(columns: 1), of: &frame)
    let panel = body.droppingTop(heights[0])
    drawTabBar(reading, in: panel, of: &frame)
    let area = panel.droppingTop(1).inset(columns: 2)
    switch session.panel {
    case .given: given.draw(in: area, of: &frame)
    case .units: units.draw(in: area, of: &frame)
    case .toDo: toDo.draw(in: area, of: &frame)
    }
  }

  private func drawTabBar(_ reading: SessionReading, in rect: Rect, of frame: inout Frame) {
    let rule = rect.top(1).inset(columns: 1)
    frame.fill(rule, with: glyphs.horizontal, style: .line)
    let doubts = reading.toDo.count + (plan(for: reading).isEmpty ? 0 : 1)
    let tabs: [(SessionState.Panel, String)] = [
      (.given, "Given"), (.units, "Units so far"),
      (.toDo, doubts == 0 ? "Before closing" : "Before closing: \(doubts)"),
    ]
    var column = rule.column
    for (panel, title) in tabs {
      let isShown = panel == session.panel
      var text = StyledText(isShown ? "\(glyphs.pointer)" : " ", .key)
      text.append(title, isShown ? .heading : .muted)
      text.append(" ", .line)
      column += frame.put(text, at: Point(column: column, row: rule.row), clip: rule) + 1
    }
  }

  /// Distributes rows to panels. Each gets what it needs if all fit; otherwise each gets the
  /// minimum and the rest goes round, beginning with `first`.
  static func share(_ rows: Int, _ needs: [Int], least: [Int], first: Int) -> [Int] {
    let total = needs.reduce(0, +)
    if total <= rows { return needs }
    var given = zip(needs, least).map { min($0, $1) }
    var left = max(0, rows - given.reduce(0, +))
    for index in [first] + needs.indices.filter({ $0 != first }) {
      let more = min(left, needs[index] - given[index])
      given[index] += more
      left -= more
    }
    return given
  }

  private func sessionSummary(_ reading: SessionReading) -> StyledText {
    let state: String
    if reading.status != .open {
      state = "session \(reading.status.rawValue)"
    } else if reading.running.isEmpty {
      state = "nothing runs"
    } else {
      state = "\(reading.running.count) running"
    }
    let units = reading.units.pluralized("unit so far", "units so far")
    let dot = "  \(glyphs.bullet)  "
    return StyledText(
      "\(state)\(dot)\(units)\(dot)\(reading.opening.setting.rawValue) rules "
        + reading.statement.rulebook, .muted)
  }
}

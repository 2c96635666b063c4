import InfusionRecord
import PlainText
import TerminalCore

extension RecorderState {
  /// One row a chair; those that need a person come first.
  func drawBoard(in frame: inout Frame) {
    let layout = BoardLayout(state: self)
    drawBoardHead(layout, in: &frame)
    let body = body(headRows: BoardLayout.headRows)
    let items = boardItems
    let strip = layout.strip > 0 ? DayStrip(self, columns: layout.strip) : nil
    strip?.drawAxis(at: Point(column: layout.stripColumn, row: body.row - 1), of: &frame)
    let selected = board.cursor.index(in: items)
    var row = body.row
    var index = board.cursor.first
    while row < body.endRow, index < items.count {
      let text = layout.row(of: items[index])
      let height = text?.height ?? 1
      let rect = Rect(
        column: 0, row: row, columns: size.columns, rows: min(height, body.endRow - row))
      draw(items[index], text, layout, in: rect, isSelected: index == selected, of: &frame)
      if usesMouse { frame.mark(rect, ClickTarget.board(items[index])) }
      if let strip {
        draw(items[index], strip, at: Point(column: layout.stripColumn, row: row), of: &frame)
      }
      if index == selected { frame.cursor = Point(column: layout.chairColumn, row: row) }
      row += height
      index += 1
    }
    if items.isEmpty {
      let text =
        board.filter.isEmpty
        ? "No chairs yet. \(keymap.keyName(of: .fill(.openSession), in: .board)) opens a session."
        : "No chair matches. Esc shows all again."
      frame.draw(StyledText(text, .muted), in: body.inset(columns: 3))
    }
    drawFoot(boardSummary(), in: &frame)
    drawMore(items.count - index, below: body, in: &frame)
    drawFilter(board.filter, isTyping: board.isFinding, filterCounts, in: &frame)
  }

  private func drawBoardHead(_ layout: BoardLayout, in frame: inout Frame) {
    let today = suite.clock.date(at: now.instant)
    var left = StyledText("Chairtime", .heading)
    left.append("   \(today.weekdayName) \(today.display)  ")
    left.append(boardClock, .text.bold)
    frame.put(left, at: Point(column: 1, row: 0))
    let room = Rect(column: 1, row: 0, columns: size.columns - 2, rows: 1)
    let who = modeWords + "You: \(actor.title)"
    let long = StyledText("\(suite.name)   \(who)", .muted)
    let fits = left.columns + long.columns + 2 <= room.columns
    frame.putRight(fits ? long : StyledText(who, .muted), in: room)
    drawRule(row: 1, in: &frame)
    func put(_ name: String, _ order: BoardState.Order, _ column: Int, rightIn width: Int = 0) {
      let mark = board.order == order ? orderMark(isReversed: board.isReversed) : ""
      frame.putHead(name + mark, column, rightIn: width)
    }
    put("Chair", .chair, layout.chairColumn)
    put("Patient", .patient, layout.patientColumn)
    if !layout.isNarrow { put("Born", .born, layout.bornColumn) }
    put("Running", .running, layout.runningColumn)
    put("For", .runningFor, layout.forColumn, rightIn: BoardLayout.forWidth)
    put("Ends", .ends, layout.endsColumn, rightIn: BoardLayout.endsWidth)
    put("Units", .units, layout.unitsColumn, rightIn: BoardLayout.unitsWidth)
    if layout.holder > 0 { put("Nurse", .nurse, layout.holderColumn) }
  }

  private func draw(
    _ item: BoardState.Item, _ text: BoardRow?, _ layout: BoardLayout, in rect: Rect,
    isSelected: Bool, of frame: inout Frame
  ) {
    switch item {
    case .free(let chair):
      frame.put(chair, at: Point(column: layout.chairColumn, row: rect.row), .muted)
      frame.put("free", at: Point(column: layout.patientColumn, row: rect.row), .muted)
    case .expected(let value):
      if let text, let expected = expected(value) {
        draw(expected, text, layout, in: rect, of: &frame)
      }
    case .session(let id):
      if let text, let session = reading(of: id) {
        draw(session, text, layout, in: rect, of: &frame)
      }
    }
    guard isSelected else { return }
    // Only chair and name are reversed, so that moving the selection sends few bytes.
    frame.put(String(glyphs.pointer), at: Point(column: 2, row: rect.row), .key)
    frame.emphasize(
      Rect(
        column: layout.chairColumn, row: rect.row, columns: layout.chair + 1 + layout.patient,
        rows: 1), .selected)
  }

  private func draw(
    _ item: BoardState.Item, _ strip: DayStrip, at point: Point, of frame: inout Frame
  ) {
    switch item {
    case .session(let id):
      if let session = reading(of: id) { strip.draw(session, at: point, of: &frame, glyphs) }
    case .expected(let value):
      if let expected = expected(value) { strip.draw(expected, at: point, of: &frame, glyphs) }
    case .free: break
    }
  }

  private func draw(
    _ session: SessionReading, _ text: BoardRow, _ layout: BoardLayout, in rect: Rect,
    of frame: inout Frame
  ) {
    let needs = !session.concerns.isEmpty
    if needs {
      frame.fill(
        Rect(column: 1, row: rect.row, columns: 1, rows: rect.rows), with: glyphs.needsPerson,
        style: .attention)
    }
    func put(_ text: StyledText, _ column: Int, _ row: Int, rightIn width: Int = 0) {
      let start = width > 0 ? column + width - text.columns : column
      frame.put(text, at: Point(column: start, row: row), clip: rect)
    }
    put(
      StyledText(session.opening.chair, needs ? .text.bold : .text), layout.chairColumn, rect.row)
    for (offset, line) in text.name.enumerated() {
      put(line, layout.patientColumn, rect.row + offset)
    }
    for (offset, line) in text.born.enumerated() {
      put(line, layout.bornColumn, rect.row + offset)
    }
    put(
      session.units == 0 ? StyledText(String(glyphs.dash), .muted) : StyledText("\(session.units)"),
      layout.unitsColumn, rect.row, rightIn: BoardLayout.unitsWidth)
    if layout.holder > 0 {
      let style: Style = session.holder == actor.name ? .text : .muted
      put(StyledText(session.holder, style), layout.holderColumn, rect.row)
    }
    var row = rect.row
    if session.running.isEmpty {
      let text = session.isHidden ? "hidden" : String(glyphs.dash)
      put(StyledText(text, .muted), layout.runningColumn, row)
    }
    for (administration, drug) in zip(session.running, text.drugs) {
      for (offset, line) in drug.name.enumerated() { put(line, layout.runningColumn, row + offset) }
      let minutes = Minutes(running: administration, asOf: session.asOf).count
      put(
        StyledText(duration(minutes)), layout.forColumn, row, rightIn: BoardLayout.forWidth)
      let end = administration.plannedEnd(asOf: session.asOf)
      let planned = PlannedEnd(of: administration, asOf: session.asOf)
      let style: Style =
        planned?.isReached == true
        ? .attention : planned?.isNear == true ? .text.bold : end == nil ? .muted : .text
      // All times on the board are of the suite's clock, whatever the session's zone.
      for (offset, text) in drug.ends.enumerated() {
        put(
          StyledText(text, style), layout.endsColumn, row + offset,
          rightIn: BoardLayout.endsWidth)
      }
      row += drug.height
    }
    for (offset, line) in text.concerns.enumerated() {
      put(line, layout.concernColumn, rect.row + text.headHeight + offset)
    }
  }

  private func draw(
    _ expected: ExpectedPatient, _ text: BoardRow, _ layout: BoardLayout, in rect: Rect,
    of frame: inout Frame
  ) {
    func put(_ lines: [StyledText], _ column: Int) {
      for (offset, line) in lines.enumerated() {
        frame.put(line, at: Point(column: column, row: rect.row + offset), clip: rect)
      }
    }
    put([StyledText(expected.chair, .muted)], layout.chairColumn)
    put(text.name, layout.patientColumn)
    put(text.born, layout.bornColumn)
    put(text.drugs.flatMap(\.name), layout.runningColumn)
  }

  /// What stands after the name of the column that a list is ordered by.
  func orderMark(isReversed: Bool) -> String { String(isReversed ? glyphs.up : glyphs.down) }

  private func boardSummary() -> StyledText {
    var running = 0
    var needing = 0
    for session in openSessions {
      running += session.running.count
      needing += session.concerns.isEmpty ? 0 : 1
    }
    let dot = "  \(glyphs.bullet)  "
    var text = StyledText("\(running) running\(dot)", .muted)
    text.append(
      needing.pluralized("needs you", "need you"), needing > 0 ? .attention : .muted)
    let count = openSessions.count
    text.append("\(dot)\(count.pluralized("open session"))", .muted)
    let expected = "\(dot)\(expectedWords)"
    if !allWaiting.isEmpty, text.columns + expected.count + 2 <= size.columns {
      text.append(expected, .muted)
    }
    return text
  }

  /// `3 expected, 1 restricted`: the count is of all, and restricted patients have no row.
  var expectedWords: String {
    let hidden = hiddenWaitingCount
    return "\(allWaiting.count) expected" + (hidden == 0 ? "" : ", \(hidden) restricted")
  }

  /// `2 of 16 match, 3 need you`, of all rows, so that a filter hides no number.
  var filterCounts: String {
    let needing = openSessions.count { !$0.concerns.isEmpty }
    let matching = boardMatches.count
    let count = "\(matching) of \(board.items.count) \(matching == 1 ? "matches" : "match")"
    return (matching == 0 ? "No chair matches" : count) + ", "
      + needing.pluralized("needs you", "need you")
  }
}

extension RecorderState {
  /// The open sessions whose patients have a similar name, as short texts.
  func similarNames(to session: SessionReading, most: Int = .max) -> [String] {
    (similar[session.id] ?? []).prefix(most).compactMap { id in
      guard let other = reading(of: id) else { return nil }
      return "similar name: \(other.opening.patient.displayName), chair \(other.opening.chair)"
    }
  }
}

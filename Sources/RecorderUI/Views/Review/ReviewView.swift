import InfusionRecord
import SessionReview
import TerminalCore
import TimelineEngine

extension RecorderState {
  /// One row a session, those that need a person first, and the totals of the days.
  func drawReview(in frame: inout Frame) {
    guard let review else { return }
    let layout = ReviewLayout(state: self)
    drawReviewHead(review, layout, in: &frame)
    let list = layout.list
    let selected = review.cursor.index(in: review.ids)
    var row = list.row
    var index = review.cursor.first
    while row < list.endRow, index < review.shown.count {
      let item = review.row(at: index)
      let height = layout.height(of: item)
      let rect = Rect(
        column: 0, row: row, columns: list.columns, rows: min(height, list.endRow - row))
      draw(item, layout, in: rect, isSelected: index == selected, of: &frame)
      if usesMouse { frame.mark(rect, ClickTarget.review(item.id)) }
      row += height
      index += 1
    }
    if review.shown.isEmpty {
      frame.draw(StyledText(nothing(review), .muted), in: list.inset(columns: 3))
      frame.cursor = Point(column: layout.timeColumn, row: list.row)
    }
    drawTotals(review, layout, in: &frame)
    drawFoot(reviewSummary(review), in: &frame)
    drawMore(review.shown.count - index, below: list, in: &frame)
    drawFilter(
      review.filter, isTyping: review.isFinding, "\(review.shown.count) shown", in: &frame)
  }

  /// The reason why there is no row.
  func nothing(_ review: ReviewState) -> String {
    if !review.isRead || !review.page.isWhole { return "Reading the days." }
    if review.page.rows.isEmpty { return "No session was opened on these days." }
    if review.needsOnly, review.filter.isEmpty {
      return
        "Nothing here needs a person. \(keymap.keyName(of: .showNeeds, in: .review)) shows all again."
    }
    return "No session matches. Esc shows all again."
  }

  private func drawReviewHead(
    _ review: ReviewState, _ layout: ReviewLayout, in frame: inout Frame
  ) {
    var left = StyledText("Review", .heading)
    left.append("   \(review.days.title)", .text.bold)
    if review.needsOnly { left.append("   only those that need you", .attention) }
    frame.put(left, at: Point(column: 1, row: 0))
    let room = Rect(column: 1, row: 0, columns: size.columns - 2, rows: 1)
    let time = timeNow
    let who = modeWords + "You: \(actor.title)"
    for text in ["\(suite.name)   \(who)   \(time)", "\(who)   \(time)", time] {
      let right = StyledText(text, .muted)
      guard left.columns + right.columns + 2 <= room.columns else { continue }
      frame.putRight(right, in: room)
      break
    }
    drawRule(row: 1, in: &frame)
    func put(_ name: String, _ order: ReviewState.Order, _ column: Int, rightIn width: Int = 0) {
      let mark = review.order == order ? orderMark(isReversed: review.isReversed) : ""
      frame.putHead(name + mark, column, rightIn: width)
    }
    put("Time", .time, layout.timeColumn)
    put("Patient", .patient, layout.patientColumn)
    if !layout.isNarrow { put("Born", .born, layout.bornColumn) }
    put("Chair", .chair, layout.chairColumn)
    if layout.nurse > 0 { put("Nurse", .nurse, layout.nurseColumn) }
    if layout.codes > 0 { put("Codes", .codes, layout.codesColumn) }
    put("Units", .units, layout.unitsColumn, rightIn: ReviewLayout.unitsWidth)
    put("Findings", .findings, layout.findingsColumn, rightIn: ReviewLayout.findingsWidth)
    put("Status", .status, layout.statusColumn)
  }

  private func draw(
    _ item: ReviewRow, _ layout: ReviewLayout, in rect: Rect, isSelected: Bool,
    of frame: inout Frame
  ) {
    let concerns = layout.concernTexts(item)
    let weight: Style = item.need == .person ? .text.bold : .text
    // Reviewed rows are muted, except their names.
    let rest: Style = item.need == .reviewed ? .muted : .text
    if item.need == .person {
      frame.fill(
        Rect(column: 1, row: rect.row, columns: 1, rows: rect.rows), with: glyphs.needsPerson,
        style: .attention)
    }
    func put(_ text: StyledText, _ column: Int, _ row: Int, rightIn width: Int = 0) {
      let start = width > 0 ? column + width - text.columns : column
      frame.put(text, at: Point(column: start, row: row), clip: rect)
    }
    let times = layout.timeLines(item)
    for (offset, line) in times.enumerated() {
      put(StyledText(line, rest), layout.timeColumn, rect.row + offset)
    }
    let name = layout.nameLines(item, weight)
    for (offset, line) in name.enumerated() { put(line, layout.patientColumn, rect.row + offset) }
    if !layout.isNarrow { put(StyledText(item.born, rest), layout.bornColumn, rect.row) }
    put(StyledText(item.chair, rest), layout.chairColumn, rect.row)
    if layout.nurse > 0 { put(StyledText(item.nurse, .muted), layout.nurseColumn, rect.row) }
    let codes = layout.codeLines(item)
    for (offset, line) in codes.enumerated() { put(line, layout.codesColumn, rect.row + offset) }
    let dash = StyledText(String(glyphs.dash), .muted)
    put(
      item.unitCount == 0 ? dash : StyledText("\(item.unitCount)", rest), layout.unitsColumn,
      rect.row,
      rightIn: ReviewLayout.unitsWidth)
    put(
      item.questions.isEmpty
        ? dash
        : StyledText(
          "\(item.questions.count)", item.need == .person ? .attention : .muted),
      layout.findingsColumn, rect.row, rightIn: ReviewLayout.findingsWidth)
    put(StyledText(item.status, item.statusStyle), layout.statusColumn, rect.row)
    var row = rect.row + max(1, name.count, codes.count)
    for concern in concerns {
      for line in concern.wrapped(to: layout.concernWidth, indent: 2) {
        put(line, layout.concernColumn, row)
        row += 1
      }
    }
    guard isSelected else { return }
    frame.put(String(glyphs.pointer), at: Point(column: 2, row: rect.row), .key)
    frame.emphasize(
      Rect(
        column: layout.timeColumn, row: rect.row, columns: layout.time + 1 + layout.patient,
        rows: 1), .selected)
    frame.cursor = Point(column: layout.timeColumn, row: rect.row)
  }

  // MARK: Totals

  private func drawTotals(
    _ review: ReviewState, _ layout: ReviewLayout, in frame: inout Frame
  ) {
    let body = layout.body
    if !layout.totals.isEmpty {
      let strip = body.bottom(layout.totals.count + 1)
      if review.shown.count < review.page.rows.count {
        drawTitle("All \(review.page.rows.count) sessions, shown or not", in: strip, of: &frame)
      } else {
        drawRule(row: strip.row, in: &frame)
      }
      for (offset, line) in layout.totals.enumerated() {
        frame.put(line, at: Point(column: 1, row: strip.row + 1 + offset), clip: strip)
      }
    }
    guard layout.side > 0 else { return }
    let panel = Rect(
      column: size.columns - layout.side, row: 2, columns: layout.side, rows: body.rows + 1)
    frame.fill(panel.left(1), with: glyphs.vertical, style: .line)
    let area = panel.droppingLeft(2).droppingRight(1)
    func put(_ row: Int, _ label: StyledText, _ units: String, _ signed: String, _ style: Style) {
      guard row < area.endRow else { return }
      frame.put(label, at: Point(column: area.column, row: row), clip: area.droppingRight(14))
      frame.put(
        StyledText(units, style),
        at: Point(column: area.endColumn - 8 - units.count, row: row), clip: area)
      frame.put(
        StyledText(signed, .muted), at: Point(column: area.endColumn - signed.count, row: row),
        clip: area)
    }
    let isFiltered = review.shown.count < review.page.rows.count
    put(
      area.row, StyledText(isFiltered ? "All \(review.page.rows.count)" : "Code", .muted), "Units",
      "Signed", .muted)
    for (offset, total) in review.page.totals.lines.enumerated() {
      put(
        area.row + 1 + offset, StyledText(total.code.number), "\(total.units)", "\(total.postable)",
        .text)
    }
    let hidden = review.page.hiddenUnits
    if hidden > 0 {
      let row = area.row + 1 + review.page.totals.lines.count
      put(row, StyledText("restricted", .muted), "\(hidden)", "", .text)
    }
    if review.page.totals.lines.isEmpty, hidden == 0 {
      frame.put("No units.", at: Point(column: area.column, row: area.row + 1), .muted)
    }
  }

  // MARK: Foot

  private func reviewSummary(_ review: ReviewState) -> StyledText {
    guard review.page.isWhole else {
      return StyledText("Reading: \(review.page.rows.count) of \(review.page.sessions)", .muted)
    }
    let summary = reviewCounts(review, "  \(glyphs.bullet)  ")
    return summary.columns <= size.columns - 2 ? summary : reviewCounts(review, ", ")
  }

  private func reviewCounts(_ review: ReviewState, _ dot: String) -> StyledText {
    let needing = review.page.count(.person)
    var text = StyledText(review.page.rows.count.pluralized("session") + dot, .muted)
    text.append(
      needing.pluralized("needs you", "need you"), needing > 0 ? .attention : .muted)
    text.append(
      "\(dot)\(review.page.count(.clean)) clean\(dot)\(review.page.count(.reviewed)) reviewed"
        + "\(dot)\(review.page.openCount) open", .muted)
    let opened = glassBreaks.count
    if opened > 0 { text.append("\(dot)\(opened) opened with a reason", .attention) }
    return text
  }
}

extension ReviewRow {
  /// The text of the status column.
  var status: String {
    switch need {
    // The column has eight cells.
    case .reviewed where unposted.lacksAccount: "unposted"
    case .reviewed where unposted.count > 0: "\(unposted.count) held"
    case .reviewed: unposted.isEmpty ? "reviewed" : "no class"
    case .open, .person, .clean: isChanged ? "changed" : isOpen ? openText : "closed"
    }
  }

  var statusStyle: Style {
    switch need {
    case .person: .attention
    case .clean: .text
    case .open: .muted
    case .reviewed: unposted.isEmpty ? .muted : .attention
    }
  }
}

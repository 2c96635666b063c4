import InfusionRecord
import SessionReview
import TerminalCore
import TimelineEngine

/// The units so far.
struct UnitsPanel {
  private let list: BlockList
  private let isProvisional: Bool
  private let glyphs: Glyphs

  var rows: Int { list.rows + (isProvisional ? 1 : 0) }

  init(_ reading: SessionReading, state: RecorderState, width: Int) {
    glyphs = state.glyphs
    let charges = reading.statement.charges
    var blocks = charges.map { UnitsPanel.block($0, reading, state.glyphs, max(20, width)) }
    let lines = reading.statement.drugLines
    blocks += lines.map { UnitsPanel.block($0, reading, state.glyphs, max(20, width)) }
    if blocks.isEmpty { blocks = [[StyledText("None so far.", .muted)]] }
    isProvisional =
      charges.contains { $0.status == .provisional }
      || lines.contains { $0.status == .provisional }
    list = BlockList(
      blocks: blocks,
      selected: reading.lineCount == 0
        ? nil : state.session.units.index(in: Array(0..<reading.lineCount)),
      isFocused: state.session.panel == .units && state.prompt == nil, glyphs: state.glyphs)
  }

  private static func block(
    _ charge: Charge, _ reading: SessionReading, _ glyphs: Glyphs, _ width: Int
  ) -> [StyledText] {
    var text = reading.drugNames(of: charge)
    if let date = reading.dateText(of: charge) { text += ", \(date)" }
    return block(
      charge.code.number, charge.modifiers.texts, charge.units, text, charge.status, glyphs, width)
  }

  private static func block(
    _ line: DrugLine, _ reading: SessionReading, _ glyphs: Glyphs, _ width: Int
  ) -> [StyledText] {
    block(
      line.code.code, line.modifiers.map(\.rawValue), line.units, reading.drugNames(of: line),
      line.status, glyphs, width)
  }

  private static func block(
    _ code: String, _ modifiers: [String], _ units: Int, _ text: String,
    _ status: Statement.Status, _ glyphs: Glyphs, _ width: Int
  ) -> [StyledText] {
    let mark: StyledText =
      switch status {
      case .final: StyledText()
      case .provisional: StyledText(String(glyphs.provisional), .provisional)
      case .review: StyledText("review", .attention)
      case .held: StyledText("held", .attention)
      }
    var head = StyledText(code, .text.bold)
    for modifier in modifiers { head.append("-\(modifier)") }
    head.append(units < 10 ? "  \(units)  " : " \(units)  ")
    let indent = head.columns
    let room = width - mark.columns - 1
    var lines = (head + StyledText(text))
      .wrapped(to: room, indent: min(indent, room / 2))
    if !mark.isEmpty, !lines.isEmpty {
      lines[0] = lines[0].padded(to: width - mark.columns) + mark
    }
    return lines
  }

  func draw(in rect: Rect, of frame: inout Frame) {
    guard isProvisional, rect.rows > 1 else {
      list.draw(in: rect, of: &frame)
      return
    }
    let listRows = min(list.rows, rect.rows - 1)
    list.draw(in: rect.top(listRows), of: &frame)
    frame.put(
      "\(glyphs.provisional) provisional: may still change",
      at: Point(column: rect.column, row: rect.row + listRows), .muted, clip: rect)
  }
}

/// The issues to resolve before the session is closed.
struct ToDoPanel {
  static let title = "Before closing"
  private let list: BlockList
  var rows: Int { list.rows }

  init(_ reading: SessionReading, state: RecorderState, width: Int) {
    let toDo = reading.toDo
    var blocks = toDo.map { issue in
      let needs = issue.kind != .stillRunning
      let mark = needs ? "\(state.glyphs.needsPerson) " : "  "
      let text = StyledText(reading.sentence(of: issue), needs ? .attention : .text)
      return (StyledText(mark, .attention) + text).wrapped(to: width, indent: 2)
    }
    let plan = state.plan(for: reading)
    if !plan.isEmpty {
      blocks.append(StyledText("  " + PlannedDose.sentence(plan)).wrapped(to: width, indent: 2))
    }
    if blocks.isEmpty {
      let text =
        state.prompt != nil
        ? "Nothing is missing."
        : reading.status == .open
          ? "Nothing is missing. \(state.keymap.keyName(of: .fill(.close), in: .session)) closes the session."
          : "This session is \(reading.status.rawValue); "
            + "\(state.keymap.keyName(of: .fill(.reopen), in: .session)) opens it again with a reason."
      blocks = [[StyledText("  " + text, .muted)]]
    }
    list = BlockList(
      blocks: blocks,
      selected: toDo.isEmpty ? nil : state.session.toDo.index(in: Array(toDo.indices)),
      isFocused: state.session.panel == .toDo && state.prompt == nil, glyphs: state.glyphs)
  }

  func draw(in rect: Rect, of frame: inout Frame) { list.draw(in: rect, of: &frame) }
}

extension SessionReading {
  /// Times for a reader who knows the day on which the session was opened.
  var clockText: ClockText { ClockText(log) }

  func clockText(_ moment: Instant) -> String { clockText.moment(moment) }

  /// The date of service of a charge; nil if all units are of the day on which the session began.
  func dateText(of charge: Charge) -> String? {
    let opened = log.openedAt.map { clock.date(at: $0) }
    guard statement.spansDates(from: opened) else { return nil }
    return charge.serviceDate?.display
  }

  /// How many charges and lines of drugs there are.
  var lineCount: Int { statement.charges.count + statement.drugLines.count }

  /// The drugs behind a line, each once, and the date if not all units are of one.
  func drugNames(of line: DrugLine) -> String {
    let opened = log.openedAt.map { clock.date(at: $0) }
    let date = line.serviceDate == opened ? nil : line.serviceDate?.display
    return ([drugNames(line.administrations)] + [date].compactMap(\.self)).joined(separator: ", ")
  }

  /// The drugs behind a charge, each once.
  func drugNames(of charge: Charge) -> String {
    drugNames(statement.administrations(of: charge).map { Int($0) })
  }

  private func drugNames(_ positions: [Int]) -> String {
    positions.map { statement.timeline.administrations[$0].drug.displayName }.uniqued
      .joined(separator: ", ")
  }
}

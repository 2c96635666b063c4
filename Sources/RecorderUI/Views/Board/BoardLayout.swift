import InfusionRecord
import TerminalCore

/// The columns of the board, which grow with the window.
struct BoardLayout {
  static let headRows = 3
  static let markWidth = 3
  static let bornWidth = 11
  static let forWidth = 9
  static let endsWidth = 5
  static let unitsWidth = 5

  let state: RecorderState
  let chair: Int
  let patient: Int
  let running: Int
  let holder: Int
  /// Narrow windows show the date of birth below the name.
  let isNarrow: Bool
  /// The width of the day's strips; 0 if the window has no room for them.
  let strip: Int

  /// From this width on the names leave room for strips.
  private static let wide = 150

  init(state: RecorderState) {
    self.state = state
    let width = state.size.columns
    chair = min(10, max(5, state.suite.chairs.reduce(0) { max($0, $1.count) }))
    holder = width >= 100 ? 16 : 0
    isNarrow = width < 80
    let fixed =
      BoardLayout.markWidth + chair + 1 + (isNarrow ? 2 : BoardLayout.bornWidth + 3)
      + BoardLayout.forWidth + 1 + BoardLayout.endsWidth + 1 + BoardLayout.unitsWidth + 1
      + (holder > 0 ? holder + 2 : 0)
    let rest = max(16, width - fixed)
    let isWide = width >= BoardLayout.wide
    patient = min(isWide ? 26 : 34, max(8, rest * 53 / 100))
    // On a wide window the minutes stay near their drug, which keeps rows readable.
    running = min(isWide ? 30 : 44, max(8, rest - patient))
    strip = isWide ? width - fixed - patient - running - 2 : 0
  }

  var listRows: Int { state.body(headRows: BoardLayout.headRows).rows }
  var chairColumn: Int { BoardLayout.markWidth }
  var patientColumn: Int { chairColumn + chair + 1 }
  var bornColumn: Int { patientColumn + patient + 1 }
  var runningColumn: Int { isNarrow ? bornColumn : bornColumn + BoardLayout.bornWidth + 1 }
  var forColumn: Int { runningColumn + running + 1 }
  var endsColumn: Int { forColumn + BoardLayout.forWidth + 1 }
  var unitsColumn: Int { endsColumn + BoardLayout.endsWidth + 1 }
  var holderColumn: Int { unitsColumn + BoardLayout.unitsWidth + 2 }
  var stripColumn: Int { holderColumn + holder + 1 }

  /// The width of the concerns, which are below the row from the patient's column on.
  var concernColumn: Int { patientColumn + 1 }
  var concernWidth: Int { state.size.columns - concernColumn - 1 }

  /// The texts of an open session or an expected patient; nil for a free chair, which takes one row.
  func row(of item: BoardState.Item) -> BoardRow? {
    switch item {
    case .session(let id): state.boardRows[id.text] ?? state.reading(of: id).map(row(of:))
    case .expected(let value): state.expected(value).map(row(of:))
    case .free: nil
    }
  }

  /// The patient, when it is expected, and what is planned.
  private func row(of expected: ExpectedPatient) -> BoardRow {
    let patient = expected.patient
    let born = StyledText(patient.dateOfBirth?.display ?? "not recorded", .muted)
    var name = StyledText(patient.displayName).wrapped(to: self.patient, indent: 1)
    if isNarrow { name.append(StyledText(" ") + born) }
    var due = StyledText("due \(expected.time)", .muted)
    if let late = expected.minutesLate(at: state.now.instant, by: state.suite.clock) {
      due.append(", ", .muted)
      due.append("\(duration(late).unbroken) late", .text)
    }
    if expected.isNotInBook { due.append(", \(ExpectedPatient.notInBook)", .text) }
    var lines = due.wrapped(to: running, indent: 1)
    let plan = expected.plan(state.formulary)
    if !plan.isEmpty { lines += StyledText(plan).wrapped(to: running, indent: 1) }
    return BoardRow(
      name: name, born: isNarrow ? [] : born.wrapped(to: BoardLayout.bornWidth),
      drugs: [BoardRow.Drug(name: lines, ends: [])], concerns: [])
  }

  private func row(of session: SessionReading) -> BoardRow {
    // A similar name cannot be resolved by the user, so it has no attention mark.
    let weight: Style = session.concerns.isEmpty ? .text : .text.bold
    return BoardRow(
      name: nameLines(session, weight), born: isNarrow ? [] : bornLines(session),
      drugs: session.running.map { administration in
        BoardRow.Drug(
          name: drugLines(administration, session), ends: endLines(administration, session))
      },
      concerns: concernTexts(session).flatMap { $0.wrapped(to: concernWidth, indent: 2) })
  }

  /// The date of birth, in a column of its own.
  private func bornLines(_ session: SessionReading) -> [StyledText] {
    if session.isHidden { return [StyledText("hidden", .muted)] }
    let born = session.opening.patient.dateOfBirth?.display ?? "not recorded"
    return StyledText(born).wrapped(to: BoardLayout.bornWidth)
  }

  private func nameLines(_ session: SessionReading, _ style: Style) -> [StyledText] {
    let name = StyledText(session.opening.patient.displayName, style)
    let lines = name.wrapped(to: patient, indent: 1)
    guard isNarrow, !session.isHidden else { return lines }
    return lines + [
      StyledText(" " + (session.opening.patient.dateOfBirth?.display ?? "born not recorded"))
    ]
  }

  /// The planned end for a narrow column: `in 5` in the last minutes, otherwise the time, below it the
  /// offset and the day if they are needed.
  private func endLines(
    _ administration: RecordedAdministration, _ session: SessionReading
  ) -> [String] {
    guard let end = administration.plannedEnd(asOf: session.asOf) else {
      return [String(state.glyphs.dash)]
    }
    if let near = PlannedEnd(of: administration, asOf: session.asOf), near.isNear {
      return ["in \(near.minutesLeft)"]
    }
    let text = state.suiteClock
    let day = text.clock.date(at: end)
    let lines = text.time(end).split(separator: " ").map(String.init)
    return day == text.day ? lines : lines + [day.display]
  }

  private func drugLines(
    _ administration: RecordedAdministration, _ session: SessionReading
  ) -> [StyledText] {
    let isPaused = administration.progress == .paused
    var text = StyledText()
    if isPaused { text.append("paused: ", .paused) }
    let name = session.boardName(of: administration, clock: state.suiteClock)
    text.append(name, isPaused ? .text : .running)
    return text.wrapped(to: running, indent: 1)
  }

  private func concernTexts(_ session: SessionReading) -> [StyledText] {
    let texts = session.concerns.map(\.text)
    let similar = state.similar[session.id]?.count ?? 0
    var lines = StyledText.concerns(
      texts + state.similarNames(to: session, most: max(0, 2 - texts.count)),
      of: texts.count + similar)
    if !lines.isEmpty, !state.matchesFilter(.session(session.id)) {
      lines[0] = StyledText([Span("not a match: ", .muted)] + lines[0].spans)
    }
    if let last = lines.indices.last, let zone = state.zoneText(of: session),
      texts.contains(where: \.namesTime)
    {
      lines[last].append(" (times in \(zone))", .muted)
    }
    return lines
  }
}

/// The texts of an open session or an expected patient on the board, as lines that fit their columns.
struct BoardRow: Sendable {
  struct Drug: Sendable {
    let name: [StyledText]
    let ends: [String]

    /// The rows of its name or of its planned end, whichever are more.
    var height: Int { max(name.count, ends.count) }
  }

  let name: [StyledText]
  /// Empty on narrow windows, which show the date of birth below the name.
  let born: [StyledText]
  let drugs: [Drug]
  let concerns: [StyledText]

  /// The rows of the session without its concerns.
  var headHeight: Int { max(1, name.count, born.count, drugs.reduce(0) { $0 + $1.height }) }
  var height: Int { headHeight + concerns.count }
}

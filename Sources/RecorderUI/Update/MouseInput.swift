import InfusionRecord
import TerminalCore

/// What a click selects. It is named by what it is and not by its row, so that a list which changes between the
/// frame and the click selects nothing else.
enum ClickTarget: Hashable, Sendable {
  case board(BoardState.Item)
  case review(SessionID)
  case patient(FoundPatient)
  case visit(SessionID)
  case given(SessionState.GivenRow)
  /// A row of the focused field's list: the field and the row.
  case choice(Field.Name, subject: String, value: String)
  /// An action of the palette.
  case action(Intent)
}

extension RecorderState {
  /// Acts on the mouse. A click selects what was painted under it and accepts nothing; the wheel moves the
  /// highlight or scrolls, as the arrows do.
  mutating func take(_ event: MouseEvent, at milliseconds: Int64) -> [Effect] {
    guard usesMouse, !isLocked, fits, awaited == nil else { return [] }
    lastActivity = uptime
    switch event {
    case .wheelUp, .wheelDown:
      guard gate.verdict(onKeyAt: milliseconds, isTab: false) == .act else { return [] }
      let isUp = event == .wheelUp
      if place.takesText { return update(isUp ? .previousChoice : .nextChoice) }
      return update(isUp ? .moveUp : .moveDown)
    case .click(let point):
      let mark = marks.last { $0.rect.contains(point) }
      guard let target = mark?.target as? ClickTarget, gate.clicks(at: milliseconds) else {
        return []
      }
      notice = nil
      choose(target)
      clampSelections()
      return []
    }
  }

  private mutating func choose(_ target: ClickTarget) {
    switch target {
    case .board(let item):
      if place == .board, boardItems.contains(item) { board.cursor.select(item) }
    case .review(let id):
      guard place == .review, review?.ids.contains(id) == true else { return }
      review?.isChosen = true
      review?.cursor.select(id)
    case .patient(let found):
      if place == .patients, search?.found.contains(found) == true { search?.cursor.select(found) }
    case .visit(let id):
      if place == .visits, search?.visits.contains(where: { $0.id == id }) == true {
        search?.visit.select(id)
      }
    case .given(let row):
      guard place == .session, let reading = currentSession,
        givenRows(reading).contains(row)
      else { return }
      session.panel = .given
      session.given.select(row)
    case .choice(let name, let subject, let value):
      guard place == .prompt, let focus = prompt?.focus, let field = prompt?.focused,
        field.name == name, field.subject == subject
      else { return }
      prompt?.fields[focus].highlight(value)
      prompt?.problem = nil
      refreshPrompt()
    case .action(let intent):
      guard place == .palette,
        let index = paletteRows.firstIndex(where: { $0.intent == intent })
      else { return }
      palette?.highlighted = index
    }
  }
}

import InfusionRecord
import TerminalCore

// The keys of text screens, of the help and of the palette.

extension RecorderState {
  mutating func actInReader(_ intent: Intent) -> [Effect] {
    if intent == .find { reader.isFinding = true }
    reader.first += intent.steps(page: pageRows) ?? 0
    return []
  }

  mutating func actInHistory(_ intent: Intent, _ id: SessionID) -> [Effect] {
    if intent == .find { reader.isFinding = true }
    if let steps = intent.steps(page: pageRows / 2) {
      reader.entry.move(by: steps, in: shownFacts(of: id).map(\.id))
    }
    return []
  }

  /// The find line of the explanation and of the facts.
  mutating func actInReaderFind(_ intent: Intent) -> [Effect] {
    switch intent {
    case .confirm: reader.isFinding = false
    case .cancel:
      reader.isFinding = false
      reader.filter.clear()
    case .nextChoice, .previousChoice:
      let step = intent == .nextChoice ? 1 : -1
      if case .history(let id) = screen {
        reader.entry.move(by: step, in: shownFacts(of: id).map(\.id))
      } else {
        reader.first += step
      }
    case .showHelp: help = HelpState(place: .find)
    default:
      reader.filter.act(on: intent)
      reader.first = 0
    }
    return []
  }

  /// The facts that match what is looked for, in the order of recording.
  func shownFacts(of id: SessionID) -> [Event] {
    guard let reading = reading(of: id) else { return [] }
    let words = FoundWords(reader.filter.text)
    if words.isEmpty { return reading.log.events }
    return reading.log.events.filter { event in
      let lines = factLines(event, reading, width: 2000).map(\.plain)
      return words.areIn(SearchText.findable(lines.joined(separator: " ")))
    }
  }

  mutating func actInHelp(_ intent: Intent) -> [Effect] {
    guard var help else { return [] }
    if let steps = intent.steps(page: pageRows) {
      self.help?.first += steps
      return []
    }
    switch intent {
    case .find: help.isFinding = true
    case .confirm: help.isFinding = false
    case .cancel:
      help.isFinding = false
      help.filter.clear()
    case .goBack where !help.filter.isEmpty: help.filter.clear()
    case .goBack, .leave, .showHelp:
      self.help = nil
      return []
    default:
      help.filter.act(on: intent)
      help.first = 0
    }
    self.help = help
    return []
  }

  mutating func actInPalette(_ intent: Intent) -> [Effect] {
    switch intent {
    case .cancel: palette = nil
    case .confirm:
      let rows = paletteRows
      guard let chosen = palette?.highlighted, rows.indices.contains(chosen) else { return [] }
      palette = nil
      return rows[chosen].intent == .quit ? [.quit] : act(on: rows[chosen].intent)
    case .nextChoice, .previousChoice: palette?.highlighted += intent == .nextChoice ? 1 : -1
    case .showHelp: help = HelpState(place: .palette)
    default:
      palette?.entry.act(on: intent)
      palette?.highlighted = 0
    }
    let count = paletteRows.count
    if let highlighted = palette?.highlighted {
      palette?.highlighted = min(max(0, highlighted), max(0, count - 1))
    }
    return []
  }

  /// The actions of the screen under the palette that match the text.
  package var paletteRows: [KeyRow] {
    var state = self
    state.palette = nil
    let place = state.place
    let words = Formulary.fold(palette?.entry.text ?? "").split(separator: " ")
    return keymap.rows(in: place).filter { row in
      !row.name.isEmpty && words.allSatisfy { row.name.contains($0) }
    }
  }

  /// The message if nothing matches. It names an action of another screen with its screen.
  var nothingInPalette: String {
    let words = Formulary.fold(palette?.entry.text ?? "").split(separator: " ")
    for row in keymap.rows where !row.name.isEmpty && words.allSatisfy({ row.name.contains($0) }) {
      guard let place = KeyRow.Place.allCases.first(where: { row.places.contains($0) }) else {
        continue
      }
      return "\(row.name): not here but in: \(place.title)"
    }
    return "No such action."
  }
}

extension TextEntry {
  /// Edits the text; other intents are ignored.
  mutating func act(on intent: Intent) {
    switch intent {
    case .type(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .deleteBackward: deleteBackward()
    case .deleteForward: deleteForward()
    case .deleteWord: deleteWord()
    case .clearText: clear()
    case .moveLeft: moveLeft()
    case .moveRight: moveRight()
    case .moveToStart: moveToStart()
    case .moveToEnd: moveToEnd()
    default: break
    }
  }
}

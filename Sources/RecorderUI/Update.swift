import InfusionRecord
public import TerminalCore

extension RecorderState {
  /// What an input asks for here; nil where it asks for nothing.
  public func intent(for input: Input) -> Intent? {
    switch input {
    case .key(let press): Keymap.intent(for: press, in: place)
    case .paste(let text): place.takesText ? .paste(text) : nil
    case .resize(let size): .resize(size)
    case .suspend: .suspend
    case .resume: .redraw
    case .hangup: .quit
    case .tick, .storeChanged: .tick
    }
  }

  /// Does what a person wants, as far as the state can; the rest is returned.
  ///
  /// Never touches the log: a fact is asked for by an effect, and is shown once the store has it.
  public mutating func update(_ intent: Intent) -> [Effect] {
    switch intent {
    case .tick:
      lockIfIdle()
      return []
    case .resize(let size):
      self.size = size
      settle()
      return []
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    default: break
    }
    if isLocked, intent == .lock { return [] }
    if now.milliseconds - lastActivity.milliseconds > 60_000, screen == .board, prompt == nil {
      sortBoard()
    }
    lastActivity = now
    if intent != .redraw { notice = nil }
    let effects = act(on: intent)
    settle()
    return effects
  }

  /// Takes in how an append ended.
  public mutating func settle(_ outcome: Outcome) -> [Effect] {
    var effects: [Effect] = []
    switch outcome {
    case .recorded(let done):
      notice = Notice(.recorded, done)
      effects = finishPrompt()
    case .changedMeanwhile(let events):
      let who = events.last.map { " by \($0.actor)" } ?? ""
      let what = events.last.map { event in
        reading(of: event.session)?.words(event.fact) ?? event.fact.words { $0 }
      }
      let sentence =
        "Not recorded: this session changed meanwhile"
        + (what.map { " (\($0)\(who))" } ?? "") + ". Look again, then press Enter."
      if prompt != nil { prompt?.problem = sentence } else { notice = Notice(.refused, sentence) }
      refreshPrompt(isPinned: true)
    case .failed(let sentence):
      if prompt != nil { prompt?.problem = sentence } else { notice = Notice(.refused, sentence) }
    }
    settle()
    return effects
  }

  // MARK: Dispatch

  private mutating func act(on intent: Intent) -> [Effect] {
    switch intent {
    case .lock:
      lock()
      return []
    case .switchPerson:
      if roster.isEmpty {
        notice = told("Nobody is enrolled: the account of the host does everything here.")
      } else {
        isSignedIn = false
        askWhoIsThere(expecting: nil)
      }
      return []
    case .redraw: return [.redraw]
    default: break
    }
    if asksWhoIsThere { return actInSignIn(intent) }
    if isLocked {
      if intent == .unlock { isLocked = false }
      return []
    }
    if help != nil { return actInHelp(intent) }
    if palette != nil { return actInPalette(intent) }
    if prompt != nil { return actInPrompt(intent) }
    if screen == .board, board.isFinding { return actInFind(intent) }
    if screen == .review, review?.isFinding == true { return actInReviewFind(intent) }
    return actOnScreen(intent)
  }

  mutating func lock() {
    if roster.isEmpty {
      isLocked = true
      notice = nil
    } else {
      let name = isSignedIn ? actor.name : signIn.person
      isSignedIn = false
      askWhoIsThere(expecting: name)
    }
  }

  /// Minutes without a key after which the screen locks.
  ///
  /// Where people are enrolled it always does; a screen left alone is somebody else's.
  var idleMinutes: Int? { suite.idleMinutes ?? (roster.isEmpty ? nil : 10) }

  private mutating func lockIfIdle() {
    guard let minutes = idleMinutes, !isLocked else { return }
    if now.milliseconds - lastActivity.milliseconds >= Int64(minutes) * 60_000 { lock() }
  }

  func told(_ text: String) -> Notice { Notice(.told, text) }

  // MARK: Screens

  private mutating func actOnScreen(_ intent: Intent) -> [Effect] {
    switch intent {
    case .showHelp:
      help = HelpState(place: place)
      return []
    case .openPalette:
      palette = PaletteState()
      return []
    case .leave:
      if path.count > 1 {
        leaveScreen()
        return []
      }
      return [.quit]
    case .goBack:
      if screen == .review, showAllOfReview() {
        return []
      } else if path.count > 1 {
        leaveScreen()
      } else if !board.filter.isEmpty {
        board.filter.clear()
      } else {
        notice = told("q leaves Chairtime.")
      }
      return []
    default: break
    }
    if let effects = actOfReviewer(intent) { return effects }
    if let form = form(for: intent) { return open(form) }
    switch screen {
    case .board: return actOnBoard(intent)
    case .session(let id): return actOnSession(intent, id)
    case .explain: return actInReader(intent)
    case .history(let id): return actInHistory(intent, id)
    case .review: return actOnReview(intent)
    case .integrity: return actInReader(intent)
    }
  }

  private mutating func leaveScreen() {
    path.removeLast()
    reader = ReaderState()
    if path == [.board] { sortBoard() }
  }

  private mutating func actOnBoard(_ intent: Intent) -> [Effect] {
    let items = boardItems
    switch intent {
    case .moveUp: board.cursor.move(by: -1, in: items)
    case .moveDown: board.cursor.move(by: 1, in: items)
    case .pageUp: board.cursor.move(by: -pageRows, in: items)
    case .pageDown: board.cursor.move(by: pageRows, in: items)
    case .moveFirst: board.cursor.select(at: 0, in: items)
    case .moveLast: board.cursor.select(at: items.count - 1, in: items)
    case .find: board.isFinding = true
    case .sortBoard:
      board.order = board.order == .chair ? .needsPerson : .chair
      sortBoard()
      notice = told(
        board.order == .chair ? "Ordered by chair." : "Ordered by who needs a person.")
    case .open:
      switch board.cursor.selected {
      case .session(let id)?: return show(.session(id))
      case .free?: return open(.openSession)
      case nil: break
      }
    case .showReview: return showReview()
    case .explain, .showHistory:
      guard let session = currentSession else {
        notice = told("Choose a chair with a patient first.")
        return []
      }
      return show(intent == .explain ? .explain(session.id) : .history(session.id))
    default: break
    }
    return []
  }

  mutating func show(_ screen: Screen) -> [Effect] {
    let isNew = !path.contains { $0.session != nil && $0.session == screen.session }
    path.append(screen)
    reader = ReaderState()
    let looks = isNew ? looked(at: screen.session) : []
    guard case .session(let id) = screen, let session = reading(of: id) else { return looks }
    self.session = SessionState()
    if let first = session.running.first?.id ?? session.recorded.administrations.last?.id {
      self.session.given.select(first)
    }
    let mrn = session.opening.patient.mrn
    return looks + (pastDrugs[mrn] == nil ? [.recall(mrn: mrn)] : [])
  }

  private mutating func actInFind(_ intent: Intent) -> [Effect] {
    switch intent {
    case .confirm: board.isFinding = false
    case .cancel:
      board.isFinding = false
      board.filter.clear()
    case .nextChoice: board.cursor.move(by: 1, in: boardItems)
    case .previousChoice: board.cursor.move(by: -1, in: boardItems)
    case .showHelp: help = HelpState(place: .find)
    default:
      board.filter.act(on: intent)
      // What matches best is what the next Enter opens.
      board.cursor.select(at: 0, in: boardItems)
    }
    return []
  }

  private mutating func actInReader(_ intent: Intent) -> [Effect] {
    switch intent {
    case .moveUp: reader.first -= 1
    case .moveDown: reader.first += 1
    case .pageUp: reader.first -= pageRows
    case .pageDown: reader.first += pageRows
    case .moveFirst: reader.first = 0
    case .moveLast: reader.first = .max / 2
    default: break
    }
    return []
  }

  private mutating func actInHistory(_ intent: Intent, _ id: SessionID) -> [Effect] {
    let events = reading(of: id)?.log.events.map(\.id) ?? []
    switch intent {
    case .moveUp: reader.entry.move(by: -1, in: events)
    case .moveDown: reader.entry.move(by: 1, in: events)
    case .pageUp: reader.entry.move(by: -pageRows / 2, in: events)
    case .pageDown: reader.entry.move(by: pageRows / 2, in: events)
    case .moveFirst: reader.entry.select(at: 0, in: events)
    case .moveLast: reader.entry.select(at: events.count - 1, in: events)
    default: break
    }
    return []
  }

  private mutating func actInHelp(_ intent: Intent) -> [Effect] {
    guard var help else { return [] }
    switch intent {
    case .moveUp, .previousChoice: help.first -= 1
    case .moveDown, .nextChoice: help.first += 1
    case .pageUp: help.first -= pageRows
    case .pageDown: help.first += pageRows
    case .moveFirst: help.first = 0
    case .moveLast: help.first = .max / 2
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

  private mutating func actInPalette(_ intent: Intent) -> [Effect] {
    switch intent {
    case .cancel: palette = nil
    case .confirm:
      let rows = paletteRows
      guard let chosen = palette?.highlighted, rows.indices.contains(chosen) else { return [] }
      palette = nil
      return rows[chosen].intent == .quit ? [.quit] : act(on: rows[chosen].intent)
    case .nextChoice: palette?.highlighted += 1
    case .previousChoice: palette?.highlighted -= 1
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

  /// The actions of the screen under the palette that match what is typed.
  public var paletteRows: [KeyRow] {
    var state = self
    state.palette = nil
    let place = state.place
    let words = Formulary.fold(palette?.entry.text ?? "").split(separator: " ")
    return Keymap.rows(in: place).filter { row in
      !row.name.isEmpty && words.allSatisfy { row.name.contains($0) }
    }
  }

  /// Rows of a list seen at once, for paging.
  var pageRows: Int { max(1, size.rows - 6) }
}

extension TextEntry {
  /// Edits the text; other intents change nothing.
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

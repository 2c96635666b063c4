import InfusionRecord
package import TerminalCore

extension RecorderState {
  /// The intent of an input; nil if it has none.
  package func intent(for input: Input) -> Intent? {
    switch input {
    case .key(let press): keymap.intent(for: press, in: place) ?? .press(press)
    case .paste(let text): place.takesText ? .paste(text) : nil
    case .resize(let size): .resize(size)
    case .suspend: .suspend
    case .resume: .redraw
    case .hangup: .quit
    case .mouse: nil
    case .tick, .storeChanged: .tick
    }
  }

  /// Carries out an intent as far as the state can, and returns the rest as effects.
  ///
  /// It never changes a log. Facts are appended by an effect and shown once the store has them.
  package mutating func update(_ intent: Intent) -> [Effect] {
    switch intent {
    case .tick:
      sortIfIdle()
      return []
    case .resize(let size):
      self.size = size
      clampSelections()
      return []
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    default: break
    }
    if isLocked, intent == .lock { return [] }
    // A redraw also comes without a key, when the process continues.
    if intent != .redraw {
      lastActivity = uptime
      notice = nil
    }
    let effects = awaited.map { actWhileAwaiting($0, on: intent) } ?? act(on: intent)
    clampSelections()
    return effects
  }

  /// Takes the result of an append.
  package mutating func finish(_ outcome: AppendOutcome) -> [Effect] {
    var effects: [Effect] = []
    defer { if isLocked { untold = notice } }
    if isSetAside {
      if let confirmed { finishAside(outcome, of: confirmed) }
      return []
    }
    switch outcome {
    case .recorded(let done):
      notice = Notice(.recorded, done)
      effects = finishPrompt()
    case .changedMeanwhile(let events):
      let what = events.last.map { event in
        let log = reading(of: event.session)?.log ?? EventLog(session: event.session)
        let words = event.fact.words(in: log, formulary: formulary)
        return words + event.author(after: words)
      }
      let sentence =
        "Not recorded: this session changed meanwhile"
        + (what.map { " (\($0))" } ?? "") + ". Look again, then press Enter."
      if prompt != nil { prompt?.problem = sentence } else { notice = Notice(.refused, sentence) }
      refreshPrompt(isPinned: true)
    case .failed(let sentence):
      if prompt != nil { prompt?.problem = sentence } else { notice = Notice(.refused, sentence) }
    }
    clampSelections()
    return effects
  }

  // MARK: Dispatch

  mutating func act(on intent: Intent) -> [Effect] {
    switch intent {
    case .lock:
      lock()
      return []
    case .switchPerson:
      if roster.isEmpty {
        notice = told("Nobody is enrolled: the account of the host does everything here.")
      } else {
        isSignedIn = false
        isHandedOver = true
        askWhoIsThere(expecting: nil)
      }
      return []
    case .redraw: return [.redraw]
    case .press(let key) where !(place == .prompt && intent.separatesScan):
      if let sentence = DeadKey.sentence(key, in: place, of: keymap) { notice = told(sentence) }
      return []
    default: break
    }
    switch place {
    case .signIn: return actInSignIn(intent)
    case .locked:
      if intent == .unlock {
        isLocked = false
        takeUntold()
      }
      return []
    case .help: return actInHelp(intent)
    case .palette: return actInPalette(intent)
    case .prompt: return actInPrompt(intent) + lookUpPatient()
    case .find:
      if help != nil { return actInHelp(intent) }
      switch screen {
      case .review: return actInReviewFind(intent)
      case .explain, .history: return actInReaderFind(intent)
      default: return actInFind(intent)
      }
    case .board, .session, .explain, .history, .review, .integrity, .patients, .visits:
      return actOnScreen(intent)
    }
  }

  /// Sorts the board only when the user is idle, so that a key acts on the row that was on screen.
  private mutating func sortIfIdle() {
    guard uptime - lastActivity > 90_000, screen == .board, prompt == nil,
      !board.isFinding
    else { return }
    sortBoard()
    clampSelections()
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

  /// Minutes without a key until the screen locks; nil never.
  ///
  /// If people are enrolled it always locks, so no user acts under another name.
  var idleMinutes: Int? { suite.idleMinutes ?? (roster.isEmpty ? nil : 10) }

  /// Locks the screen if no key was pressed for too long; returns whether it locked now.
  ///
  /// The event loop calls this before each key, with a clock that counts the sleep of the machine and the
  /// time in which the process was stopped. Setting the computer's clock does not put the lock off.
  @discardableResult
  package mutating func lockIfIdle(at uptime: Int64) -> Bool {
    self.uptime = uptime
    guard let minutes = idleMinutes, !isLocked,
      uptime - lastActivity >= Int64(minutes) * 60_000
    else { return false }
    lock()
    return true
  }

  /// The time from which the user counts as idle and planned ends are announced. The event loop calls this once, at its start.
  package mutating func begin(at uptime: Int64) {
    self.uptime = uptime
    lastActivity = uptime
    announcedMinute = now.instant.minute
  }

  func told(_ text: String) -> Notice { Notice(.told, text) }

  /// Shows what came out while the screen was locked.
  mutating func takeUntold() {
    if let untold { notice = untold }
    untold = nil
  }

  /// Shows a sentence. What was recorded just before stays told.
  mutating func addNotice(_ sentence: String) {
    if let notice, notice.kind == .recorded {
      if !notice.text.hasSuffix(sentence) { self.notice?.text += " " + sentence }
    } else {
      notice = told(sentence)
    }
  }

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
      if !reader.filter.isEmpty {
        reader.filter.clear()
      } else if screen == .review, showAllOfReview() {
        return []
      } else if path.count > 1 {
        leaveScreen()
      } else if !board.filter.isEmpty {
        board.filter.clear()
      } else {
        notice = told("\(keymap.keyName(of: .leave, in: .board)) leaves Chairtime.")
      }
      return []
    case .fill(let form): return fill(form)
    default: break
    }
    switch screen {
    case .board: return actOnBoard(intent)
    case .session(let id): return actOnSession(intent, id)
    case .explain: return actInReader(intent)
    case .history(let id): return actInHistory(intent, id)
    case .review: return actOnReview(intent)
    case .integrity: return actInReader(intent)
    case .patients: return actOnPatients(intent)
    case .visits: return actOnVisits(intent)
    }
  }

  private mutating func leaveScreen() {
    path.removeLast()
    reader = ReaderState()
    if path == [.board] { sortBoard() }
  }

  private mutating func actOnBoard(_ intent: Intent) -> [Effect] {
    if let steps = intent.steps(page: pageRows) { board.cursor.move(by: steps, in: boardItems) }
    switch intent {
    case .find:
      // A new search begins with an empty text.
      board.filter.clear()
      board.isFinding = true
      board.foundFrom = board.cursor.selected
    case .sortBoard:
      board.order = board.order.next
      board.isReversed = false
      sortBoard()
      notice = told(
        board.order.canReverse
          ? board.order.sentence(isReversed: false) : "Ordered by who needs a person.")
    case .reverseOrder:
      if board.order.canReverse { board.isReversed.toggle() }
      sortBoard()
      notice = told(board.order.sentence(isReversed: board.isReversed))
    case .open:
      switch board.cursor.selected {
      case .session(let id)?: return show(.session(id))
      case .free?: return open(.openSession)
      case .expected(let value)?: return open(.openSession, picking: [.expected: value])
      case nil:
        if !board.items.isEmpty { notice = told("No row is chosen: an arrow chooses one.") }
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
    if reading(of: screen.session)?.isHidden == true { return open(.breakGlass) }
    let isNew = !path.contains { $0.session != nil && $0.session == screen.session }
    path.append(screen)
    reader = ReaderState()
    let looks = isNew ? looked(at: screen.session) : []
    guard case .session(let id) = screen, let session = reading(of: id) else { return looks }
    // The board stands on the patient last looked at.
    if board.items.contains(.session(id)) { board.cursor.select(.session(id)) }
    self.session = SessionState()
    if let first = session.running.first?.id ?? session.recorded.administrations.last?.id {
      self.session.given.select(.administration(first))
    }
    let mrn = session.opening.patient.mrn
    return looks + (pastDrugs(of: mrn) == nil ? [.recall(mrn: mrn)] : [])
  }

  private mutating func actInFind(_ intent: Intent) -> [Effect] {
    switch intent {
    case .confirm:
      // Without a match the selection is on a row that was not looked for, and Enter would open it.
      board.isFinding = boardMatches.isEmpty && !board.items.isEmpty
      if board.isFinding { notice = told("No chair matches: type another text, or Esc shows all.") }
    case .cancel:
      board.isFinding = false
      board.filter.clear()
      if let before = board.foundFrom { board.cursor.select(before) }
    case .nextChoice, .previousChoice:
      board.cursor.move(by: intent == .nextChoice ? 1 : -1, in: boardItems)
    case .showHelp: help = HelpState(place: .find)
    default:
      board.filter.act(on: intent)
      // Enter opens the best match; rows that need a person without a match are below them.
      if let best = boardMatches.first {
        board.cursor.select(best)
      } else {
        board.cursor.release()
      }
    }
    return []
  }

  /// The rows of a page key.
  var pageRows: Int { max(1, size.rows - 6) }
}

package import InfusionRecord
import SessionReview
package import TerminalCore
import TimelineEngine

/// The whole program between two inputs, as a value.
///
/// What it shows of the record comes from the store alone (`load`). `update` changes which screen is
/// shown and what is being typed, and requests everything else by effects.
package struct RecorderState: Sendable {
  // The suite and the user.
  package var suite: Suite {
    didSet { boardRows = [:] }
  }
  package var formulary: Formulary
  package var actor: Actor
  /// Whether this screen is read-only: forms that record say so instead of opening.
  package var isReadOnly = false
  /// What is wrong with the outbox, in a sentence; nil if nothing is.
  package internal(set) var outboxWarning: String?
  /// The restricted patients, from the store. What they hide is decided by `isHidden`.
  package internal(set) var restrictions = Restrictions()
  /// The sessions of others that a nurse looked at, so that each look of a day is kept once.
  var looks: Set<Look> = []
  /// The enrolled people; if it is empty, the account of the host may do everything.
  package internal(set) var roster = Roster()
  /// Whether the actor has signed in since the screen was last locked.
  var isSignedIn = false
  /// Whether the user handed the keyboard to the next person.
  var isHandedOver = false
  /// Whether anyone has signed in since the program started.
  var hasSignedIn = false
  /// The keys as they are bound on this terminal.
  package var keymap = Keymap.standard
  /// Whether the mouse selects; off unless a file asks for it.
  package var usesMouse = false
  /// What the frame on the screen marks for clicks.
  package var marks: [Frame.Mark] = []
  /// Whether the screens are lines of plain sentences, for a screen reader.
  package var isPlain = false
  package internal(set) var size: Size {
    didSet { boardRows = [:] }
  }
  package let glyphs: Glyphs
  package internal(set) var now: RecordedTime {
    didSet { prompt?.preview = nil }
  }
  /// Milliseconds since the machine started, sleep included: `CLOCK_BOOTTIME`.
  var uptime: Int64 = 0
  /// `uptime` when the user last pressed a key.
  var lastActivity: Int64 = 0
  /// The minute up to which planned ends were announced; nil before the program has begun.
  var announcedMinute: Instant?
  /// Decides whether a key came too soon to act.
  var gate = AcceptanceGate()
  /// What may be a scan outside a form.
  var strayScan: StrayScan?
  /// The Enter or Ctrl-S that waits to see whether its key was let go.
  var waitingEnter: Intent?

  // From the store.
  /// Open sessions and those closed on this screen, in the order they were opened.
  package internal(set) var sessions: [SessionReading] = [] {
    didSet {
      index()
      prompt?.preview = nil
    }
  }
  /// The open ones of `sessions`.
  package private(set) var openSessions: [SessionReading] = []
  private var positions: [String: Int] = [:]
  /// The patients who are scheduled for today.
  package var expected: [ExpectedPatient] = [] {
    didSet { if expected != oldValue { followAppointments() } }
  }
  /// The sessions of today, as arrivals; hidden ones too.
  package internal(set) var arrivals = Arrivals() {
    didSet { if arrivals != oldValue { followAppointments() } }
  }
  /// The appointment for which a session of today stands.
  var appointments: [SessionID: ExpectedPatient] = [:]
  /// The scheduled patients without a session, hidden ones too.
  var allWaiting: [ExpectedPatient] = []
  /// The drugs of a patient's earlier visits, by record number, newest first.
  package internal(set) var pastDrugs: [String: [AdministrationFacts]] = [:]
  /// What was stated of allergies at other visits, by record number, newest first.
  var pastVisits: [String: EarlierVisits] = [:]
  /// Who has a record number in earlier visits, as far as it was asked; empty if nobody has it.
  var knownPatients: [String: [PatientIdentity]] = [:]
  /// For each open session, the sessions whose patients have a similar name.
  var similar: [SessionID: [SessionID]] = [:] {
    didSet { boardRows = [:] }
  }
  /// A cache of board rows by session, for the rows drawn since the last change.
  var boardRows: [String: BoardRow] = [:]
  /// The patients that `similar` was computed from.
  var compared: [OpenPatient] = []

  // What is shown and typed.
  /// The stack of screens; the board is always the first.
  package internal(set) var path: [Screen] = [.board]
  package internal(set) var board = BoardState() {
    didSet { if board.filter != oldValue.filter { boardRows = [:] } }
  }
  package internal(set) var session = SessionState()
  package internal(set) var reader = ReaderState()
  /// The day review; nil until it is opened.
  package internal(set) var review: ReviewState?
  /// What a search over all days found; nil without a search.
  package internal(set) var search: PatientSearchState?
  /// The default folder for exports and packets.
  package var exportFolder = ""
  package internal(set) var prompt: Prompt?
  /// The prompt whose facts are being appended.
  var confirmed: Prompt?
  /// Whether the user left that prompt before there was an answer.
  var isSetAside = false
  /// What has had no answer for longer than a key waits; nil if nothing is waited for.
  package var awaited: AwaitedAnswer?
  /// Since when the server gives no answer; nil if it answers.
  package internal(set) var silentSince: Instant?
  /// What came out while the screen was locked.
  var untold: Notice?
  /// Prompts that the user left with text in them.
  var keptPrompts: [KeptPrompt: Prompt] = [:]
  package internal(set) var palette: PaletteState?
  package internal(set) var help: HelpState?
  package internal(set) var isLocked = false
  package internal(set) var signIn = SignInState()
  package internal(set) var notice: Notice?
  /// The source of the ids of sessions and events.
  var ids: SeededNumbers

  package init(
    suite: Suite, formulary: Formulary, actor: Actor, size: Size, glyphs: Glyphs,
    now: RecordedTime, seed: UInt64
  ) {
    self.suite = suite
    self.formulary = formulary
    self.actor = actor
    self.size = size
    self.glyphs = glyphs
    self.now = now
    self.ids = SeededNumbers(seed: seed)
  }

  package enum Screen: Hashable, Sendable {
    case board
    case session(SessionID)
    case explain(SessionID)
    case history(SessionID)
    case review
    case integrity
    /// The patients that a search found.
    case patients
    /// The visits of one of them.
    case visits

    /// The session it is about.
    package var session: SessionID? {
      switch self {
      case .board, .review, .integrity, .patients, .visits: nil
      case .session(let id), .explain(let id), .history(let id): id
      }
    }
  }

  /// What a prompt is kept under when the user leaves it.
  struct KeptPrompt: Hashable, Sendable {
    let form: Form
    let session: SessionID?
    let subject: Target.Subject?

    init(_ prompt: Prompt) {
      form = prompt.form
      session = prompt.session
      subject = prompt.subject
    }
  }
}

/// A message at the foot of the screen about what just happened.
package struct Notice: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case recorded, told, refused }
  package var kind: Kind
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

extension RecorderState {
  package var screen: Screen { path.last ?? .board }

  /// Whether the screen is about many patients and so has no patient banner.
  var isOverview: Bool { screen.session == nil }

  /// The place whose rows of `Keymap` the next key is looked up in.
  package var place: KeyRow.Place {
    if asksWhoIsThere { return .signIn }
    if isLocked { return .locked }
    if let help { return help.isFinding ? .find : .help }
    if palette != nil { return .palette }
    if prompt != nil { return .prompt }
    switch screen {
    case .board: return board.isFinding ? .find : .board
    case .session: return .session
    case .explain: return reader.isFinding ? .find : .explain
    case .history: return reader.isFinding ? .find : .history
    case .review: return review?.isFinding == true ? .find : .review
    case .integrity: return .integrity
    case .patients: return .patients
    case .visits: return .visits
    }
  }

  package func reading(of id: SessionID?) -> SessionReading? {
    guard let id, let position = positions[id.text] else { return nil }
    return sessions[position]
  }

  /// The index of a session in `sessions`.
  func position(of id: SessionID) -> Int? { positions[id.text] }

  private mutating func index() {
    positions = [:]
    positions.reserveCapacity(sessions.count)
    for (position, session) in sessions.enumerated() { positions[session.id.text] = position }
    let areAllOpen = sessions.allSatisfy { $0.status == .open }
    openSessions = areAllOpen ? sessions : sessions.filter { $0.status == .open }
    boardRows = [:]
  }

  /// The session the next action is about: the one on screen, or the board's selection.
  package var currentSession: SessionReading? {
    switch screen {
    case .session(let id), .explain(let id), .history(let id): return reading(of: id)
    case .board:
      guard case .session(let id) = board.cursor.selected else { return nil }
      return reading(of: id)
    case .review: return reading(of: review?.cursor.selected)
    case .integrity, .patients, .visits: return nil
    }
  }

  /// The row of the review the next action is about.
  var selectedReviewRow: ReviewRow? {
    switch screen {
    case .review: review?.row(of: review?.cursor.selected)
    case .session(let id), .explain(let id), .history(let id): review?.row(of: id)
    case .board, .integrity, .patients, .visits: nil
    }
  }

  /// The names of the suite's nurses, in alphabetical order.
  var knownNurses: [String] {
    var names = Set(sessions.map(\.holder))
    for session in sessions { for event in session.log.events { names.insert(event.actor) } }
    names.insert(actor.name)
    return names.sorted()
  }

  /// The expected patient the board's selection is on.
  var selectedExpected: ExpectedPatient? {
    guard screen == .board, case .expected(let value) = board.cursor.selected else { return nil }
    return expected(value)
  }

  /// The free chair the board's selection is on.
  var selectedFreeChair: String? {
    guard screen == .board, case .free(let chair) = board.cursor.selected else { return nil }
    return chair
  }
}

public import InfusionRecord
import SessionReview
public import TerminalCore
import TimelineEngine

/// The whole program between two inputs, as a value.
///
/// What is shown of the record comes from the store alone (`load`); `update` changes where a person
/// is and what is being typed, and asks for the rest by effects.
public struct RecorderState: Sendable {
  // Around it.
  public var suite: Suite {
    didSet { boardRows = [:] }
  }
  public var formulary: Formulary
  public var actor: Actor
  /// Whether this screen only looks; every form says so instead of opening.
  public var isReadOnly = false
  /// Who is enrolled; empty where the account of the host has every right.
  public internal(set) var roster = Roster()
  /// Whether the actor has signed in since the screen was last locked.
  var isSignedIn = false
  /// Whether anybody has since the program started.
  var hasSignedIn = false
  /// Whether the screens are lines of plain sentences, for a screen reader.
  public var isPlain = false
  public internal(set) var size: Size {
    didSet { boardRows = [:] }
  }
  public let glyphs: Glyphs
  public internal(set) var now: RecordedTime
  /// When a person last did something.
  var lastActivity: RecordedTime

  // From the store.
  /// Open sessions and those that were closed on this screen, in the order they were opened.
  public internal(set) var sessions: [SessionReading] = [] {
    didSet { index() }
  }
  /// Those of them that are open.
  public private(set) var openSessions: [SessionReading] = []
  private var positions: [String: Int] = [:]
  /// Whom the schedule expects today.
  public var expected: [ExpectedPatient] = []
  /// What earlier visits of a patient gave, by record number, newest first.
  public internal(set) var pastDrugs: [String: [AdministrationFacts]] = [:]
  /// For each open session those whose patients could be taken for its own.
  var similar: [SessionID: [SessionID]] = [:] {
    didSet { boardRows = [:] }
  }
  /// What the rows of the board say by session, those that were in its window since something changed.
  var boardRows: [String: BoardRow] = [:]
  /// The patients `similar` was found among.
  var compared: [OpenPatient] = []

  // Where the person is.
  /// The screens one over the other; the board is always the first.
  public internal(set) var path: [Screen] = [.board]
  public internal(set) var board = BoardState()
  public internal(set) var session = SessionState()
  public internal(set) var reader = ReaderState()
  /// The day review; nil until it was opened.
  public internal(set) var review: ReviewState?
  /// Where exports and packets are written, unless another folder is named.
  public var exportFolder = ""
  public internal(set) var prompt: Prompt?
  /// The prompt whose facts are on their way to the store.
  var confirmed: Prompt?
  /// What was typed in prompts that were left.
  var keptPrompts: [KeptPrompt: Prompt] = [:]
  public internal(set) var palette: PaletteState?
  public internal(set) var help: HelpState?
  public internal(set) var isLocked = false
  public internal(set) var signIn = SignInState()
  public internal(set) var notice: Notice?
  /// Where ids of sessions and events come from.
  var ids: SeededNumbers

  public init(
    suite: Suite, formulary: Formulary, actor: Actor, size: Size, glyphs: Glyphs,
    now: RecordedTime, seed: UInt64
  ) {
    self.suite = suite
    self.formulary = formulary
    self.actor = actor
    self.size = size
    self.glyphs = glyphs
    self.now = now
    self.lastActivity = now
    self.ids = SeededNumbers(seed: seed)
  }

  public enum Screen: Hashable, Sendable {
    case board
    case session(SessionID)
    case explain(SessionID)
    case history(SessionID)
    case review
    case integrity

    /// The session it is about.
    public var session: SessionID? {
      switch self {
      case .board, .review, .integrity: nil
      case .session(let id), .explain(let id), .history(let id): id
      }
    }
  }

  struct KeptPrompt: Hashable, Sendable {
    let form: Form
    let session: SessionID?
  }
}

/// A line at the foot of the screen about what just happened.
public struct Notice: Hashable, Sendable {
  public enum Kind: Hashable, Sendable { case recorded, told, refused }
  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// Random numbers that a test can repeat (SplitMix64, Steele, Lea and Flood 2014).
public struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension RecorderState {
  public var screen: Screen { path.last ?? .board }

  /// Whether the screen is about many patients, so that no banner stands on it.
  var isOverview: Bool { screen == .board || screen == .review || screen == .integrity }

  /// Where the next key is understood.
  public var place: KeyRow.Place {
    if asksWhoIsThere { return .signIn }
    if isLocked { return .locked }
    if let help { return help.isFinding ? .find : .help }
    if palette != nil { return .palette }
    if prompt != nil { return .prompt }
    switch screen {
    case .board: return board.isFinding ? .find : .board
    case .session: return .session
    case .explain: return .explain
    case .history: return .history
    case .review: return review?.isFinding == true ? .find : .review
    case .integrity: return .integrity
    }
  }

  public func reading(of id: SessionID?) -> SessionReading? {
    guard let id, let position = positions[id.text] else { return nil }
    return sessions[position]
  }

  /// Where a session stands in `sessions`.
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
  public var currentSession: SessionReading? {
    switch screen {
    case .session(let id), .explain(let id), .history(let id): return reading(of: id)
    case .board:
      guard case .session(let id) = board.cursor.selected else { return nil }
      return reading(of: id)
    case .review: return reading(of: review?.cursor.selected)
    case .integrity: return nil
    }
  }

  /// The row of the review the next action is about.
  var selectedReviewRow: ReviewRow? {
    switch screen {
    case .review: review?.row(of: review?.cursor.selected)
    case .session(let id), .explain(let id), .history(let id): review?.row(of: id)
    case .board, .integrity: nil
    }
  }

  /// People this suite knows by name, in alphabetical order.
  var knownNurses: [String] {
    var names = Set(sessions.map(\.holder))
    for session in sessions { for event in session.log.events { names.insert(event.actor) } }
    names.insert(actor.name)
    return names.sorted()
  }

  /// The free chair the board's selection is on.
  var selectedFreeChair: String? {
    guard screen == .board, case .free(let chair) = board.cursor.selected else { return nil }
    return chair
  }

  // MARK: Suggestions

  struct Suggestion {
    static let plannedToday = "planned today"
    let facts: AdministrationFacts
    let why: String
  }

  /// What this patient is likely to get next: what is planned today, earlier visits' drugs that were
  /// not given today, then those that were.
  func suggestions(for session: SessionReading?) -> [Suggestion] {
    guard let session else { return [] }
    func drugs(_ facts: [AdministrationFacts]) -> [AdministrationFacts] {
      facts.filter(\.technique.givesDrug)
    }
    let today = drugs(session.recorded.administrations.map(\.facts))
    let given = Set(today.map { formulary.drug(named: $0.drug).identity })
    var found: [Suggestion] = []
    let plan = expected.first { $0.patient.mrn == session.opening.patient.mrn }
    for facts in plan?.drugs ?? []
    where !given.contains(formulary.drug(named: facts.drug).identity) {
      found.append(Suggestion(facts: facts, why: Suggestion.plannedToday))
    }
    for facts in drugs(pastDrugs[session.opening.patient.mrn] ?? [])
    where !given.contains(formulary.drug(named: facts.drug).identity) {
      found.append(Suggestion(facts: facts, why: "last visit"))
    }
    for facts in today { found.append(Suggestion(facts: facts, why: "given today")) }
    return found
  }

  /// What to think of before recording in this session.
  func warnings(for session: SessionReading) -> [String] {
    openSessions.compactMap { other in
      guard other.id != session.id,
        SimilarNames.areAlike(other.opening.patient, session.opening.patient)
      else { return nil }
      let patient = other.opening.patient
      return "Similar name today: \(patient.displayName), \(patient.bornWords), "
        + "chair \(other.opening.chair). Check both identifiers."
    }
  }

  // MARK: Corrections

  /// The difference some facts would make to the units, a line a code.
  func difference(in session: SessionReading, after drafts: [Draft]) -> [String] {
    var numbers = ids
    var log = session.log
    for draft in drafts { log.append(event(draft, using: &numbers)) }
    guard
      let after = SessionReading(
        log: log, asOf: session.asOf, formulary: formulary,
        policies: suite.policies)
    else { return [] }
    return [StatementDifference(from: session.statement, to: after.statement).codeSentence]
  }
}

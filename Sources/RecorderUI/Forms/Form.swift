public import InfusionRecord
public import SessionReview

/// What is being asked of a person.
public enum Form: Hashable, Sendable {
  case openSession, start, stop, pauseOrResume, push, inject
  case openSite, closeSite, note, handOff, close, reopen, amend
  /// Withdraws this entry.
  case undo(Event.ID)
  /// Asks once whether a stop just recorded is right.
  case confirmStop(administration: String)
  case changeBag, changeRate, doubleCheck, flush, disconnectPump
  // The review.
  case signOff, signOffClean, goToDay, export, packet
}

/// What a form knows while it makes its fields and reads them.
struct FormContext {
  let state: RecorderState
  let prompt: Prompt
  /// The session as it is on disk; nil while one is being opened.
  let session: SessionReading?

  var now: Instant { state.now.instant }
  var clock: LocalClock { session?.clock ?? state.suite.clock }

  func value(_ name: Field.Name) -> String { prompt.value(name) }

  /// A text that may be empty; nil where it is.
  func optional(_ name: Field.Name) -> String? {
    let text = value(name)
    return text.isEmpty ? nil : text
  }
}

/// What a form comes to: the facts, a sentence that says them, and what to think about.
public struct Reading: Sendable, Hashable {
  public var drafts: [Draft]
  /// What Enter does, before the colon.
  public var verb = "Will record"
  /// What else than facts it comes to.
  public var order: Order?
  /// After the verb; names and times in full.
  public var sentence: String
  /// Said once it is recorded, where the whole sentence would be too long.
  public var short: String?
  /// Said beside it; not a refusal.
  public var warnings: [String] = []
  /// What changes in what was recorded, for corrections.
  public var difference: [String] = []

  init(_ drafts: [Draft], _ sentence: String) {
    self.drafts = drafts
    self.sentence = sentence
  }
}

/// What a form comes to that is no fact of one session.
public enum Order: Sendable, Hashable {
  case signOff([SignOffOrder])
  case show(ClosedRange<CivilDate>)
  case write(WriteOrder)
}

/// A file to write beside the screens.
public enum WriteOrder: Sendable, Hashable {
  /// `format` as `chairtime export` names it.
  case days(ClosedRange<CivilDate>, format: String, file: String)
  /// `text`, `json`, or `print`, which goes to the printer and no file.
  case packet(SessionID, format: String, file: String)
}

/// A fact about to be recorded: an event without its id and its recorded time.
public struct Draft: Sendable, Hashable {
  public var session: SessionID
  public var time: Instant
  public var basis: TimeBasis
  public var reason: String?
  public var fact: Fact
}

/// Why a form cannot be recorded yet.
public struct FormProblem: Error, Sendable, Hashable {
  public var field: Field.Name?
  public var sentence: String
  /// Whether it is filled in, and cannot be true.
  public var isRefusal = false

  init(_ field: Field.Name?, _ sentence: String) {
    self.field = field
    self.sentence = sentence
  }
}

/// One kind of form: its title, its fields, and what they come to.
protocol FormKind {
  static var title: String { get }
  static func fields(_ context: FormContext) -> [Field]
  static func reading(_ context: FormContext) throws(FormProblem) -> Reading
}

extension Form {
  var kind: any FormKind.Type {
    switch self {
    case .openSession: OpenSessionForm.self
    case .start: StartForm.self
    case .stop: StopForm.self
    case .pauseOrResume: PauseForm.self
    case .push: PushForm.self
    case .inject: InjectForm.self
    case .openSite: OpenSiteForm.self
    case .closeSite: CloseSiteForm.self
    case .note: NoteForm.self
    case .handOff: HandOffForm.self
    case .close: CloseForm.self
    case .reopen: ReopenForm.self
    case .amend: AmendForm.self
    case .undo: UndoForm.self
    case .confirmStop: ConfirmStopForm.self
    case .changeBag: ChangeBagForm.self
    case .changeRate: ChangeRateForm.self
    case .doubleCheck: DoubleCheckForm.self
    case .flush: FlushForm.self
    case .disconnectPump: DisconnectPumpForm.self
    case .signOff: SignOffForm.self
    case .signOffClean: SignOffCleanForm.self
    case .goToDay: GoToDayForm.self
    case .export: ExportForm.self
    case .packet: PacketForm.self
    }
  }

  public var title: String { kind.title }

  /// Whether Enter goes from field to field and records only from the last.
  ///
  /// True of the form that asks for things nobody else will ask for again; the forms of every minute
  /// record as soon as all that must be there is.
  var asksEveryField: Bool { self == .openSession }
}

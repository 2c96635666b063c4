public import InfusionRecord

/// One session as the day review shows it: who, when, what it comes to, what it asks of a person.
///
/// Texts and numbers only. Rows are made where exports are made, so the units of the screen are those
/// of every file.
public struct ReviewRow: Sendable, Hashable, Identifiable {
  /// What the session asks of the reviewer.
  public enum Need: Int, Sendable, Hashable, CaseIterable {
    /// Changed since the sign-off, or with a question.
    case person
    /// Closed without a question.
    case clean
    case open
    case reviewed
  }

  /// What a signature would be put under: exactly what was read.
  public struct Offer: Sendable, Hashable {
    public let statementHash: String
    public let rulebook: String
    /// `key=value` for each setting that differs from the defaults.
    public let policy: [String]

    public init(statementHash: String, rulebook: String, policy: [String]) {
      self.statementHash = statementHash
      self.rulebook = rulebook
      self.policy = policy
    }

    /// The settings as a sentence has them.
    public var policyWords: String {
      policy.isEmpty ? "the default policy" : "policy " + policy.joined(separator: ", ")
    }
  }

  public struct Unit: Sendable, Hashable {
    /// `96415` or `96413-59`.
    public let code: String
    public let count: Int

    public init(code: String, count: Int) {
      self.code = code
      self.count = count
    }
  }

  public let id: SessionID
  /// How many facts the session had when the row was made.
  public let version: Int
  public let date: CivilDate
  public let openedAt: Instant
  /// `07:10–10:55`, or `07:10–open`.
  public let span: String
  public let chair: String
  public let patient: String
  public let born: String
  public let mrn: String
  public let nurse: String
  public let need: Need
  /// Whether its facts changed after somebody signed.
  public let isChanged: Bool
  public let units: [Unit]
  /// One sentence each.
  public let questions: [String]
  /// What changed since the sign-off, in units.
  public let changes: [String]
  /// Who signed last, where anybody did.
  public let reviewer: String?
  /// Nil where nothing can be signed: the session is open, or signed as it stands.
  public let offer: Offer?
  /// Folded, for finding.
  let text: String

  public init(
    id: SessionID, version: Int, date: CivilDate, openedAt: Instant, span: String, chair: String,
    patient: String, born: String, mrn: String, nurse: String, need: Need, isChanged: Bool = false,
    units: [Unit], questions: [String] = [], changes: [String] = [], reviewer: String? = nil,
    offer: Offer? = nil
  ) {
    self.id = id
    self.version = version
    self.date = date
    self.openedAt = openedAt
    self.span = span
    self.chair = chair
    self.patient = patient
    self.born = born
    self.mrn = mrn
    self.nurse = nurse
    self.need = need
    self.isChanged = isChanged
    self.units = units
    self.questions = questions
    self.changes = changes
    self.reviewer = reviewer
    self.offer = offer
    let codes = units.map(\.code).joined(separator: " ")
    text = Formulary.fold(
      "\(patient) \(mrn) \(born) chair \(chair) \(nurse) \(codes) \(date.display) \(id.text)")
  }

  public var unitCount: Int { units.reduce(0) { $0 + $1.count } }

  /// `96413  96415×2`.
  public func unitWords(_ glyphs: Character) -> String {
    units.isEmpty
      ? "nothing charged"
      : units.map { $0.count == 1 ? $0.code : "\($0.code)\(glyphs)\($0.count)" }
        .joined(separator: "  ")
  }

  /// What stands in the status column.
  public var status: String {
    switch need {
    case .open: "open"
    case .reviewed: "reviewed"
    case .person, .clean: isChanged ? "changed" : "closed"
    }
  }

  /// Why somebody should look: changes since the sign-off first.
  public var concerns: [String] { need == .person ? changes + questions : [] }
}

/// The days as the screens show them: read whole, or as far as they are read.
public struct ReviewPage: Sendable {
  /// Units of one code.
  public struct Total: Sendable, Hashable {
    public let code: String
    public let label: String
    public let units: Int
    /// Those of them that were signed off as they stand.
    public let signed: Int

    public init(code: String, label: String, units: Int, signed: Int) {
      self.code = code
      self.label = label
      self.units = units
      self.signed = signed
    }
  }

  public var days: ClosedRange<CivilDate>
  /// Those that need a person first, then by time.
  public var rows: [ReviewRow]
  public var totals: [Total]
  public var integrity: IntegrityPage
  /// How many sessions the days have; more than `rows` while they are being read.
  public var sessions: Int

  public init(
    days: ClosedRange<CivilDate>, rows: [ReviewRow] = [], totals: [Total] = [],
    integrity: IntegrityPage = IntegrityPage(), sessions: Int
  ) {
    self.days = days
    self.rows = rows
    self.totals = totals
    self.integrity = integrity
    self.sessions = sessions
  }

  public var isWhole: Bool { rows.count >= sessions }
}

/// How the unit charts its times: counts, lengths, and where lengths heap; never by person.
public struct IntegrityPage: Sendable, Hashable {
  public struct Count: Sendable, Hashable {
    public let label: String
    public let value: String
    /// Whether it is a part of the count before.
    public let isPart: Bool

    public init(label: String, value: String, isPart: Bool) {
      self.label = label
      self.value = value
      self.isPart = isPart
    }
  }

  /// Infusions whose recorded minutes lie in a range.
  public struct Bin: Sendable, Hashable {
    public let minutes: ClosedRange<Int>
    public let count: Int

    public init(minutes: ClosedRange<Int>, count: Int) {
      self.minutes = minutes
      self.count = count
    }
  }

  /// A length at which invented times heap.
  public struct Heap: Sendable, Hashable {
    public let minutes: Int
    public let found: Int
    /// What the minutes around it lead to expect.
    public let expected: String
    public let why: String
    /// Whether much more was found than expected.
    public let isHigh: Bool

    public init(minutes: Int, found: Int, expected: String, why: String, isHigh: Bool) {
      self.minutes = minutes
      self.found = found
      self.expected = expected
      self.why = why
      self.isHigh = isHigh
    }
  }

  public var counts: [Count] = []
  public var bins: [Bin] = []
  /// Infusions longer than the last bin can hold.
  public var longer = 0
  public var heaps: [Heap] = []

  public init() {}
}

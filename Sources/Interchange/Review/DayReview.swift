public import InfusionRecord
public import TimelineEngine

/// Days as a supervisor looks at them: a row a session, those that need a person first, totals.
///
/// Rows hold texts and numbers only, so that a day of five hundred sessions is a small value however
/// much was recorded in it.
public struct DayReview: Sendable {
  /// What a session asks of the reviewer.
  public enum Need: Int, Sendable, Comparable {
    /// Facts changed after the sign-off, or the record or the charges raise a question.
    case person
    /// Closed without a question.
    case clean
    case open
    case reviewed

    public static func < (left: Need, right: Need) -> Bool { left.rawValue < right.rawValue }
  }

  /// Units of one code, as a row shows them.
  public struct Unit: Sendable, Hashable {
    public let code: Code
    public let modifiers: [String]
    public let count: Int
    public let isPostable: Bool
    /// Its id in every export; nil where nobody asked for ids.
    public let id: String?

    /// `96413-59`.
    public var codeText: String { ([code.number] + modifiers).joined(separator: "-") }
  }

  public struct Row: Sendable {
    public let session: SessionID
    public let date: CivilDate?
    /// `07:10-10:55`.
    public let span: String
    public let chair: String
    public let patient: String
    public let born: String
    public let mrn: String
    public let nurse: String
    public let need: Need
    public let standing: ReviewStanding
    public let units: [Unit]
    /// What to look at, one sentence each.
    public let questions: [String]
    public let openedAt: Instant
    /// How many facts the session had when it was read.
    public let version: Int
    let charting: SessionCharting
  }

  public let days: ClosedRange<CivilDate>
  public private(set) var rows: [Row] = []
  public private(set) var totals = UnitTotals()
  public private(set) var integrity = IntegrityCounts()
  private var positions: [SessionID: Int] = [:]

  public init(days: ClosedRange<CivilDate>) {
    self.days = days
  }

  public mutating func add(_ session: SessionExport) { add(Row(session)) }

  /// Takes in a row that was made apart, as on another processor.
  public mutating func add(_ row: Row) {
    positions[row.session] = rows.count
    rows.append(row)
    count(row)
  }

  private mutating func count(_ row: Row) {
    for unit in row.units { totals.add(unit.count, of: unit.code, isPostable: unit.isPostable) }
    integrity.add(row.charting)
  }

  /// Takes in a session that may have changed since it was added, or is new.
  public mutating func replace(_ session: SessionExport) {
    guard let position = positions[session.log.session] else { return add(session) }
    rows[position] = Row(session)
    totals = UnitTotals()
    integrity = IntegrityCounts()
    for row in rows { count(row) }
  }

  /// The row of a session, where it is among the days.
  public func row(of session: SessionID) -> Row? { positions[session].map { rows[$0] } }

  /// Those that need a person first, then by time.
  public var sorted: [Row] {
    rows.sorted { left, right in
      let (a, b) = (left.need == .person ? 0 : 1, right.need == .person ? 0 : 1)
      if a != b { return a < b }
      if left.openedAt != right.openedAt { return left.openedAt < right.openedAt }
      return left.session < right.session
    }
  }

  public func count(_ need: Need) -> Int { rows.count { $0.need == need } }

  /// Doubts about the charges, and about the record where they should have been settled at the chair.
  public static func questions(of session: SessionExport) -> [String] {
    questions(of: session, issues: session.recorded.issues)
  }

  static func questions(of session: SessionExport, issues: [Issue]) -> [String] {
    let timeline = session.statement.timeline
    var sentences: [String] = []
    for finding in session.statement.findings where finding.severity != .note {
      let drug = finding.administration.map {
        timeline.administrations[$0].drug.displayName + ": "
      }
      sentences.append((drug ?? "") + session.statement.sentence(finding, namingDrug: true))
    }
    // A doubt the engine tells too is told once.
    var told = Set(session.statement.findings.map { $0.id.text })
    if told.contains("site-not-recorded") { told.insert(Issue.Kind.noSite.rawValue) }
    for issue in issues
    where issue.isToDoBeforeClosing && !told.contains(issue.kind.rawValue) {
      sentences.append(issue.sentence)
    }
    return unique(sentences)
  }
}

extension DayReview.Row {
  /// The row of a session as it stands; with the ids of its units where somebody asks for them.
  public init(_ session: SessionExport, withIDs: Bool = false) {
    let clock = session.clock
    let log = session.log
    let patient = session.opening?.patient
    let issues = session.recorded.issues
    let questions = DayReview.questions(of: session, issues: issues)
    let ids = withIDs ? session.units.map(\.id) : []
    let units = session.statement.charges.enumerated().map { position, charge in
      DayReview.Unit(
        code: charge.code, modifiers: charge.modifiers.texts, count: charge.units,
        isPostable: session.standing.posts(charge.status), id: withIDs ? ids[position] : nil)
    }
    let need: DayReview.Need
    switch session.standing {
    case .reviewed: need = .reviewed
    case .changed: need = .person
    case .open: need = .open
    case .closed: need = questions.isEmpty ? .clean : .person
    }
    let times = [log.openedAt, log.endedAt].map {
      $0.map { clock.reading(at: $0).clock } ?? "open"
    }
    self.init(
      session: log.session, date: log.openedAt.map { clock.date(at: $0) },
      span: times.joined(separator: "-"), chair: session.opening?.chair ?? "",
      patient: patient?.displayName ?? "",
      born: patient.map { $0.dateOfBirth?.display ?? "unknown" } ?? "",
      mrn: patient?.mrn ?? "", nurse: log.holder ?? "", need: need, standing: session.standing,
      units: units, questions: questions,
      openedAt: log.openedAt ?? Instant(seconds: 0), version: log.version,
      charting: SessionCharting(session, issues: issues))
  }

  /// Units by code, each code once: those of two dates or two stays are added.
  public var unitsByCode: [(code: String, count: Int)] {
    unique(units.map(\.codeText)).map { code in
      (code, units.reduce(0) { $1.codeText == code ? $0 + $1.count : $0 })
    }
  }

  /// `96413 96415×2`, as day lists show units.
  public var unitText: String {
    unitsByCode.map { $0.count == 1 ? $0.code : "\($0.code)×\($0.count)" }
      .joined(separator: " ")
  }

  /// What stands in the status column.
  public var statusText: String {
    switch need {
    case .person:
      if case .changed = standing { return standing.text }
      return questions.count.pluralized("question")
    case .clean, .open, .reviewed: return standing.text
    }
  }
}

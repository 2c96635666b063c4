public import InfusionRecord
public import TimelineEngine

/// One session as every exporter sees it: the record, what it comes to, and whether anybody signed.
///
/// The exporters are functions of this value alone. They read no clock and no store, so the same
/// session gives the same bytes in every format, and the units of one format are those of all.
public struct SessionExport: Sendable {
  public let log: EventLog
  public let recorded: RecordedTimeline
  public let statement: Statement
  public let standing: ReviewStanding

  /// - Parameters:
  ///   - log: the session's record.
  ///   - recorded: the record as of the statement's moment.
  ///   - statement: what that comes to.
  public init(
    log: EventLog, recorded: RecordedTimeline, statement: Statement, standing: ReviewStanding
  ) {
    self.log = log
    self.recorded = recorded
    self.statement = statement
    self.standing = standing
  }

  /// One entry a charge of the statement, in its order; made anew each time, sentences and ids with it.
  public var units: [ExportedUnit] {
    statement.charges.map { ExportedUnit($0, in: statement, from: recorded, log: log) }
  }

  public var opening: SessionOpening? { log.opening }
  public var clock: LocalClock { statement.timeline.session.clock }

  /// Whether a unit may be posted: somebody signed it off as it stands, and nothing of it is open.
  public func isPostable(_ unit: ExportedUnit) -> Bool {
    standing.posts(unit.status)
  }
}

/// What became of a session's review.
public enum ReviewStanding: Sendable, Hashable {
  /// The patient is still there, and nobody ever signed.
  case open
  case closed
  /// Signed off, and the facts still come to what was seen.
  case reviewed(SignOff)
  /// Signed off once; since then the facts, or whether the session is closed, changed.
  case changed(SignOff, sentences: [String])

  /// Who signed off what, and when.
  public struct SignOff: Sendable, Hashable {
    public var review: Review
    public var at: RecordedTime

    public init(review: Review, at: RecordedTime) {
      self.review = review
      self.at = at
    }
  }

  public var isSignedOff: Bool {
    if case .reviewed = self { true } else { false }
  }

  /// Whether a unit of this status may be posted where its session stands so.
  public func posts(_ status: Statement.Status) -> Bool {
    isSignedOff && status != .provisional && status != .held
  }

  public var signOff: SignOff? {
    switch self {
    case .open, .closed: nil
    case .reviewed(let found), .changed(let found, _): found
    }
  }

  /// `changed since review`, the word in every export.
  public var text: String {
    switch self {
    case .open: "open"
    case .closed: "closed"
    case .reviewed: "reviewed"
    case .changed: "changed since review"
    }
  }
}

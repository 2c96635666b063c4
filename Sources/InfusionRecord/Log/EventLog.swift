/// The events of one session in the order they were recorded, with corrections folded out.
///
/// `events` is what was written. `entries` is what holds: each first-hand event once, with the fact
/// that now stands for it and the corrections that led there. A withdrawn entry keeps its original.
///
/// ```
///  events    E1 started 10:00   E2 stopped 10:50   E3 supersedes E2: stopped 10:40
///  entries   E1 started 10:00   E2 stopped 10:40 (was 10:50, amended by E3)
/// ```
public struct EventLog: Sendable, Hashable {
  public let session: SessionID
  /// As recorded.
  public private(set) var events: [Event]
  /// As it stands now, in the order of the originals.
  public private(set) var entries: [Entry]

  /// One thing that happened, as first recorded and as it stands.
  public struct Entry: Sendable, Hashable {
    public let original: Event
    /// What holds; nil where the entry was withdrawn.
    public let fact: Fact?
    public let clinicalTime: Instant
    public let basis: TimeBasis
    /// The corrections that concern it, oldest first.
    public let amendments: [Event]

    public var isWithdrawn: Bool { fact == nil }
    public var isAmended: Bool { !amendments.isEmpty }
    /// The event that speaks last about it.
    public var latest: Event { amendments.last ?? original }
  }

  public init(session: SessionID, events: [Event] = []) {
    self.session = session
    self.events = events
    self.entries = EventLog.fold(events)
  }

  /// How many events it holds. An append says which version it was decided on.
  public var version: Int { events.count }

  public mutating func append(_ event: Event) {
    events.append(event)
    entries = EventLog.fold(events)
  }

  /// This log with one more event.
  public func appending(_ event: Event) -> EventLog {
    var log = self
    log.append(event)
    return log
  }

  /// The entry an id speaks of: its original, or a correction of it.
  public func entry(for id: Event.ID) -> Entry? {
    entries.first { $0.original.id == id || $0.amendments.contains { $0.id == id } }
  }

  // MARK: Folding

  private static func fold(_ events: [Event]) -> [Entry] {
    var isCorrected = false
    for event in events {
      if case .eventSuperseded = event.fact {
        isCorrected = true
        break
      }
    }
    guard isCorrected else {
      return events.map {
        Entry(
          original: $0, fact: $0.fact, clinicalTime: $0.clinicalTime, basis: $0.basis,
          amendments: [])
      }
    }
    let holding = corrections(in: events)
    // Which first-hand event each correction is about, through corrections of corrections.
    var root: [Event.ID: Event.ID] = [:]
    var amendments: [Event.ID: [Event]] = [:]
    for event in events {
      guard case .eventSuperseded(let target, _) = event.fact else { continue }
      let about = root[target] ?? target
      root[event.id] = about
      amendments[about, default: []].append(event)
    }
    var entries: [Entry] = []
    for event in events {
      if case .eventSuperseded = event.fact { continue }
      let history = amendments[event.id] ?? []
      if let correction = holding[event.id],
        case .eventSuperseded(_, let replacement) = correction.fact
      {
        entries.append(
          Entry(
            original: event, fact: replacement, clinicalTime: correction.clinicalTime,
            basis: correction.basis, amendments: history))
      } else {
        entries.append(
          Entry(
            original: event, fact: event.fact, clinicalTime: event.clinicalTime,
            basis: event.basis, amendments: history))
      }
    }
    return entries
  }

  /// For each event that no longer speaks for itself, the correction whose replacement holds.
  ///
  /// Read from the last to the first, so that a correction is settled before what it corrects. A
  /// correction that was itself withdrawn has no say; one that was amended passes the word on.
  private static func corrections(in events: [Event]) -> [Event.ID: Event] {
    var holding: [Event.ID: Event] = [:]
    for event in events.reversed() {
      guard case .eventSuperseded(let target, _) = event.fact else { continue }
      var speaker = event
      if let later = holding[event.id] {
        guard case .eventSuperseded(_, .some) = later.fact else { continue }
        speaker = later
      }
      if holding[target] == nil { holding[target] = speaker }
    }
    return holding
  }
}

extension EventLog {
  public enum Status: String, Sendable, CaseIterable {
    case open, closed, reviewed
  }

  /// Open until closed; a reviewed session that is reopened is open again.
  public var status: Status {
    var status = Status.open
    for entry in entries {
      switch entry.fact {
      case .sessionClosed: status = .closed
      case .sessionReopened: status = .open
      case .sessionReviewed: status = .reviewed
      default: break
      }
    }
    return status
  }

  /// Who and where, as it stands; nil in an empty log.
  public var opening: SessionOpening? {
    for entry in entries {
      if case .sessionOpened(let opening) = entry.fact { return opening }
    }
    return nil
  }

  /// When the session began, by its clinical time.
  public var openedAt: Instant? {
    for entry in entries {
      if case .sessionOpened = entry.fact { return entry.clinicalTime }
    }
    return nil
  }

  /// The last closing that still holds, where the session is not open.
  public var closedAt: Instant? {
    var moment: Instant?
    for entry in entries {
      switch entry.fact {
      case .sessionClosed: moment = entry.clinicalTime
      case .sessionReopened: moment = nil
      default: break
      }
    }
    return moment
  }

  /// When the patient's time in the chair ended; nil while the session is open.
  ///
  /// The first closing with nothing at the chair after it: a session that was reopened to mend its
  /// record, and closed again days later, did not last for days.
  public var endedAt: Instant? {
    guard let closedAt else { return nil }
    var last: Instant?
    var closings: [Instant] = []
    for entry in entries {
      switch entry.fact {
      case .sessionClosed: closings.append(entry.clinicalTime)
      case .some(let fact) where fact.isAtTheChair:
        last = last.map { max($0, entry.clinicalTime) } ?? entry.clinicalTime
      default: break
      }
    }
    return closings.filter { closing in last.map { $0 <= closing } ?? true }.min() ?? closedAt
  }

  /// The sign-off that holds, where the session is reviewed.
  public var review: Review? {
    var review: Review?
    for entry in entries {
      switch entry.fact {
      case .sessionReviewed(let found): review = found
      case .sessionReopened, .sessionClosed: review = nil
      default: break
      }
    }
    return review
  }

  /// The nurse who holds the session now.
  public var holder: String? {
    var holder = opening?.nurse
    for entry in entries {
      if case .handedOff(let nurse) = entry.fact { holder = nurse }
    }
    return holder
  }

  /// The session's local clock, UTC where its zone is unknown here.
  public var clock: LocalClock {
    opening.flatMap { LocalClock(zone: $0.zone) } ?? .utc
  }

  /// Access sites in the order they were opened, with the time each was closed.
  public var sites: [RecordedSite] {
    var sites: [RecordedSite] = []
    for entry in entries {
      switch entry.fact {
      case .siteOpened(let opening):
        sites.append(RecordedSite(opening: opening, openedAt: entry.clinicalTime))
      case .siteClosed(let site):
        if let position = sites.lastIndex(where: { $0.opening.site == site }) {
          sites[position].closedAt = entry.clinicalTime
        }
      default: break
      }
    }
    return sites
  }

  /// A name no administration of this session has: `a1`, `a2`, ….
  public var nextAdministration: String {
    var taken: Set<String> = []
    for event in events { event.fact.administration.map { _ = taken.insert($0) } }
    var number = 1
    while taken.contains("a\(number)") { number += 1 }
    return "a\(number)"
  }
}

extension Fact {
  /// Whether it is about what the patient was given, not about what was said or signed of it.
  fileprivate var isAtTheChair: Bool {
    switch self {
    case .sessionOpened, .noteAdded, .doubleCheckRecorded, .handedOff, .eventSuperseded,
      .sessionClosed, .sessionReopened, .sessionReviewed:
      false
    default: true
    }
  }
}

/// An access site as recorded.
public struct RecordedSite: Sendable, Hashable {
  public let opening: SiteOpening
  public let openedAt: Instant
  public var closedAt: Instant?

  public init(opening: SiteOpening, openedAt: Instant, closedAt: Instant? = nil) {
    self.opening = opening
    self.openedAt = openedAt
    self.closedAt = closedAt
  }
}

/// The events of one session in the order they were recorded, with corrections applied.
///
/// `events` are the events as recorded. `entries` are the facts that hold: each original event once,
/// with its current fact and its corrections. A withdrawn entry keeps its original event.
///
/// ```
///  events    E1 started 10:00   E2 stopped 10:50   E3 supersedes E2: stopped 10:40
///  entries   E1 started 10:00   E2 stopped 10:40 (was 10:50, amended by E3)
/// ```
package struct EventLog: Sendable, Hashable {
  package let session: SessionID
  package private(set) var events: [Event]
  /// The current facts, in the order of their original events.
  package private(set) var entries: [Entry]
  /// What the checks ask, kept while the log grows; nil if each check reads the log.
  private(set) var index: LogIndex?

  /// One original event with its current fact.
  package struct Entry: Sendable, Hashable {
    package let original: Event
    /// The fact that holds; nil if the entry was withdrawn.
    package let fact: Fact?
    package let clinicalTime: Instant
    package let basis: TimeBasis
    /// The corrections of this entry, oldest first.
    package let amendments: [Event]

    package var isWithdrawn: Bool { fact == nil }
    package var isAmended: Bool { !amendments.isEmpty }
    /// The last event about this entry: its last correction, or the original.
    package var latest: Event { amendments.last ?? original }
  }

  package init(session: SessionID, events: [Event] = []) {
    self.session = session
    self.events = events
    self.entries = EventLog.fold(events)
  }

  /// An empty log that takes thousands of facts, each checked against all before it in the same time.
  ///
  /// - Parameter formulary: that of every check.
  package init(session: SessionID, indexedBy formulary: Formulary) {
    self.init(session: session)
    index = LogIndex(formulary)
  }

  /// The entries follow from the events, and the index from the entries.
  package static func == (one: EventLog, other: EventLog) -> Bool {
    one.session == other.session && one.events == other.events
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(session)
    hasher.combine(events)
  }

  /// The number of events. An append states the version it was decided on.
  package var version: Int { events.count }

  package mutating func append(_ event: Event) {
    events.append(event)
    // Without a correction, each event is an entry of its own.
    if entries.count == events.count - 1, event.fact.kind != .eventSuperseded {
      let entry = EventLog.entry(of: event, speaker: event, amendments: [])
      entries.append(entry)
      index?.add(entry)
    } else {
      entries = EventLog.fold(events)
      // A correction changes what was indexed.
      index = nil
    }
  }

  /// This log with one more event.
  package func appending(_ event: Event) -> EventLog {
    var log = self
    log.append(event)
    return log
  }

  /// The entry whose original event or correction has this id.
  package func entry(for id: Event.ID) -> Entry? {
    entries.first { $0.original.id == id || $0.amendments.contains { $0.id == id } }
  }

  // MARK: Folding

  private static func fold(_ events: [Event]) -> [Entry] {
    let holding = corrections(in: events)
    // The original event of each correction, found through corrections of corrections.
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
      // The event that holds now: the original, or the correction that replaced it.
      let speaker = holding[event.id] ?? event
      entries.append(entry(of: event, speaker: speaker, amendments: history))
    }
    return entries
  }

  static func entry(of event: Event, speaker: Event, amendments: [Event]) -> Entry {
    Entry(
      original: event, fact: speaker.fact.effective, clinicalTime: speaker.clinicalTime,
      basis: speaker.basis, amendments: amendments)
  }

  /// For each corrected event, the correction whose replacement holds.
  ///
  /// The events are read from last to first, so a correction is resolved before the event it corrects.
  /// A withdrawn correction has no effect; an amended correction takes the amended replacement.
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
  package enum Status: String, Sendable, CaseIterable {
    case open, closed, reviewed
  }

  /// Open until closed; a reopened session is open again.
  package var status: Status {
    if let index { return index.status }
    var status = Status.open
    for entry in entries { status = status.after(entry.fact) }
    return status
  }

  /// The entry of the opening; nil in an empty log.
  package var openingEntry: Entry? { entries.first { $0.fact?.kind == .sessionOpened } }

  /// The opening as corrected, with the chair that the patient was moved to; nil in an empty log.
  package var opening: SessionOpening? {
    guard var opening = openingEntry?.fact?.opening else { return nil }
    if let chair { opening.chair = chair }
    return opening
  }

  /// The clinical time of the opening.
  package var openedAt: Instant? { openingEntry?.clinicalTime }

  /// The clinical time of the last closing; nil while the session is open.
  package var closedAt: Instant? {
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
  /// This is the first closing with no fact from the chair after it: a session that was reopened for a
  /// correction and closed again days later did not last for days.
  package var endedAt: Instant? {
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

  /// The sign-off that holds; nil if the session is not reviewed.
  package var review: Review? {
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
  package var holder: String? {
    var holder = opening?.nurse
    for entry in entries {
      if case .handedOff(let nurse, _) = entry.fact { holder = nurse }
    }
    return holder
  }

  /// The session's local clock; UTC if this system does not know its zone.
  package var clock: LocalClock {
    openingEntry?.fact?.opening.flatMap { LocalClock(zone: $0.zone) } ?? .utc
  }

  /// The kind of an access site; nil if there is none of that name.
  package func siteKind(_ name: String?) -> AccessSite.Kind? {
    name.flatMap { site(named: $0) }?.opening.kind
  }

  /// The access site of that name; nil if there is none.
  func site(named name: String) -> RecordedSite? {
    if let index { return index.sites[name] }
    return sites.first { $0.opening.site == name }
  }

  /// The access sites in the order they were opened.
  package var sites: [RecordedSite] {
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

  /// A name that no administration of this session has: `a1`, `a2`, ….
  package var nextAdministration: String {
    let taken = Set(events.compactMap(\.fact.administration))
    var number = 1
    while taken.contains("a\(number)") { number += 1 }
    return "a\(number)"
  }
}

extension EventLog.Status {
  /// The status after one more fact.
  func after(_ fact: Fact?) -> EventLog.Status {
    switch fact {
    case .sessionClosed: .closed
    case .sessionReopened: .open
    case .sessionReviewed: .reviewed
    default: self
    }
  }
}

extension Fact {
  /// Whether the fact is about what happened at the chair, not about the record itself.
  fileprivate var isAtTheChair: Bool {
    switch self {
    case .sessionOpened, .noteAdded, .doubleCheckRecorded, .handedOff, .allergiesRecorded,
      .drugAccounted, .movedToChair, .wordsRead, .eventSuperseded, .sessionClosed, .sessionReopened,
      .sessionReviewed:
      false
    default: true
    }
  }
}

/// An access site as recorded.
package struct RecordedSite: Sendable, Hashable {
  package let opening: SiteOpening
  package let openedAt: Instant
  package var closedAt: Instant?
}

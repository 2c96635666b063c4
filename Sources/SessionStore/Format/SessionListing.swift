package import InfusionRecord

/// The day and the status under which a store lists a session. It is computed from the session's facts.
package struct SessionListing: Sendable, Hashable {
  /// The local day of the opening; nil before an opening.
  package private(set) var day: CivilDate?
  /// nil before a fact that sets it.
  package private(set) var status: EventLog.Status?

  package init(_ events: some Sequence<Event> = []) {
    for event in events { apply(event) }
  }

  package mutating func apply(_ event: Event) {
    switch event.fact {
    case .sessionOpened(let opening), .eventSuperseded(_, .sessionOpened(let opening)):
      day = (LocalClock(zone: opening.zone) ?? .utc).date(at: event.clinicalTime)
    case .sessionClosed: status = .closed
    case .sessionReopened: status = .open
    case .sessionReviewed: status = .reviewed
    default: break
    }
  }

  /// The kinds of facts that `apply` depends on.
  package static let kinds: [Fact.Kind] = [
    .sessionOpened, .eventSuperseded, .sessionClosed, .sessionReopened, .sessionReviewed,
  ]

  /// The status that a number stands for; nil if it stands for none.
  package static func status(of number: Int64) -> EventLog.Status? {
    [.open, .closed, .reviewed].first { self.number(of: $0) == number }
  }

  /// The number that stands for a status on disk. It never changes.
  package static func number(of status: EventLog.Status) -> Int64 {
    switch status {
    case .open: 0
    case .closed: 1
    case .reviewed: 2
    }
  }
}

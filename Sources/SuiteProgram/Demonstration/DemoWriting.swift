package import InfusionRecord
import Interchange
import SessionReview
package import SessionStore

/// Appends a day of sessions in the order in which the facts were recorded.
package struct DemoWriting {
  let store: any FactStore
  let right: Right
  /// Facts after this time are left out.
  let now: RecordedTime
  let reviews: Bool
  package private(set) var sessions = 0
  private var derivation: SessionDerivation

  package init(store: any FactStore, under right: Right, now: RecordedTime, reviews: Bool) {
    self.store = store
    self.right = right
    self.now = now
    self.reviews = reviews
    derivation = SessionDerivation(
      formulary: .starter, policies: PayerPolicies(drugTables: .starter), now: now.instant)
  }

  /// Appends the day in one transaction.
  package mutating func write(_ day: [DemoSession]) throws {
    var events: [Event] = []
    for session in day {
      var session = session
      if reviews, let closed = session.events.last, closed.recordedTime < now {
        session.review(review(of: EventLog(session: session.session, events: session.events)))
      }
      events += session.events.filter { $0.recordedTime <= now }
      if let first = session.events.first, first.recordedTime <= now { sessions += 1 }
    }
    events.sort { left, right in
      left.recordedTime != right.recordedTime
        ? left.recordedTime < right.recordedTime : left.id < right.id
    }
    var versions: [SessionID: Int] = [:]
    var batches: [Append] = []
    for event in events {
      let version = versions[event.session] ?? 0
      versions[event.session] = version + 1
      if let last = batches.indices.last, batches[last].session == event.session {
        batches[last].events.append(event)
      } else {
        batches.append(Append(session: event.session, expecting: version, events: [event]))
      }
    }
    try store.append(batches, under: right)
  }

  private mutating func review(of log: EventLog) -> Review {
    SignOffOffer(derivation.statement(of: log))
      .review(by: DemoPeople.reviewers[log.version % DemoPeople.reviewers.count])
  }
}

package import InfusionRecord
package import TimelineEngine

/// A charge, or minutes without one, that an earlier statement of a session held and the present one does
/// not.
///
/// A receiver that was given the earlier statement still holds it under its old id, and learns only from
/// us that it fell away.
package struct FallenCharge: Sendable {
  package enum Content: Sendable {
    case unit(ExportedUnit)
    case uncharged(UnchargedPlace)
  }

  package let content: Content
  /// Whether it was billable then.
  package let wasPostable: Bool
}

/// Where minutes without a unit stand: administration, clause, and which of several with both.
package struct UnchargedPlace: Sendable, Hashable {
  package let administration: String
  package let clause: Clause
  /// 0 for the first.
  package let ordinal: Int
}

extension Statement {
  /// The places of the minutes without a unit, in the statement's order.
  package var unchargedPlaces: [UnchargedPlace] {
    var counts: [UnchargedPlace: Int] = [:]
    return uncharged.map { part in
      let first = UnchargedPlace(
        administration: timeline.administrations[part.administration].id, clause: part.clause,
        ordinal: 0)
      let ordinal = counts[first, default: 0]
      counts[first] = ordinal + 1
      return UnchargedPlace(
        administration: first.administration, clause: first.clause, ordinal: ordinal)
    }
  }
}

extension SessionDerivation {
  /// What fell away since earlier statements that a receiver may hold: those that were signed, and those
  /// at the moments of earlier exports.
  ///
  /// - Parameters:
  ///   - log: the whole log of the session, with its sign-offs.
  ///   - moments: when the session was exported before.
  package mutating func fallen(
    since moments: [RecordedTime], of log: EventLog, now session: DerivedSession
  ) -> [FallenCharge] {
    var places = Set(session.units.map(\.place))
    var uncharged = Set(session.statement.unchargedPlaces)
    var fallen: [FallenCharge] = []
    // The latest first: of several statements with one place, that is what the receiver holds.
    for earlier in earlierSessions(of: log, at: moments).reversed() {
      for unit in earlier.units where places.insert(unit.place).inserted {
        fallen.append(
          FallenCharge(content: .unit(unit), wasPostable: earlier.isPostable(unit)))
      }
      for place in earlier.statement.unchargedPlaces where uncharged.insert(place).inserted {
        fallen.append(FallenCharge(content: .uncharged(place), wasPostable: false))
      }
    }
    return fallen
  }

  /// The session as it stood after each sign-off and at each of the moments, each state once.
  private mutating func earlierSessions(
    of log: EventLog, at moments: [RecordedTime]
  ) -> [DerivedSession] {
    var cuts: [(count: Int, now: Instant)] = []
    for (index, event) in log.events.enumerated() {
      if case .sessionReviewed = event.fact {
        cuts.append((index + 1, event.recordedTime.instant))
      }
    }
    for moment in moments {
      let count = log.events.prefix { $0.recordedTime <= moment }.count
      if count > 0 { cuts.append((count, moment.instant)) }
    }
    cuts.sort { ($0.count, $0.now) < ($1.count, $1.now) }
    let present = now
    defer { now = present }
    var found: [DerivedSession] = []
    var closed: Int?
    for cut in cuts where cut.count != closed {
      let earlier = EventLog(session: log.session, events: Array(log.events.prefix(cut.count)))
      now = cut.now
      found.append(self.session(earlier))
      // Only an open session changes with the hour.
      closed = earlier.status == .open ? nil : cut.count
    }
    return found
  }
}

package import InfusionRecord
package import TimelineEngine

/// One recorded session, what it comes to, and how its review stands.
///
/// Exports, the day review and the audit packet are functions of this value. They read no clock and no
/// store, so the same session gives the same bytes and the same units everywhere.
package struct DerivedSession: Sendable {
  /// Without its sign-offs if the session is signed off.
  package let log: EventLog
  /// The record as of the statement's moment.
  package let recorded: RecordedTimeline
  package let statement: Statement
  package let standing: ReviewStanding

  /// The charges of the statement in its order. Each call makes them, with their sentences and ids.
  package var units: [ExportedUnit] {
    statement.charges.map { ExportedUnit($0, in: statement, from: recorded, log: log) }
  }

  package var opening: SessionOpening? { log.opening }
  package var clock: LocalClock { statement.timeline.session.clock }

  /// Whether a unit may be posted: the session is signed off as it stands, and the unit is settled.
  package func isPostable(_ unit: ExportedUnit) -> Bool {
    standing.posts(unit.status)
  }
}

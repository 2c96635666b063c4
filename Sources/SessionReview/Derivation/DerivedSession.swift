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
  /// The moment an open session is seen from; nil for a session that is not open.
  package var asOf: Instant?
  /// What an earlier statement held that a receiver may have, and this one does not.
  package var fallen: [FallenCharge] = []

  /// The charges of the statement in its order, then the lines of drugs. Each call makes them, with their sentences and ids.
  package var units: [ExportedUnit] {
    statement.charges.map { ExportedUnit($0, in: statement, from: recorded, log: log) }
      + statement.drugLines.map { ExportedUnit($0, in: statement, from: recorded, log: log) }
  }

  package var opening: SessionOpening? { log.opening }
  package var clock: LocalClock { statement.timeline.session.clock }

  /// Whether a unit may be posted: see `posts`.
  package func isPostable(_ unit: ExportedUnit) -> Bool { posts(unit.status) }

  /// Whether units of this status may be posted: the session is signed off as it stands, the units are
  /// settled, and the visit has the account number that the policy requires.
  package func posts(_ status: Statement.Status) -> Bool {
    standing.isSignedOff && statement.unpostedCause(of: status) == nil
  }

  /// The units that no message posts although the session is signed off, or would be.
  package var unposted: UnpostedUnits { UnpostedUnits(statement) }
}

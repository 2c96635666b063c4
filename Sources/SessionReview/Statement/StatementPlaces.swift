import InfusionRecord
import TimelineEngine

/// A statement's units by place, and why minutes of its administrations are not charged.
struct StatementPlaces: Sendable {
  typealias Place = StatementDifference.Place

  struct Held: Sendable {
    let units: Int
    /// By id, each once.
    let administrations: [String]
    /// The deciding rule first.
    let reasons: [Reason]
  }

  let places: [(place: Place, held: Held)]
  private let statement: Statement

  init(_ statement: Statement) {
    self.statement = statement
    places = statement.charges.map { charge in
      let place = Place(
        code: charge.code, modifiers: charge.modifiers, serviceDate: charge.serviceDate,
        encounter: statement.encounter(of: charge), site: statement.site(of: charge)?.id ?? "")
      let ids = statement.rows(of: charge).map { statement.timeline.administrations[$0].id }
      return (
        place,
        Held(
          units: charge.units, administrations: ids.uniqued,
          reasons: Array(statement.reasons(of: charge)))
      )
    }
  }

  func units(at place: Place) -> Int {
    places.first { $0.place == place }?.held.units ?? 0
  }

  func units(of code: Code) -> Int {
    places.reduce(0) { $1.place.code == code ? $0 + $1.held.units : $0 }
  }

  /// Whether an administration is behind the units at a place.
  func holds(_ id: String, at place: Place) -> Bool {
    places.contains { $0.place == place && $0.held.administrations.contains(id) }
  }

  /// Whether any of these administrations is recorded.
  func knows(_ ids: [String]) -> Bool {
    statement.minutes.contains {
      ids.contains(statement.timeline.administrations[$0.administration].id)
    }
  }

  /// Why minutes of these administrations are not charged.
  func clauses(of ids: [String]) -> [Clause] {
    statement.uncharged.filter {
      ids.contains(statement.timeline.administrations[$0.administration].id)
    }.map(\.clause)
  }
}

package import InfusionRecord
import TimelineEngine

/// A line of a drug that rose or fell from one statement of a session to another.
///
/// Lines are compared by code, modifiers, date, encounter, supply and National Drug Code. A line that loses JZ and
/// gets a JW line is two changes: that is how a claim is corrected.
package struct DrugLineChange: Sendable, Hashable {
  /// `J1745-JW`.
  package let code: String
  package let serviceDate: CivilDate?
  package let encounter: String
  /// Units before and after; never equal.
  package let from: Int
  package let to: Int
  /// Why, in the words of the last rule of the later line, or of the earlier one if it fell away.
  package let because: String

  /// `J1745-JW on 02-Mar-2026 rose from 0 to 5: …`
  package var sentence: String {
    var text = code
    if let serviceDate { text += " on \(serviceDate.display)" }
    text += " \(to > from ? "rose" : "fell") from \(from) to \(to)"
    return because.isEmpty ? text + "." : text + ": " + because
  }

  /// The changes in the order of the earlier statement, then those of new lines.
  static func found(from earlier: Statement, to later: Statement) -> [DrugLineChange] {
    let before = places(of: earlier)
    let after = places(of: later)
    let places = (before + after).map(\.place).uniqued
    return places.compactMap { place in
      let was = before.filter { $0.place == place }
      let now = after.filter { $0.place == place }
      let (from, to) = (was.reduce(0) { $0 + $1.units }, now.reduce(0) { $0 + $1.units })
      guard from != to else { return nil }
      return DrugLineChange(
        code: place.code, serviceDate: place.date, encounter: place.encounter, from: from, to: to,
        because: (now.last ?? was.last)?.because ?? "")
    }
  }

  private struct Place: Hashable {
    let code: String
    let date: CivilDate?
    let encounter: String
    let supply: DrugFacts.Supply
    let ndc: String?
  }

  private static func places(
    of statement: Statement
  ) -> [(place: Place, units: Int, because: String)] {
    statement.drugLines.map { line in
      let place = Place(
        code: line.codeText, date: line.serviceDate, encounter: statement.encounter(of: line),
        supply: line.supply, ndc: line.ndc)
      return (place, line.units, line.because.last?.text ?? "")
    }
  }
}

import InfusionRecord
package import TimelineEngine

// The sentences of a statement in JSON and exports. Signatures hold them: no letter may change.

extension Statement {
  /// A reason's sentence with the clock ranges whose minutes it used.
  package func sentence(_ reason: Reason, of charge: Charge) -> String {
    let ranges = clockRanges(of: reason)
    var text = reason.text
    if ranges.isEmpty { return text }
    let clock = SignedClockText(clock: timeline.session.clock, date: charge.serviceDate)
    if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
    var separator = ": "
    for range in ranges {
      text += separator
      text += clock.range(range)
      separator = ", "
    }
    return text + "."
  }

  /// A finding's sentence, with the second administration at its end if there are two.
  ///
  /// - Parameter namingDrug: whether that administration is named by its drug, for a person, or by its
  ///   id, as in the statement's JSON.
  package func sentence(_ finding: Finding, namingDrug: Bool = false) -> String {
    guard let other = finding.other else { return finding.text }
    let row = timeline.administrations[other]
    return "\(finding.text) See also \(namingDrug ? row.drug.displayName : row.id)."
  }

  /// The administrations behind a charge, each once, in the engine's order.
  package func rows(of charge: Charge) -> [Int] {
    let rows = administrations(of: charge)
    if rows.count == 1 { return rows.map(Int.init) }
    var seen: Set<Int32> = []
    return rows.filter { seen.insert($0).inserted }.map(Int.init)
  }
}

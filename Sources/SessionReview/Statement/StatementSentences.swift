import InfusionRecord
package import TimelineEngine

// The sentences of a statement in JSON and exports. Signatures hold them: no letter may change.

extension Statement {
  /// A reason's sentence with the clock ranges whose minutes it used.
  package func sentence(_ reason: Reason, of charge: Charge) -> String {
    let ranges = clockRanges(of: reason)
    guard !ranges.isEmpty else { return reason.text }
    let clock = SignedClockText(clock: timeline.session.clock, date: charge.serviceDate)
    var text = Substring(reason.text)
    if text.hasSuffix(".") { text = text.dropLast() }
    return "\(text): \(ranges.map(clock.range).joined(separator: ", "))."
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
    var seen: Set<Int32> = []
    return administrations(of: charge).filter { seen.insert($0).inserted }.map(Int.init)
  }
}

package import InfusionRecord

/// The class of a drug in a statement, and where it comes from.
package struct RecordedClass: Sendable, Hashable {
  package enum Basis: Sendable, Hashable {
    /// The record states it.
    case stated
    case formulary
    /// The formulary has a class of its own for the payer.
    case payer(String)
    /// The record states no class, and the formulary lacks the drug.
    case unknown
  }

  /// Nil if it is unknown.
  package let drugClass: Drug.Class?
  package let basis: Basis
}

extension Statement {
  /// The class of an administration's drug, and where it comes from.
  package func recordedClass(of position: Int) -> RecordedClass {
    let row = timeline.administrations[position]
    if let stated = row.statedClass { return RecordedClass(drugClass: stated, basis: .stated) }
    guard let entry = row.drug.entry else { return RecordedClass(drugClass: nil, basis: .unknown) }
    let session = timeline.session
    let date = (row.start ?? row.stop).map { session.clock.date(at: $0) }
    let (drugClass, override) = entry.drugClass(payer: session.payer, on: date)
    return RecordedClass(
      drugClass: drugClass, basis: override.map { .payer($0.payer) } ?? .formulary)
  }
}

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
  /// The class of the formulary, for the payer, if the record states another one.
  package let overruled: Drug.Class?
}

extension RecordedClass {
  /// The stated class, otherwise the formulary's for the payer on the date of the service.
  ///
  /// - Parameter date: asked for only if the formulary has classes of payers.
  init(
    stated: Drug.Class?, entry: FormularyEntry?, payer: String?,
    on date: @autoclosure () -> CivilDate?
  ) {
    guard let entry else {
      self.init(drugClass: stated, basis: stated == nil ? .unknown : .stated, overruled: nil)
      return
    }
    let (drugClass, override) =
      entry.payerOverrides.isEmpty
      ? (entry.drugClass, nil) : entry.drugClass(payer: payer, on: date())
    if let stated {
      self.init(
        drugClass: stated, basis: .stated, overruled: stated == drugClass ? nil : drugClass)
      return
    }
    self.init(
      drugClass: drugClass, basis: override.map { .payer($0.payer) } ?? .formulary,
      overruled: nil)
  }
}

extension Statement {
  /// The class of an administration's drug, and where it comes from.
  package func recordedClass(of position: Int) -> RecordedClass {
    let row = timeline.administrations[position]
    let session = timeline.session
    return RecordedClass(
      stated: row.statedClass, entry: row.drug.entry, payer: session.payer,
      on: (row.start ?? row.stop).map { session.clock.date(at: $0) } ?? row.day)
  }
}

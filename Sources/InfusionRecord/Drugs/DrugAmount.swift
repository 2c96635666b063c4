/// An amount of a drug with its unit, `315 mg`.
package struct DrugAmount: Sendable, Hashable {
  /// The units of documents, which hold the raw values.
  package enum Unit: String, Sendable, CaseIterable, Hashable {
    case mcg, mg, g, mL, units
    case internationalUnits = "IU"
    case mEq, mmol, mCi
  }

  package var value: ExactDecimal
  package var unit: Unit

  package init(_ value: ExactDecimal, _ unit: Unit) {
    self.value = value
    self.unit = unit
  }

  /// `315 mg`.
  package var text: String { "\(value.text) \(unit.rawValue)" }

  /// The amount in another unit; nil if the two units measure different things.
  ///
  /// Micrograms, milligrams and grams are one another's thousands. Units and international units are
  /// counted alike: HCPCS writes IU where labels and the CMS crosswalk write units. Nothing else is
  /// converted: units never become milligrams, and millilitres need a concentration.
  package func value(in other: Unit) -> ExactDecimal? {
    if unit == other { return value }
    switch (unit, other) {
    case (.units, .internationalUnits), (.internationalUnits, .units): return value
    default:
      guard let from = unit.powerOfTen, let to = other.powerOfTen else { return nil }
      return value.shifted(by: from - to)
    }
  }
}

extension DrugAmount.Unit {
  /// The power of ten over a microgram; nil for a unit that is no mass.
  fileprivate var powerOfTen: Int? {
    switch self {
    case .mcg: 0
    case .mg: 3
    case .g: 6
    case .mL, .units, .internationalUnits, .mEq, .mmol, .mCi: nil
    }
  }
}

/// What a millilitre of a liquid holds, `10 mg/mL`.
package struct DrugConcentration: Sendable, Hashable {
  package let perMillilitre: DrugAmount

  package init(_ perMillilitre: DrugAmount) { self.perMillilitre = perMillilitre }

  /// The amount in a volume.
  package func amount(inMillilitres volume: ExactDecimal) -> DrugAmount {
    DrugAmount(perMillilitre.value * volume, perMillilitre.unit)
  }

  /// The volume that holds an amount, to three places; nil if the units differ in kind.
  package func millilitres(of amount: DrugAmount) -> ExactDecimal? {
    amount.value(in: perMillilitre.unit)?.divided(by: perMillilitre.value, places: 3)
  }
}

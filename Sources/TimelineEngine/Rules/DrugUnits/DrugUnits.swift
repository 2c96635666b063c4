import InfusionRecord

/// Units are the amount given divided by the amount of one unit, rounded up to the next whole unit.
///
/// ```
/// unit 10 mg     300 mg       30 units
///                300.1 mg     31 units
///                2 mg          1 unit
/// ```
///
/// Amounts are decimal and exact. Milligrams, micrograms and grams are one another's thousands, millilitres
/// become an amount by the labelled concentration, and units never become milligrams.
enum DrugUnits {
  static let rule = Rule(
    .drugUnits,
    claim: """
      Units are the amount given divided by the amount of one unit, rounded up to the next whole unit.
      """,
    sections: ["DU1"],
    citations: [.cgsDrugUnits, .chapter17Units, .rac0074, .ngsWaste])

  /// Brings every amount of a dose to the unit of its code.
  static func apply(converting draft: inout Draft) {
    guard let tables = draft.drugs.tables else { return }
    for index in draft.drugs.doses.indices {
      var dose = draft.drugs.doses[index]
      guard let code = dose.code else { continue }
      let unit: DrugAmount.Unit
      switch code.measure {
      case .amount(_, let of): unit = of
      case .count, .none: unit = dose.given.unit
      }
      guard let given = value(dose.given, in: unit, dose.package) else {
        draft.find(.unitMismatch, dose.row, [dose.given.text, code.code, code.unitText])
        draft.drugs.isHeld = true
        draft.drugs.doses[index].isMismatched = true
        continue
      }
      dose.amount = given
      dose.containers = dose.facts.containers.map { opened($0, in: unit, dose, tables) }
      for (recorded, opened) in zip(dose.facts.containers, dose.containers) {
        guard let amount = recorded.amount, opened.amount == nil, case .amount = code.measure
        else { continue }
        draft.find(.unitMismatch, dose.row, [amount.text, code.code, code.unitText])
      }
      if let discarded = dose.facts.discarded?.amount {
        dose.discarded = value(discarded, in: unit, dose.package)
        if dose.discarded == nil, case .amount = code.measure {
          draft.find(.unitMismatch, dose.row, [discarded.text, code.code, code.unitText])
        }
      }
      draft.drugs.doses[index] = dose
    }
    draft.drugs.doses.removeAll(where: \.isMismatched)
  }

  private static func value(
    _ amount: DrugAmount, in unit: DrugAmount.Unit, _ package: DrugPackage?
  ) -> ExactDecimal? {
    if let value = amount.value(in: unit) { return value }
    guard amount.unit == .mL else { return nil }
    return package?.concentration?.amount(inMillilitres: amount.value).value(in: unit)
  }

  private static func opened(
    _ container: DrugContainer, in unit: DrugAmount.Unit, _ dose: DrugDose, _ tables: DrugTables
  ) -> OpenedContainer {
    let text = container.ndc ?? dose.facts.product?.ndc
    let found = text.flatMap { tables.package(ndc: $0) }
    // The amount of another package of the product says nothing about this one.
    let labelled = container.amount ?? (found?.isExact == true ? found?.package.amount : nil)
    return OpenedContainer(
      kind: container.kind ?? found?.package.kind,
      amount: labelled.flatMap { value($0, in: unit, found?.package) },
      count: container.count, ndc: text.flatMap { NationalDrugCode($0)?.elevenDigits },
      package: found?.package)
  }

  /// Makes the given line of each group.
  static func apply(counting draft: inout Draft) {
    for index in draft.drugs.groups.indices {
      var group = draft.drugs.groups[index]
      switch group.code.measure {
      case .amount(let amount, let unit):
        group.units = group.given.unitsCovering(by: amount)
        group.because.append(
          DrugReason(
            .unitsOfDose, draft.text(group.given, of: group.code),
            "\(amount.text) \(unit.rawValue)", "\(group.units)"))
      case .count: group.units = group.given.unitsCovering(by: ExactDecimal(1))
      case .none where group.code.kind == .unlisted:
        group.units = UnlistedDrug.units(of: group, in: draft)
        group.because.append(DrugReason(.unlistedContainers, "\(group.units)"))
      case .none:
        group.units = 1
        group.status = .held
        draft.find(
          .unitMismatch, draft.firstRow(of: group),
          [draft.doses(of: group).first?.given.text ?? "", group.code.code, "not known"])
      }
      draft.drugs.groups[index] = group
      guard group.units > 0 else { continue }
      draft.drugs.lines.append(DrugLine(group.units, of: group, at: index, in: draft))
    }
  }
}

extension Finding.Definition {
  static let unitMismatch = Self(
    .drugUnits, .warning, "$ is charted and cannot be counted by $, whose unit is $.")
}

extension DrugReason.Definition {
  static let unitsOfDose = Self(
    .drugUnits, .chapter17Units, "$ given, in units of $, rounded up: $.")
}

import InfusionRecord

/// By the policy a line carries its National Drug Code with eleven digits, a unit of measure and a quantity.
///
/// ```
/// powder     UN, containers     infliximab 350 mg from 100 mg vials     UN 3.5
/// liquid     ML, volume         immune globulin 100 g of 100 mg/mL     ML 1000
/// ```
///
/// The quantity is that of the line: what was given, or what was discarded. It has three decimals at most, and it is left
/// out if the tables do not know the package.
enum PackageCode {
  static let rule = Rule(
    .packageCode,
    claim: """
      By the policy a line carries its National Drug Code with eleven digits, a unit of measure and \
      a quantity.
      """,
    sections: ["DU18"], citations: [.amerihealthNDC, .deduction],
    policies: ["ndc.on_line", "ndc.unit"],
    disputes: ["A part of a powder vial: UN (AmeriHealth Caritas), or ML after mixing (TMHP 2016)."]
  )

  static func apply(_ draft: inout Draft) {
    guard draft.policy.ndcOnLine, let tables = draft.drugs.tables else { return }
    for index in draft.drugs.lines.indices {
      let line = draft.drugs.lines[index]
      let group = draft.drugs.groups[line.group]
      let doses = draft.doses(of: group)
      let containers = doses.flatMap(\.containers)
      let recorded = doses.lazy.compactMap { $0.facts.product?.ndc }.first
        .flatMap { NationalDrugCode($0)?.elevenDigits }
      guard let ndc = line.packageOfLine ?? containers.lazy.compactMap(\.ndc).first ?? recorded
      else { continue }
      draft.drugs.lines[index].ndc = ndc
      let amount = line.isDiscarded ? group.discarded : given(of: line, group, containers)
      let package = tables.package(ndc: ndc)?.package
      let quantity = quantity(amount, package, containers.first { $0.ndc == ndc }, group, draft)
      draft.drugs.lines[index].quantity = quantity
      draft.drugs.lines[index].because.append(
        DrugReason(.packageCode, ndc, quantity ?? "a quantity that is not known"))
    }
  }

  /// What the line's package gave.
  private static func given(
    of line: DrugLine, _ group: DrugGroup, _ containers: [OpenedContainer]
  ) -> ExactDecimal {
    guard let ndc = line.packageOfLine else { return group.given }
    var left = group.given
    var given = ExactDecimal.zero
    for container in containers {
      let used = min(left, container.labelled)
      left = left - used
      if container.ndc == ndc { given = given + used }
    }
    return given
  }

  private static func quantity(
    _ amount: ExactDecimal, _ package: DrugPackage?, _ container: OpenedContainer?,
    _ group: DrugGroup, _ draft: Draft
  ) -> String? {
    guard case .amount(_, let unit) = group.code.measure, let form = package?.form else {
      return nil
    }
    let value: (unit: String, amount: ExactDecimal?)
    switch form {
    case .liquid:
      value = ("ML", package?.concentration?.millilitres(of: DrugAmount(amount, unit)))
    case .powder:
      guard draft.policy.ndcUnit == .byPackage else { return nil }
      let size = container?.amount ?? package?.amount?.value(in: unit)
      value = ("UN", size.flatMap { amount.divided(by: $0, places: 3) })
    }
    return value.amount.flatMap { $0.isZero ? nil : "\(value.unit) \($0.text)" }
  }
}

extension DrugReason.Definition {
  static let packageCode = Self(
    .packageCode, .amerihealthNDC, "The line carries the National Drug Code $ with $.")
}

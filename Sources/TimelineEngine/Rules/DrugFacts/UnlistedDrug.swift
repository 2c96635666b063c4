import InfusionRecord

/// A drug without a code on the date of service is reported with an unlisted code, for review.
///
/// ```
/// chemotherapy, hormonal antineoplastic     J9999
/// complex biologic                          J3590
/// any other drug                            J3490
/// ```
///
/// Such a code has no unit. It is one unit, or the number of containers by the policy. JW and JZ apply, but
/// nobody tells how to split one unit, so waste is found and not billed.
enum UnlistedDrug {
  static let rule = Rule(
    .unlistedDrug,
    claim: """
      A drug without a code on the date of service is reported with an unlisted code, for review.
      """,
    sections: ["DU17"], citations: [.palmettoUnlisted, .deduction], policies: ["noc.units"],
    disputes: ["One unit, or the number of containers (a payer in Florida)."])

  static func apply(choosing draft: inout Draft) {
    guard let tables = draft.drugs.tables else { return }
    for index in draft.drugs.doses.indices {
      let dose = draft.drugs.doses[index]
      let number = dose.code?.code ?? code(of: draft.rows[Int(dose.row)].drugClass)
      guard dose.code?.kind ?? .unlisted == .unlisted,
        let code = dose.code ?? tables.rows(of: number).last
      else { continue }
      draft.drugs.doses[index].code = code
      draft.drugs.doses[index].status = max(dose.status, .review)
      draft.drugs.doses[index].because.append(DrugReason(.unlisted, code.code))
      draft.find(.nocCode, dose.row, [code.code])
    }
    draft.drugs.doses.removeAll { $0.code == nil }
  }

  private static func code(of drugClass: Drug.Class) -> String {
    switch drugClass {
    case .chemotherapy, .hormonalAntineoplastic: "J9999"
    case .complexBiologic: "J3590"
    case .therapeutic, .hydration, .other: "J3490"
    }
  }

  /// The units of an unlisted code.
  static func units(of group: DrugGroup, in draft: Draft) -> Int {
    guard draft.policy.unlistedUnits == .containers else { return 1 }
    return max(1, draft.doses(of: group).flatMap(\.containers).reduce(0) { $0 + $1.count })
  }

  /// Finds waste under a code whose one unit nobody can split.
  static func apply(finding draft: inout Draft) {
    for group in draft.drugs.groups
    where group.code.kind == .unlisted && group.wantsModifier && group.hasSingleDose
      && !group.discarded.isZero
    {
      draft.find(
        .nocDiscard, draft.firstRow(of: group),
        [group.code.code])
    }
  }
}

extension Finding.Definition {
  static let nocCode = Self(
    .unlistedDrug, .note, "$ is an unlisted code: the claim names drug, strength, dose and route.")
  static let nocDiscard = Self(
    .unlistedDrug, .warning,
    "Some of the drug was discarded; one unit of $ cannot be split, so no JW line is made.")
}

extension DrugReason.Definition {
  static let unlisted = Self(
    .unlistedDrug, .palmettoUnlisted, "No code of its own is in force; $ is for such drugs.")
  static let unlistedContainers = Self(
    .unlistedDrug, .deduction, "An unlisted code has no unit; it is counted as $.")
}

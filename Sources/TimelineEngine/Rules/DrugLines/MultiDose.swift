import InfusionRecord

/// A drug from multi-dose containers has its given units only, without JW and JZ, whatever was thrown away.
///
/// ```
/// trastuzumab 188 mg     multi-dose vial            J9355 × 19
///                        2 × 150 mg single-dose     J9355 × 19, JW × 11
/// ```
///
/// The label of the container decides, so one drug can be both.
enum MultiDose {
  static let rule = Rule(
    .multiDose,
    claim: """
      A drug from multi-dose containers has its given units only, without JW and JZ, whatever was \
      thrown away.
      """,
    sections: ["DU11"], citations: [.cgsDrugUnits, .noridianDrugs, .palmettoJ9355])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.groups.indices where draft.drugs.groups[index].containers == .multi {
      guard draft.drugs.groups[index].wantsModifier else { continue }
      draft.drugs.groups[index].wantsModifier = false
      draft.drugs.groups[index].because.append(DrugReason(.multiDose))
    }
  }
}

extension DrugReason.Definition {
  static let multiDose = Self(
    .multiDose, .palmettoJ9355, "It came from a multi-dose container, so JW and JZ are not for it.")
}

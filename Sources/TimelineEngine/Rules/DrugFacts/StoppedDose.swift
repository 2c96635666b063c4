import InfusionRecord

/// Of a dose that was stopped early the amount that ran in is billed, and the rest as discarded, both for review.
///
/// ```
/// 400 mg in 250 mL     100 mL ran in, 160 mg     J1745 × 16, JW × 24, for review
/// ```
///
/// The rest was prepared for this patient. Read strictly, the rest of an ordered dose is no discarded amount; by
/// the policy `given_only` it has no line. The amount is never estimated from minutes.
enum StoppedDose {
  static let rule = Rule(
    .stoppedDose,
    claim: """
      Of a dose that was stopped early the amount that ran in is billed, and the rest as discarded, \
      both for review.
      """,
    sections: ["DU13"], citations: [.msho2026, .deduction], policies: ["stopped_dose"],
    disputes: [
      """
      The rest of a stopped dose is discarded drug (MSHO 2026), or no discarded amount because it \
      was part of the prescribed dose (a CMS answer, as quoted in 2023).
      """
    ])

  /// Leaves the rest of stopped doses out of what is discarded, if the policy bills none.
  static func apply(limiting draft: inout Draft) {
    guard draft.policy.stoppedDose == .givenOnly else { return }
    for index in draft.drugs.doses.indices where draft.drugs.doses[index].isStopped {
      draft.drugs.doses[index].leavesRest = false
    }
  }

  /// Puts both lines of a stopped dose into review if its rest has a line.
  static func apply(marking draft: inout Draft) {
    for (index, group) in draft.drugs.groups.enumerated() where group.discardedUnits > 0 {
      guard let dose = draft.doses(of: group).first(where: { $0.isStopped && $0.leavesRest })
      else { continue }
      draft.find(.stoppedDoseDiscard, dose.row)
      for line in draft.drugs.lines.indices where draft.drugs.lines[line].group == index {
        draft.drugs.lines[line].status = max(draft.drugs.lines[line].status, .review)
        draft.drugs.lines[line].because.append(DrugReason(.ranInPart, dose.given.text))
      }
    }
  }
}

extension Finding.Definition {
  static let stoppedDoseDiscard = Self(
    .stoppedDose, .warning,
    "The dose was stopped early, and sources differ on whether its rest is discarded drug.")
  static let amountGivenMissing = Self(
    .stoppedDose, .warning,
    "The dose was stopped early and how much of it ran in is not recorded; minutes do not tell it.")
}

extension DrugReason.Definition {
  static let ranInPart = Self(
    .stoppedDose, .msho2026, "The dose was stopped early; $ of what was prepared ran in.")
}

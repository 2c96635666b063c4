import InfusionRecord

/// Only what is recorded as discarded is billed; what is merely left over holds the JW line.
///
/// ```
/// 400 mg opened, 350 given     50 discarded         JW × 5
///                              nothing recorded     JW × 5, held
///                              40 discarded         JW × 4, found
/// ```
///
/// If the record differs from opened minus given, the smaller amount counts. The policy can bill what is left over
/// without a record.
enum RecordedDiscard {
  static let rule = Rule(
    .recordedDiscard,
    claim: """
      Only what is recorded as discarded is billed; what is merely left over holds the JW line.
      """,
    sections: ["DU15"], citations: [.palmettoWaste, .firstCoastDrugs, .deduction],
    policies: ["discard.must_be_recorded"])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.groups.indices {
      var group = draft.drugs.groups[index]
      guard group.wantsModifier, group.hasSingleDose else { continue }
      let doses = draft.doses(of: group)
      let recorded = doses.compactMap(\.discarded)
      let sum = recorded.isEmpty ? nil : recorded.reduce(ExactDecimal.zero, +)
      if group.containers == .mixed {
        group.discarded = min(sum ?? .zero, group.labelledSingle)
      } else if doses.contains(where: \.facts.isShared) {
        group.discarded = min(sum ?? .zero, max(.zero, group.labelled - group.given))
      } else {
        weigh(sum, against: left(of: doses, group), in: &group, &draft)
      }
      draft.drugs.groups[index] = group
    }
  }

  /// What is left of the containers, without the rest of stopped doses if the policy bills none.
  private static func left(of doses: [DrugDose], _ group: DrugGroup) -> ExactDecimal {
    var left = group.labelled - group.given
    for dose in doses where !dose.leavesRest {
      let labelled = dose.containers.reduce(ExactDecimal.zero) { $0 + $1.labelled }
      left = left - (labelled - dose.amount)
    }
    return max(.zero, left)
  }

  private static func weigh(
    _ recorded: ExactDecimal?, against left: ExactDecimal, in group: inout DrugGroup,
    _ draft: inout Draft
  ) {
    let row = draft.firstRow(of: group)
    guard let recorded else {
      group.discarded = left
      guard left.wholes(of: group.unit) > 0 || group.code.kind == .unlisted, !left.isZero else {
        return
      }
      let text = draft.text(left, of: group.code)
      if draft.policy.discardMustBeRecorded {
        group.isDiscardHeld = true
        group.discardBecause.append(DrugReason(.discardNotRecorded, text))
        draft.find(.discardNotRecorded, row, [text])
      } else {
        group.discardBecause.append(DrugReason(.discardComputed, text))
      }
      return
    }
    group.discarded = min(recorded, left)
    let isRestKept = draft.doses(of: group).contains { !$0.leavesRest }
    if recorded != left, !isRestKept {
      draft.find(
        .discardMismatch, row,
        [draft.text(recorded, of: group.code), draft.text(left, of: group.code)])
    }
  }
}

extension Finding.Definition {
  static let discardNotRecorded = Self(
    .recordedDiscard, .warning, "$ are left of the opened containers and no discard is recorded.")
  static let discardMismatch = Self(
    .recordedDiscard, .warning,
    "$ are recorded as discarded and $ are left of the opened containers; the smaller counts.")
}

extension DrugReason.Definition {
  static let discardNotRecorded = Self(
    .recordedDiscard, .palmettoWaste,
    "$ are left over and nobody recorded that they were discarded, so the line is held.")
  static let discardComputed = Self(
    .recordedDiscard, .deduction, "$ are left over; the site's policy bills that without a record.")
}

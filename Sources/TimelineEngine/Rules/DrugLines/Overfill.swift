import InfusionRecord

/// No more is billed than the labels hold: overfill is neither given nor discarded.
///
/// ```
/// 100 mg vial     100 mg given     10 units, JZ
///                 103 mg given     10 units, JZ, and a finding
/// ```
enum Overfill {
  static let rule = Rule(
    .overfill,
    claim: "No more is billed than the labels hold: overfill is neither given nor discarded.",
    sections: ["DU10"], citations: [.noridianDrugs])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.groups.indices {
      let group = draft.drugs.groups[index]
      guard group.containers == .single, group.labelled < group.given else { continue }
      let texts = [
        draft.text(group.given, of: group.code), draft.text(group.labelled, of: group.code),
      ]
      draft.find(.moreThanLabelled, draft.firstRow(of: group), texts)
      draft.drugs.groups[index].given = group.labelled
      draft.drugs.groups[index].because.append(DrugReason(.cappedAtLabel, texts[1]))
    }
  }
}

extension Finding.Definition {
  static let moreThanLabelled = Self(
    .overfill, .warning,
    "$ are recorded as given, and the opened containers hold $ by their labels.")
}

extension DrugReason.Definition {
  static let cappedAtLabel = Self(
    .overfill, .noridianDrugs, "The labels hold $, so no more is billed; overfill never is.")
}

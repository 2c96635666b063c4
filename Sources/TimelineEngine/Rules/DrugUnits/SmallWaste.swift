import InfusionRecord

/// Waste smaller than one unit is inside the rounded unit and has no line.
///
/// ```
/// one 10 mg vial, 7 given     unit 10 mg     1, JZ
///                             unit 1 mg      7, JW × 3
/// ```
enum SmallWaste {
  static let rule = Rule(
    .smallWaste, claim: "Waste smaller than one unit is inside the rounded unit and has no line.",
    sections: ["DU7"], citations: [.chapter17Waste, .noridianDrugs])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.lines.indices where !draft.drugs.lines[index].isDiscarded {
      let group = draft.drugs.groups[draft.drugs.lines[index].group]
      guard group.wantsModifier, group.hasSingleDose, group.code.kind != .unlisted,
        group.discardedUnits == 0, !group.discarded.isZero
      else { continue }
      draft.drugs.lines[index].because.append(
        DrugReason(.insideUnit, draft.text(group.discarded, of: group.code)))
    }
  }
}

extension DrugReason.Definition {
  static let insideUnit = Self(
    .smallWaste, .chapter17Waste, "The $ left over are inside the rounded unit.")
}

import InfusionRecord

/// Whole units discarded from single-dose containers stand on a line of their own with JW.
///
/// ```
/// unit 10 mg, one 100 mg vial     95 given, 5 discarded     10          JZ
///                                 90 given, 10 discarded     9, JW × 1
///                                 80 given, 20 discarded     8, JW × 2
/// ```
///
/// The dose is rounded up and the waste down, and both together never exceed the labels. The given line then carries
/// neither JW nor JZ.
enum DiscardedDrug {
  static let rule = Rule(
    .discardedDrug,
    claim:
      "Whole units discarded from single-dose containers stand on a line of their own with JW.",
    sections: ["DU5"],
    citations: [.cmsDiscarded, .noridianDrugs, .ngsWaste, .chapter17Waste, .deduction])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.groups.indices {
      var group = draft.drugs.groups[index]
      guard group.wantsModifier, group.hasSingleDose, group.code.kind != .unlisted else { continue }
      var discarded = group.discarded
      if let limit = group.discardLimit, limit < discarded {
        discarded = limit
        group.discardBecause.append(
          DrugReason(.leastWasteLimit, draft.text(limit, of: group.code)))
      }
      let room = max(0, group.labelled.wholes(of: group.unit) - group.units)
      let wholes = discarded.wholes(of: group.unit)
      group.discardedUnits = min(wholes, room)
      if room < wholes {
        let reason = DrugReason(.labelLimit, draft.text(group.labelled, of: group.code))
        if room > 0 { group.discardBecause.append(reason) } else { group.because.append(reason) }
      }
      draft.drugs.groups[index] = group
      guard group.discardedUnits > 0 else { continue }
      var line = DrugLine(group.discardedUnits, of: group, at: index, in: draft)
      line.insert(.discarded)
      line.because =
        [DrugReason(.discardedUnits, draft.text(discarded, of: group.code), "\(line.units)")]
        + group.discardBecause
      if group.isDiscardHeld { line.status = .held }
      draft.drugs.lines.append(line)
    }
  }
}

extension DrugReason.Definition {
  static let discardedUnits = Self(
    .discardedDrug, .noridianDrugs, "$ of single-dose containers were discarded, in whole units: $."
  )
  static let labelLimit = Self(
    .discardedDrug, .chapter17Waste,
    "The labels hold $; given and discarded units together are no more than that.")
}

import InfusionRecord

/// A line from single-dose containers of which no unit was discarded carries JZ from 1 July 2023.
///
/// ```
/// 400 mg from 4 × 100 mg     2023-06-30     J1745 × 40
///                            2023-07-01     J1745-JZ × 40
/// ```
///
/// JZ attests that nothing was discarded, so a line without recorded containers has none.
enum NothingDiscarded {
  static let rule = Rule(
    .nothingDiscarded,
    claim: """
      A line from single-dose containers of which no unit was discarded carries JZ from 1 July 2023.
      """,
    sections: ["DU6"], citations: [.cmsDiscarded, .cgsDrugUnits, .firstCoastDrugs],
    policies: ["jwjz.from"])

  static func apply(_ draft: inout Draft) {
    let from = draft.policy.discardModifiersFrom
    for index in draft.drugs.lines.indices {
      let line = draft.drugs.lines[index]
      let group = draft.drugs.groups[line.group]
      guard group.wantsModifier, group.hasSingleDose, group.discardedUnits == 0,
        !line.isFromMultiDose, group.code.kind != .unlisted || group.discarded.isZero
      else { continue }
      if let date = line.serviceDate, date < from {
        draft.drugs.lines[index].because.append(DrugReason(.beforeModifier, from.display))
        continue
      }
      draft.drugs.lines[index].insert(.nothingDiscarded)
      draft.drugs.lines[index].because.append(DrugReason(.nothingDiscarded))
    }
  }
}

extension DrugReason.Definition {
  static let nothingDiscarded = Self(
    .nothingDiscarded, .cmsDiscarded,
    "No unit of the single-dose containers was discarded, which JZ attests.")
  static let beforeModifier = Self(
    .nothingDiscarded, .cmsDiscarded, "JZ is required from $ only.")
}

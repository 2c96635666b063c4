import InfusionRecord

/// Of a drug from single- and multi-dose containers only the single-dose part has JW, or JZ on a line of its own.
///
/// ```
/// 8 mg     4 mg single-dose + 4 mg multi-dose     4, JZ and 4 without
/// 92 mg    80 mg multi-dose + 20 mg single-dose, 8 discarded     92 and JW 8
/// ```
enum MixedContainers {
  static let rule = Rule(
    .mixedContainers,
    claim: """
      Of a drug from single- and multi-dose containers only the single-dose part has JW, or JZ on a \
      line of its own.
      """,
    sections: ["DU29"], citations: [.deduction])

  static func apply(finding draft: inout Draft) {
    for index in draft.drugs.groups.indices where draft.drugs.groups[index].containers == .mixed {
      let group = draft.drugs.groups[index]
      guard group.wantsModifier else { continue }
      draft.find(.mixedContainers, draft.firstRow(of: group), [group.code.code])
      draft.drugs.groups[index].because.append(DrugReason(.singleAndMulti))
    }
  }

  /// Sets the units from single-dose containers apart if nothing of them was discarded.
  static func apply(splitting draft: inout Draft) {
    for index in draft.drugs.lines.indices {
      let line = draft.drugs.lines[index]
      let group = draft.drugs.groups[line.group]
      guard group.containers == .mixed, group.wantsModifier, group.discardedUnits == 0,
        group.code.kind != .unlisted
      else { continue }
      let used = min(group.labelledSingle - group.discarded, group.given)
      let single = min(used.unitsCovering(by: group.unit), line.units)
      guard single > 0, single < line.units else { continue }
      var rest = line
      rest.units = line.units - single
      rest.isFromMultiDose = true
      draft.drugs.lines[index].units = single
      draft.drugs.lines.append(rest)
    }
  }
}

extension Finding.Definition {
  static let mixedContainers = Self(
    .mixedContainers, .note,
    "$ came from single- and multi-dose containers; JW and JZ are for the single-dose part only.")
}

extension DrugReason.Definition {
  static let singleAndMulti = Self(
    .mixedContainers, .deduction,
    "Single- and multi-dose containers were opened; JW and JZ are for the single-dose part.")
}

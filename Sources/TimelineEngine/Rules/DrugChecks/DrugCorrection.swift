import InfusionRecord

/// Lines follow the facts: a later fact derives them again, and while the drug runs they are provisional.
///
/// ```
/// 350 mg of 4 × 100, "nothing discarded"     35, JZ, found
/// amended to 50 mg discarded                 35 and JW × 5 in its place
/// ```
///
/// No line is kept from an earlier derivation, so a changed modifier replaces its line as well.
enum DrugCorrection {
  static let rule = Rule(
    .drugCorrection,
    claim: """
      Lines follow the facts: a later fact derives them again, and while the drug runs they are \
      provisional.
      """,
    sections: ["DU30"], citations: [.deduction])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.lines.indices {
      let group = draft.drugs.groups[draft.drugs.lines[index].group]
      guard draft.doses(of: group).contains(where: \.isRunning) else { continue }
      let status = draft.drugs.lines[index].status
      draft.drugs.lines[index].status = max(status, .provisional)
      draft.drugs.lines[index].because.append(DrugReason(.stillRunning))
    }
  }
}

extension DrugReason.Definition {
  static let stillRunning = Self(
    .drugCorrection, .deduction, "The drug still runs, so the line can change.")
}

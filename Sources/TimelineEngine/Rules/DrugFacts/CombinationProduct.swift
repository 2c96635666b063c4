import InfusionRecord

/// A combination is counted as one amount: the total of its components, or the first where the code says so.
///
/// ```
/// piperacillin-tazobactam, unit 1.125 g, total     3.375 g     3 units
///                                                  3.376 g     4 units
/// nivolumab-relatlimab, unit 3 mg of nivolumab     480 mg    160 units
/// ```
enum CombinationProduct {
  static let rule = Rule(
    .combinationProduct,
    claim: """
      A combination is counted as one amount: the total of its components, or the first where the \
      code says so.
      """,
    sections: ["DU26"], citations: [.cmsDrugFiles])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.doses.indices {
      guard let parts = draft.drugs.doses[index].code?.combination, !parts.isEmpty else { continue }
      let first = "first: "
      let reason =
        parts.hasPrefix(first)
        ? DrugReason(.combinationFirst, String(parts.dropFirst(first.count)))
        : DrugReason(.combinationTotal, parts)
      draft.drugs.doses[index].because.append(reason)
    }
  }
}

extension DrugReason.Definition {
  static let combinationTotal = Self(
    .combinationProduct, .cmsDrugFiles, "One unit of the combination is $, counted together.")
  static let combinationFirst = Self(
    .combinationProduct, .cmsDrugFiles, "One unit of the combination is $; the first is counted.")
}

import InfusionRecord

/// By the policy every line of a bought drug carries the modifier of drugs bought under 340B.
///
/// ```
/// infliximab 400 mg     policy none     J1745-JZ × 40
///                       policy TB       J1745-JZ-TB × 40
/// ```
///
/// The modifier stands on the given and on the discarded line. The record does not tell how a drug was bought, so the
/// default is none.
enum PurchaseModifier {
  static let rule = Rule(
    .purchaseModifier,
    claim: """
      By the policy every line of a bought drug carries the modifier of drugs bought under 340B.
      """,
    sections: ["DU21"], citations: [.rxtrail340B, .deduction], policies: ["modifier.340b"],
    disputes: ["TB for all from 2025, or JG for some (a page of 2026)."])

  static func apply(_ draft: inout Draft) {
    let modifier: DrugLine.Modifier
    switch draft.policy.purchaseModifier {
    case .none: return
    case .discounted: modifier = .discounted
    case .discountedBefore2025: modifier = .discountedBefore2025
    }
    for index in draft.drugs.lines.indices where draft.drugs.lines[index].supply == .stock {
      draft.drugs.lines[index].insert(modifier)
      draft.drugs.lines[index].because.append(DrugReason(.purchaseModifier, modifier.rawValue))
    }
  }
}

extension DrugReason.Definition {
  static let purchaseModifier = Self(
    .purchaseModifier, .rxtrail340B, "$ is the site's modifier for drugs bought under 340B.")
}

import InfusionRecord

/// By the policy a drug whose code is for several routes carries JA by vein and JB under the skin.
///
/// ```
/// abatacept by vein         J0129-JA
/// abatacept under the skin  J0129-JB
/// ```
///
/// The formulary tells whether a drug is given both ways; abatacept (J0129) is, too. Doses of the two routes then have lines of their own.
/// No payer that we read wants the modifiers on every drug, so the default is none.
enum RouteModifier {
  static let rule = Rule(
    .routeModifier,
    claim: """
      By the policy a drug whose code is for several routes carries JA by vein and JB under the skin.
      """,
    sections: ["DU20"], citations: [.priorityRoute], policies: ["modifier.route"],
    disputes: ["JA and JB are wanted (Noridian, Priority), or only inform (Palmetto)."])

  /// Codes for both routes of drugs that the formulary has by one.
  private static let forBoth: Set = ["J0129"]

  /// Separates the doses of each group by route.
  static func apply(separating draft: inout Draft) {
    guard draft.policy.routeModifier == .byRoute else { return }
    draft.splitGroups { dose, draft in modifier(for: dose, draft)?.rawValue ?? "" }
  }

  static func apply(marking draft: inout Draft) {
    guard draft.policy.routeModifier == .byRoute else { return }
    for index in draft.drugs.lines.indices {
      let group = draft.drugs.groups[draft.drugs.lines[index].group]
      guard let dose = draft.doses(of: group).first, let modifier = modifier(for: dose, draft)
      else { continue }
      draft.drugs.lines[index].insert(modifier)
      draft.drugs.lines[index].because.append(DrugReason(.routeModifier, modifier.rawValue))
    }
  }

  private static func modifier(for dose: DrugDose, _ draft: Draft) -> DrugLine.Modifier? {
    let drug = draft.timeline.administrations[Int(dose.row)].drug
    let routes = Set((drug.entry?.techniques ?? []).map(DrugCode.Route.init))
    let isForBoth = routes.contains(.intravenous) && routes.contains(.subcutaneous)
    guard isForBoth || forBoth.contains(dose.code?.code ?? "") else { return nil }
    switch dose.route {
    case .intravenous: return .intravenous
    case .subcutaneous: return .subcutaneous
    case .intramuscular, .other: return nil
    }
  }
}

extension DrugReason.Definition {
  static let routeModifier = Self(
    .routeModifier, .priorityRoute, "The code is for several routes; $ tells the route.")
}

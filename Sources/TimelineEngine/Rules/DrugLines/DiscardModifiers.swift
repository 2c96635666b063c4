import InfusionRecord

/// JW and JZ are for drugs from single-dose containers that are bought and paid separately.
///
/// ```
/// hospital     status G or K          yes
///              any other status       no
/// office       single-dose container  yes
/// both         imaging agent, blood   no
///              supplied free          no
/// ```
///
/// Critical access hospitals and 340B entities use them, too. A payer can leave them off. The status of a code
/// that has none is taken as paid; an unlisted code takes the modifiers.
enum DiscardModifiers {
  static let rule = Rule(
    .discardModifiers,
    claim: """
      JW and JZ are for drugs from single-dose containers that are bought and paid separately.
      """,
    sections: ["DU8"],
    citations: [.noridianDrugs, .firstCoastDrugs, .ngsImaging, .deduction],
    policies: ["jwjz.applies"])

  static func apply(_ draft: inout Draft) {
    guard let tables = draft.drugs.tables else { return }
    let policy = draft.policy.discardModifiers
    let isOffice = draft.timeline.session.setting == .professional
    let isByStatus = policy == .byStatus || (policy == .bySetting && !isOffice)
    for index in draft.drugs.groups.indices {
      let code = draft.drugs.groups[index].code
      let status = tables.status(of: code)
      var reason: DrugReason?
      if policy == .off {
        reason = DrugReason(.noModifierHere)
      } else if draft.drugs.groups[index].supply != .stock {
        draft.drugs.groups[index].wantsModifier = false
        continue
      } else if policy != .all, code.kind == .imaging || code.kind == .blood {
        reason = DrugReason(.notPaidForWaste)
      } else if isByStatus, code.kind != .unlisted, !isPaid(status) {
        reason = DrugReason(.packaged, status)
      }
      draft.drugs.groups[index].wantsModifier = reason == nil
      if let reason { draft.drugs.groups[index].because.append(reason) }
    }
  }

  /// Whether the outpatient hospital is paid for the drug itself. Nothing is known of a blank status.
  private static func isPaid(_ status: String) -> Bool {
    status.isEmpty || status.hasPrefix("G") || status.hasPrefix("K")
  }
}

extension DrugReason.Definition {
  static let packaged = Self(
    .discardModifiers, .noridianDrugs,
    "A drug of status $ is not paid by itself in the hospital, so it takes no JW or JZ.")
  static let notPaidForWaste = Self(
    .discardModifiers, .ngsImaging, "Imaging agents and blood take no JW or JZ.")
  static let noModifierHere = Self(
    .discardModifiers, .deduction, "JW and JZ are off by the site's policy.")
}

import InfusionRecord

/// A drug that cost the provider nothing has a line of its units at no cost, without JW and JZ.
///
/// The patient brought it, another pharmacy sent it for the patient, or it was free. No waste is billed of a drug
/// that was not bought. By the policy there is no line.
enum FreeDrug {
  static let rule = Rule(
    .freeDrug,
    claim: """
      A drug that cost the provider nothing has a line of its units at no cost, without JW and JZ.
      """,
    sections: ["DU23"], citations: [.ngsPatientSupply], policies: ["zero_cost_line"],
    disputes: ["A line with a token charge (NGS), or no line (other payers)."])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.doses.indices where !draft.drugs.doses[index].isBought {
      let dose = draft.drugs.doses[index]
      draft.find(.zeroCostDrug, dose.row, [words(dose.facts.supply)])
      draft.drugs.doses[index].because.append(DrugReason(.freeSupply, words(dose.facts.supply)))
    }
    guard draft.policy.zeroCostLine == .off else { return }
    draft.drugs.doses.removeAll { !$0.isBought }
  }

  private static func words(_ supply: DrugFacts.Supply) -> String {
    switch supply {
    case .stock: "the site's stock"
    case .patient: "the patient's own"
    case .whiteBag: "sent by another pharmacy"
    case .free: "free"
    }
  }
}

extension Finding.Definition {
  static let zeroCostDrug = Self(
    .freeDrug, .note, "The drug was $: it cost the provider nothing, and none of it is waste.")
}

extension DrugReason.Definition {
  static let freeSupply = Self(
    .freeDrug, .ngsPatientSupply, "The drug was $, so the line is at no cost.")
}

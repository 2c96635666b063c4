import InfusionRecord

/// Each injection under the skin or into a muscle is one unit, 96372, 96401 or 96402 by class,
/// unless rows share a dose.
///
/// An injection is never an initial. Several syringes of one dose are one unit.
enum Injection {
  static let rule = Rule(
    .injection,
    claim: """
      Each injection under the skin or into a muscle is one unit, 96372, 96401 or 96402 by class, \
      unless rows share a dose.
      """,
    sections: ["R23", "D37", "D59"],
    citations: [.codeBook, .cmsA58527, .careCost, .deduction],
    disputes: ["Several syringes of one drug: one unit, or one each."])

  static func apply(_ draft: inout Draft) {
    for index in draft.doses.indices where draft.doses[index].kind == .injection {
      let dose = draft.doses[index]
      draft.emit(
        code(of: dose), dose: index,
        why: Reason(.injection, form(of: dose), administration: dose.firstRow),
        isSettled: true)
    }
  }

  private static func form(of dose: Dose) -> Reason.Form {
    if dose.isForMissingTime { return .injectionForMissingTime }
    switch code(of: dose) {
    case .chemoInjection: return .chemoInjection
    case .hormonalInjection: return .hormonalInjection
    default: return .injection
    }
  }

  private static func code(of dose: Dose) -> Code {
    guard dose.isChemo else { return .injection }
    return dose.drugClass == .hormonalAntineoplastic ? .hormonalInjection : .chemoInjection
  }
}

extension Sentence {
  static let injection: Self = "One injection."
  static let chemoInjection: Self = "One injection of chemotherapy or a complex biologic."
  static let hormonalInjection: Self = "One injection of a hormonal antineoplastic."
  static let injectionForMissingTime: Self =
    "A subcutaneous infusion without both times is reported as an injection."
}

import InfusionRecord

/// Each injection under the skin or into a muscle is one unit, 96372, 96401 or 96402 by class,
/// unless rows share a dose.
///
/// An injection is never an initial. Several syringes of one dose are one unit. By the policy of a site or
/// payer each further injection of one code and date carries a modifier, so that the further injections
/// stand on a line apart from the first (rulebook D79).
enum Injection {
  static let rule = Rule(
    .injection,
    claim: """
      Each injection under the skin or into a muscle is one unit, 96372, 96401 or 96402 by class, \
      unless rows share a dose.
      """,
    sections: ["R23", "D37", "D59", "D79"],
    citations: [
      .codeBook, .cmsA58527, .careCost, .deduction, .codingahead96372, .cptAssistantMay2010,
      .hcpro2008,
    ],
    policies: ["modifier.further_injection"],
    disputes: [
      "Several syringes of one drug: one unit, or one each.",
      "Further injections of a date: units on one line (HCPro 2008), or 59 (CPT Assistant May 2010).",
    ])

  static func apply(charging draft: inout Draft) {
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

  /// Adds the policy's modifier to every unit of a code after the first of its date.
  static func apply(marking draft: inout Draft) {
    guard let modifier = draft.policy.furtherInjectionModifier else { return }
    var first: [CodeAndDate: Int] = [:]
    let doses = draft.doses
    let administrations = draft.timeline.administrations
    for index in draft.units.indices where isInjection(draft.units[index].code) {
      let line = draft.units[index]
      let key = CodeAndDate(code: line.code, date: line.date)
      guard let known = first[key] else {
        first[key] = index
        continue
      }
      let other = doses[Int(draft.units[known].dose)]
      let isEarlier = doses[Int(line.dose)].startsBefore(other, among: administrations)
      if isEarlier { first[key] = index }
      let further = isEarlier ? known : index
      draft.units[further].modifiers.insert(modifier)
      draft.units[further].modifierWhy =
        modifier == .distinct ? .modifierInjection : .modifierInjectionOther
    }
  }

  private struct CodeAndDate: Hashable {
    let code: Code
    let date: CivilDate?
  }

  private static func isInjection(_ code: Code) -> Bool {
    switch code {
    case .injection, .chemoInjection, .hormonalInjection: true
    default: false
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
  static let modifierInjection: Self = "Modifier: further injection of the date."
}

import InfusionRecord

extension Statement {
  /// Our own short label of a charge, as it is in this statement.
  ///
  /// A code can stand for several things: 96361 is also the only hour of hydration beside a drug, and
  /// 96366 the first hour of a repeated dose. The label of the code alone would then be wrong.
  package func label(of charge: Charge) -> String {
    let forms = parts(of: charge).compactMap { reasons(of: $0).first?.form }
    let label = specialLabel(of: charge, forms) ?? charge.code.label
    return charge.code.isForChemo ? classed(label, as: classes(of: charge)) : label
  }

  private func specialLabel(of charge: Charge, _ forms: [Reason.Form]) -> String? {
    func all(_ list: Reason.Form...) -> Bool { forms.allSatisfy(list.contains) }
    switch charge.code {
    case .hydrationHour:
      if forms.contains(.hydrationBesideDrug) {
        return charge.units == 1
          ? "hydration, with a drug service" : "hydration hours, with a drug service"
      }
      return parts(of: charge).allSatisfy { $0.firstHour > 0 }
        ? nil : "further hydration, by its hours"
    case .infusionHour, .chemoHour:
      let drug = charge.code == .chemoHour ? "chemo" : "drug"
      if all(.repeatDose, .repeatChemoDose) { return "\(drug), another dose, by its hours" }
      if all(.shortRepeatHour) { return "\(drug) infused again, 16 to 30 min" }
      return all(.furtherHours) ? nil : "\(drug) infusion, hours and repeats"
    case .pushSameDrug:
      if all(.pushBesideInfusion) { return "push of a drug also infused" }
      return all(.shortRepeatPush) ? "same drug infused again, as a push" : nil
    case .chemoPushFurther:
      if all(.chemoPushOfInfused) { return "push of a chemo drug also infused" }
      return infusion(charge).map { "further chemo drug, \($0)" }
    case .push: return infusion(charge, of: "drug ").map { "\($0), as a push" }
    case .pushNewDrug where all(.pushOfMixture): return "push of a drug also infused"
    case .pushNewDrug: return infusion(charge).map { "further drug, \($0)" }
    case .chemoPush: return infusion(charge, of: "chemo ").map { "\($0), as a push" }
    case .chemoInfusion:
      let isAborted = parts(of: charge).contains { part in
        reasons(of: part).contains { $0.form == .aborted || $0.form == .abortedDiscontinued }
      }
      return isAborted ? "chemo infusion, cut short" : nil
    case .injection: return injectionLabel(of: charge)
    default: return nil
    }
  }

  /// What stands behind a push code if it is only infusions, `short drug infusion`; nil otherwise.
  ///
  /// An infusion is reported as a push for its minutes, or because a time is missing.
  private func infusion(_ charge: Charge, of drug: String = "") -> String? {
    guard techniques(of: charge) == [.infusion] else { return nil }
    let parts = parts(of: charge)
    let untimed = parts.count { part in
      reasons(of: part).contains { $0.form == .pushForMissingTime }
    }
    switch untimed {
    case 0: return "short \(drug)infusion"
    case parts.count: return "\(drug)infusion without both times"
    default: return "\(drug)infusion, short or without both times"
    }
  }

  private func injectionLabel(of charge: Charge) -> String? {
    switch techniques(of: charge) {
    case [.subcutaneous]: "injection under the skin"
    case [.intramuscular]: "injection into a muscle"
    case [.subcutaneousInfusion]:
      parts(of: charge).allSatisfy { part in
        reasons(of: part).contains { $0.form == .injectionForMissingTime }
      } ? "infusion under the skin without both times" : "short infusion under the skin"
    default: nil
    }
  }

  private func techniques(of charge: Charge) -> Set<Technique> {
    Set(administrations(of: charge).map { timeline.administrations[Int($0)].technique })
  }

  private func classes(of charge: Charge) -> Set<Drug.Class> {
    Set(administrations(of: charge).compactMap { recordedClass(of: Int($0)).drugClass })
  }

  /// The label with the word for the class of all its drugs in place of `chemo`.
  private func classed(_ label: String, as classes: Set<Drug.Class>) -> String {
    let word: String
    switch classes {
    case [.complexBiologic]: word = "biologic"
    case [.hormonalAntineoplastic]: word = "hormonal"
    default: return label
    }
    return label.split(separator: " ").map { $0 == "chemo" ? word : String($0) }
      .joined(separator: " ")
  }
}

extension Code {
  /// Whether chemotherapy, complex biologics and hormonal antineoplastics share the code.
  fileprivate var isForChemo: Bool {
    switch self {
    case .chemoInfusion, .chemoHour, .chemoSequential, .chemoPush, .chemoPushFurther,
      .chemoInjection:
      true
    default: false
    }
  }
}

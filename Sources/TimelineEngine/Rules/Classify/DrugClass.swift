import InfusionRecord

/// The class of a drug, by record, payer or formulary, decides between the chemotherapy codes, the
/// drug codes and hydration; a drug of unknown class is not charged and decides nothing else.
///
/// Antineoplastics use the chemotherapy codes for any disease. Complex biologics do so by default, but
/// payers differ. A class that the record states holds before the formulary's, and the difference is found.
/// Blood, contrast and oral drugs are outside this family. A class is unknown if the
/// record does not state it and the formulary lacks the drug (rulebook D77). It is found also for a drug
/// that is part of another procedure or of the inpatient stay: the session is not clean without it.
enum DrugClass {
  static let rule = Rule(
    .drugClass,
    claim: """
      The class of a drug, by record, payer or formulary, decides between the chemotherapy codes, \
      the drug codes and hydration; a drug of unknown class is not charged and decides nothing else.
      """,
    sections: ["R16", "D14", "D37", "D52", "D57", "D67", "D68", "D77"],
    citations: [
      .cmsA58527, .noridianA52953, .noridianComplex, .regence109, .codeBook, .deduction,
    ],
    policies: ["complex_biologic.codes_as"],
    disputes: ["Contractor lists and commercial payers code some biologics as plain drugs."])

  /// Places of service at which the physician reports nothing of this family (rulebook D57).
  private static let facilityPlaces: Set<String> = [
    "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61",
  ]

  /// Classifies every row.
  static func apply(_ draft: inout Draft) {
    if draft.timeline.session.setting == .professional,
      let place = draft.timeline.session.placeOfService, facilityPlaces.contains(place)
    {
      draft.isReportable = false
      draft.find(.facilityPlaceOfService)
    }
    for position in draft.order {
      let index = Int(position)
      guard draft.rows[index].exists else { continue }
      let technique = draft.timeline.administrations[index].technique
      let drugClass = classify(position, technique: technique, in: &draft)
      draft.rows[index].drugClass = drugClass
      // It stays outside, the section that no rule charges.
      if draft.rows[index].exclusion != nil { continue }
      var section = section(of: drugClass, policy: draft.policy)
      if technique == .oral { section = .outside }
      // A flush counts as one, whatever its purpose and class.
      if technique == .flush { section = .hydration }
      draft.rows[index].section = section
      if drugClass == .complexBiologic, draft.policy.complexBiologic == nil,
        section != .outside, technique.givesDrug, !draft.isMedicare
      {
        draft.rows[index].isClassDisputed = true
        draft.find(.complexBiologicPayer, position)
      }
    }
  }

  static func section(of drugClass: Drug.Class, policy: Policy) -> Section {
    switch drugClass {
    case .chemotherapy, .hormonalAntineoplastic: .chemo
    case .complexBiologic: policy.complexBiologic == .therapeutic ? .drug : .chemo
    case .therapeutic: .drug
    case .hydration: .hydration
    case .other: .outside
    }
  }

  private static func classify(
    _ position: Int32, technique: Technique, in draft: inout Draft
  ) -> Drug.Class {
    let index = Int(position)
    let found = RecordedClass(
      stated: draft.timeline.administrations[index].statedClass,
      entry: draft.timeline.administrations[index].drug.entry,
      payer: draft.timeline.session.payer,
      on: draft.date(draft.rows[index].position) ?? draft.timeline.administrations[index].day)
    if let drugClass = found.drugClass {
      if found.overruled != nil, technique.givesDrug { draft.find(.classOverruled, position) }
      return drugClass
    }
    guard technique.givesDrug, technique != .oral else { return .therapeutic }
    // Its class is to be recorded even if another rule leaves it out whatever its class is.
    draft.rows[index].isUnclassified = true
    draft.find(.unclassifiedDrug, position)
    if draft.rows[index].exclusion == nil { draft.rows[index].exclusion = .unclassifiedDrug }
    return .other
  }
}

extension Draft {
  /// Whether Medicare pays.
  var isMedicare: Bool {
    timeline.session.payer.map { Formulary.fold($0) == "medicare" } ?? false
  }
}

extension Sentence {
  static let biologicAsChemo: Self = "A complex biologic, coded as chemotherapy."
  static let biologicAsDrug: Self = "A complex biologic, coded as a drug by the site's policy."
}

extension Clause.Definition {
  static let notThisFamily = Self(
    .drugClass, "Blood, contrast and oral drugs are not in this family of codes.")
  static let unclassifiedDrug = Self(
    .drugClass, "The class of this drug is unknown; nothing is charged for it until it is recorded."
  )
  static let facilityPlaceOfService = Self(
    .drugClass, "The physician reports nothing of this family at a facility place of service.")
}

extension Finding.Definition {
  static let complexBiologicPayer = Self(
    .drugClass, .warning,
    "Coded as chemotherapy; ask whether this payer takes complex biologics so.")
  static let classOverruled = Self(
    .drugClass, .warning,
    "The record states another class than the formulary; it is charged by the record.")
  static let facilityPlaceOfService = Self(
    .drugClass, .error,
    "At a facility place of service the physician reports nothing of this family.")
  static let unclassifiedDrug = Self(
    .drugClass, .error,
    "The formulary does not know this drug and no class is recorded; nothing is charged for it.")
}

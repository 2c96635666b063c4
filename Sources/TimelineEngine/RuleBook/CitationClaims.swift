extension Citation.ID {
  /// What the source says, as far as we rely on it, in our own words.
  ///
  /// `sources.md` lists it with every sentence of a statement that rests on the source, so that a reader
  /// can compare the two.
  var says: String {
    switch self {
    case .rac0071:
      """
      One initial code an encounter and site. A further initial needs a modifier, 59, XE, XS, XP or \
      XU. 96369 is among the initials.
      """
    case .rac0137: "Fluid that keeps a line open is not reported as hydration."
    case .palmettoA53778:
      """
      An infusion takes more than 15 minutes in a facility; hydration is always secondary to another \
      service; start and stop are expected; access, flush and supplies are part of the service.
      """
    case .palmettoAborted:
      "An infusion cut short is better coded as 96413 than as a push; no modifier is required."
    case .noridianChemo:
      """
      A push takes 15 minutes or less, or the clinician who gives it stays and watches the patient \
      throughout.
      """
    case .noridianA52953: "Which drugs are given under the chemotherapy codes."
    case .noridianComplex: "No edit by the drug's name alone: complexity decides."
    case .noridianA52732: "Hydration needs more than 30 minutes and does not run beside a drug."
    case .noridianHydration:
      "Hydration needs an order and is not keep-open, diluent or part of another service."
    case .noridianTPE: "The time that hydration really ran counts."
    case .noridianPostPay: "Hydration of fewer than 31 minutes is denied."
    case .noridianWyoming: "Hydration without start and stop is denied."
    case .cmsA58527:
      """
      96401 to 96549 are for antineoplastics and for complex biologics, quoting CPT; ordinary drugs \
      are not given under them.
      """
    case .cmsA55134: "A prolonged infusion on an external pump that the practice supplies is G0498."
    case .chemo001:
      """
      G0498 is the practice's own pump that goes home: it includes administration, pump, set-up and \
      disconnection. Anti-emetics and anti-anaemia drugs are not chemotherapy.
      """
    case .mln1783722: "Which of 59, XE, XP, XS and XU opens a pair edit, and when."
    case .ngsAddOn:
      "An add-on is paid only with a listed primary of the same provider, patient and date."
    case .firstCoastMUE: "Units above the unlikely edit are denied or need proof."
    case .transmittal1702: "An observation stay has one initial, even if it spans dates."
    case .transmittal902:
      """
      Units of a push code count different drugs, not doses; 59 marks a distinct encounter on one \
      date; access, flush and supplies are included.
      """
    case .chapter4: "One initial code an encounter and site; the date is the day of the service."
    case .cptRanking:
      """
      A facility's initial follows a ranking, whatever was given first; an office's is the main \
      reason for the visit.
      """
    case .cptFurtherPush: "After an initial service the first push of a drug takes 96375."
    case .cptMidnight: "Hydration across midnight is one first block and the hours after it."
    case .aapc157218: "90 minutes are one block; 93 are a block and a further hour."
    case .aapc170565:
      """
      91 to 150 minutes are one further hour, 151 to 210 two; the clock starts again with the next \
      chemotherapy, whose first block is 96417.
      """
    case .aapc145827: "An infusion cut short is coded as ordered, 96413 with modifier 53."
    case .aapc149056: "The running minutes of an interrupted dose are added and the stop left out."
    case .aapc172381: "The lumens of one catheter are one site."
    case .aapc176906: "96413 and 96368 are not a pair; no modifier is needed."
    case .aapc2006:
      "Chemotherapy has no concurrent code; two at once in separate bags are unlisted, 96549."
    case .aapcSimultaneous:
      "Concurrent infusion takes separate bags; drugs of one bag are one infusion."
    case .aapcDisconnect: "Disconnecting a pump is part of the code that started it."
    case .asco2008:
      """
      A concurrent infusion is a drug in a bag of its own beside another infusion, reported once an \
      encounter.
      """
    case .asco2010: "96416 starts a chemotherapy infusion of more than 8 hours on a pump."
    case .premera2019: "A unit of time is reached at its midpoint: 31 minutes, and 91 for a second."
    case .rca4136:
      """
      An infusion takes 16 to 90 minutes; a repeated dose of the same drug is judged on its own and \
      earns 96366.
      """
    case .rcaNoStop: "A drug infusion with a start and no stop may be reported as a push."
    case .rcaShort: "Separate infusions and separate hydrations are not added."
    case .cptAssistant2007: "Hydration before and after chemotherapy in one service is added."
    case .supercoder2013: "The same drug pushed more than 30 minutes later is 96376."
    case .medlearnJan2022:
      """
      Of two infusions at once one keeps its full time; the other is judged on the minutes it ran \
      alone. Short overlaps are often charting.
      """
    case .medlearnNov2021: "The minutes of pushes are subtracted from the hydration around them."
    case .medlearnAug2023:
      "A further drug infused one after another earns one sequential code, by its own time."
    case .medlearnDec2024:
      """
      The minutes of an infusion run from the first drip to the last; a missing time may be \
      calculated from charted volume and rate, never assumed.
      """
    case .qhr: "A missing stop may be computed from charted volume, start and rate."
    case .haugenMidnight: "The date is the day of the service; the block at midnight is left open."
    case .haugenQuestions: "A repeated dose of 20 or 30 minutes is reported as 96376."
    case .icd10monitorSC: "A subcutaneous infusion is outside the ranking of the initial."
    case .selectHealth09: "36000, 36410 and 96523 are not reported with an infusion."
    case .regence109: "At a facility place of service a physician does not report these codes."
    case .codapedia: "96361 follows 96360, 96365, 96374, 96409 and 96413."
    case .careCost: "96402 is the injection of a hormonal antineoplastic, 96401 of any other."
    case .payerready: "Limits of a date: 96361 8, 96367 4, 96376 0, 96409 1."
    case .codingahead: "Limit of a date: 96366 8."
    case .ucla2009:
      "C8957 is a prolonged infusion on a pump that is not chemotherapy, in a hospital."
    case .hcpcs2025: "C8957 is a current code."
    case .codingahead96372: "Each further injection of 96372 is reported with modifier 59."
    case .cptAssistantMay2010: "59 marks a separate injection of the same date."
    case .hcpro2008: "Several injections are units on one line."
    case .miamiOBC: "A drug that is part of a procedure has no administration code of its own."
    case .hiiGuide:
      "CMS: a drug that is integral to a procedure is not charged for its administration."
    case .cpiExperts2006: "Drugs given for a procedure belong to the procedure."
    case .ahima107707: "Services after the inpatient order are not outpatient services."
    case .icd10monitor49453: "Outpatient infusion charges end where the inpatient stay begins."
    case .cgsDrugUnits, .cmsDiscarded, .firstCoastDrugs, .noridianDrugs, .rac0074, .ngsWaste,
      .ngsImaging, .ngsPatientSupply, .chapter17Units, .chapter17Waste, .cmsPackageUnits,
      .rta2017, .uhcMaryland, .aapc147401, .icd10monitorVials, .palmettoJ9355, .cmsSharedVial,
      .msho2026, .cam078, .palmettoWaste, .palmettoUnlisted, .amerihealthNDC, .cmsDrugFiles,
      .priorityRoute, .noridianSelf, .rxtrail340B, .hopaRounding:
      drugSource?.says ?? ""
    case .codeBook: "Not read: check against a licensed copy."
    case .deduction: "No source says it."
    }
  }
}

/// A procedure code of the drug-administration family.
///
/// We show code numbers with our own short labels; the official descriptors belong to the American
/// Medical Association (rulebook 0.3). Statements list codes in the order of the cases.
package enum Code: UInt8, CaseIterable, Sendable, Hashable {
  case chemoInfusion, chemoHour, chemoSequential, chemoPush, chemoPushFurther
  case pumpInitiation, medicarePump, otherPump
  case infusion, infusionHour, infusionSequential, infusionConcurrent
  case push, pushNewDrug, pushSameDrug
  case hydration, hydrationHour
  case subcutaneousInfusion, subcutaneousHour, subcutaneousNewSite
  case injection, chemoInjection, hormonalInjection, onBodyInjector
  case pumpRefill, implantedPumpRefill, deviceFlush, unlistedChemo

  /// How a code stands to the others.
  package enum Kind: Sendable {
    /// The one service an encounter and site starts from.
    case initial
    /// Payable only with one of its primaries (rulebook R19).
    case addOn
    /// Neither needs another code nor excludes one.
    case standAlone
  }

  /// The code with this number.
  package init?(number: String) {
    guard let code = Code.allCases.first(where: { $0.number == number }) else { return nil }
    self = code
  }

  /// `96413`.
  package var number: String { texts.number }
  /// Our own short label.
  package var label: String { texts.label }

  package var kind: Kind {
    switch self {
    case .chemoInfusion, .chemoPush, .infusion, .push, .hydration, .subcutaneousInfusion:
      .initial
    case .chemoHour, .chemoSequential, .chemoPushFurther, .infusionHour, .infusionSequential,
      .infusionConcurrent, .pushNewDrug, .pushSameDrug, .hydrationHour, .subcutaneousHour,
      .subcutaneousNewSite:
      .addOn
    case .pumpInitiation, .medicarePump, .otherPump, .injection, .chemoInjection,
      .hormonalInjection, .onBodyInjector, .pumpRefill, .implantedPumpRefill, .deviceFlush,
      .unlistedChemo:
      .standAlone
    }
  }

  private var texts: (number: String, label: String) {
    switch self {
    case .chemoInfusion: ("96413", "chemo infusion, first block")
    case .chemoHour: ("96415", "chemo infusion, further hour")
    case .chemoSequential: ("96417", "further chemo drug, first block")
    case .chemoPush: ("96409", "chemo push")
    case .chemoPushFurther: ("96411", "further chemo drug pushed")
    case .pumpInitiation: ("96416", "prolonged chemo on a pump, start")
    case .medicarePump: ("G0498", "prolonged chemo, practice pump")
    case .otherPump: ("C8957", "prolonged drug on a pump, start")
    case .infusion: ("96365", "drug infusion, first block")
    case .infusionHour: ("96366", "drug infusion, further hour")
    case .infusionSequential: ("96367", "further drug infused, first block")
    case .infusionConcurrent: ("96368", "drug beside another infusion")
    case .push: ("96374", "drug push")
    case .pushNewDrug: ("96375", "further drug pushed")
    case .pushSameDrug: ("96376", "same drug pushed again")
    case .hydration: ("96360", "hydration, first block")
    case .hydrationHour: ("96361", "hydration, further hour")
    case .subcutaneousInfusion: ("96369", "subcutaneous infusion, first block")
    case .subcutaneousHour: ("96370", "subcutaneous infusion, further hour")
    case .subcutaneousNewSite: ("96371", "subcutaneous pump, new site")
    case .injection: ("96372", "injection under skin or in muscle")
    case .chemoInjection: ("96401", "chemo injection")
    case .hormonalInjection: ("96402", "hormonal chemo injection")
    case .onBodyInjector: ("96377", "on-body injector applied")
    case .pumpRefill: ("96521", "portable pump refilled")
    case .implantedPumpRefill: ("96522", "implanted pump refilled")
    case .deviceFlush: ("96523", "access device flushed")
    case .unlistedChemo: ("96549", "unlisted chemo procedure")
    }
  }
}

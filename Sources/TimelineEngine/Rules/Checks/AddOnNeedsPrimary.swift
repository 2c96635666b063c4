import InfusionRecord

/// An add-on code is payable only with one of its listed primaries in the same encounter; one without
/// is kept, marked for review and found.
///
/// Further hours of hydration may follow 96360, 96365, 96374, 96409 and 96413; a further push or
/// drug infusion may never follow 96360, so hydration is initial only if it is alone.
enum AddOnNeedsPrimary {
  static let rule = Rule(
    .addOnNeedsPrimary,
    claim: """
      An add-on code is payable only with one of its listed primaries in the same encounter; one \
      without is kept, marked for review and found.
      """,
    sections: ["R19", "D35", "D42"],
    citations: [.ngsAddOn, .codapedia, .codeBook],
    disputes: ["96417 after 96409: one price site lists it, the code book does not."])

  /// For each code a bit for each of its primaries.
  private static let masks: [UInt32] = Code.allCases.map { code in
    code.primaries.reduce(0) { $0 | 1 << $1.rawValue }
  }

  /// Whether an add-on has no primary in its encounter.
  private static func isViolated(in draft: Draft) -> Bool {
    let units = draft.units
    guard draft.encounterRows.count > 1 else {
      var present: UInt32 = 0
      for index in units.indices { present |= 1 << units[index].code.rawValue }
      return units.indices.contains { lacksPrimary(units[$0].code, present: present) }
    }
    let present = codes(in: draft)
    return units.contains { lacksPrimary($0.code, present: present[Int($0.encounter)]) }
  }

  /// The add-ons without a primary, each with its encounter.
  static func lacking(in draft: Draft) -> [(encounter: Int32, code: Code)] {
    guard isViolated(in: draft) else { return [] }
    let present = codes(in: draft)
    return draft.units.lazy.filter {
      lacksPrimary($0.code, present: present[Int($0.encounter)])
    }.map { ($0.encounter, $0.code) }
  }

  static func apply(_ draft: inout Draft) {
    guard isViolated(in: draft) else { return }
    let present = codes(in: draft)
    var reported = [UInt32](repeating: 0, count: present.count)
    for index in draft.units.indices {
      let line = draft.units[index]
      let encounter = Int(line.encounter)
      guard lacksPrimary(line.code, present: present[encounter]) else { continue }
      draft.units[index].status = max(line.status, .review)
      if reported[encounter] & 1 << line.code.rawValue == 0 {
        reported[encounter] |= 1 << line.code.rawValue
        draft.find(.addOnWithoutPrimary, line.row(in: draft), code: line.code)
      }
    }
  }

  /// For each encounter a bit for each of its codes.
  private static func codes(in draft: Draft) -> [UInt32] {
    var present = [UInt32](repeating: 0, count: draft.encounterRows.count)
    for line in draft.units { present[Int(line.encounter)] |= 1 << line.code.rawValue }
    return present
  }

  private static func lacksPrimary(_ code: Code, present: UInt32) -> Bool {
    let mask = masks[Int(code.rawValue)]
    return mask != 0 && mask & present == 0
  }
}

extension Code {
  /// The codes that an add-on may follow; empty for a code that needs none.
  package var primaries: [Code] {
    switch self {
    case .hydrationHour: [.hydration, .infusion, .push, .chemoPush, .chemoInfusion]
    case .infusionHour: [.infusion, .infusionSequential]
    case .infusionSequential, .pushNewDrug, .pushSameDrug:
      [.infusion, .push, .chemoPush, .chemoInfusion]
    case .infusionConcurrent:
      [.infusion, .infusionHour, .chemoInfusion, .chemoHour, .pumpInitiation]
    case .subcutaneousHour, .subcutaneousNewSite: [.subcutaneousInfusion]
    case .chemoPushFurther: [.chemoPush, .chemoInfusion]
    case .chemoHour: [.chemoInfusion, .chemoSequential]
    case .chemoSequential: [.chemoInfusion]
    case .chemoInfusion, .chemoPush, .infusion, .push, .hydration, .subcutaneousInfusion,
      .pumpInitiation, .medicarePump, .otherPump, .injection, .chemoInjection, .hormonalInjection,
      .onBodyInjector, .pumpRefill, .implantedPumpRefill, .deviceFlush, .unlistedChemo:
      []
    }
  }
}

extension Finding.Definition {
  static let addOnWithoutPrimary = Self(
    .addOnNeedsPrimary, .warning, "% has no primary code of its list in this encounter.")
}

import InfusionRecord

/// An add-on code is payable only beside one of its listed primaries in the same encounter; one
/// without is kept, marked for review and found.
///
/// Further hours of hydration may follow 96360, 96365, 96374, 96409 and 96413; a further push or
/// drug infusion may never follow 96360, so hydration is initial only where it is alone.
enum AddOnNeedsPrimary {
  static let rule = Rule(
    .addOnNeedsPrimary,
    claim: """
      An add-on code is payable only beside one of its listed primaries in the same encounter; one \
      without is kept, marked for review and found.
      """,
    sections: ["R19", "D35", "D42"],
    citations: [.ngsAddOn, .codapedia, .codeBook],
    disputes: ["96417 after 96409: one price site lists it, the code book does not."])

  fileprivate static let primaries: [(addOn: Code, primaries: [Code])] = [
    (.hydrationHour, [.hydration, .infusion, .push, .chemoPush, .chemoInfusion]),
    (.infusionHour, [.infusion, .infusionSequential]),
    (.infusionSequential, [.infusion, .push, .chemoPush, .chemoInfusion]),
    (.infusionConcurrent, [.infusion, .infusionHour, .chemoInfusion, .chemoHour, .pumpInitiation]),
    (.subcutaneousHour, [.subcutaneousInfusion]),
    (.subcutaneousNewSite, [.subcutaneousInfusion]),
    (.pushNewDrug, [.infusion, .push, .chemoPush, .chemoInfusion]),
    (.pushSameDrug, [.infusion, .push, .chemoPush, .chemoInfusion]),
    (.chemoPushFurther, [.chemoPush, .chemoInfusion]),
    (.chemoHour, [.chemoInfusion, .chemoSequential]),
    (.chemoSequential, [.chemoInfusion]),
  ]

  /// For each code the bits of its primaries; 0 for codes that need none.
  private static let masks: [UInt32] = {
    var masks = [UInt32](repeating: 0, count: Code.allCases.count)
    for row in primaries {
      for primary in row.primaries { masks[Int(row.addOn.rawValue)] |= 1 << primary.rawValue }
    }
    return masks
  }()

  /// Whether some add-on of an encounter has no primary.
  static func isViolated(in draft: Draft) -> Bool {
    let units = draft.units
    guard draft.encounterRows.count > 1 else {
      var present: UInt32 = 0
      for index in units.indices { present |= 1 << units[index].code.rawValue }
      return units.indices.contains { lacksPrimary(units[$0].code, present: present) }
    }
    let present = codes(in: draft)
    return units.contains { lacksPrimary($0.code, present: present[Int($0.encounter)]) }
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

  /// For each encounter the bits of the codes it has.
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
  /// The codes it may follow, for an add-on; empty for a code that needs none.
  public var primaries: [Code] {
    AddOnNeedsPrimary.primaries.first { $0.addOn == self }?.primaries ?? []
  }
}

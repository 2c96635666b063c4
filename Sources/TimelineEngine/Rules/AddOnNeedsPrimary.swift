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

  private static let primaries: [(addOn: Code, primaries: [Code])] = [
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
    draft.encounterRows.indices.contains { encounter in
      let present = codes(of: Int32(encounter), in: draft)
      return draft.units.contains {
        $0.encounter == Int32(encounter) && lacksPrimary($0.code, present: present)
      }
    }
  }

  static func apply(_ draft: inout Draft) {
    for encounter in draft.encounterRows.indices {
      let present = codes(of: Int32(encounter), in: draft)
      var reported: UInt32 = 0
      for index in draft.units.indices where draft.units[index].encounter == Int32(encounter) {
        let line = draft.units[index]
        guard lacksPrimary(line.code, present: present) else { continue }
        draft.units[index].status = max(line.status, .review)
        if reported & 1 << line.code.rawValue == 0 {
          reported |= 1 << line.code.rawValue
          draft.find(.addOnWithoutPrimary, line.row(in: draft), code: line.code)
        }
      }
    }
  }

  private static func codes(of encounter: Int32, in draft: Draft) -> UInt32 {
    var present: UInt32 = 0
    for line in draft.units where line.encounter == encounter { present |= 1 << line.code.rawValue }
    return present
  }

  private static func lacksPrimary(_ code: Code, present: UInt32) -> Bool {
    let mask = masks[Int(code.rawValue)]
    return mask != 0 && mask & present == 0
  }
}

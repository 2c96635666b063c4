import InfusionRecord

// Drugs that are excluded from the charges still ran through their catheter, so hydration beside them
// does not count (rulebook D18, D78).

extension HydrationMinutes {
  /// The stretches of excluded drugs.
  static func excludedStretches(in draft: Draft) -> [DrugStretch] {
    var list: [DrugStretch] = []
    for index in draft.rows.indices where isExcludedDrug(index, in: draft) {
      let row = draft.rows[index]
      let isInfusion =
        draft.timeline.administrations[index].technique != .push
        && row.dose >= 0
        && draft.doses[Int(row.dose)].seconds / 60 >= Int64(draft.parameters.infusionEntry)
      for segment in draft.intervals[row.segments.indices] {
        list.append(
          DrugStretch(
            place: Place(row), row: Int32(index), interval: segment, isInfusion: isInfusion))
      }
    }
    return list
  }

  /// Whether a row is a drug of known class, by vein and not by a prolonged pump, that another rule
  /// excluded.
  static func isExcludedDrug(_ index: Int, in draft: Draft) -> Bool {
    guard draft.rows[index].isExcludedService else { return false }
    switch draft.rows[index].drugClass {
    case .chemotherapy, .hormonalAntineoplastic, .complexBiologic, .therapeutic: break
    case .hydration, .other: return false
    }
    switch draft.timeline.administrations[index].technique {
    case .infusion, .push: return true
    case .pump:
      return !PumpInitiation.isProlonged(
        [index], seconds: draft.rows[index].seconds, in: draft)
    default: return false
    }
  }
}

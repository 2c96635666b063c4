import InfusionRecord

/// After the first block each further unit needs more than 30 minutes past the preceding whole
/// hour, counted for each drug on its own and from zero for each new drug.
///
/// ```
/// 90 → 1 + 0    91 → 1 + 1    150 → 1 + 1    151 → 1 + 2    211 → 1 + 3
/// ```
///
/// Chemotherapy hours are 96415 after any chemotherapy infusion, drug hours 96366. There is no cap.
enum FurtherHours {
  static let rule = Rule(
    .furtherHours,
    claim: """
      After the first block each further unit needs more than 30 minutes past the preceding whole \
      hour, counted for each drug on its own and from zero for each new drug.
      """,
    sections: ["R4", "0.4"],
    citations: [.aapc157218, .aapc170565, .premera2019],
    parameters: [.infusionEntry, .hour, .hourTail],
    disputes: ["Several pages give the unit at 90 or 150 minutes; they are wrong by one."])

  /// Charges every infusion and push by its relation.
  static func apply(_ draft: inout Draft) {
    for position in draft.courses {
      let index = Int(position)
      guard let relation = draft.doses[index].relation, let why = relation.why else { continue }
      let dose = draft.doses[index]
      switch relation.role {
      case .initial where dose.kind == .push, .first where dose.kind == .push,
        .repeatPush, .shortRepeatPush:
        chargePush(index, relation, why, in: &draft)
      case .initial, .first: chargeInfusion(index, relation, why, in: &draft)
      case .repeatInfusion:
        let units = draft.parameters.hours(
          dose.countedMinutes, entry: draft.parameters.repeatInfusionEntry)
        for hour in 0..<units { chargeHour(hour, index, relation, why, in: &draft) }
      case .shortRepeatHour: chargeHour(0, index, relation, why, in: &draft)
      case .concurrent, .unlisted:
        draft.emit(
          relation.role == .concurrent ? .infusionConcurrent : .unlistedChemo, dose: index,
          why: why, isDisputed: relation.isDisputed)
      case .none: continue
      }
    }
  }

  private static func chargePush(
    _ index: Int, _ relation: Relation, _ why: Reason, in draft: inout Draft
  ) {
    let dose = draft.doses[index]
    let code: Code =
      switch relation.role {
      case .initial: dose.isChemo ? .chemoPush : .push
      case .first: dose.isChemo ? .chemoPushFurther : .pushNewDrug
      default: .pushSameDrug
      }
    draft.emit(
      code, dose: index, why: why, isDisputed: relation.isDisputed || dose.isForMissingTime)
  }

  private static func chargeInfusion(
    _ index: Int, _ relation: Relation, _ why: Reason, in draft: inout Draft
  ) {
    let dose = draft.doses[index]
    let code: Code =
      relation.role == .initial
      ? (dose.isChemo ? .chemoInfusion : .infusion)
      : (dose.isChemo ? .chemoSequential : .infusionSequential)
    draft.emit(code, dose: index, hour: 0, why: why, isDisputed: relation.isDisputed)
    if dose.isIntended {
      if draft.policy.abortedInfusion == .intendedDiscontinued {
        draft.units[draft.units.count - 1].modifiers.insert(.discontinued)
      }
      return
    }
    let units = draft.parameters.hours(
      dose.countedMinutes, entry: draft.parameters.infusionEntry)
    guard units > 1 else { return }
    let hours = Reason(
      .furtherHours, .furtherHours, administration: dose.firstRow, units - 1,
      dose.countedMinutes)
    for hour in 1..<units { chargeHour(hour, index, relation, hours, in: &draft) }
  }

  private static func chargeHour(
    _ hour: Int, _ index: Int, _ relation: Relation, _ why: Reason, in draft: inout Draft
  ) {
    draft.emit(
      draft.doses[index].isChemo ? .chemoHour : .infusionHour, dose: index, hour: hour, why: why,
      isDisputed: relation.isDisputed)
  }
}

extension Sentence {
  static let furtherHours: Self =
    "Further hours: # in & counted min, each with more than 30 past the hour before."
}

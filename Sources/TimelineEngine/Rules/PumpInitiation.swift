import InfusionRecord

/// Starting chemotherapy planned for more than 480 minutes on a pump is one service, 96416, or
/// G0498 where Medicare pays and the practice's own pump goes home.
///
/// It is no initial, overlaps nothing and has no hours; the disconnect is inside it. A pump that is
/// not prolonged is an ordinary infusion once it has both times.
enum PumpInitiation {
  static let rule = Rule(
    .pumpInitiation,
    claim: """
      Starting chemotherapy planned for more than 480 minutes on a pump is one service, 96416, or \
      G0498 where Medicare pays and the practice's own pump goes home.
      """,
    sections: ["R13", "D25", "D56"],
    citations: [.asco2010, .cmsA55134, .chemo001],
    parameters: [.prolongedPump],
    policies: ["pump.code"],
    disputes: ["96416 or G0498 by payer and by who owns the pump."])

  /// Marks the rows that start a prolonged pump.
  static func apply(_ draft: inout Draft) {
    for index in draft.rows.indices where draft.rows[index].exists {
      guard draft.timeline.administrations[index].technique == .pump,
        draft.rows[index].section == .chemo
      else { continue }
      let limit = draft.parameters.prolongedPump
      if let planned = draft.timeline.administrations[index].plannedMinutes {
        draft.rows[index].isProlongedPump = planned > Double(limit)
      } else {
        draft.rows[index].isProlongedPump = draft.rows[index].seconds / 60 > Int64(limit)
      }
      if draft.rows[index].isProlongedPump { markBag(of: index, in: &draft) }
    }
  }

  /// What is mixed with the chemotherapy goes where it goes.
  private static func markBag(of index: Int, in draft: inout Draft) {
    guard let bag = draft.timeline.administrations[index].bag else { return }
    for other in draft.rows.indices
    where draft.timeline.administrations[other].bag == bag
      && draft.rows[other].section != .outside
      && draft.timeline.administrations[other].encounter
        == draft.timeline.administrations[index].encounter
    {
      draft.rows[other].isProlongedPump = true
    }
  }

  /// One unit a prolonged pump.
  static func charge(_ draft: inout Draft) {
    for index in draft.doses.indices where draft.doses[index].kind == .prolongedPump {
      let record = draft.timeline.administrations[Int(draft.doses[index].firstRow)]
      let isMedicarePump =
        draft.policy.pumpCode == .byPayerAndOwner && draft.isMedicare
        && record.pumpOwner == .practice && record.goesHome
      let planned = record.plannedMinutes.map { Int(min($0, 1e9)) } ?? draft.doses[index].minutes
      draft.emit(
        isMedicarePump ? .medicarePump : .pumpInitiation, dose: index,
        date: draft.date(draft.doses[index].start ?? draft.doses[index].end),
        why: Reason(
          .pumpInitiation, isMedicarePump ? .medicarePump : .prolongedPump,
          administration: draft.doses[index].firstRow, planned),
        isSettled: true)
    }
  }
}

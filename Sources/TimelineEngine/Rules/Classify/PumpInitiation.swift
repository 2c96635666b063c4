import InfusionRecord

/// Starting chemotherapy planned for more than 480 minutes on a pump is one service, 96416, or
/// G0498 if Medicare pays and the practice's own pump goes home.
///
/// It is never an initial, overlaps nothing and has no hours; the code includes the disconnect. A pump
/// that is not prolonged is an ordinary infusion as soon as it has both times.
enum PumpInitiation {
  static let rule = Rule(
    .pumpInitiation,
    claim: """
      Starting chemotherapy planned for more than 480 minutes on a pump is one service, 96416, or \
      G0498 if Medicare pays and the practice's own pump goes home.
      """,
    sections: ["R13", "D25", "D56"],
    citations: [.asco2010, .chemo001, .cmsA55134, .aapcDisconnect],
    parameters: [.prolongedPump],
    policies: ["pump.code"],
    disputes: ["96416 or G0498 by payer and by who owns the pump."])

  /// Marks the rows of prolonged pumps.
  ///
  /// The drugs of a bag and the rows of a dose are one pump: what is charted on one row applies to all.
  static func apply(marking draft: inout Draft) {
    var bags: [String: [Int]] = [:]
    var doses: [String: [Int]] = [:]
    let administrations = draft.timeline.administrations
    for index in draft.rows.indices where isPump(index, in: draft) {
      let encounter = administrations[index].encounter
      if let bag = administrations[index].bag {
        bags["\(encounter)\u{1F}\(bag)", default: []].append(index)
      }
      if let dose = administrations[index].dose {
        let drug = administrations[index].drug.identity
        doses["\(encounter)\u{1F}\(dose)\u{1F}\(drug)", default: []].append(index)
      }
      if administrations[index].bag == nil, administrations[index].dose == nil,
        draft.rows[index].section == .chemo
      {
        draft.rows[index].isProlongedPump = isProlonged(
          planned: administrations[index].plannedMinutes, seconds: draft.rows[index].seconds,
          in: draft)
      }
    }
    for rows in bags.values { judge(rows, in: &draft) }
    for rows in doses.values { judge(rows, in: &draft) }
    // Again, because a dose may have reached a further bag with a carrier of its own.
    for rows in bags.values { judge(rows, in: &draft) }
  }

  private static func isPump(_ index: Int, in draft: Draft) -> Bool {
    draft.rows[index].exists && draft.timeline.administrations[index].technique == .pump
      && draft.rows[index].section != .outside
  }

  private static func judge(_ rows: [Int], in draft: inout Draft) {
    guard rows.contains(where: { draft.rows[$0].section == .chemo }) else { return }
    if !rows.contains(where: { draft.rows[$0].isProlongedPump }) {
      let planned = rows.compactMap { draft.timeline.administrations[$0].plannedMinutes }.max()
      let seconds = recordedSeconds(rows, in: &draft)
      guard isProlonged(planned: planned, seconds: seconds, in: draft) else { return }
    }
    for row in rows { draft.rows[row].isProlongedPump = true }
  }

  private static func isProlonged(planned: Double?, seconds: Int64, in draft: Draft) -> Bool {
    let limit = draft.parameters.prolongedPump
    return planned.map { $0 > Double(limit) } ?? (seconds / 60 > Int64(limit))
  }

  /// Whether the plan alone would make a pump prolonged, so that only its class holds it.
  static func isPlannedProlonged(_ rows: ArraySlice<Int32>, in draft: Draft) -> Bool {
    rows.contains { row in
      let planned = draft.timeline.administrations[Int(row)].plannedMinutes
      return planned.map { $0 > Double(draft.parameters.prolongedPump) } ?? false
    }
  }

  /// The seconds in which any of the rows ran.
  private static func recordedSeconds(_ rows: [Int], in draft: inout Draft) -> Int64 {
    let lower = draft.intervals.count
    for row in rows {
      for segment in draft.rows[row].segments.indices {
        draft.intervals.append(draft.intervals[segment])
      }
    }
    let run = draft.appendUnion(from: lower)
    return draft.seconds(run)
  }

  /// Charges one unit for each prolonged pump.
  static func apply(charging draft: inout Draft) {
    for index in draft.doses.indices where draft.doses[index].kind == .prolongedPump {
      let rows = draft.doseRows[draft.doses[index].rows.indices]
      let isMedicarePump =
        draft.policy.pumpCode == .byPayerAndOwner && draft.isMedicare
        && rows.contains { isPracticePumpGoingHome(Int($0), in: draft) }
      let planned =
        rows.compactMap { draft.timeline.administrations[Int($0)].plannedMinutes }.max()
        .map { Int(min($0, 1e9)) } ?? draft.doses[index].minutes
      draft.emit(
        isMedicarePump ? .medicarePump : .pumpInitiation, dose: index,
        why: Reason(
          .pumpInitiation, isMedicarePump ? .medicarePump : .prolongedPump,
          administration: draft.doses[index].firstRow, planned),
        isSettled: true)
    }
  }

  private static func isPracticePumpGoingHome(_ row: Int, in draft: Draft) -> Bool {
    draft.timeline.administrations[row].pumpOwner == .practice
      && draft.timeline.administrations[row].goesHome
  }
}

extension Sentence {
  static let prolongedPump: Self = "Planned for # min, more than 480, on a pump."
  static let medicarePump: Self =
    "Planned for # min on the practice's own pump that goes home, payer Medicare."
}

extension Clause.Definition {
  static let pumpDisconnect = Self(
    .pumpInitiation, "Disconnecting a pump is inside the code that started it.")
  static let pumpClass = Self(
    .pumpInitiation,
    "The code for starting a prolonged pump is for chemotherapy, which this drug is not.")
}

extension Finding.Definition {
  static let pumpPlanMissing = Self(
    .pumpInitiation, .error,
    "The pump is held: its plan does not make it prolonged, and it has no stop yet.")
  static let pumpClass = Self(
    .pumpInitiation, .error,
    "The pump is held for the class of its drug: only chemotherapy has a code for starting it.")
}

import InfusionRecord

/// Starting chemotherapy planned for more than 480 minutes on a pump is one service, 96416, or
/// G0498 if Medicare pays and the practice's own pump goes home.
///
/// It is never an initial, overlaps nothing and has no hours; the code includes the disconnect. A pump
/// that is not prolonged is an ordinary infusion as soon as it has both times. Each pump that is started is
/// one unit, so two pumps of one encounter are two (R13: one unit an initiation).
///
/// 96416 is for chemotherapy only. Another drug planned for more than 480 minutes on a pump is C8957 in
/// a facility if Medicare pays or the policy says so, for review; otherwise it is held (rulebook D83).
/// Hydration on a pump stays hydration.
enum PumpInitiation {
  static let rule = Rule(
    .pumpInitiation,
    claim: """
      Starting chemotherapy planned for more than 480 minutes on a pump is one service, 96416, or \
      G0498 if Medicare pays and the practice's own pump goes home.
      """,
    sections: ["R13", "D25", "D56", "D83"],
    citations: [
      .asco2010, .chemo001, .cmsA55134, .ucla2009, .hcpcs2025, .aapcDisconnect, .deduction,
    ],
    parameters: [.prolongedPump],
    policies: ["pump.code", "pump.other_code"],
    disputes: [
      "96416 or G0498 by payer and by who owns the pump.",
      "A prolonged pump that is not chemotherapy: C8957 in a facility (UCLA guide 2009), or held.",
    ])

  /// Marks the rows of prolonged pumps.
  ///
  /// The drugs of a bag and the rows of a dose are one pump: what is charted on one row applies to all.
  static func apply(marking draft: inout Draft) {
    var bags: [BagName: [Int]] = [:]
    var doses: [DoseName: [Int]] = [:]
    let administrations = draft.timeline.administrations
    for index in draft.rows.indices where isPump(index, in: draft) {
      let bag = BagName(administrations[index])
      let dose = DoseName(administrations[index])
      if let bag { bags[bag, default: []].append(index) }
      if let dose { doses[dose, default: []].append(index) }
      if bag == nil, dose == nil, draft.rows[index].section > .hydration {
        draft.rows[index].isProlongedPump = isProlonged(
          [index], seconds: draft.rows[index].seconds, in: draft)
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
    guard rows.contains(where: { draft.rows[$0].section > .hydration }) else { return }
    if !rows.contains(where: { draft.rows[$0].isProlongedPump }) {
      let seconds = recordedSeconds(rows, in: &draft)
      guard isProlonged(rows, seconds: seconds, in: draft) else { return }
    }
    for row in rows { draft.rows[row].isProlongedPump = true }
  }

  /// The plan decides; without a plan the recorded minutes do, for chemotherapy only.
  static func isProlonged(_ rows: [Int], seconds: Int64, in draft: Draft) -> Bool {
    let limit = draft.parameters.prolongedPump
    if let planned = rows.compactMap({ draft.timeline.administrations[$0].plannedMinutes }).max() {
      return planned > Double(limit)
    }
    return seconds / 60 > Int64(limit)
      && rows.contains {
        DrugClass.section(of: draft.rows[$0].drugClass, policy: draft.policy) == .chemo
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

  /// The kind of a prolonged pump by its class, with the finding if it is not chemotherapy.
  static func kind(of index: Int, in draft: inout Draft) -> Dose.Kind {
    if draft.doses[index].isChemo { return .prolongedPump }
    draft.find(.pumpClass, draft.doses[index].firstRow)
    if !takesOtherCode(draft) { draft.doses[index].clause = .pumpClass }
    return .otherPump
  }

  /// Whether a prolonged pump that is not chemotherapy has a code, which is for facilities only.
  private static func takesOtherCode(_ draft: Draft) -> Bool {
    guard draft.timeline.session.setting == .facility else { return false }
    switch draft.policy.otherPumpCode {
    case .byPayer: return draft.isMedicare
    case .c8957: return true
    case .hold: return false
    }
  }

  /// Charges one unit for each prolonged pump.
  static func apply(charging draft: inout Draft) {
    for index in draft.doses.indices {
      guard let (code, form) = service(of: index, in: draft) else { continue }
      draft.emit(
        code, dose: index,
        why: Reason(
          .pumpInitiation, form, administration: draft.doses[index].firstRow,
          plannedMinutes(of: index, in: draft)),
        isDisputed: draft.doses[index].kind == .otherPump, isSettled: true)
    }
  }

  /// The code of a prolonged pump and why it is this one; nil for other doses and for a pump without a
  /// code.
  private static func service(of index: Int, in draft: Draft) -> (Code, Reason.Form)? {
    switch draft.doses[index].kind {
    case .prolongedPump:
      if isMedicarePump(index, in: draft) { return (.medicarePump, .medicarePump) }
      let hasPlan = longestPlan(of: index, in: draft) != nil
      return (.pumpInitiation, hasPlan ? .prolongedPump : .recordedPump)
    case .otherPump: return takesOtherCode(draft) ? (.otherPump, .otherPump) : nil
    case .infusion, .push, .pending, .held, .hydration, .fluid, .injection, .subcutaneous, .device,
      .outside:
      return nil
    }
  }

  private static func isMedicarePump(_ index: Int, in draft: Draft) -> Bool {
    draft.policy.pumpCode == .byPayerAndOwner && draft.isMedicare
      && draft.doseRows[draft.doses[index].rows.indices].contains {
        isPracticePumpGoingHome(Int($0), in: draft)
      }
  }

  /// The longest plan of its rows, or the recorded minutes.
  private static func plannedMinutes(of index: Int, in draft: Draft) -> Int {
    longestPlan(of: index, in: draft).map { Int(min($0, 1e9)) } ?? draft.doses[index].minutes
  }

  private static func longestPlan(of index: Int, in draft: Draft) -> Double? {
    draft.doseRows[draft.doses[index].rows.indices]
      .compactMap { draft.timeline.administrations[Int($0)].plannedMinutes }.max()
  }

  private static func isPracticePumpGoingHome(_ row: Int, in draft: Draft) -> Bool {
    draft.timeline.administrations[row].pumpOwner == .practice
      && draft.timeline.administrations[row].goesHome
  }
}

extension Sentence {
  static let prolongedPump: Self = "Planned for # min, more than 480, on a pump."
  static let recordedPump: Self = "Ran # min, more than 480, on a pump; no plan is recorded."
  static let medicarePump: Self =
    "# min on the practice's own pump that goes home, payer Medicare."
  static let otherPump: Self =
    "Planned for # min, more than 480, on a pump; the drug is not chemotherapy."
}

extension Clause.Definition {
  static let pumpDisconnect = Self(
    .pumpInitiation, "Disconnecting a pump is inside the code that started it.")
  static let pumpClass = Self(
    .pumpInitiation,
    "A prolonged pump that is not chemotherapy has no code by setting and policy; it is held.")
}

extension Finding.Definition {
  static let pumpClass = Self(
    .pumpInitiation, .warning,
    "The pump is planned for more than 480 minutes, but 96416 is for chemotherapy only.")
  static let pumpPlanMissing = Self(
    .pumpInitiation, .error,
    "The pump is held: its plan does not make it prolonged, and it has no stop yet.")
}

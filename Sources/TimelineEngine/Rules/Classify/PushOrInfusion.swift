import InfusionRecord

/// An intravenous drug given over 15 minutes or less is a push, over 16 or more an infusion; a
/// charted push stays a push, because the clinician is there throughout.
///
/// ```
/// 15 min  push          96374 · 96375 · 96409 · 96411
/// 16 min  infusion      96365 · 96367 · 96413 · 96417
/// ```
///
/// An infusion that is still running after 15 minutes or less is pending: it may become either.
enum PushOrInfusion {
  static let rule = Rule(
    .pushOrInfusion,
    claim: """
      An intravenous drug given over 15 minutes or less is a push, over 16 or more an infusion; a \
      charted push stays a push, because the clinician is there throughout.
      """,
    sections: ["R1", "D12", "D24", "D28", "D29", "D38", "D54"],
    citations: [.noridianChemo, .palmettoA53778, .rca4136, .aapc145827, .palmettoAborted],
    parameters: [.infusionEntry],
    policies: ["aborted_infusion"],
    disputes: [
      "An infusion cut short at 15 minutes or less: as ordered (AAPC, Palmetto) or by time.",
      "A charted push of 16 minutes or more: by time, or a push by the clinician's presence.",
    ])

  /// Decides the kind of every dose, and finds what is missing of it.
  static func apply(_ draft: inout Draft) {
    for index in draft.doses.indices {
      let kind = kind(of: index, in: &draft)
      draft.doses[index].kind = kind
      if kind == .held { draft.doses[index].clause = .held }
      if kind == .pending {
        draft.doses[index].clause = .pending
        draft.find(.pending, draft.doses[index].firstRow, number: draft.doses[index].minutes)
      }
      switch kind {
      case .infusion, .push, .pending, .hydration, .subcutaneous:
        CountedMinutes.reportLongPauses(of: index, in: &draft)
        if draft.doses[index].isMissingFact { reportMissingFacts(index, in: &draft) }
      case .injection where draft.doses[index].technique != .subcutaneousInfusion,
        .prolongedPump, .otherPump, .device:
        reportMissingDay(index, in: &draft)
      default: break
      }
    }
  }

  /// Reports minutes without clock times, and a start that is missing, of a dose whose other times do
  /// not matter: its start gives the day of the service.
  private static func reportMissingDay(_ index: Int, in draft: inout Draft) {
    let isUndated = draft.doses[index].start == nil
    for row in draft.doseRows[draft.doses[index].rows.indices]
    where isUndated || draft.rows[Int(row)].isWithoutClock {
      MissingTimes.report(row, in: &draft)
    }
  }

  private static func kind(of index: Int, in draft: inout Draft) -> Dose.Kind {
    let section = draft.doses[index].section
    switch draft.doses[index].technique {
    case .oral: return .outside
    case .flush, .pumpRefill, .implantedPumpRefill, .onBodyInjector:
      return section == .outside ? .outside : .device
    case .pumpDisconnect: return .outside
    case _ where section == .outside: return .outside
    case .intramuscular, .subcutaneous: return .injection
    case .push: return push(index, in: &draft)
    case .pump: return pump(index, in: &draft)
    case .subcutaneousInfusion: return subcutaneous(index, in: &draft)
    case .infusion:
      return section == .hydration ? hydration(index, in: &draft) : drug(index, in: &draft)
    }
  }

  private static func push(_ index: Int, in draft: inout Draft) -> Dose.Kind {
    guard draft.doses[index].section > .hydration else {
      draft.doses[index].clause = .hydrationNoPush
      return .fluid
    }
    for member in draft.doses[index].rows.indices {
      MissingTimes.report(draft.doseRows[member], in: &draft)
    }
    let minutes = draft.doses[index].minutes
    if minutes >= draft.parameters.infusionEntry {
      draft.find(.longPush, draft.doses[index].firstRow, number: minutes)
    }
    return .push
  }

  private static func pump(_ index: Int, in draft: inout Draft) -> Dose.Kind {
    let dose = draft.doses[index]
    let rows = draft.doseRows[dose.rows.indices]
    if rows.contains(where: { draft.rows[Int($0)].isProlongedPump }) {
      return PumpInitiation.kind(of: index, in: &draft)
    }
    if dose.section == .hydration { return hydration(index, in: &draft) }
    guard rows.allSatisfy({ draft.rows[Int($0)].isDocumented }), !dose.isRunning else {
      draft.find(.pumpPlanMissing, dose.firstRow)
      return .held
    }
    return drug(index, in: &draft)
  }

  private static func subcutaneous(_ index: Int, in draft: inout Draft) -> Dose.Kind {
    let dose = draft.doses[index]
    for row in draft.doseRows[dose.rows.indices] { MissingTimes.report(row, in: &draft) }
    if dose.minutes >= draft.parameters.infusionEntry { return .subcutaneous }
    if dose.isRunning { return .pending }
    let isDocumented = draft.doseRows[dose.rows.indices].allSatisfy {
      draft.rows[Int($0)].isDocumented
    }
    if isDocumented { return .injection }
    if dose.section == .hydration {
      draft.doses[index].clause = .hydrationMissingTime
      return .fluid
    }
    draft.doses[index].isForMissingTime = true
    return .injection
  }

  private static func hydration(_ index: Int, in draft: inout Draft) -> Dose.Kind {
    let dose = draft.doses[index]
    let purpose = draft.timeline.administrations[Int(dose.firstRow)].purpose
    guard purpose == .hydration else {
      draft.doses[index].clause = .hydrationPurpose
      return .fluid
    }
    for row in draft.doseRows[dose.rows.indices] { MissingTimes.report(row, in: &draft) }
    guard draft.doseRows[dose.rows.indices].contains(where: { draft.rows[Int($0)].isDocumented })
    else {
      draft.doses[index].clause =
        draft.policy.missingStop == .hold ? .held : .hydrationMissingTime
      return .fluid
    }
    return .hydration
  }

  private static func drug(_ index: Int, in draft: inout Draft) -> Dose.Kind {
    for member in draft.doses[index].rows.indices {
      MissingTimes.report(draft.doseRows[member], in: &draft)
    }
    if draft.doses[index].minutes >= draft.parameters.infusionEntry { return .infusion }
    if draft.doses[index].isRunning { return .pending }
    let rows = draft.doseRows[draft.doses[index].rows.indices]
    if !rows.allSatisfy({ draft.rows[Int($0)].isDocumented }) {
      let hasAnyTime = rows.contains { draft.rows[Int($0)].position != nil }
      guard hasAnyTime, draft.policy.missingStop != .hold else { return .held }
      draft.doses[index].isForMissingTime = true
      return .push
    }
    return aborted(index, in: &draft) ? .infusion : .push
  }

  /// Whether the dose was cut short and the policy reports it as intended.
  private static func aborted(_ index: Int, in draft: inout Draft) -> Bool {
    let dose = draft.doses[index]
    var last = dose.firstRow
    for row in draft.doseRows[dose.rows.indices] {
      let end = draft.rows[Int(row)].end ?? .distantPast
      if end > (draft.rows[Int(last)].end ?? .distantPast) { last = row }
    }
    guard draft.timeline.administrations[Int(last)].stopReason != .completed else { return false }
    draft.find(.abortedInfusion, dose.firstRow, number: dose.minutes)
    draft.doses[index].isDisputed = true
    guard draft.policy.abortedInfusion != .byTime, dose.isChemo,
      isFirstOfInfusate(index, in: draft)
    else { return false }
    draft.doses[index].isIntended = true
    return true
  }

  /// Whether this dose is the first intravenous dose of its infusate in the encounter. What another rule
  /// excluded is not counted.
  private static func isFirstOfInfusate(_ index: Int, in draft: Draft) -> Bool {
    let dose = draft.doses[index]
    return !draft.doses.indices.contains { other in
      let candidate = draft.doses[other]
      guard other != index, candidate.infusate == dose.infusate,
        candidate.encounter == dose.encounter, candidate.section != .outside
      else { return false }
      switch candidate.technique {
      case .infusion, .push: return draft.startsBefore(Int32(other), Int32(index))
      default: return false
      }
    }
  }

  private static func reportMissingFacts(_ index: Int, in draft: inout Draft) {
    for row in draft.doseRows[draft.doses[index].rows.indices] {
      let record = draft.timeline.administrations[Int(row)]
      if DoseIdentity.lacksSite(row, in: draft) { draft.find(.siteNotRecorded, row) }
      if draft.rows[Int(row)].section == .hydration, record.hydrationFacts != .all,
        record.bag == nil
      {
        draft.find(.hydrationNotOrdered, row)
      }
    }
  }
}

extension Sentence {
  static let aborted: Self = "Cut short after # min; reported as intended by the site's policy."
  static let abortedDiscontinued: Self =
    "Cut short after # min; reported as intended, with modifier 53, by the site's policy."
  static let pushByTime: Self = "# min is 15 or less, so it is a push."
  static let pushCharted: Self = "Charted as a push; the clinician was there throughout."
}

extension Clause.Definition {
  static let pending = Self(
    .pushOrInfusion, "Still running for 15 minutes or less, so it is not yet a push or an infusion."
  )
}

extension Finding.Definition {
  static let abortedInfusion = Self(
    .pushOrInfusion, .warning,
    "The infusion was cut short after # min; sources disagree on how to code it.")
  static let longPush = Self(
    .pushOrInfusion, .note,
    "The push took # min; it stays a push because the clinician was there throughout.")
  static let pending = Self(
    .pushOrInfusion, .note, "Running for # min; it may still be a push or an infusion.")
}

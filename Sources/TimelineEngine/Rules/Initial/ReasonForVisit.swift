import InfusionRecord

// The reason for the visit, which an office records: what it chooses, and what is found if it cannot.

extension InitialService {
  /// Marks the course that the reason for the visit belongs to, on its coded site, in each encounter
  /// that has a reason (rulebook D82).
  static func markReasons(among candidates: inout [Initial], in draft: Draft) {
    let session = draft.timeline.session
    guard session.setting == .professional, draft.isReportable else { return }
    for reason in session.reasonsForVisit
    where !draft.rankedEncounters.contains(draft.rows[reason].encounter) {
      let dose = draft.rows[reason].dose
      if dose >= 0 { markReason(Int(dose), among: &candidates, in: draft) }
    }
  }

  /// Marks the course of one reason if it can be the initial.
  private static func markReason(
    _ reason: Int, among candidates: inout [Initial], in draft: Draft
  ) {
    let wanted = draft.doses[reason]
    guard isIntravenousDrug(wanted) else { return }
    let fitting = candidates.indices.filter { index in
      isCourse(of: wanted, draft.doses[Int(candidates[index].dose)])
    }
    if let chosen = fitting.min(by: { candidates[$0].rank < candidates[$1].rank }) {
      candidates[chosen].byReason = true
    }
  }

  private static func isIntravenousDrug(_ dose: Dose) -> Bool {
    [.infusion, .push, .pending, .held].contains(dose.kind)
  }

  private static func isCourse(of wanted: Dose, _ dose: Dose) -> Bool {
    dose.encounter == wanted.encounter && dose.infusate == wanted.infusate
      && dose.site == wanted.site
  }

  /// Finds the encounters of an office whose initial is not that of a recorded reason.
  ///
  /// An encounter without an intravenous initial needs no reason (rulebook D81).
  static func reportReasons(in draft: inout Draft) {
    let session = draft.timeline.session
    guard session.setting == .professional, draft.isReportable, !draft.initials.isEmpty else {
      return
    }
    let reasons = session.reasonsForVisit.filter { draft.rows[$0].exists }
    if reasons.isEmpty { return draft.find(.reasonForVisit) }
    for encounter in Set(draft.initials.map(\.encounter)).sorted() {
      let initials = draft.initials.filter { $0.encounter == encounter }
      guard let reason = reasons.first(where: { draft.rows[$0].encounter == encounter }) else {
        let row =
          initials[0].dose >= 0
          ? draft.doses[Int(initials[0].dose)].firstRow
          : draft.groups[Int(initials[0].group)].firstRow
        draft.find(.reasonForVisit, row, wording: .reasonElsewhere)
        continue
      }
      if initials.contains(where: { isInitial(reason, $0, in: draft) }) { continue }
      let lacking = draft.lackingPrimaries.first { $0.encounter == encounter }?.code
      let hasDrug = initials.contains { $0.dose >= 0 }
      let wording = wording(of: reason, besideDrug: hasDrug, lacking: lacking, in: draft)
      draft.find(
        .reasonForVisit, Int32(reason), code: wording == .reasonLacksPrimary ? lacking : nil,
        wording: wording)
    }
  }

  /// Whether an initial is the course of the reason for the visit, however it was chosen.
  private static func isInitial(_ reason: Int, _ initial: Initial, in draft: Draft) -> Bool {
    let dose = draft.rows[reason].dose
    guard dose >= 0 else { return false }
    guard initial.dose >= 0 else {
      return holds([dose], draft.groups[Int(initial.group)], in: draft)
    }
    return isIntravenousDrug(draft.doses[Int(dose)])
      && isCourse(of: draft.doses[Int(dose)], draft.doses[Int(initial.dose)])
  }

  private static func wording(
    of reason: Int, besideDrug: Bool, lacking: Code?, in draft: Draft
  ) -> Finding.Wording {
    switch draft.timeline.administrations[reason].technique {
    case .infusion, .push, .pump:
      if lacking != nil { return .reasonLacksPrimary }
      let dose = draft.rows[reason].dose
      let isHydration = dose >= 0 && draft.doses[Int(dose)].kind == .hydration
      return isHydration && besideDrug ? .reasonHydration : .reasonWithoutFirstBlock
    case .intramuscular, .subcutaneous, .subcutaneousInfusion, .pumpDisconnect, .pumpRefill,
      .implantedPumpRefill, .onBodyInjector, .flush, .oral:
      return .reasonNotIntravenous
    }
  }

  /// The doses of hydration that are a reason for the visit. Each can be the initial of its site if
  /// hydration is the only service of the encounter.
  static func hydrationReasons(in draft: Draft) -> [Int32] {
    let session = draft.timeline.session
    guard session.setting == .professional, draft.isReportable else { return [] }
    return session.reasonsForVisit.compactMap { reason in
      let dose = draft.rows[reason].dose
      guard dose >= 0, draft.doses[Int(dose)].kind == .hydration,
        !draft.rankedEncounters.contains(draft.rows[reason].encounter)
      else { return nil }
      return dose
    }
  }
}

extension Draft {
  /// The encounters in which the reason for the visit chose an initial that leaves an add-on without a
  /// primary, so that their charges must be derived again by the ranking (rulebook D35). Keeps what
  /// lacked a primary, for the finding.
  mutating func encountersToRank() -> [Int32] {
    guard initials.contains(where: \.byReason) else { return [] }
    var encounters: [Int32] = []
    let lacking = AddOnNeedsPrimary.lacking(in: self)
    for (encounter, _) in lacking
    where !encounters.contains(encounter)
      && initials.contains(where: { $0.byReason && $0.encounter == encounter })
    {
      encounters.append(encounter)
    }
    // An add-on of another encounter lacks its primary whatever the reason for the visit is.
    lackingPrimaries = lacking.filter { encounters.contains($0.encounter) }
    return encounters
  }

  /// Discards the charges, and the reason for the visit of these encounters.
  mutating func beginRanking(_ encounters: [Int32]) {
    beginCharges()
    rankedEncounters += encounters
  }
}

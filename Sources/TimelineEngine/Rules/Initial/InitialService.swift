import InfusionRecord

/// The initial of an encounter and site is its highest service, whatever was given first; in an
/// office it is the reason for the visit, where that leaves every add-on a primary.
///
/// ```
/// 1 chemo infusion   96413      4 drug push   96374
/// 2 chemo push       96409      5 hydration   96360, only as the sole kind of service
/// 3 drug infusion    96365
/// ```
///
/// Among equals the initial is the longest first dose, then the earliest, then the smallest id. The
/// initial can change while the session runs; the former initial is then an add-on.
enum InitialService {
  static let rule = Rule(
    .initialService,
    claim: """
      The initial of an encounter and site is its highest service, whatever was given first; in \
      an office it is the reason for the visit, where that leaves every add-on a primary.
      """,
    sections: ["R2", "D9", "D16", "D20", "D35", "D44", "D58", "D82"],
    citations: [.cptRanking, .palmettoA53778, .selectHealth09],
    disputes: ["Subcutaneous infusion: outside the ranking, or among the initials (RAC 0071)."])

  /// Chooses one initial for each encounter and coded site.
  static func apply(choosing draft: inout Draft) {
    var candidates = doseCandidates(in: draft)
    markReasons(among: &candidates, in: &draft)
    if candidates.count > 1 {
      let doses = draft.doses
      let administrations = draft.timeline.administrations
      sortInPlace(&candidates) { left, right in
        if left.encounter != right.encounter { return left.encounter < right.encounter }
        if left.site != right.site { return left.site < right.site }
        return isBetter(left, right, doses: doses, among: administrations)
      }
    }
    for index in candidates.indices
    where index == 0 || candidates[index].encounter != candidates[index - 1].encounter
      || candidates[index].site != candidates[index - 1].site
    {
      draft.initials.append(candidates[index])
    }
    addHydration(&draft)
  }

  /// Relates the doses that were chosen.
  static func apply(relating draft: inout Draft) {
    for initial in draft.initials where initial.dose >= 0 {
      let dose = Int(initial.dose)
      let row = draft.doses[dose].firstRow
      let form: Reason.Form = initial.byReason ? .initialByReason : .initialByRanking
      let isChemoPushOfInfused =
        draft.doses[dose].kind == .push && draft.doses[dose].courseHasInfusion
      draft.relate(
        dose,
        Relation(
          role: .initial, rule: .initialService,
          why: Reason(.initialService, form, administration: row, Int(initial.rank)),
          isDisputed: isChemoPushOfInfused))
      if isChemoPushOfInfused {
        draft.find(.sameDrugPushAndInfusion, draft.doses[dose].firstRow)
      }
    }
  }

  // MARK: Candidates

  /// The first dose of each course on each coded site that can be an initial.
  private static func doseCandidates(in draft: Draft) -> [Initial] {
    var list: [Initial] = []
    list.reserveCapacity(draft.courses.count)
    let chemoSites = chemoInfusionSites(in: draft)
    var infusionSites: [Int32] = []
    var pushSites: [Int32] = []
    var lower = 0
    while lower < draft.courses.count {
      let upper = draft.endOfCourse(lower)
      infusionSites.removeAll(keepingCapacity: true)
      pushSites.removeAll(keepingCapacity: true)
      var isEarliestPush = true
      for position in draft.courses[lower..<upper] {
        let dose = draft.doses[Int(position)]
        if dose.kind == .infusion {
          guard dose.timing == .byTime, !infusionSites.contains(dose.site) else { continue }
          infusionSites.append(dose.site)
          list.append(
            Initial(
              encounter: dose.encounter, site: dose.site, rank: dose.isChemo ? 1 : 3,
              dose: position))
        } else {
          defer { isEarliestPush = false }
          guard !pushSites.contains(dose.site) else { continue }
          // Of chemotherapy only the earliest push, if its site has no chemo infusion. A push of
          // another drug that was also infused is never its first.
          let canBeInitial =
            dose.isChemo
            ? isEarliestPush && !chemoSites.contains(EncounterSite(dose))
            : !dose.courseHasInfusion
          guard canBeInitial else { continue }
          pushSites.append(dose.site)
          list.append(
            Initial(
              encounter: dose.encounter, site: dose.site, rank: dose.isChemo ? 2 : 4,
              dose: position))
        }
      }
      lower = upper
    }
    return list
  }

  private struct EncounterSite: Hashable {
    let encounter: Int32
    let site: Int32
    init(_ dose: Dose) {
      encounter = dose.encounter
      site = dose.site
    }
  }

  /// The sites on which chemotherapy is charged by time; empty if no chemotherapy was pushed.
  private static func chemoInfusionSites(in draft: Draft) -> Set<EncounterSite> {
    var sites: Set<EncounterSite> = []
    let doses = draft.doses
    guard doses.indices.contains(where: { doses[$0].kind == .push && doses[$0].isChemo }) else {
      return sites
    }
    for dose in doses where dose.kind == .infusion && dose.isChemo && dose.timing == .byTime {
      sites.insert(EncounterSite(dose))
    }
    return sites
  }

  private static func isBetter(
    _ left: Initial, _ right: Initial, doses: [Dose], among administrations: [Administration]
  ) -> Bool {
    if left.byReason != right.byReason { return left.byReason }
    if left.rank != right.rank { return left.rank < right.rank }
    let a = doses[Int(left.dose)]
    let b = doses[Int(right.dose)]
    if minutes(a) != minutes(b) { return minutes(a) > minutes(b) }
    return a.startsBefore(b, among: administrations)
  }

  private static func minutes(_ dose: Dose) -> Int64 {
    (dose.kind == .infusion ? dose.countedSeconds : dose.seconds) / 60
  }

  /// Adds hydration as an initial if the encounter has no drug service that is an initial.
  private static func addHydration(_ draft: inout Draft) {
    let drugInitials = draft.initials.count
    let reasons = hydrationReasons(in: draft)
    for index in draft.groups.indices {
      let group = draft.groups[index]
      guard group.minutes >= draft.parameters.hydrationEntry else { continue }
      if draft.initials[..<drugInitials].contains(where: { $0.encounter == group.encounter }) {
        continue
      }
      if let known = draft.initials.firstIndex(where: {
        $0.encounter == group.encounter && $0.site == group.site
      }) {
        let other = draft.groups[Int(draft.initials[known].group)]
        if isBetter(group, than: other, reasons: reasons, in: draft) {
          draft.initials[known].group = Int32(index)
        }
        continue
      }
      draft.initials.append(
        Initial(encounter: group.encounter, site: group.site, rank: 5, group: Int32(index)))
    }
    for reason in reasons {
      let isUsed = draft.initials[drugInitials...].contains {
        holds([reason], draft.groups[Int($0.group)], in: draft)
      }
      if !isUsed { draft.find(.reasonForVisit) }
    }
  }

  private static func isBetter(
    _ left: HydrationGroup, than right: HydrationGroup, reasons: [Int32], in draft: Draft
  ) -> Bool {
    let isReason = holds(reasons, left, in: draft)
    if isReason != holds(reasons, right, in: draft) { return isReason }
    if left.start != right.start { return left.start < right.start }
    return precedes(draft.id(left.firstRow), draft.id(right.firstRow))
  }

  private static func holds(_ doses: [Int32], _ group: HydrationGroup, in draft: Draft) -> Bool {
    guard !doses.isEmpty else { return false }
    return draft.pieces[group.pieces.indices].contains { doses.contains($0.dose) }
  }

  // MARK: Reason for the visit

  /// Marks the course that the reason for the visit belongs to, on its coded site, in each encounter
  /// that has a reason (rulebook D82).
  private static func markReasons(among candidates: inout [Initial], in draft: inout Draft) {
    let session = draft.timeline.session
    guard session.setting == .professional, draft.isReportable else { return }
    if session.reasonsForVisit.isEmpty { draft.find(.reasonForVisit) }
    for reason in session.reasonsForVisit
    where !draft.rankedEncounters.contains(draft.rows[reason].encounter) {
      let dose = draft.rows[reason].dose
      if dose >= 0, draft.doses[Int(dose)].kind == .hydration { continue }
      if dose < 0 || !markReason(Int(dose), among: &candidates, in: draft) {
        draft.find(.reasonForVisit)
      }
    }
  }

  /// Marks the course of one reason; returns false if it cannot be the initial.
  private static func markReason(
    _ reason: Int, among candidates: inout [Initial], in draft: Draft
  ) -> Bool {
    let wanted = draft.doses[reason]
    guard [.infusion, .push, .pending, .held].contains(wanted.kind) else { return false }
    let fitting = candidates.indices.filter { index in
      let dose = draft.doses[Int(candidates[index].dose)]
      return dose.encounter == wanted.encounter && dose.infusate == wanted.infusate
        && dose.site == wanted.site
    }
    guard let chosen = fitting.min(by: { candidates[$0].rank < candidates[$1].rank }) else {
      return false
    }
    candidates[chosen].byReason = true
    return true
  }

  /// The doses of hydration that are a reason for the visit. Each can be the initial of its site if
  /// hydration is the only service of the encounter.
  private static func hydrationReasons(in draft: Draft) -> [Int32] {
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
  /// primary, so that their charges must be derived again by the ranking (rulebook D35).
  var encountersToRank: [Int32] {
    guard initials.contains(where: \.byReason) else { return [] }
    let violated = AddOnNeedsPrimary.encountersInViolation(in: self)
    return violated.filter { encounter in
      initials.contains { $0.byReason && $0.encounter == encounter }
    }
  }

  /// Discards the charges, and the reason for the visit of these encounters.
  mutating func beginRanking(_ encounters: [Int32]) {
    beginCharges()
    rankedEncounters += encounters
    for _ in encounters { find(.reasonForVisit) }
  }
}

extension Sentence {
  static let initialByRanking: Self =
    "Highest service of the encounter by the ranking (rank #), so it is the initial."
  static let initialByReason: Self = "Recorded as the reason for the visit, so it is the initial."
}

extension Finding.Definition {
  static let reasonForVisit = Self(
    .initialService, .warning,
    "No usable reason for the visit is recorded; the ranking chose the initial.")
}

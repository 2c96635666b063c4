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
    sections: ["R2", "D9", "D16", "D20", "D35", "D44", "D58", "D81", "D82"],
    citations: [.cptRanking, .palmettoA53778, .deduction],
    disputes: ["Subcutaneous infusion: outside the ranking, or among the initials (RAC 0071)."])

  /// Chooses one initial for each encounter and coded site.
  static func apply(choosing draft: inout Draft) {
    var candidates = doseCandidates(in: draft)
    markReasons(among: &candidates, in: draft)
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
      var initial = candidates[index]
      compare(&initial, with: candidates[(index + 1)...], doses: draft.doses)
      draft.initials.append(initial)
    }
    addHydration(&draft)
    reportReasons(in: &draft)
  }

  /// Finds out by what an initial is before the other candidates of its encounter, site and rank.
  private static func compare(
    _ initial: inout Initial, with others: ArraySlice<Initial>, doses: [Dose]
  ) {
    guard !initial.byReason else { return }
    let (encounter, site, rank) = (initial.encounter, initial.site, initial.rank)
    let equals = others.prefix {
      $0.encounter == encounter && $0.site == site && $0.rank == rank
    }.map { doses[Int($0.dose)] }
    guard let next = equals.first else { return }
    let first = doses[Int(initial.dose)]
    let asLong = equals.filter { minutes($0) == minutes(first) }
    if minutes(next) != minutes(first) {
      initial.advantage = .longest
      initial.equals = Int32(equals.count + 1)
    } else if next.start != first.start {
      initial.advantage = .earliest
      initial.equals = Int32(asLong.count + 1)
    } else {
      initial.advantage = .smallestID
      initial.equals = Int32(asLong.filter { $0.start == first.start }.count + 1)
    }
  }

  /// Relates the doses that were chosen.
  static func apply(relating draft: inout Draft) {
    for initial in draft.initials where initial.dose >= 0 {
      let dose = Int(initial.dose)
      let row = draft.doses[dose].firstRow
      let form = form(of: initial, in: draft)
      let isPushOfInfused = draft.doses[dose].kind == .push && draft.doses[dose].isAlsoInfused
      draft.relate(
        dose,
        Relation(
          role: .initial, rule: .initialService,
          why: Reason(
            .initialService, form, administration: row, Int(initial.rank), Int(initial.equals)),
          isDisputed: isPushOfInfused))
      if isPushOfInfused { draft.find(.sameDrugPushAndInfusion, row) }
    }
  }

  private static func form(of initial: Initial, in draft: Draft) -> Reason.Form {
    if initial.byReason {
      let isRecorded = draft.timeline.session.reasonsForVisit.contains {
        draft.rows[$0].dose == initial.dose
      }
      return isRecorded ? .initialByReason : .initialByLaterReason
    }
    switch initial.advantage {
    case .rank:
      if draft.timeline.session.setting == .professional { return .initialInOffice }
      let isAlone = draft.initials.allSatisfy {
        $0.encounter != initial.encounter || $0.dose == initial.dose
      }
      return isAlone ? .initialByRanking : .initialOfSite
    case .longest: return .initialLongest
    case .earliest: return .initialEarliest
    case .smallestID: return .initialSmallestID
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
    for index in draft.initials.indices.dropFirst(drugInitials) {
      let group = draft.groups[Int(draft.initials[index].group)]
      draft.initials[index].byReason = holds(reasons, group, in: draft)
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

  static func holds(_ doses: [Int32], _ group: HydrationGroup, in draft: Draft) -> Bool {
    guard !doses.isEmpty else { return false }
    return draft.pieces[group.pieces.indices].contains { doses.contains($0.dose) }
  }
}

extension Sentence {
  static let initialByRanking: Self =
    "Highest service of the encounter by the ranking (rank #), so it is the initial."
  static let initialOfSite: Self =
    """
    Highest service of its access site in the encounter by the ranking (rank #), so it is the \
    initial of the site.
    """
  static let initialByReason: Self = "Recorded as the reason for the visit, so it is the initial."
  static let initialByLaterReason: Self =
    """
    Another dose of this drug is recorded as the reason for the visit, so its first dose on the site is \
    the initial.
    """
  static let initialInOffice: Self =
    "No recorded reason for the visit chose this initial, so the ranking does (rank #)."
  static let initialLongest: Self =
    """
    Rank # is the highest here and & services have it; the longest first dose breaks the tie, so \
    it is the initial.
    """
  static let initialEarliest: Self =
    """
    Rank # is the highest here and & services of equal length have it; the earliest start breaks \
    the tie, so it is the initial.
    """
  static let initialSmallestID: Self =
    """
    Rank # is the highest here and & services of equal length and start have it; the smallest id \
    breaks the tie, so it is the initial.
    """
}

extension Finding.Definition {
  static let reasonForVisit = Self(
    .initialService, .warning,
    "No reason for the visit is recorded; the ranking chose the initial.")
  static let reasonNotIntravenous = Self(
    .initialService, .warning,
    "The recorded reason for the visit is no infusion, push or hydration by vein and cannot be the "
      + "initial; the ranking chose it.")
  static let reasonWithoutFirstBlock = Self(
    .initialService, .warning,
    "The recorded reason for the visit has no code here that can be the initial; the ranking chose "
      + "the initial.")
  static let reasonHydration = Self(
    .initialService, .warning,
    "The recorded reason for the visit is hydration, which is the initial only if no drug is charged "
      + "by vein; the ranking chose the initial.")
  static let reasonLacksPrimary = Self(
    .initialService, .warning,
    "With the recorded reason for the visit as the initial, % would lack its primary; the ranking "
      + "chose the initial.")
  static let reasonElsewhere = Self(
    .initialService, .warning,
    "The recorded reason for the visit belongs to another encounter; the ranking chose the initial "
      + "of this one.")
}

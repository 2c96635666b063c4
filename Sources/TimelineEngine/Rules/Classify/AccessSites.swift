import InfusionRecord

/// Each catheter with a recorded reason is a site of its own; every other merges into the primary,
/// the one used first, and lumens of one catheter are one site.
///
/// Of sites first used in one minute the first is the one used for the higher service, then for the
/// longer dose, then the one opened or listed first (rulebook D80).
///
/// ```
/// port            used 09:00, no reason   ──►  port      (primary)
/// left arm        used 10:00, no reason   ──►  port      (finding)
/// right arm       used 11:00, protocol    ──►  right arm
/// ```
///
/// Merging decides only the codes; overlaps are still judged for each catheter.
enum AccessSites {
  static let rule = Rule(
    .accessSites,
    claim: """
      Each catheter with a recorded reason is a site of its own; every other merges into the \
      primary, the one used first, and lumens of one catheter are one site.
      """,
    sections: ["R3", "D5", "D6", "D80"],
    citations: [.rac0071, .chapter4, .aapc172381],
    policies: ["second_initial.requires_reason"],
    disputes: ["A second site for convenience: initial by the manual's text, not by CPT's."])

  /// Numbers the encounters and finds the catheter and coded site of every row.
  static func apply(_ draft: inout Draft) {
    resolveCatheters(&draft)
    numberEncounters(&draft)
    collectUses(&draft)
    choosePrimaries(&draft)
    for index in draft.rows.indices where draft.rows[index].exists {
      draft.rows[index].codedSite = codedSite(of: draft.rows[index], in: draft)
    }
  }

  private static func resolveCatheters(_ draft: inout Draft) {
    let sites = draft.timeline.sites
    for index in sites.indices {
      var root = index
      var steps = 0
      while let parent = sites[root].parent, steps < sites.count {
        root = parent
        steps += 1
      }
      draft.catheters.append(Int32(root))
    }
    for index in draft.rows.indices {
      let site = draft.timeline.administrations[index].site
      draft.rows[index].catheter = site < draft.catheters.count ? draft.catheters[site] : 0
    }
  }

  /// Numbers the encounters by their first row. Drugs of unknown class come last, because no other line
  /// depends on them (rulebook D77).
  private static func numberEncounters(_ draft: inout Draft) {
    let administrations = draft.timeline.administrations
    var order = draft.order
    if order.contains(where: { draft.rows[Int($0)].isUnclassified }) {
      let rows = draft.rows
      order =
        order.filter { !rows[Int($0)].isUnclassified }
        + order.filter { rows[Int($0)].isUnclassified }
    }
    guard let first = order.first else { return }
    draft.encounterRows.append(first)
    let isSame = administrations.indices.allSatisfy {
      administrations[$0].encounter == administrations[Int(first)].encounter
    }
    guard !isSame else { return }
    var interner = Interner()
    for position in order {
      let number = interner.number(administrations[Int(position)].encounter)
      if Int(number) == draft.encounterRows.count { draft.encounterRows.append(position) }
      draft.rows[Int(position)].encounter = number
    }
  }

  /// Adds one use for each encounter and catheter, sorted by both.
  private static func collectUses(_ draft: inout Draft) {
    for position in draft.order {
      let row = draft.rows[Int(position)]
      guard row.exists, isBillableUse(position, in: draft) else { continue }
      if let last = draft.siteUses.last, last.encounter == row.encounter,
        last.catheter == row.catheter
      {
        continue
      }
      draft.siteUses.append(
        SiteUse(
          encounter: row.encounter, catheter: row.catheter,
          first: row.position ?? .distantFuture, codedSite: row.catheter))
    }
    guard draft.siteUses.count > 1 else { return }
    draft.siteUses.sort { left, right in
      if left.encounter != right.encounter { return left.encounter < right.encounter }
      if left.catheter != right.catheter { return left.catheter < right.catheter }
      return left.first < right.first
    }
    var last = 0
    for index in 1..<draft.siteUses.count {
      let use = draft.siteUses[index]
      if use.encounter == draft.siteUses[last].encounter,
        use.catheter == draft.siteUses[last].catheter
      {
        continue
      }
      last += 1
      draft.siteUses[last] = use
    }
    draft.siteUses.removeSubrange((last + 1)...)
  }

  /// Whether a row is an intravenous infusion, push or hydration that may be reported.
  static func isBillableUse(_ position: Int32, in draft: Draft) -> Bool {
    let row = draft.rows[Int(position)]
    switch draft.timeline.administrations[Int(position)].technique {
    case .infusion, .pump:
      if row.section == .hydration {
        return draft.timeline.administrations[Int(position)].purpose == .hydration
      }
      return row.section != .outside && !row.isProlongedPump
    case .push: return row.section > .hydration
    default: return false
    }
  }

  private static func choosePrimaries(_ draft: inout Draft) {
    var lower = 0
    while lower < draft.siteUses.count {
      var upper = lower
      while upper < draft.siteUses.count,
        draft.siteUses[upper].encounter == draft.siteUses[lower].encounter
      {
        upper += 1
      }
      mergeUses(lower..<upper, in: &draft)
      lower = upper
    }
  }

  /// Chooses the primary among the uses of one encounter and merges the others into it.
  private static func mergeUses(_ range: Range<Int>, in draft: inout Draft) {
    var primary = range.lowerBound
    for index in range.dropFirst() where isBetter(index, than: primary, in: draft) {
      primary = index
    }
    draft.siteUses[primary].isPrimary = true
    guard draft.policy.secondInitialRequiresReason else { return }
    var merged: [Int32] = []
    for index in range where index != primary {
      let catheter = draft.siteUses[index].catheter
      guard !hasReason(catheter, in: draft) else { continue }
      draft.siteUses[index].codedSite = draft.siteUses[primary].catheter
      merged.append(catheter)
    }
    reportMerged(merged, encounter: draft.siteUses[primary].encounter, in: &draft)
  }

  /// Adds a finding for the first row on each catheter that was merged.
  private static func reportMerged(
    _ catheters: [Int32], encounter: Int32, in draft: inout Draft
  ) {
    var left = catheters
    for position in draft.order {
      if left.isEmpty { return }
      let row = draft.rows[Int(position)]
      guard row.exists, row.encounter == encounter, isBillableUse(position, in: draft),
        let found = left.firstIndex(of: row.catheter)
      else { continue }
      left.remove(at: found)
      draft.find(.secondSiteNoReason, position)
    }
  }

  /// A use without a reason is better than one with a reason; then the one that comes first.
  private static func isBetter(_ left: Int, than right: Int, in draft: Draft) -> Bool {
    let a = draft.siteUses[left]
    let b = draft.siteUses[right]
    let aReason = hasReason(a.catheter, in: draft)
    if aReason != hasReason(b.catheter, in: draft) { return !aReason }
    return comesFirst(a, b, in: draft)
  }

  private static func hasReason(_ catheter: Int32, in draft: Draft) -> Bool {
    draft.timeline.sites[Int(catheter)].secondSiteReason != nil
  }

  private static func codedSite(of row: Draft.Row, in draft: Draft) -> Int32 {
    use(of: row.catheter, encounter: row.encounter, in: draft)?.codedSite ?? row.catheter
  }

  /// The use of a catheter in an encounter, if it was used.
  static func use(of catheter: Int32, encounter: Int32, in draft: Draft) -> SiteUse? {
    let low = draft.siteUses.partitioningIndex {
      ($0.encounter, $0.catheter) >= (encounter, catheter)
    }
    guard low < draft.siteUses.count, draft.siteUses[low].encounter == encounter,
      draft.siteUses[low].catheter == catheter
    else { return nil }
    return draft.siteUses[low]
  }
}

extension Finding.Definition {
  static let secondSiteNoReason = Self(
    .accessSites, .warning,
    "The second access site has no recorded reason; it is coded with the first.")
  static let siteNotRecorded = Self(.accessSites, .error, "The access site is not recorded.")
}

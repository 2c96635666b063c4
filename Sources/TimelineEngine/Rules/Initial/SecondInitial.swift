import InfusionRecord

/// Every initial after the first carries a modifier: that of a further access site, or of a further
/// encounter on the same date.
///
/// The first initial has the highest rank; among equals it is on the primary site or was used first.
enum SecondInitial {
  static let rule = Rule(
    .secondInitial,
    claim: """
      Every initial after the first carries a modifier: that of a further access site, or of a \
      further encounter on the same date.
      """,
    sections: ["R3", "R10", "D20", "D40", "D64", "D80"],
    citations: [.rac0071, .transmittal902, .mln1783722],
    policies: ["modifier.second_site", "modifier.second_encounter"],
    disputes: ["59, or the specific XS, XU or XE: CMS takes all, some payers demand one."])

  /// Sorts the initials and marks those that are not the first of their encounter.
  static func apply(sorting draft: inout Draft) {
    guard draft.initials.count > 1 else { return }
    var list: [Initial] = []
    swap(&list, &draft.initials)
    sortInPlace(&list) { left, right in
      if left.encounter != right.encounter { return left.encounter < right.encounter }
      return comesBefore(left, right, in: draft)
    }
    var first = 0
    for index in list.indices.dropFirst() {
      if list[index].encounter != list[first].encounter {
        first = index
      } else {
        list[index].laterThan = whyLater(list[index], than: list[first], in: draft)
      }
    }
    swap(&list, &draft.initials)
  }

  /// What set the first initial before another one of its encounter.
  private static func whyLater(
    _ initial: Initial, than first: Initial, in draft: Draft
  ) -> Reason.Form {
    if initial.rank != first.rank { return .modifierSiteRank }
    let use = AccessSites.use(of: first.site, encounter: first.encounter, in: draft)
    if use?.isPrimary == true { return .modifierSitePrimary }
    let own = AccessSites.use(of: initial.site, encounter: initial.encounter, in: draft)
    guard let use, let own, AccessSites.beganTogether(use, own) else { return .modifierSiteLater }
    return .modifierSiteTie
  }

  private static func comesBefore(_ a: Initial, _ b: Initial, in draft: Draft) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    let aUse = AccessSites.use(of: a.site, encounter: a.encounter, in: draft)
    let bUse = AccessSites.use(of: b.site, encounter: b.encounter, in: draft)
    if aUse?.isPrimary != bUse?.isPrimary { return aUse?.isPrimary == true }
    if let aUse, let bUse { return AccessSites.comesFirst(aUse, bUse, in: draft) }
    return a.site < b.site
  }

  /// The modifiers of an initial's line.
  static func modifiers(of initial: Initial, in draft: Draft) -> Modifiers {
    var modifiers = Modifiers()
    if initial.isSecondSite, let modifier = draft.policy.secondSiteModifier {
      modifiers.insert(modifier)
    }
    return modifiers
  }

  /// Adds the modifier to initials on a date that already has an initial of an earlier encounter.
  static func apply(dating draft: inout Draft) {
    guard draft.encounterRows.count > 1, let modifier = draft.policy.secondEncounterModifier else {
      return
    }
    // Encounters are numbered by their first row, which is their first start.
    var firstEncounter: [CivilDate: Int32] = [:]
    for line in draft.units where line.code.kind == .initial {
      guard let date = line.date else { continue }
      firstEncounter[date] = min(firstEncounter[date] ?? .max, line.encounter)
    }
    for index in draft.units.indices {
      let line = draft.units[index]
      guard line.code.kind == .initial, line.modifierWhy == nil, let date = line.date,
        let first = firstEncounter[date], first < line.encounter
      else { continue }
      draft.units[index].modifiers.insert(modifier)
      draft.units[index].modifierWhy = .modifierEncounter
    }
  }
}

extension Sentence {
  static let modifierSiteRank: Self =
    "Modifier: initial of a further access site; the first initial has a higher rank."
  static let modifierSitePrimary: Self =
    """
    Modifier: initial of a further access site; of two of one rank the one on the primary site is \
    the first.
    """
  static let modifierSiteLater: Self =
    """
    Modifier: initial of a further access site; of two of one rank the one whose site was used \
    earlier is the first.
    """
  static let modifierSiteTie: Self =
    """
    Modifier: initial of a further access site; of two of one rank whose sites were first used in \
    the same minute, the one with the higher first service, then the longer first dose, then the \
    earlier place in the record is the first.
    """
  static let modifierEncounter: Self = "Modifier: initial of a further encounter on the date."
}

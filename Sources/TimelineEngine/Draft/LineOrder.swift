import InfusionRecord

/// The order in which a statement lists its charges: encounter, site, code, date, modifiers.
///
/// The primary site comes first, the others as they were opened or stand in the document.
///
/// It is a class so that the sort does not copy the lists that it reads.
final class LineOrder {
  private let doses: [Dose]
  private let groups: [HydrationGroup]
  private let uses: [SiteUse]
  private let timeline: Timeline

  init(_ draft: Draft) {
    doses = draft.doses
    groups = draft.groups
    uses = draft.siteUses
    timeline = draft.timeline
  }

  func comesFirst(_ left: UnitLine, _ right: UnitLine) -> Bool {
    if left.encounter != right.encounter { return left.encounter < right.encounter }
    if left.site != right.site { return siteComesFirst(left, right) }
    if left.code != right.code { return left.code.rawValue < right.code.rawValue }
    if left.date != right.date {
      return (left.date?.dayNumber ?? .min) < (right.date?.dayNumber ?? .min)
    }
    if left.modifiers != right.modifiers { return left.modifiers.order < right.modifiers.order }
    if left.dose == right.dose, left.group == right.group { return false }
    let (a, aRow) = source(left)
    let (b, bRow) = source(right)
    if a != b { return a < b }
    return precedes(
      timeline.administrations[Int(aRow)].id, timeline.administrations[Int(bRow)].id)
  }

  private func source(_ line: UnitLine) -> (Instant, Int32) {
    if line.dose >= 0 {
      let dose = doses[Int(line.dose)]
      return (dose.start ?? .distantFuture, dose.firstRow)
    }
    let group = groups[Int(line.group)]
    return (group.start, group.firstRow)
  }

  private func siteComesFirst(_ left: UnitLine, _ right: UnitLine) -> Bool {
    let a = isPrimary(left)
    let b = isPrimary(right)
    if a != b { return a }
    return left.site < right.site
  }

  private func isPrimary(_ line: UnitLine) -> Bool {
    uses.contains {
      $0.isPrimary && $0.encounter == line.encounter && $0.catheter == line.site
    }
  }
}

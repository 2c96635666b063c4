import InfusionRecord

// Which of two sites of an encounter comes first (rulebook D5, D80).

extension AccessSites {
  /// The site first used in the earlier minute; of one minute the site with the higher service, then the
  /// one with the longer dose, then the one that was opened or is listed first.
  static func comesFirst(_ left: SiteUse, _ right: SiteUse, in draft: Draft) -> Bool {
    if !beganTogether(left, right) { return left.first < right.first }
    let a = firstService(of: left, in: draft)
    let b = firstService(of: right, in: draft)
    if a.rank != b.rank { return a.rank < b.rank }
    if a.seconds != b.seconds { return a.seconds > b.seconds }
    return left.catheter < right.catheter
  }

  /// What a site was used for in its first minute.
  private struct FirstService {
    /// From 1 for a chemo infusion to 5 for hydration (rulebook R2).
    var rank = 6
    var seconds: Int64 = 0
  }

  /// Whether two sites were first used in the same minute.
  static func beganTogether(_ left: SiteUse, _ right: SiteUse) -> Bool {
    minute(left.first) == minute(right.first)
  }

  private static func minute(_ moment: Instant) -> Int64 { moment.seconds / 60 }

  /// The highest service that began in the first minute of the use; of several the longest.
  private static func firstService(of use: SiteUse, in draft: Draft) -> FirstService {
    var best = FirstService()
    for position in draft.order {
      let row = draft.rows[Int(position)]
      guard row.exists, row.encounter == use.encounter, row.catheter == use.catheter,
        minute(row.position ?? .distantFuture) == minute(use.first),
        isBillableUse(position, in: draft)
      else { continue }
      let seconds = secondsOfDose(position, in: draft)
      let rank = rank(position, seconds: seconds, in: draft)
      if rank < best.rank || (rank == best.rank && seconds > best.seconds) {
        best = FirstService(rank: rank, seconds: seconds)
      }
    }
    return best
  }

  private static func rank(_ position: Int32, seconds: Int64, in draft: Draft) -> Int {
    let isInfusion =
      draft.timeline.administrations[Int(position)].technique != .push
      && seconds / 60 >= Int64(draft.parameters.infusionEntry)
    switch draft.rows[Int(position)].section {
    case .chemo: return isInfusion ? 1 : 2
    case .drug: return isInfusion ? 3 : 4
    case .hydration: return 5
    case .outside: return 6
    }
  }

  /// The running seconds of a row, and of the rows on its catheter that belong to the same dose.
  private static func secondsOfDose(_ position: Int32, in draft: Draft) -> Int64 {
    let record = draft.timeline.administrations[Int(position)]
    let row = draft.rows[Int(position)]
    guard let name = DoseName(record) else { return row.seconds }
    var running: [Interval] = []
    for other in draft.order {
      guard draft.rows[Int(other)].catheter == row.catheter,
        DoseName(draft.timeline.administrations[Int(other)]) == name
      else { continue }
      for segment in draft.rows[Int(other)].segments.indices {
        running.append(draft.intervals[segment])
      }
    }
    return IntervalList.seconds(IntervalList.union(running)[...])
  }
}

import InfusionRecord

/// Minutes of a paper record without clock times count as they stand: they take no minute from another
/// service and lose none.
///
/// ```
/// iron        45 min, no clock times     45 counted
/// saline      10:00–12:00                120 counted: the iron takes none of them
/// ```
///
/// Such a service is dated by the day that was recorded with it, otherwise by the first day of its
/// encounter; a drug of unknown class dates nothing (rulebook D77). The stretch of its minutes is laid
/// beyond every time of a clock, each on a place of its own, so that no rule sees it beside another.
enum StatedMinutes {
  static let rule = Rule(
    .statedMinutes,
    claim: """
      Minutes of a paper record without clock times count as they stand: they take no minute from \
      another service and lose none.
      """,
    sections: ["R11", "R14"],
    citations: [.deduction],
    disputes: ["No source accepts minutes without clock times as proof; a coder must decide."])

  /// The first moment after every recordable time.
  static let beyond = Instant(seconds: 1 << 40)
  /// Seconds from one place to the next; a service takes at most 366 days.
  private static let spacing: Int64 = 1 << 26

  /// Lays the stretches of rows without clock times. Rows of one bag share their stretch.
  static func apply(_ draft: inout Draft) {
    for (rank, position) in draft.order.enumerated()
    where draft.rows[Int(position)].isWithoutClock {
      let index = Int(position)
      let minutes = draft.timeline.administrations[index].statedMinutes ?? 0
      let seconds = Int64(min(max(0, minutes), 527_040) * 60)
      let lower = draft.intervals.count
      let start = beyond + Int64(place(of: index, ranked: rank, in: draft)) * spacing
      if seconds > 0 { draft.intervals.append(Interval(start: start, end: start + seconds)) }
      draft.rows[index].segments = Run(
        start: Int32(lower), count: Int32(draft.intervals.count - lower))
      draft.rows[index].seconds = seconds
    }
  }

  /// The rank of the row in the order of the session, or that of the first row of its bag.
  private static func place(of index: Int, ranked rank: Int, in draft: Draft) -> Int {
    let administrations = draft.timeline.administrations
    guard let bag = BagName(administrations[index]) else { return rank }
    return draft.order.firstIndex { position in
      draft.rows[Int(position)].isWithoutClock && BagName(administrations[Int(position)]) == bag
    } ?? rank
  }
}

extension Draft {
  /// The day of the service whose stretch holds a moment beyond the clock.
  func dayWithoutClock(at moment: Instant) -> CivilDate? {
    let row = rows.indices.first { index in
      rows[index].isWithoutClock
        && intervals[rows[index].segments.indices].contains {
          $0.start <= moment && moment <= $0.end
        }
    }
    return row.flatMap { dayWithoutClock(of: $0) }
  }

  /// The day of a row without clock times: its own, otherwise the first of its encounter, otherwise the
  /// first of the session; nil for other rows.
  func dayWithoutClock(of row: Int) -> CivilDate? {
    guard rows[row].isWithoutClock else { return nil }
    let record = timeline.administrations[row]
    return record.day ?? firstDay(in: record.encounter) ?? firstDay(in: nil)
  }

  private func firstDay(in encounter: String?) -> CivilDate? {
    var first: CivilDate?
    for position in order {
      let row = timeline.administrations[Int(position)]
      guard encounter == nil || row.encounter == encounter, !rows[Int(position)].isUnclassified,
        let day = date(row.start ?? row.stop) ?? row.day
      else { continue }
      first = min(first ?? day, day)
    }
    return first
  }
}

extension Sentence {
  static let withoutClock: Self = "A paper record gives the minutes; it has no clock times."
}

extension Finding.Definition {
  static let noClockTimes = Self(
    .statedMinutes, .warning,
    "A paper record gives # min without clock times; no overlap with other drugs can be seen.")
}

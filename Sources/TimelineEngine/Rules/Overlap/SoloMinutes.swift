import InfusionRecord

/// A minute of one catheter is charged to at most one timed code: the dominant infusion keeps its
/// full time, and every other is judged on the minutes it ran alone.
///
/// ```
/// chemo    ████████████····      180 min, keeps all
/// drug     ········████████      60 of its 120 min are its own
/// ```
///
/// Chemotherapy is dominant, then the longer infusion, then the earlier, then the smaller id. Only
/// infusions that are charged by time cover minutes, and only on their own catheter.
enum SoloMinutes {
  static let rule = Rule(
    .soloMinutes,
    claim: """
      A minute of one catheter is charged to at most one timed code: the dominant infusion keeps \
      its full time, and every other is judged on the minutes it ran alone.
      """,
    sections: ["R6", "D6", "D7", "D8", "D30", "D31", "D34", "D69"],
    citations: [.medlearnJan2022, .deduction],
    parameters: [.infusionEntry, .chartingOverlap],
    policies: ["overlap.method", "chemo_overlap", "repeat_dose.mode"],
    disputes: ["Some count the full time of each overlapping infusion."])

  static func apply(_ draft: inout Draft) {
    makeLegs(&draft)
    cluster(&draft)
    reportChartingOverlaps(&draft)
    draft.ranked.removeAll(keepingCapacity: true)
    // A dose that overlaps no other keeps all its minutes; only the others are ranked.
    for index in draft.doses.indices where draft.doses[index].kind == .infusion {
      if draft.doses[index].timing == .byTime { continue }
      draft.ranked.append(Int32(index))
    }
    var ranked = draft.ranked
    if ranked.count > 1 {
      let doses = draft.doses
      let administrations = draft.timeline.administrations
      sortInPlace(&ranked) { left, right in
        outranks(doses[Int(left)], doses[Int(right)], among: administrations)
      }
    }
    for dose in ranked { judge(Int(dose), in: &draft) }
    draft.ranked = ranked
    for index in draft.coverage.indices { draft.coverage[index].removeAll(keepingCapacity: true) }
  }

  // MARK: Legs and clusters

  private static func makeLegs(_ draft: inout Draft) {
    for index in draft.doses.indices where draft.doses[index].kind == .infusion {
      let members = draft.doses[index].rows.indices
      let catheter = draft.rows[Int(draft.doses[index].firstRow)].catheter
      if members.allSatisfy({ draft.rows[Int(draft.doseRows[$0])].catheter == catheter }) {
        appendLeg(index, catheter: catheter, segments: draft.doses[index].segments, in: &draft)
        continue
      }
      let rows = draft.doseRows[members]
      let used = Set(rows.map { draft.rows[Int($0)].catheter }).sorted()
      for catheter in used {
        let lower = draft.intervals.count
        for row in rows where draft.rows[Int(row)].catheter == catheter {
          for segment in draft.rows[Int(row)].segments.indices {
            draft.intervals.append(draft.intervals[segment])
          }
        }
        let run = draft.appendUnion(from: lower)
        appendLeg(index, catheter: catheter, segments: run, in: &draft)
      }
    }
  }

  private static func appendLeg(
    _ dose: Int, catheter: Int32, segments: Run, in draft: inout Draft
  ) {
    guard segments.count > 0 else { return }
    let indices = segments.indices
    draft.legs.append(
      Leg(
        dose: Int32(dose), encounter: draft.doses[dose].encounter, catheter: catheter,
        segments: segments, start: draft.intervals[indices.lowerBound].start,
        end: draft.intervals[indices.upperBound - 1].end))
  }

  /// Groups the legs that overlap, so that only those are compared.
  private static func cluster(_ draft: inout Draft) {
    sortInPlace(&draft.legs) { left, right in
      if left.encounter != right.encounter { return left.encounter < right.encounter }
      if left.catheter != right.catheter { return left.catheter < right.catheter }
      return left.start < right.start
    }
    for index in draft.legs.indices {
      let dose = Int(draft.legs[index].dose)
      draft.legs[index].next = draft.doses[dose].firstLeg
      draft.doses[dose].firstLeg = Int32(index)
    }
    var next: Int32 = 0
    var lower = 0
    while lower < draft.legs.count {
      var upper = lower + 1
      var end = draft.legs[lower].end
      while upper < draft.legs.count, draft.legs[upper].encounter == draft.legs[lower].encounter,
        draft.legs[upper].catheter == draft.legs[lower].catheter, draft.legs[upper].start < end
      {
        end = max(end, draft.legs[upper].end)
        upper += 1
      }
      for index in lower..<upper { draft.legs[index].cluster = next }
      let dose = Int(draft.legs[lower].dose)
      if upper == lower + 1, draft.legs[lower].segments.start == draft.doses[dose].segments.start {
        keepAll(dose, in: &draft)
      }
      next += 1
      lower = upper
    }
    while draft.coverage.count < Int(next) { draft.coverage.append([]) }
  }

  private static func keepAll(_ dose: Int, in draft: inout Draft) {
    draft.doses[dose].timing = .byTime
    draft.doses[dose].counted = draft.doses[dose].segments
    draft.doses[dose].countedSeconds = draft.doses[dose].seconds
  }

  // MARK: Rank and judgement

  /// Whether an infusion keeps the minutes that it shares with another one.
  static func outranks(
    _ a: Dose, _ b: Dose, among administrations: [Administration]
  ) -> Bool {
    if a.isChemo != b.isChemo { return a.isChemo }
    if a.seconds != b.seconds { return a.seconds > b.seconds }
    return a.startsBefore(b, among: administrations)
  }

  private static func judge(_ dose: Int, in draft: inout Draft) {
    let lower = draft.intervals.count
    var solo: Int64 = 0
    var next = draft.doses[dose].firstLeg
    while next >= 0 {
      let leg = draft.legs[Int(next)]
      next = leg.next
      for index in leg.segments.indices {
        let before = draft.intervals.count
        let whole = draft.intervals[index]
        IntervalList.subtract(
          draft.coverage[Int(leg.cluster)][...], from: whole, into: &draft.intervals)
        solo += IntervalList.seconds(draft.intervals[before...])
      }
    }
    let soloRun = draft.appendUnion(from: lower)
    let isLongEnough = solo / 60 >= Int64(draft.parameters.infusionEntry)
    let value = draft.doses[dose]
    if isLongEnough || value.isIntended {
      draft.doses[dose].timing = .byTime
      if draft.policy.overlapMethod == .fullTimeEach || value.isIntended {
        keepAll(dose, in: &draft)
      } else {
        draft.doses[dose].counted = soloRun
        draft.doses[dose].countedSeconds = draft.seconds(soloRun)
      }
    } else {
      draft.doses[dose].countedSeconds = solo
      judgeShort(dose, in: &draft)
    }
    if draft.doses[dose].timing == .byTime { cover(dose, in: &draft) }
  }

  /// Fewer than 16 minutes of its own: concurrent, or chemotherapy without a code.
  private static func judgeShort(_ dose: Int, in draft: inout Draft) {
    guard draft.doses[dose].isChemo else {
      draft.doses[dose].timing = .concurrent
      return
    }
    draft.find(.concurrentChemo, draft.doses[dose].firstRow)
    draft.doses[dose].isDisputed = true
    switch draft.policy.chemoOverlap {
    case .flagOnly: draft.doses[dose].timing = .flagged
    case .unlisted: draft.doses[dose].timing = .unlisted
    case .sequentialFull: keepAll(dose, in: &draft)
    }
  }

  private static func cover(_ dose: Int, in draft: inout Draft) {
    var next = draft.doses[dose].firstLeg
    while next >= 0 {
      let leg = draft.legs[Int(next)]
      next = leg.next
      for index in leg.segments.indices {
        IntervalList.insert(draft.intervals[index], into: &draft.coverage[Int(leg.cluster)])
      }
    }
  }

  // MARK: Findings

  /// Finds consecutive infusions whose charted times overlap by a minute or two.
  ///
  /// The legs of a cluster are sorted by start, and a second list sorts them by end. In that list the
  /// legs that end within two minutes after a start are neighbors, and the window only moves forward:
  ///
  /// ```
  /// by start    later ─┤ 10:58
  /// by end      … 10:40 [ 10:59 11:00 ] 11:30 …     10:58 < end ≤ 11:00
  /// ```
  private static func reportChartingOverlaps(_ draft: inout Draft) {
    let limit = Int64(draft.parameters.chartingOverlap) * 60
    var found: [(later: Int32, earlier: Int32, minutes: Int)] = []
    var byEnd: [Int32] = []
    swap(&byEnd, &draft.ranked)
    let legs = draft.legs
    var lower = 0
    while lower < legs.count {
      var upper = lower + 1
      while upper < legs.count, legs[upper].cluster == legs[lower].cluster { upper += 1 }
      if upper > lower + 1 {
        byEnd.removeAll(keepingCapacity: true)
        for index in lower..<upper { byEnd.append(Int32(index)) }
        sortInPlace(&byEnd) { legs[Int($0)].end < legs[Int($1)].end }
        var first = 0
        for index in lower..<upper {
          let later = legs[index]
          while first < byEnd.count, legs[Int(byEnd[first])].end <= later.start { first += 1 }
          var position = first
          while position < byEnd.count {
            let earlier = legs[Int(byEnd[position])]
            position += 1
            let overlap = earlier.end - later.start
            if overlap > limit { break }
            guard earlier.dose != later.dose, later.end > earlier.end, earlier.start < later.start
            else { continue }
            found.append(
              (
                draft.doses[Int(later.dose)].firstRow, draft.doses[Int(earlier.dose)].firstRow,
                Int((overlap + 59) / 60)
              ))
          }
        }
      }
      lower = upper
    }
    draft.ranked = byEnd
    if found.count > 1 {
      let ranks = draft.canonicalRanks
      found.sort {
        (ranks[Int($0.later)], ranks[Int($0.earlier)])
          < (ranks[Int($1.later)], ranks[Int($1.earlier)])
      }
    }
    for pair in found {
      draft.find(.chartingOverlap, pair.later, other: pair.earlier, number: pair.minutes)
    }
  }
}

extension Clause.Definition {
  static let coveredByInfusion = Self(
    .soloMinutes, "These minutes ran beside an infusion that is charged for them.")
}

extension Finding.Definition {
  static let chartingOverlap = Self(
    .soloMinutes, .warning, "The two infusions overlap by # min; confirm the stop of the first.")
}

import InfusionRecord

/// Only time in which the drug was running counts: pauses are left out, the seconds of a dose are
/// summed, and the sum is floored to whole minutes once.
///
/// ```
/// start      pause        stop
///   ██████████·····█████████         15 min 59 s is 15 minutes
/// ```
///
/// Preparation, waiting, observation and the flush at the end are not running time.
enum CountedMinutes {
  static let rule = Rule(
    .countedMinutes,
    claim: """
      Only time in which the drug was running counts: pauses are left out, the seconds of a dose \
      are summed, and the sum is floored to whole minutes once.
      """,
    sections: ["R14", "R9", "D4", "D38"],
    citations: [
      .medlearnDec2024, .aapc149056, .noridianTPE, .palmettoAborted, .aapc145827, .deduction,
    ],
    policies: ["pause.flag_gap_min"],
    disputes: ["No source says how seconds are rounded, or whether both end minutes count."])

  /// Adds the running stretches of every row.
  static func apply(_ draft: inout Draft) {
    for index in draft.rows.indices {
      if draft.rows[index].isWithoutClock { continue }
      guard draft.rows[index].exists, let start = draft.rows[index].start,
        let end = draft.rows[index].end
      else { continue }
      let lower = draft.intervals.count
      let whole = Interval(start: start, end: end)
      if draft.timeline.administrations[index].pauses.isEmpty {
        if !whole.isEmpty { draft.intervals.append(whole) }
      } else {
        let asOf = draft.asOf ?? .distantFuture
        var pauses: [Interval] = []
        for pause in draft.timeline.administrations[index].pauses where pause.start < end {
          let stop = pause.stop ?? end
          pauses.append(Interval(start: pause.start, end: stop > asOf ? end : stop))
        }
        IntervalList.normalize(&pauses, from: 0)
        IntervalList.subtract(pauses[...], from: whole, into: &draft.intervals)
      }
      let run = Run(start: Int32(lower), count: Int32(draft.intervals.count - lower))
      draft.rows[index].segments = run
      draft.rows[index].seconds = draft.seconds(run)
      if draft.rows[index].isLastSeen {
        let ran = draft.intervals[run.indices].last?.end ?? start
        draft.rows[index].isSeenInPause = ran < end
      }
    }
  }

  /// Finds the longest gap inside a dose if it is longer than the policy allows.
  static func reportLongPauses(of dose: Int, in draft: inout Draft) {
    let segments = draft.intervals[draft.doses[dose].segments.indices]
    guard segments.count > 1 else { return }
    var end: Instant?
    var longest: Int64 = 0
    for segment in segments {
      // How long before or after stated minutes it rested is not known.
      if let end, segment.start < StatedMinutes.beyond {
        longest = max(longest, segment.start - end)
      }
      end = segment.end
    }
    if Double(longest) > draft.policy.pauseFlagGap * 60 {
      draft.find(.longPause, draft.doses[dose].firstRow, number: Int(longest / 60))
    }
  }
}

extension Sentence {
  static let counted: Self = "# counted min."
}

extension Finding.Definition {
  static let longPause = Self(
    .countedMinutes, .warning, "The dose rested for # min; confirm that it is one dose.")
}

import InfusionRecord

/// An infusion of no minute, one of more than a day without a pump, a push of more than an hour and a drug
/// that runs twice on one catheter are found; no unit changes.
///
/// ```
/// 10:00-10:00         an infusion, charged as a push of no minute
/// 10:00-10:01+1 day   no bag hangs so long; mostly the date of the stop is wrong
/// 10:00-11:01         a push, through which a clinician would have stayed
/// ```
enum PlausibleTimes {
  static let rule = Rule(
    .plausibleTimes,
    claim: """
      An infusion of no minute, one of more than a day without a pump, a push of more than an hour and a \
      drug that runs twice on one catheter are found; no unit changes.
      """,
    sections: ["D29", "D41"],
    citations: [.deduction], parameters: [.longestInfusion, .longestPush, .chartingOverlap])

  static func apply(_ draft: inout Draft) {
    for position in draft.order { judge(position, in: &draft) }
    findSameDrug(in: &draft)
  }

  private static func judge(_ position: Int32, in draft: inout Draft) {
    let row = draft.rows[Int(position)]
    guard row.exists, !row.isRunning, row.isDocumented, row.section != .outside else { return }
    let minutes = Int(row.seconds / 60)
    let record = draft.timeline.administrations[Int(position)]
    switch record.technique {
    case .infusion, .subcutaneousInfusion:
      if minutes > draft.parameters.longestInfusion {
        draft.find(.implausibleLength, position, number: minutes)
      } else if let start = row.start, let end = row.end, end - start < 60,
        // One that was cut short is asked about as such.
        record.stopReason == .completed
      {
        draft.find(.noMinutes, position)
      }
    case .push where minutes > draft.parameters.longestPush:
      draft.find(.implausibleLength, position, number: minutes, wording: .implausiblePush)
    default: break
    }
  }

  /// Finds infusions of one drug that run at the same time on one catheter, unless they are one bag or
  /// one dose. An overlap of a minute or two is found as one of charting.
  private static func findSameDrug(in draft: inout Draft) {
    // Kept between sessions for its storage.
    var running: [Int32] = []
    swap(&running, &draft.ranked)
    running.removeAll(keepingCapacity: true)
    var found = 0
    for position in draft.order where found < PlausibleTimes.most && runs(position, in: draft) {
      let (start, end) = span(position, in: draft)
      running.removeAll { span($0, in: draft).end <= start }
      for earlier in running where isSame(earlier, position, in: draft) {
        let minutes = Int((min(end, span(earlier, in: draft).end) - start) / 60)
        guard minutes > draft.parameters.chartingOverlap else { continue }
        draft.find(.sameDrugTwice, position, other: earlier, number: minutes)
        found += 1
      }
      running.append(position)
    }
    swap(&running, &draft.ranked)
  }

  /// The most that are found; a session with more is no session.
  private static let most = 1_000

  private static func runs(_ position: Int32, in draft: Draft) -> Bool {
    let row = draft.rows[Int(position)]
    return row.exists && row.section > .hydration && !row.isWithoutClock && row.start != nil
      && row.end != nil && draft.timeline.administrations[Int(position)].technique == .infusion
  }

  private static func span(_ position: Int32, in draft: Draft) -> (start: Instant, end: Instant) {
    let row = draft.rows[Int(position)]
    return (row.start ?? .distantPast, row.end ?? .distantPast)
  }

  private static func isSame(_ one: Int32, _ other: Int32, in draft: Draft) -> Bool {
    guard draft.rows[Int(one)].catheter == draft.rows[Int(other)].catheter else { return false }
    let (a, b) = (
      draft.timeline.administrations[Int(one)], draft.timeline.administrations[Int(other)]
    )
    return a.drug == b.drug && (a.bag == nil || a.bag != b.bag)
      && (a.dose == nil || a.dose != b.dose)
  }
}

extension Finding.Definition {
  static let implausibleLength = Self(
    .plausibleTimes, .warning, "It ran # min, more than a day, without a pump; check its times.")
  static let implausiblePush = Self(
    .plausibleTimes, .warning,
    "The push took # min; check whether a clinician was there throughout, or whether it was an "
      + "infusion.")
  static let noMinutes = Self(
    .plausibleTimes, .warning, "The infusion started and stopped in one minute; check its times.")
  static let sameDrugTwice = Self(
    .plausibleTimes, .warning,
    "The same drug ran twice on one access site for # min; check whether both were given.")
}

import InfusionRecord

/// Without both times no timed unit is derived from the clock; a stop may be computed from charted
/// volume and rate, otherwise a drug counts as a push and hydration as nothing.
///
/// ```
/// missing             hydration          drug infusion
/// stop, volume+rate   computed           computed, flagged
/// stop                nothing            push, flagged
/// stop, last seen     up to then         up to then, noted; a pause that holds it is left out
/// start               nothing            push, flagged
/// both                nothing            held
/// ```
///
/// The statement is made for a moment: a row that started later does not exist yet, and a row that
/// stopped later is running.
enum MissingTimes {
  static let rule = Rule(
    .missingTimes,
    claim: """
      Without both times no timed unit is derived from the clock; a stop may be computed from \
      charted volume and rate, otherwise a drug counts as a push and hydration as nothing.
      """,
    sections: ["R11", "D26", "D27", "D38", "D60", "D61", "D62"],
    citations: [
      .palmettoA53778, .qhr, .rcaNoStop, .medlearnDec2024, .noridianWyoming, .deduction,
    ],
    policies: ["missing_stop"],
    disputes: ["Push (Revenue Cycle Advisor), compute (Palmetto, CMS questions) or hold (QHR)."])

  /// Adds a row with its ends at the moment of the statement for every administration.
  static func apply(_ draft: inout Draft) {
    let asOf = draft.asOf ?? .distantFuture
    draft.rows.reserveCapacity(draft.timeline.administrations.count)
    for index in draft.timeline.administrations.indices {
      draft.rows.append(row(index, asOf: asOf, in: draft))
    }
  }

  private static func row(_ index: Int, asOf: Instant, in draft: Draft) -> Draft.Row {
    var row = Draft.Row()
    let start = draft.timeline.administrations[index].start
    let technique = draft.timeline.administrations[index].technique
    row.start = start
    if let position = start ?? draft.timeline.administrations[index].stop, position > asOf {
      row.exists = false
      return row
    }
    if draft.timeline.administrations[index].isRunning {
      row.isRunning = true
      row.end = start == nil ? nil : asOf
    } else if let stop = draft.timeline.administrations[index].stop {
      row.isRunning = stop > asOf
      row.end = min(stop, asOf)
      row.isLastSeen =
        !row.isRunning && draft.timeline.administrations[index].stopBasis == .lastSeenRunning
    } else if draft.timeline.administrations[index].statedMinutes != nil {
      row.isWithoutClock = true
    } else if technique == .push {
      // A push is charted as a moment; without a stop it took no time.
      row.end = start
    } else if draft.policy.missingStop == .computeThenPush,
      let end = computedStop(of: draft.timeline.administrations[index], asOf: asOf)
    {
      row.isComputed = true
      row.isRunning = draft.isExplicit && end > asOf
      row.end = row.isRunning ? asOf : end
    }
    if technique == .push, start == nil { row.start = row.end }
    return row
  }

  /// The start, plus the time that the charted volume takes at the charted rate, plus pauses.
  ///
  /// A pause counts if it begins before the volume has run. The result is floored to the second; it is
  /// the distant future if a pause has no end.
  private static func computedStop(of record: Administration, asOf: Instant) -> Instant? {
    guard record.technique == .infusion || record.technique == .subcutaneousInfusion,
      let start = record.start, let volume = record.volumeML, let rate = record.rateMLPerHour,
      volume > 0, rate > 0
    else { return nil }
    let seconds = (volume / rate * 3600).rounded(.down)
    guard seconds < 316_224_000 else { return nil }
    var end = start + Int64(seconds)
    for pause in record.pauses.sorted(by: { $0.start < $1.start })
    where pause.start < end && pause.start <= asOf {
      guard let stop = pause.stop, stop <= asOf else { return .distantFuture }
      end = end + (stop - pause.start)
    }
    return end
  }

  /// Finds the missing times of a row. Other rules call this for rows that belong to the family of
  /// codes.
  static func report(_ row: Int32, in draft: inout Draft) {
    let index = Int(row)
    if draft.rows[index].isComputed {
      if !draft.rows[index].isRunning { draft.find(.computedStop, row) }
      return
    }
    if draft.rows[index].isWithoutClock {
      let minutes = Int(draft.rows[index].seconds / 60)
      draft.find(.noClockTimes, row, number: minutes)
      return
    }
    let hasStart = draft.timeline.administrations[index].start != nil
    if draft.rows[index].isLastSeen, hasStart {
      let isInPause = draft.rows[index].isSeenInPause
      draft.find(.lastSeenRunning, row, wording: isInPause ? .lastSeenInPause : .usual)
    }
    let hasStop =
      draft.rows[index].isRunning || draft.timeline.administrations[index].stop != nil
    switch (hasStart, hasStop) {
    case (true, true): break
    case (false, true): draft.find(.missingStart, row)
    case (true, false):
      if draft.timeline.administrations[index].technique != .push { draft.find(.missingStop, row) }
    case (false, false): draft.find(.missingTimes, row)
    }
  }
}

extension Sentence {
  static let pushForMissingTime: Self = "Without both times it is reported as a push."
  static let lastSeenRunning: Self =
    "It is charged up to the time at which it was last seen running."
  static let lastSeenInPause: Self =
    """
    The time at which it was last seen lies in a pause, so it is charged up to the start of that pause.
    """
  static let computedStop: Self = "The stop was computed from volume and rate."
}

extension Clause.Definition {
  static let held = Self(
    .missingTimes, "A required time is missing; nothing is charged until it is recorded.")
  static let hydrationMissingTime = Self(
    .missingTimes, "Hydration without both times is not charged.")
}

extension Finding.Definition {
  static let computedStop = Self(
    .missingTimes, .warning, "The stop was not charted; it was computed from volume and rate.")
  static let lastSeenRunning = Self(
    .missingTimes, .note,
    "The end was not seen; it is charged up to the time at which it was last seen running.")
  static let lastSeenInPause = Self(
    .missingTimes, .note,
    "The end was not seen, and the time at which it was last seen lies in a pause; it is charged up to "
      + "the start of that pause.")
  static let missingStart = Self(.missingTimes, .error, "The start is not recorded.")
  static let missingStop = Self(
    .missingTimes, .error, "The stop is not recorded and could not be computed.")
  static let missingTimes = Self(.missingTimes, .error, "Neither start nor stop is recorded.")
}

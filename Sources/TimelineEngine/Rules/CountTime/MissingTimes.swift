import InfusionRecord

/// Without both times no timed unit is derived from the clock; a stop may be computed from charted
/// volume and rate, else a drug counts as a push and hydration as nothing.
///
/// ```
/// missing             hydration          drug infusion
/// stop, volume+rate   computed           computed, flagged
/// stop                nothing            push, flagged
/// start               nothing            push, flagged
/// both                nothing            held
/// ```
///
/// The record's moment matters here too: what started later does not exist yet, what stopped later
/// is running.
enum MissingTimes {
  static let rule = Rule(
    .missingTimes,
    claim: """
      Without both times no timed unit is derived from the clock; a stop may be computed from \
      charted volume and rate, else a drug counts as a push and hydration as nothing.
      """,
    sections: ["R11", "D26", "D27", "D38", "D60", "D61", "D62"],
    citations: [.palmettoA53778, .qhr, .rcaNoStop, .noridianTPE],
    policies: ["missing_stop"],
    disputes: ["Push (Revenue Cycle Advisor), compute (Palmetto, CMS questions) or hold (QHR)."])

  /// Gives every row the ends it has at the moment the statement speaks of.
  static func apply(_ draft: inout Draft) {
    let asOf = draft.asOf ?? .distantFuture
    draft.rows.reserveCapacity(draft.timeline.administrations.count)
    for index in draft.timeline.administrations.indices {
      draft.rows.append(row(index, asOf: asOf, in: draft))
    }
  }

  private static func row(_ index: Int, asOf: Instant, in draft: Draft) -> Row {
    var row = Row()
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

  /// Start, pauses, and the time the charted volume takes at the charted rate.
  ///
  /// A pause counts where it begins before the volume has run; one without an end reaches past any
  /// moment that can be asked about. Floored to the second.
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

  /// Says what is missing of a row, where the family of codes is concerned.
  static func report(_ row: Int32, in draft: inout Draft) {
    let index = Int(row)
    if draft.rows[index].isComputed {
      if !draft.rows[index].isRunning { draft.find(.computedStop, row) }
      return
    }
    let hasStart = draft.timeline.administrations[index].start != nil
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

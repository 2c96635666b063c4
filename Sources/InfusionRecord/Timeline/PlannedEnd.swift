extension RecordedAdministration {
  /// The planned end: the planned minutes after the start, plus the pauses that began before it.
  ///
  /// A new rate moves it if the volume is charted: what is left runs at the new rate. Without the volume it
  /// stays, because no one knows how much is left; `ratesMoveEnd` tells which.
  package func plannedEnd(asOf moment: Instant) -> Instant? {
    guard let planned = facts.plannedMinutes else { return nil }
    if !rateChanges.isEmpty, ratesMoveEnd { return endAtRates(asOf: moment) }
    return end(start + Int64(planned * 60), pausedFrom: start, asOf: moment)
  }

  /// What is said with a new rate that does not move the planned end.
  package static let endStays =
    "The planned end stays as it is: without the bag's volume, nobody knows how much is left."

  /// What is said of a rate of 0.
  package static let zeroRate = "A rate of 0 is a pause: record a pause, and the planned end moves."

  /// What is said of a rate at which the bag would run for more than 30 days.
  package static let endUnknown =
    "At this rate the bag takes longer than 30 days: no end is planned."

  /// The highest rate of usual infusion pumps, in mL per hour.
  private static let fastestRate = 999.0

  /// What is said of a rate, in mL per hour, that pumps do not reach; nil of others.
  package static func doubt(ofRate rate: Double) -> String? {
    rate > fastestRate
      ? "\(rate.plain) mL/h is faster than pumps run: check the rate and its unit." : nil
  }

  /// What speaks against a stop being a completion.
  package enum CompletionDoubt: Sendable {
    /// The patient reacted to the drug.
    case reaction
    /// Over 10 minutes and over a quarter of the planned time are left.
    case early
  }

  /// What speaks against it having been completed at a moment; nil if nothing does.
  package func doubtOfCompletion(at moment: Instant, in log: EventLog) -> CompletionDoubt? {
    if log.reactions.contains(where: { $0.reaction.administration == id }) { return .reaction }
    return isEarly(at: moment) ? .early : nil
  }

  /// Whether over 10 minutes and over a quarter of the planned time are left at a moment.
  package func isEarly(at moment: Instant) -> Bool {
    guard let planned = facts.plannedMinutes, let end = plannedEnd(asOf: moment) else {
      return false
    }
    let left = Double(end - moment) / 60
    return left > 10 && left > planned / 4
  }

  /// Whether a new rate moves the planned end: a volume is charted, and a rate or a planned time to begin with.
  package var ratesMoveEnd: Bool { firstRate != nil }

  /// The rate before it was changed, in mL per hour: as charted, or that of the first volume in the planned time.
  private var firstRate: Double? {
    guard let volume = volumeML, volume > 0 else { return nil }
    if let rate = facts.rateMLPerHour, rate > 0 { return rate }
    guard let planned = facts.plannedMinutes, planned > 0, let first = facts.volumeML, first > 0
    else { return nil }
    return first / planned * 60
  }

  /// The moment at which the charted volume has run at the rates that were set; nil if no rate was changed or the
  /// volume is not known.
  private func endAtRates(asOf moment: Instant) -> Instant? {
    guard !rateChanges.isEmpty, var rate = firstRate, var left = volumeML else { return nil }
    var from = start
    var last = rate
    for change in rateChanges where change.at <= moment {
      left -= rate * Double(seconds(from: from, to: change.at, asOf: moment)) / 3600
      if left <= 0 { return change.at }
      (from, rate) = (change.at, change.rateMLPerHour)
      if rate > 0 { last = rate }
    }
    // Nothing ran at a rate of 0, so what is left runs from now on at the rate before.
    if rate == 0 { (from, rate) = (max(from, moment), last) }
    guard rate > 0 else { return nil }
    let seconds = (left / rate * 3600).rounded()
    guard seconds < 30 * 86_400 else { return nil }
    return end(from + Int64(seconds), pausedFrom: from, asOf: moment)
  }

  /// An end without pauses, moved by the pauses after `from`. One that begins after the end moves it no more.
  private func end(_ plain: Instant, pausedFrom from: Instant, asOf moment: Instant) -> Instant {
    pauses.reduce(plain) { end, pause in
      pause.start >= end ? end : end + max(0, (pause.stop ?? moment) - max(pause.start, from))
    }
  }

  /// Seconds it ran from one moment to another.
  private func seconds(from: Instant, to: Instant, asOf moment: Instant) -> Int64 {
    guard from < to else { return 0 }
    return pauses.reduce(to - from) { left, pause in
      let (begin, end) = (max(pause.start, from), min(pause.stop ?? moment, to))
      return begin < end ? left - (end - begin) : left
    }
  }
}

internal import InfusionRecord

// Resolves a row of a document to an administration: times in order, pauses inside it.

extension SessionDraft {
  /// The longest infusion that volume and rate may imply, in hours.
  static let longestComputed = 24.0 * 366

  func administration(
    _ row: Row, index: Int, drug: Drug, site: Int, reading: inout ClockReading, json: JSONReader
  ) throws(DocumentError) -> Administration {
    try checkMinutes(of: row, index, json)
    let start = try moment(row.start, &reading, json, index, "start")
    var stop = try moment(row.stop, &reading, json, index, "stop")
    if let start, let stop, let at = row.stop?.at, stop < start {
      throw json.error(
        "the stop is before the start", expected: "a stop at or after the start", at: at,
        in: index, "stop")
    }
    let lastSeen = try lastSeenRunning(row, after: start, &reading, json, index)
    if let lastSeen { stop = lastSeen }
    if row.running.value, row.stop != nil {
      throw json.error(
        "the row is running and has a stop", expected: "either running or a stop",
        at: row.running.at, in: index, "running")
    }
    if let volume = row.volume, let rate = row.rate, rate > 0,
      !(volume / rate <= SessionDraft.longestComputed)
    {
      throw json.error(
        "volume and rate come to more than a year", expected: "the charted volume and rate",
        at: row.at, in: index, "rateMLPerHour")
    }
    let drugClass = row.drugClass ?? drug.entry?.drugClass
    if row.purpose.value == .integral, drugClass == .hydration, row.technique != .flush {
      throw json.error(
        "the purpose is one of drugs, and this is hydration",
        expected:
          "one of \(Administration.Purpose.ofFluid.map(\.rawValue).joined(separator: ", "))",
        at: row.purpose.at, in: index, "purpose")
    }
    let pauses = try pauses(of: row, index, start, stop, &reading, json)
    let discardedAt = try moment(row.supplied?.discardedAt, &reading, json, index, "discarded.at")
    return Administration(
      id: row.id.value, drug: drug, statedClass: row.drugClass, technique: row.technique,
      site: site, encounter: row.encounter, order: row.order, dose: row.dose, bag: row.bag?.value,
      start: start, stop: stop, stopBasis: lastSeen == nil ? nil : .lastSeenRunning,
      statedMinutes: row.minutes?.value, day: row.day?.value, isRunning: row.running.value,
      pauses: pauses,
      volumeML: row.volume, rateMLPerHour: row.rate, plannedMinutes: row.planned,
      stopReason: row.stopReason, pumpOwner: row.pumpOwner, goesHome: row.goesHome,
      purpose: row.purpose.value,
      isSiteCharted: row.site != nil || (row.technique.usesSite && !row.lacksSite),
      drugFacts: row.supplied?.facts(discardedAt: discardedAt))
  }

  /// Checks that minutes stand alone: they are for a record without clock times. Only they have a day.
  private func checkMinutes(of row: Row, _ index: Int, _ json: JSONReader) throws(DocumentError) {
    guard let minutes = row.minutes else {
      guard let day = row.day else { return }
      throw json.error(
        "the row has a day and no minutes", expected: "a day only for minutes without clock times",
        at: day.at, in: index, "day")
    }
    let other: String? =
      if row.start != nil {
        "a start"
      } else if row.stop != nil {
        "a stop"
      } else if row.lastSeen != nil {
        "a time at which it was last seen running"
      } else if row.running.value {
        "the mark that it is running"
      } else if !row.pauses.isEmpty {
        "pauses"
      } else {
        nil
      }
    if let other {
      throw json.error(
        "the row has minutes and \(other)", expected: "minutes only where no clock time is known",
        at: minutes.at, in: index, "minutes")
    }
    if Int64(minutes.value * 60) > SessionDraft.longestSpan {
      throw json.error(
        "the minutes come to more than 366 days", expected: "the minutes of one administration",
        at: minutes.at, in: index, "minutes")
    }
  }

  /// The time at which the row was last seen running. It is used as the stop if no stop is recorded.
  private func lastSeenRunning(
    _ row: Row, after start: Instant?, _ reading: inout ClockReading, _ json: JSONReader,
    _ index: Int
  ) throws(DocumentError) -> Instant? {
    guard let time = row.lastSeen else { return nil }
    let lastSeen = try moment(time, &reading, json, index, "lastSeenRunning")
    func fault(_ found: String, _ expected: String) -> DocumentError {
      json.error(found, expected: expected, at: time.at, in: index, "lastSeenRunning")
    }
    if row.stop != nil {
      throw fault(
        "the row has a stop and a time at which it was last seen running",
        "the stop alone if it is known")
    }
    if row.running.value {
      throw fault(
        "the row is running and has a time at which it was last seen running",
        "either running or last seen running")
    }
    if let start, let lastSeen, lastSeen < start {
      throw fault(
        "the row was last seen running before its start", "a time at or after the start")
    }
    return lastSeen
  }

  private func moment(
    _ time: Placed<WrittenTime>?, _ reading: inout ClockReading, _ json: JSONReader, _ index: Int,
    _ key: String
  ) throws(DocumentError) -> Instant? {
    guard let time else { return nil }
    do throws(WrittenTime.Fault) {
      return try reading.moment(time.value)
    } catch {
      throw json.error(error.found, expected: error.expected, at: time.at, in: index, key)
    }
  }

  // MARK: Pauses

  /// The pauses in order of time, each inside the row and without overlap.
  private func pauses(
    of row: Row, _ index: Int, _ start: Instant?, _ stop: Instant?,
    _ reading: inout ClockReading, _ json: JSONReader
  ) throws(DocumentError) -> [Administration.Pause] {
    guard !row.pauses.isEmpty else { return [] }
    var resolved: [(pause: Administration.Pause, position: Int)] = []
    for (position, written) in row.pauses.enumerated() {
      func fault(_ found: String, _ expected: String, _ at: Int, _ key: String) -> DocumentError {
        json.error(
          found, expected: expected, at: at, in: index, "pauses[\(position)].\(key)")
      }
      var pause = Administration.Pause(start: .distantPast, stop: nil)
      let stopAt = written.stop?.at ?? written.at
      do throws(WrittenTime.Fault) {
        pause.start = try reading.moment(written.start.value)
      } catch {
        throw fault(error.found, error.expected, written.start.at, "start")
      }
      do throws(WrittenTime.Fault) {
        if let time = written.stop { pause.stop = try reading.moment(time.value) }
      } catch {
        throw fault(error.found, error.expected, stopAt, "stop")
      }
      if let start, pause.start < start {
        throw fault(
          "the pause begins before the administration", "a pause inside it", written.start.at,
          "start")
      }
      if let stop, pause.start > stop {
        throw fault(
          "the pause begins after the administration ended", "a pause inside it",
          written.start.at, "start")
      }
      if let end = pause.stop {
        if end < pause.start {
          throw fault(
            "the pause ends before it begins", "a stop at or after its start", stopAt, "stop")
        }
        // It may have been seen during a pause; it then ran up to that pause.
        if let stop, end > stop, row.lastSeen == nil {
          throw fault(
            "the pause ends after the administration", "a pause inside it", stopAt, "stop")
        }
      } else if !row.running.value, row.lastSeen == nil {
        throw fault(
          "the pause has no stop", "a stop, because the row is not running", stopAt, "stop")
      }
      resolved.append((pause, position))
    }
    resolved.sort { left, right in
      (left.pause.start, left.pause.stop ?? .distantFuture, left.position)
        < (right.pause.start, right.pause.stop ?? .distantFuture, right.position)
    }
    for (earlier, later) in zip(resolved, resolved.dropFirst()) {
      guard let end = earlier.pause.stop, end <= later.pause.start else {
        throw json.error(
          "the pause overlaps pauses[\(earlier.position)]",
          expected: "pauses one after another", at: row.pauses[later.position].at, in: index,
          "pauses[\(later.position)]")
      }
    }
    return resolved.map(\.pause)
  }
}

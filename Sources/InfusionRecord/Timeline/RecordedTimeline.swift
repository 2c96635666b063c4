/// A log as of a moment: the timeline for the engine, and the issues of the record.
package struct RecordedTimeline: Sendable {
  package let timeline: Timeline
  /// The administrations of the timeline's rows, in the same order.
  package let administrations: [RecordedAdministration]
  let log: EventLog
  let formulary: Formulary

  /// The doubts about the record, by kind, then by administration.
  package var issues: [Issue] {
    Issue.found(in: log, timeline: timeline, from: administrations, formulary)
  }
}

extension EventLog {
  /// The session at the moment `asOf`.
  ///
  /// A fact more than `RecordLimits.futureTolerance` after `asOf` has not happened yet: its drug has not
  /// begun or still runs. A drug without a stop runs while the session is open and lacks its stop once
  /// the session is closed; only a pump that went home continues to run.
  package func timeline(asOf: Instant, formulary: Formulary) -> RecordedTimeline {
    let horizon = asOf + RecordLimits.futureTolerance
    let isOpen = status == .open || (closedAt.map { horizon < $0 } ?? false)
    let recordedSites = sites.filter { $0.openedAt <= horizon }
    var timelineSites: [AccessSite] = []
    var positions: [String: Int] = [:]
    for site in recordedSites where positions[site.opening.site] == nil {
      positions[site.opening.site] = timelineSites.count
      timelineSites.append(
        AccessSite(
          id: site.opening.site, kind: site.opening.kind,
          secondSiteReason: site.opening.secondSiteReason))
    }
    for site in recordedSites {
      guard let parent = site.opening.parent, let position = positions[site.opening.site] else {
        continue
      }
      timelineSites[position].parent = positions[parent]
    }
    if timelineSites.isEmpty { timelineSites = [AccessSite(id: "site-1", isCharted: false)] }

    let clock = clock
    var rows: [Administration] = []
    var sources: [RecordedAdministration] = []
    var reasonsForVisit: [Int] = []
    var encounters: Set<String> = []
    for recorded in administrations where recorded.start <= horizon {
      // The first one recorded is the reason of its encounter.
      if recorded.facts.isReasonForVisit, encounters.insert(recorded.facts.encounter).inserted {
        reasonsForVisit.append(rows.count)
      }
      rows.append(
        recorded.row(
          at: horizon, isSessionOpen: isOpen, site: recorded.facts.site.flatMap { positions[$0] },
          drug: formulary.drug(named: recorded.facts.drug), clock: clock))
      sources.append(recorded)
    }
    let opening = opening
    let inpatientFrom = opening?.inpatientFrom.flatMap { $0 <= horizon ? $0 : nil }
    let context = SessionContext(
      id: session.text, setting: opening?.setting ?? .facility,
      placeOfService: opening?.placeOfService, payer: opening?.payer, clock: clock,
      reasonsForVisit: reasonsForVisit, inpatientFrom: inpatientFrom,
      hasAccount: opening?.patient.hasAccount)
    let timeline = Timeline(session: context, sites: timelineSites, administrations: rows)
    return RecordedTimeline(
      timeline: timeline, administrations: sources, log: self, formulary: formulary)
  }
}

extension RecordedAdministration {
  /// The engine's row at the moment `horizon`.
  fileprivate func row(
    at horizon: Instant, isSessionOpen: Bool, site: Int?, drug: Drug, clock: LocalClock
  ) -> Administration {
    let stopped = stop.flatMap { $0 <= horizon ? $0 : nil }
    let isOver = stopped != nil || (foundEndedAt.map { $0 <= horizon } ?? false)
    let goesOn = beganWith == .pumpConnected && facts.goesHome
    let isRunningThen = !isOver && (isSessionOpen || goesOn || isStillAhead(of: horizon))
    var pausesThen: [Administration.Pause] = []
    for pause in pauses where pause.start <= horizon {
      var seen = pause
      if let end = pause.stop, horizon < end { seen.stop = nil }
      if seen.stop == nil && !isRunningThen { seen.stop = pause.start }
      pausesThen.append(seen)
    }
    let hasClock = statedMinutes == nil
    return Administration(
      id: id, drug: drug, statedClass: facts.statedClass, technique: facts.technique,
      site: site ?? 0, encounter: facts.encounter, order: facts.order, dose: facts.dose,
      bag: facts.bag, start: hasClock ? start : nil, stop: hasClock ? stopped : nil,
      startBasis: hasClock ? startBasis : nil,
      stopBasis: hasClock && stopped != nil ? stopBasis : nil,
      statedMinutes: statedMinutes.map(Double.init),
      day: hasClock ? nil : clock.date(at: start), isRunning: isRunningThen, pauses: pausesThen,
      volumeML: volumeML, rateMLPerHour: meanRate, plannedMinutes: facts.plannedMinutes,
      stopReason: isOver ? stopReason : .completed, pumpOwner: facts.pumpOwner,
      goesHome: facts.goesHome, purpose: facts.purpose, hydrationFacts: facts.hydrationFacts,
      isSiteCharted: site != nil, drugFacts: drugFacts(at: horizon))
  }

  /// Whether it ended after `moment`, so it still ran then.
  private func isStillAhead(of moment: Instant) -> Bool {
    (stop ?? foundEndedAt).map { moment < $0 } ?? false
  }

  /// The constant rate at which the charted volume takes as long as at the rates that were set.
  ///
  /// A missing stop is computed from volume and rate. If the rate was changed, the time is the sum over
  /// the rates, and the mean rate is the volume divided by that time.
  private var meanRate: Double? {
    guard !rateChanges.isEmpty else { return facts.rateMLPerHour }
    guard let volume = volumeML, var rate = facts.rateMLPerHour, rate > 0 else { return nil }
    var left = volume
    var seconds = 0.0
    var from = start
    for change in rateChanges {
      let span = Double(runningSeconds(from: from, to: change.at))
      let given = rate * span / 3600
      if given >= left { break }
      left -= given
      seconds += span
      from = change.at
      rate = change.rateMLPerHour
      guard rate > 0 else { return nil }
    }
    seconds += left / rate * 3600
    return seconds > 0 ? volume * 3600 / seconds : nil
  }

  private func runningSeconds(from: Instant, to: Instant) -> Int64 {
    guard from < to else { return 0 }
    var seconds = to - from
    for pause in pauses {
      let a = max(pause.start, from)
      let b = min(pause.stop ?? to, to)
      if a < b { seconds -= b - a }
    }
    return seconds
  }
}

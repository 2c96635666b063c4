extension Issue {
  /// Every issue of a log, in the order of the kinds, then of the administrations.
  static func found(
    in log: EventLog, timeline: Timeline, from recorded: [RecordedAdministration],
    _ formulary: Formulary
  ) -> [Issue] {
    let plain = timeline.session.clock
    let clock = ClockText(plain, day: log.openedAt.map { plain.date(at: $0) })
    var issues: [Issue] = []
    for (row, source) in zip(timeline.administrations, recorded) {
      issues += found(in: row, from: source, clock: clock)
      let site = row.isSiteCharted ? timeline.sites[row.site].kind : nil
      if let doubt = WayDoubt.found(row.drug, row.technique, through: site) {
        let kind = doubt.kind == .fatal ? Kind.fatalWay : .unusualWay
        issues.append(Issue(kind, [row.id], at: source.start, doubt.sentence))
      }
    }
    issues += foundInSites(of: timeline)
    issues += foundTogether(timeline.administrations.filter(isDrugInfusion), clock: clock) {
      catheter(of: $0, in: timeline)
    }
    issues += foundInRecording(of: log, clock: clock)
    let allergies = AllergyMatch.Search(
      log.allergyStatement?.allergies.list ?? [], in: formulary)
    for (row, source) in zip(timeline.administrations, recorded) where row.technique.givesDrug {
      guard let match = allergies.match(of: row.drug) else { continue }
      issues.append(Issue(.allergyGiven, [row.id], at: source.start, match.sentence(row.drug)))
    }
    if let opened = log.openedAt {
      issues += recorded.compactMap { found(beforeOpening: opened, $0, clock) }
    }
    if let opening = log.opening, LocalClock(zone: opening.zone) == nil {
      issues.append(
        Issue(
          .unknownZone, [],
          "The time zone \(opening.zone) is not known here; times are shown in UTC."))
    }
    if let entry = log.openingEntry, log.opening?.sharesNumber == true {
      issues.append(
        Issue(
          .sharedNumber, at: entry.clinicalTime,
          "The record or the appointments had this MRN with another name or date of birth; "
            + "\(entry.original.actor) opened the session as one of the same person."))
    }
    return Kind.allCases.flatMap { kind in issues.filter { $0.kind == kind } }
  }

  private static func found(
    in row: Administration, from source: RecordedAdministration, clock: ClockText
  ) -> [Issue] {
    var issues: [Issue] = []
    let name = row.drug.displayName
    let began = clock.moment(source.start)
    if row.isRunning && source.isTimed && !(row.technique == .pump && row.goesHome) {
      issues.append(
        Issue(
          .stillRunning, [row.id], at: row.start,
          source.progress == .paused
            ? "\(name) started \(began) is paused; it needs its stop."
            : "\(name) started \(began) still runs; it needs its stop."))
    }
    if source.progress == .stopNotObserved, row.stop == nil, !row.isRunning {
      issues.append(
        Issue(
          .stopNotObserved, [row.id], at: source.foundEndedAt,
          "Nobody saw \(name) started \(began) end."))
    } else if row.stop == nil && !row.isRunning && source.isTimed {
      issues.append(
        Issue(
          .missingStop, [row.id], at: row.start, "\(name) started \(began) has no stop."))
    }
    if !row.isSiteCharted && needsSite(row.technique) {
      issues.append(
        Issue(
          .noSite, [row.id], at: row.start,
          row.statedMinutes == nil
            ? "\(name) \(row.technique == .push ? "given" : "started") \(began) names no access site."
            : "\(name) from the paper record names no access site."))
    }
    if row.drug.entry == nil && row.statedClass == nil && needsClass(row.technique) {
      issues.append(
        Issue(
          .unclassifiedDrug, [row.id],
          "\(name) is not in the formulary and has no class; choose one."))
    }
    if row.drugClass == .hydration && row.purpose == .hydration && row.technique == .infusion {
      if !row.hydrationFacts.contains(.order) {
        issues.append(
          Issue(.hydrationWithoutOrder, [row.id], "\(name) runs as hydration without an order."))
      }
      if !row.hydrationFacts.contains(.indication) {
        issues.append(
          Issue(
            .hydrationWithoutIndication, [row.id],
            "\(name) runs as hydration without an indication."))
      }
    }
    for pause in row.pauses {
      guard let stop = pause.stop else { continue }
      let minutes = Minutes(flooring: stop - pause.start).count
      guard minutes > RecordLimits.longPause else { continue }
      issues.append(
        Issue(
          .longPause, [row.id], at: pause.start, minutes: minutes,
          "\(name) was paused for \(minutes) min from \(clock.moment(pause.start))."))
    }
    if source.isTimed, let start = row.start, let stop = row.stop,
      Minutes(flooring: stop - start) < 1
    {
      issues.append(
        Issue(.noMinutes, [row.id], at: start, "\(name) started and stopped at \(began)."))
    }
    for contradiction in source.contradictions {
      issues.append(
        Issue(
          .contradiction, [row.id], at: contradiction.at,
          contradiction.sentence(drug: name, clock: clock)))
    }
    return issues
  }

  private static func needsSite(_ technique: Technique) -> Bool {
    switch technique {
    case .infusion, .push, .subcutaneousInfusion, .pump, .flush: true
    default: false
    }
  }

  private static func needsClass(_ technique: Technique) -> Bool {
    technique.givesDrug && technique != .oral
  }

  private static func foundInSites(of timeline: Timeline) -> [Issue] {
    var used: [Int] = []
    var known: Set<Int> = []
    for row in timeline.administrations
    where row.technique == .infusion || row.technique == .push {
      if row.drugClass == .other || !row.isSiteCharted { continue }
      let catheter = catheter(of: row, in: timeline)
      if known.insert(catheter).inserted { used.append(catheter) }
    }
    guard used.count > 1 else { return [] }
    let primary = used.first { timeline.sites[$0].secondSiteReason == nil } ?? used[0]
    return used.filter { $0 != primary && timeline.sites[$0].secondSiteReason == nil }.map {
      let id = timeline.sites[$0].id
      return Issue(
        .secondSiteWithoutReason, site: id, "The second access site \(id) has no reason.")
    }
  }

  private static func isDrugInfusion(_ row: Administration) -> Bool {
    row.technique == .infusion && row.drugClass != .hydration
      && (row.stop != nil || row.isRunning)
  }

  private static func catheter(of row: Administration, in timeline: Timeline) -> Int {
    timeline.sites[row.site].parent ?? row.site
  }

  private static func found(
    beforeOpening opened: Instant, _ source: RecordedAdministration, _ clock: ClockText
  ) -> Issue? {
    guard source.statedMinutes == nil,
      opened - source.start > RecordLimits.beforeOpening * 3600
    else { return nil }
    return Issue(
      .beforeOpening, [source.id], at: source.start,
      "\(source.facts.drug) began \(clock.moment(source.start)), and the session was opened "
        + "\(clock.clock.date(at: opened).display) \(clock.time(opened)): is the day right?")
  }

  /// Issues of how the facts were recorded, not of what they say.
  private static func foundInRecording(of log: EventLog, clock: ClockText) -> [Issue] {
    var issues: [Issue] = []
    var stops: [Int64] = []
    var latest: Int64?
    var wentBack = false
    for event in log.events {
      let written = event.recordedTime
      if let latest, written.milliseconds < latest - RecordLimits.clockTolerance { wentBack = true }
      latest = max(latest ?? written.milliseconds, written.milliseconds)
      if event.fact.kind == .drugStopped { stops.append(written.milliseconds) }
      if event.fact.kind == .eventSuperseded { continue }
      let behind = written.instant - event.clinicalTime
      if abs(behind) > RecordLimits.farFromRecording * 3600 {
        issues.append(
          Issue(
            .farFromRecording, event.fact.administration.map { [$0] } ?? [],
            at: event.clinicalTime,
            "A fact of \(clock.clock.date(at: event.clinicalTime).display) was written down on "
              + "\(clock.clock.date(at: written.instant).display)."))
      } else if event.isWithoutClock {
        // No time of a paper record is claimed, so none is late.
        continue
      } else if event.basis == .lateEntry
        || (event.basis == .observed
          && TimeBasis.presumed(for: event.clinicalTime, writtenAt: written.instant) == .lateEntry)
      {
        issues.append(
          Issue(
            .lateEntry, event.fact.administration.map { [$0] } ?? [], at: event.clinicalTime,
            minutes: Minutes(flooring: behind).count,
            "A fact of \(clock.moment(event.clinicalTime)) was written down at "
              + "\(clock.moment(written.instant))."))
      }
    }
    stops.sort()
    let many = RecordLimits.stopsInOneMinute
    if let (first, _) = zip(stops, stops.dropFirst(many - 1)).first(where: { $1 - $0 < 60_000 }) {
      let moment = Instant(seconds: first / 1000)
      issues.append(
        Issue(
          .stopsInOneMinute, at: moment,
          "\(many) or more stops were written within one minute at \(clock.moment(moment))."))
    }
    if wentBack {
      issues.append(
        Issue(.clockWentBack, [], "The clock of a workstation went back while this was recorded."))
    }
    return issues
  }
}

extension Administration {
  /// The stated class, otherwise the formulary's.
  fileprivate var drugClass: Drug.Class? { statedClass ?? drug.entry?.drugClass }
}

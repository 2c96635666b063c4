/// Why a fact cannot be recorded now, in one sentence for the user.
///
/// Only impossible facts are refused. Unusual facts are recorded and shown as issues.
package struct Refusal: Error, Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case notWholeMinutes = "not-whole-minutes"
    case inTheFuture = "in-the-future"
    case sessionUnknown = "session-unknown"
    case sessionExists = "session-exists"
    case sessionClosed = "session-closed"
    case sessionNotClosed = "session-not-closed"
    case unknownAdministration = "unknown-administration"
    case administrationExists = "administration-exists"
    case doseRunning = "dose-running"
    case contradiction
    case unknownSite = "unknown-site"
    case siteExists = "site-exists"
    case siteClosed = "site-closed"
    case unknownEvent = "unknown-event"
    case reasonMissing = "reason-missing"
    case cannotSupersede = "cannot-supersede"
    case notWhatBegins = "not-what-begins"
    case valueOutOfRange = "value-out-of-range"
    case textMissing = "text-missing"
    case textTooLong = "text-too-long"
    case textNotPlain = "text-not-plain"
  }

  package let kind: Kind
  package let sentence: String

  init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}

extension EventLog {
  /// Why `event` may not be appended now; nil if it may.
  ///
  /// A pure function of log, event and moment. `formulary` decides which drugs are equal and gives
  /// their names.
  package func refusal(of event: Event, now: RecordedTime, formulary: Formulary) -> Refusal? {
    if let refusal = checkTexts(event) ?? checkValues(event.fact) ?? checkBasis(event) {
      return refusal
    }
    if let refusal = checkTime(event, now: now) { return refusal }
    if let refusal = checkBirth(event) ?? checkInpatientOrder(event, now: now)
      ?? checkPurpose(event.fact, formulary)
    {
      return refusal
    }
    if case .sessionOpened = event.fact {
      return events.isEmpty
        ? nil : Refusal(.sessionExists, "Session \(session) is already open; nothing was recorded.")
    }
    guard !events.isEmpty else {
      return Refusal(.sessionUnknown, "There is no session \(session); open it first.")
    }
    if let refusal = checkStatus(event) { return refusal }
    if case .eventSuperseded(let target, let replacement) = event.fact {
      return checkCorrection(event, of: target, by: replacement, formulary)
    }
    return checkFact(event.fact, at: event.clinicalTime, formulary)
      ?? checkContradictions(after: event, formulary)
  }

  private var dated: ClockText { ClockText(self) }

  /// The refusal of a time that no fact can have; nil if one can.
  func checkMoment(_ moment: Instant) -> Refusal? {
    if moment.seconds % 60 != 0 {
      return Refusal(.notWholeMinutes, "Clinical times are whole minutes.")
    }
    if !LocalClock.recordable.contains(moment.seconds) {
      return Refusal(.valueOutOfRange, "The time lies outside the years 1970 to 9999.")
    }
    return nil
  }

  private func checkTime(_ event: Event, now: RecordedTime) -> Refusal? {
    if let refusal = checkMoment(event.clinicalTime) { return refusal }
    let end = event.clinicalTime + event.fact.length
    if event.clinicalTime <= now.instant, end - now.instant > RecordLimits.futureTolerance {
      return Refusal(
        .inTheFuture,
        "A push from \(dated.moment(event.clinicalTime)) of that length ends at "
          + "\(dated.moment(end)), in the future; name the time it began.")
    }
    if event.clinicalTime - now.instant > RecordLimits.futureTolerance {
      let clock = event.fact.opening.flatMap { LocalClock(zone: $0.zone) } ?? self.clock
      let then = clock.date(at: event.clinicalTime)
      let day = then == clock.date(at: now.instant) ? "" : " on \(then.display)"
      let text = ClockText(clock, day: then)
      let time = text.time(event.clinicalTime)
      return Refusal(
        .inTheFuture,
        "\(time)\(day) is in the future; it is \(text.time(now.instant)). "
          + "Name the day for an earlier one, as in \(time) yesterday.")
    }
    return nil
  }

  private func checkBirth(_ event: Event) -> Refusal? {
    guard let opening = event.fact.effective?.opening, let born = opening.patient.dateOfBirth,
      let clock = LocalClock(zone: opening.zone), born > clock.date(at: event.clinicalTime)
    else { return nil }
    return Refusal(
      .valueOutOfRange, "The date of birth is still to come; look at the date of birth again.")
  }

  private func checkStatus(_ event: Event) -> Refusal? {
    let isOpen = status == .open
    switch event.fact {
    case .sessionReopened:
      if isOpen { return Refusal(.sessionNotClosed, "Session \(session) is open already.") }
      return checkReason(event, "Reopening a session needs a reason.")
    case .sessionReviewed:
      return isOpen
        ? Refusal(.sessionNotClosed, "Session \(session) is still open; close it before review.")
        : nil
    case .sessionClosed where isOpen:
      guard let opened = openedAt, event.clinicalTime < opened else { return nil }
      return Refusal(
        .contradiction, "Session \(session) was opened at \(dated.moment(opened)), later.")
    case .noteAdded, .wordsRead:
      return nil
    default:
      return isOpen
        ? nil
        : Refusal(
          .sessionClosed, "Session \(session) is closed; reopen it with a reason to record more.")
    }
  }

  func checkReason(_ event: Event, _ sentence: String) -> Refusal? {
    GivenReason.saysSomething(event.reason ?? "") ? nil : Refusal(.reasonMissing, sentence)
  }

  private func checkFact(
    _ fact: Fact, at moment: Instant, _ formulary: Formulary
  ) -> Refusal? {
    if let id = fact.newAdministration {
      if hasBegun(id) {
        return Refusal(
          .administrationExists,
          "This session already has an administration \(id); a new one needs a new name.")
      }
      if let site = fact.siteUsed, let refusal = checkSite(site, at: moment) { return refusal }
      if let facts = fact.beginning, fact.kind != .injectionGiven, !facts.isWithoutClock,
        let refusal = checkRunningDose(facts, formulary)
      {
        return refusal
      }
    } else if let id = fact.administration, administration(id) == nil {
      return Refusal(.unknownAdministration, "This session has no administration \(id).")
    }
    switch fact {
    case .movedToChair(let chair):
      if chair == self.chair {
        return Refusal(.contradiction, "The patient is in chair \(chair) already.")
      }
    case .wordsRead(let id):
      guard unreadWords.contains(where: { $0.handOver == id }) else {
        return Refusal(.unknownEvent, "No words of that hand-over wait to be read.")
      }
    case .pumpDisconnected(let end):
      if let pump = end.pump, administration(pump) == nil {
        return Refusal(.unknownAdministration, "This session has no administration \(pump).")
      }
    case .siteOpened(let opening):
      if site(named: opening.site) != nil {
        return Refusal(.siteExists, "This session already has an access site \(opening.site).")
      }
      if let parent = opening.parent, site(named: parent) == nil {
        return Refusal(.unknownSite, "This session has no access site \(parent).")
      }
    case .siteClosed(let id):
      guard let site = site(named: id) else {
        return Refusal(.unknownSite, "This session has no access site \(id).")
      }
      if let closed = site.closedAt {
        return Refusal(
          .siteClosed, "Access site \(id) was closed at \(dated.moment(closed)).")
      }
      if moment < site.openedAt {
        return Refusal(
          .contradiction,
          "Access site \(id) was opened at \(dated.moment(site.openedAt)), later.")
      }
    default: break
    }
    return nil
  }

  private func hasBegun(_ id: String) -> Bool {
    if let index { return index.begun.contains(id) }
    return events.contains { $0.fact.newAdministration == id }
  }

  private func checkSite(_ id: String, at moment: Instant) -> Refusal? {
    guard let site = site(named: id) else {
      return Refusal(.unknownSite, "This session has no access site \(id); open it first.")
    }
    if let closed = site.closedAt, closed < moment {
      return Refusal(
        .siteClosed, "Access site \(id) was closed at \(dated.moment(closed)).")
    }
    return nil
  }

  /// The refusal of a second start of a running dose; another dose of the same drug may start.
  private func checkRunningDose(_ facts: AdministrationFacts, _ formulary: Formulary) -> Refusal? {
    let drug = formulary.drug(named: facts.drug)
    let dose = RunningDose(facts, formulary)
    let running =
      index?.running(dose)
      ?? administrations(among: withoutStop).filter {
        $0.isRunning && RunningDose($0.facts, formulary) == dose
      }
    if let other = running.min(by: { ($0.start, $0.id) < ($1.start, $1.id) }) {
      let since = dated.moment(other.start)
      let state = other.progress == .paused ? "is paused, started \(since)" : "runs since \(since)"
      return Refusal(
        .doseRunning, "\(drug.displayName) \(state); one dose cannot be started twice.")
    }
    return nil
  }

  /// The administrations that take time and have no stop after their start: what may be running.
  private var withoutStop: Set<String> {
    var started: [String: Instant] = [:]
    for entry in entries {
      switch entry.fact {
      case .drugStarted(let facts), .pumpConnected(let facts):
        started[facts.administration] = entry.clinicalTime
      case .drugStopped, .pumpDisconnected:
        for id in entry.fact?.administrations ?? [] {
          if let start = started[id], start <= entry.clinicalTime { started[id] = nil }
        }
      default: break
      }
    }
    return Set(started.keys)
  }

  func checkContradictions(after event: Event, _ formulary: Formulary) -> Refusal? {
    let isCorrection = event.fact.kind == .eventSuperseded
    // A correction may concern any administration, another fact only those it names.
    let named = isCorrection ? nil : Set(event.fact.administrations)
    if let index, !isCorrection {
      let entry = EventLog.entry(of: event, speaker: event, amendments: [])
      return index.contradiction(adding: entry).map {
        let name = formulary.drug(named: $0.drug).displayName
        return Refusal(.contradiction, $0.found.sentence(drug: name, clock: dated))
      }
    }
    let before = Set(administrations(among: named).flatMap(\.contradictions))
    let after =
      isCorrection
      ? appending(event).administrations
      : administrations(
        among: named, with: EventLog.entry(of: event, speaker: event, amendments: []))
    for administration in after {
      for contradiction in administration.contradictions where !before.contains(contradiction) {
        let name = formulary.drug(named: administration.facts.drug).displayName
        return Refusal(.contradiction, contradiction.sentence(drug: name, clock: dated))
      }
    }
    return nil
  }
}

extension Fact {
  /// The administration that begins with this fact.
  package var newAdministration: String? {
    switch self {
    case .deviceFlushed(let id, _): id
    case .pumpDisconnected(let end): end.administration
    case .eventSuperseded: nil
    default: beginning?.administration
    }
  }

  /// The access site of an administration that begins with this fact.
  var siteUsed: String? {
    switch self {
    case .deviceFlushed(_, let site): site
    case .pumpDisconnected(let end): end.site
    default: beginning?.site
    }
  }

  /// What a session was opened with; nil for other facts.
  package var opening: SessionOpening? {
    if case .sessionOpened(let opening) = self { return opening }
    return nil
  }

  /// The fact that an event states: the replacement of a correction, nil for a withdrawal.
  package var effective: Fact? {
    if case .eventSuperseded(_, let replacement) = self { return replacement }
    return self
  }
}

extension LocalClock {
  /// The seconds since 1970 that a record may contain: 1970-01-01 to 9999-12-31.
  package static let recordable: ClosedRange<Int64> = 0...253_402_300_799
  /// The days of these seconds.
  package static let recordableDays =
    CivilDate(dayNumber: 0)...CivilDate(dayNumber: Int32(recordable.upperBound / 86_400))
}

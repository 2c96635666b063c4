/// Why a fact cannot be recorded now, in one sentence for the person who tried.
///
/// Only the impossible is refused. What is merely odd is recorded, and shows as an issue.
public struct Refusal: Error, Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
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
  }

  public let kind: Kind
  public let sentence: String

  init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}

extension EventLog {
  /// Whether `event` may be appended now; nil where it may.
  ///
  /// Pure: the same log, event and moment give the same answer. `formulary` only serves to tell
  /// equal drugs and to name them.
  public func refusal(of event: Event, now: RecordedTime, formulary: Formulary) -> Refusal? {
    if let refusal = aboutLengths(event) ?? aboutValues(event.fact) { return refusal }
    if let refusal = aboutTheTime(event, now: now) { return refusal }
    if let refusal = aboutTheBirth(event) { return refusal }
    if case .sessionOpened = event.fact {
      return events.isEmpty
        ? nil : Refusal(.sessionExists, "Session \(session) is already open; nothing was recorded.")
    }
    guard !events.isEmpty else {
      return Refusal(.sessionUnknown, "There is no session \(session); open it first.")
    }
    if let refusal = aboutTheSession(event) { return refusal }
    if case .eventSuperseded(let target, let replacement) = event.fact {
      return aboutCorrection(event, of: target, by: replacement, formulary)
    }
    return aboutTheFact(event.fact, at: event.clinicalTime, formulary)
      ?? newContradiction(after: event, formulary)
  }

  private var dated: ClockText { ClockText(self) }

  private func aboutTheTime(_ event: Event, now: RecordedTime) -> Refusal? {
    let seconds = event.clinicalTime.seconds
    if seconds % 60 != 0 {
      return Refusal(.notWholeMinutes, "Clinical times are whole minutes.")
    }
    if !LocalClock.recordable.contains(seconds) {
      return Refusal(.valueOutOfRange, "The time lies outside the years 1970 to 9999.")
    }
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

  private func aboutTheBirth(_ event: Event) -> Refusal? {
    var fact: Fact? = event.fact
    if case .eventSuperseded(_, let replacement) = event.fact { fact = replacement }
    guard let opening = fact?.opening, let born = opening.patient.dateOfBirth,
      let clock = LocalClock(zone: opening.zone), born > clock.date(at: event.clinicalTime)
    else { return nil }
    return Refusal(
      .valueOutOfRange, "The date of birth is still to come; look at the date of birth again.")
  }

  private func aboutTheSession(_ event: Event) -> Refusal? {
    let isOpen = status == .open
    switch event.fact {
    case .sessionReopened:
      if isOpen { return Refusal(.sessionNotClosed, "Session \(session) is open already.") }
      return reasonMissing(event, "Reopening a session needs a reason.")
    case .sessionReviewed:
      return isOpen
        ? Refusal(.sessionNotClosed, "Session \(session) is still open; close it before review.")
        : nil
    case .sessionClosed where isOpen:
      guard let opened = openedAt, event.clinicalTime < opened else { return nil }
      return Refusal(
        .contradiction, "Session \(session) was opened at \(dated.moment(opened)), later.")
    case .noteAdded:
      return nil
    default:
      return isOpen
        ? nil
        : Refusal(
          .sessionClosed, "Session \(session) is closed; reopen it with a reason to record more.")
    }
  }

  private func reasonMissing(_ event: Event, _ sentence: String) -> Refusal? {
    (event.reason?.contains { !$0.isWhitespace } ?? false)
      ? nil : Refusal(.reasonMissing, sentence)
  }

  // MARK: Facts

  private func aboutTheFact(
    _ fact: Fact, at moment: Instant, _ formulary: Formulary
  ) -> Refusal? {
    if let id = fact.newAdministration {
      if events.contains(where: { $0.fact.newAdministration == id }) {
        return Refusal(
          .administrationExists,
          "This session already has an administration \(id); a new one needs a new name.")
      }
      if let site = fact.siteUsed, let refusal = aboutSite(site, at: moment) { return refusal }
      if let facts = fact.beginning, fact.kind != .injectionGiven,
        let refusal = aboutRunningDose(facts, formulary)
      {
        return refusal
      }
    } else if let id = fact.administration, administration(id) == nil {
      return Refusal(.unknownAdministration, "This session has no administration \(id).")
    }
    switch fact {
    case .pumpDisconnected(let end):
      if let pump = end.pump, administration(pump) == nil {
        return Refusal(.unknownAdministration, "This session has no administration \(pump).")
      }
    case .siteOpened(let opening):
      if sites.contains(where: { $0.opening.site == opening.site }) {
        return Refusal(.siteExists, "This session already has an access site \(opening.site).")
      }
      if let parent = opening.parent, !sites.contains(where: { $0.opening.site == parent }) {
        return Refusal(.unknownSite, "This session has no access site \(parent).")
      }
    case .siteClosed(let id):
      guard let site = sites.first(where: { $0.opening.site == id }) else {
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

  private func aboutSite(_ id: String, at moment: Instant) -> Refusal? {
    guard let site = sites.first(where: { $0.opening.site == id }) else {
      return Refusal(.unknownSite, "This session has no access site \(id); open it first.")
    }
    if let closed = site.closedAt, closed < moment {
      return Refusal(
        .siteClosed, "Access site \(id) was closed at \(dated.moment(closed)).")
    }
    return nil
  }

  /// A dose that runs cannot be started again; another dose of the drug can.
  private func aboutRunningDose(_ facts: AdministrationFacts, _ formulary: Formulary) -> Refusal? {
    let drug = formulary.drug(named: facts.drug)
    for other in administrations where other.isRunning {
      guard formulary.drug(named: other.facts.drug) == drug,
        other.facts.technique == facts.technique, other.facts.site == facts.site,
        other.facts.dose == facts.dose, other.facts.encounter == facts.encounter
      else { continue }
      let since = dated.moment(other.start)
      let state = other.progress == .paused ? "is paused, started \(since)" : "runs since \(since)"
      return Refusal(
        .doseRunning, "\(drug.displayName) \(state); one dose cannot be started twice.")
    }
    return nil
  }

  private func newContradiction(after event: Event, _ formulary: Formulary) -> Refusal? {
    let log = appending(event)
    let before = Set(administrations.flatMap(\.contradictions))
    for administration in log.administrations {
      for contradiction in administration.contradictions where !before.contains(contradiction) {
        let name = formulary.drug(named: administration.facts.drug).displayName
        return Refusal(.contradiction, contradiction.sentence(drug: name, clock: dated))
      }
    }
    return nil
  }

  // MARK: Corrections

  private func aboutCorrection(
    _ event: Event, of target: Event.ID, by replacement: Fact?, _ formulary: Formulary
  ) -> Refusal? {
    if let refusal = reasonMissing(event, "A correction needs a reason.") { return refusal }
    guard let original = events.first(where: { $0.id == target }) else {
      return Refusal(.unknownEvent, "This session has no fact with that id; nothing was corrected.")
    }
    switch original.fact {
    case .sessionOpened where replacement == nil:
      return Refusal(.cannotSupersede, "The opening of a session cannot be withdrawn.")
    case .sessionClosed, .sessionReopened, .sessionReviewed:
      return Refusal(
        .cannotSupersede, "A closing, reopening or review is not corrected; record another.")
    default: break
    }
    if let replacement {
      if let refusal = aboutReplacement(of: original, by: replacement) { return refusal }
    }
    let log = appending(event)
    // Facts that hung on what was withdrawn would hang in the air.
    for entry in log.entries {
      guard let fact = entry.fact, fact.newAdministration == nil, let id = fact.administration,
        log.administration(id) == nil
      else { continue }
      return Refusal(
        .notWhatBegins,
        "Later facts speak of administration \(id); withdraw those before its beginning.")
    }
    let known = Set(log.sites.map(\.opening.site))
    for entry in log.entries {
      guard let site = entry.fact?.siteUsed, !known.contains(site) else { continue }
      return Refusal(.unknownSite, "Administrations use access site \(site); it must stay.")
    }
    return newContradiction(after: event, formulary)
  }

  private func aboutReplacement(of original: Event, by replacement: Fact) -> Refusal? {
    var holding: Fact? = original.fact
    if case .eventSuperseded(_, let earlier) = original.fact {
      holding = earlier ?? entry(for: original.id)?.original.fact
    }
    if case .eventSuperseded = replacement {
      return Refusal(.cannotSupersede, "A correction is replaced by a fact, not by a correction.")
    }
    guard let holding else { return nil }
    let isSameKind = holding.kind == replacement.kind
    let bothBegin = holding.newAdministration != nil && replacement.newAdministration != nil
    guard isSameKind || bothBegin else {
      return Refusal(
        .cannotSupersede,
        "A correction keeps the kind of fact; withdraw this one and record the other.")
    }
    guard holding.administration == replacement.administration else {
      return Refusal(
        .cannotSupersede,
        "A correction keeps the administration; withdraw this fact and record the other.")
    }
    if let site = replacement.siteUsed, !sites.contains(where: { $0.opening.site == site }) {
      return Refusal(.unknownSite, "This session has no access site \(site); open it first.")
    }
    return nil
  }
}

extension Fact {
  /// The administration that begins with this fact.
  var newAdministration: String? {
    switch self {
    case .deviceFlushed(let id, _): id
    case .pumpDisconnected(let end): end.administration
    case .eventSuperseded: nil
    default: beginning?.administration
    }
  }

  /// The access site an administration that begins here goes into.
  var siteUsed: String? {
    switch self {
    case .deviceFlushed(_, let site): site
    case .pumpDisconnected(let end): end.site
    default: beginning?.site
    }
  }

  var opening: SessionOpening? {
    if case .sessionOpened(let opening) = self { return opening }
    return nil
  }
}

extension LocalClock {
  /// Seconds since 1970 that a record may carry: 1970-01-01 to 9999-12-31.
  static let recordable: ClosedRange<Int64> = 0...253_402_300_799
}

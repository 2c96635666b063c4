/// One administration with its facts in the order of their clinical times.
///
/// A pause that was entered late has its place by its clinical time. Facts that contradict each other
/// are kept as contradictions; none is guessed away.
///
/// ```
///  10:00     10:20  10:40        11:30
///  started   paused resumed      stopped
///  ████████████░░░░░░███████████████
/// ```
package struct RecordedAdministration: Sendable {
  package enum Progress: String, Sendable {
    case running, paused, stopped
    /// It ended, but the time was not observed.
    case stopNotObserved = "stop-not-observed"
  }

  package let id: String
  /// The facts charted when it began.
  package private(set) var facts: AdministrationFacts
  /// The kind of fact it began with.
  package private(set) var beganWith: Fact.Kind
  package private(set) var start: Instant
  package private(set) var startBasis: TimeBasis
  /// When it ended; nil while it runs and if the stop was not observed.
  package private(set) var stop: Instant?
  package private(set) var stopBasis: TimeBasis?
  /// Whether one moment was charted and no end: an injection, a flush, a push without its minutes. `stop` is
  /// then that moment, and no end was charted.
  package private(set) var isMoment = false
  package private(set) var stopReason: Administration.StopReason = .completed
  package private(set) var progress: Progress
  package private(set) var pauses: [Administration.Pause] = []
  /// When it was found ended, if the stop was not observed.
  package private(set) var foundEndedAt: Instant?
  /// The minutes of a paper record without clock times. `start` and `stop` are then the minute under which
  /// it was recorded.
  package private(set) var statedMinutes: Int?
  /// The person who double-checked it, if any.
  package private(set) var checker: String?
  /// Rates set after the start.
  package private(set) var rateChanges: [(at: Instant, rateMLPerHour: Double)] = []
  /// The charted volume: the first bag plus changed bags, or the volume charted with the stop.
  package private(set) var volumeML: Double?
  package private(set) var contradictions: [Contradiction] = []
  /// The accounts of its drug, in the order in which they were recorded; the last one holds.
  package private(set) var accounts: [EventLog.Entry]
  /// The entries about it, in clinical order.
  package private(set) var entries: [EventLog.Entry]

  /// Facts that cannot all be true of one administration.
  package struct Contradiction: Sendable, Hashable {
    package enum Kind: String, Sendable {
      case beforeStart, secondStart, pausedWhilePaused, resumedWhileRunning, afterStop
      case secondStop
    }
    package let kind: Kind
    package let fact: Fact.Kind
    package let at: Instant
    /// The moment it contradicts: the start, the stop, the pause.
    package let against: Instant
  }

  package var isRunning: Bool { progress == .running || progress == .paused }
  /// Whether it runs from a start to a stop: an infusion or a pump, not a push or an injection.
  package var isTimed: Bool { beganWith == .drugStarted || beganWith == .pumpConnected }

  /// Seconds the drug ran up to `moment`, without pauses.
  package func runningSeconds(asOf moment: Instant) -> Int64 {
    var end = stop ?? foundEndedAt ?? moment
    if moment < end { end = moment }
    guard start < end else { return 0 }
    var seconds = end - start
    for pause in pauses {
      let from = max(pause.start, start)
      let to = min(pause.stop ?? end, end)
      if from < to { seconds -= to - from }
    }
    return seconds
  }

  /// The administration as it would be with a new rate.
  package func changingRate(to rate: Double, at moment: Instant) -> RecordedAdministration {
    var changed = self
    changed.rateChanges.append((moment, rate))
    changed.rateChanges.sort { $0.at < $1.at }
    return changed
  }

  /// The rate at a moment, in mL per hour; nil if none is charted.
  package func rate(at moment: Instant) -> Double? {
    rateChanges.last { $0.at <= moment }?.rateMLPerHour ?? facts.rateMLPerHour
  }

  // MARK: Reading

  /// The administration `id` from the entries about it; nil if none of them begins it.
  init?(id: String, entries unordered: [EventLog.Entry]) {
    let beginnings = unordered.filter { RecordedAdministration.begins($0.fact, id) }
    guard let first = beginnings.min(by: { $0.clinicalTime < $1.clinicalTime }),
      let began = first.fact
    else { return nil }
    self.id = id
    entries = RecordedAdministration.inClinicalOrder(unordered)
    accounts = unordered.filter { $0.fact?.kind == .drugAccounted }
    start = first.clinicalTime
    startBasis = first.basis
    beganWith = began.kind
    progress = .running
    switch began {
    case .drugStarted(let facts), .pumpConnected(let facts):
      self.facts = facts
    case .injectionGiven(let facts):
      self.facts = facts
      isMoment = true
      end(at: first.clinicalTime, basis: first.basis)
    case .pushGiven(let facts, let minutes):
      self.facts = facts
      if facts.isWithoutClock { statedMinutes = minutes }
      isMoment = minutes == nil
      end(at: first.clinicalTime + began.length, basis: first.basis)
    case .deviceFlushed(_, let site):
      facts = AdministrationFacts(
        administration: id, drug: "flush", technique: .flush, site: site)
      isMoment = true
      end(at: first.clinicalTime, basis: first.basis)
    case .pumpDisconnected(let end):
      facts = AdministrationFacts(
        administration: id, drug: end.drug, technique: .pumpDisconnect, site: end.site)
      isMoment = true
      self.end(at: first.clinicalTime, basis: first.basis)
    default: return nil
    }
    volumeML = facts.volumeML
    for entry in entries where entry.original.id != first.original.id { read(entry) }
  }

  private mutating func end(at moment: Instant, basis: TimeBasis) {
    stop = moment
    stopBasis = basis
    progress = .stopped
  }

  /// What an entry contradicts that comes after all others in time; nil if nothing.
  private func contradiction(by entry: EventLog.Entry) -> Contradiction? {
    guard let fact = entry.fact else { return nil }
    let now = entry.clinicalTime
    func contradiction(_ kind: Contradiction.Kind, _ against: Instant) -> Contradiction {
      Contradiction(kind: kind, fact: fact.kind, at: now, against: against)
    }
    switch fact {
    // A vial may be opened before the drug starts, and its rest discarded after the end.
    case .noteAdded, .doubleCheckRecorded, .drugAccounted: return nil
    // A reaction may come after the end.
    case .reactionRecorded: return now < start ? contradiction(.beforeStart, start) : nil
    default: break
    }
    if RecordedAdministration.begins(fact, id) { return contradiction(.secondStart, start) }
    if now < start { return contradiction(.beforeStart, start) }
    if let ending = stop ?? foundEndedAt {
      let isStop = fact.kind == .drugStopped || fact.kind == .pumpDisconnected
      return contradiction(isStop ? .secondStop : .afterStop, ending)
    }
    switch fact {
    case .drugPaused:
      guard progress == .paused, let last = pauses.last else { return nil }
      return contradiction(.pausedWhilePaused, last.start)
    case .drugResumed:
      return progress == .paused && !pauses.isEmpty
        ? nil : contradiction(.resumedWhileRunning, start)
    default: return nil
    }
  }

  private mutating func read(_ entry: EventLog.Entry) {
    guard let fact = entry.fact else { return }
    if let contradiction = contradiction(by: entry) {
      contradictions.append(contradiction)
      return
    }
    let now = entry.clinicalTime
    switch fact {
    case .doubleCheckRecorded(_, let name): checker = name
    case .drugPaused:
      pauses.append(Administration.Pause(start: now, stop: nil))
      progress = .paused
    case .drugResumed:
      pauses[pauses.count - 1].stop = now
      progress = .running
    case .drugStopped(let stop):
      if progress == .paused, !pauses.isEmpty { pauses[pauses.count - 1].stop = now }
      stopReason = stop.stopReason
      if let volume = stop.volumeML { volumeML = volume }
      if stop.isNotObserved {
        foundEndedAt = now
        stopBasis = entry.basis
        progress = .stopNotObserved
      } else {
        end(at: now, basis: entry.basis)
      }
    case .pumpDisconnected:
      if progress == .paused, !pauses.isEmpty { pauses[pauses.count - 1].stop = now }
      end(at: now, basis: entry.basis)
    case .rateChanged(_, let rate):
      rateChanges.append((now, rate))
    case .bagChanged(_, _, let volume):
      if let volume, let before = volumeML { volumeML = before + volume } else { volumeML = nil }
    default: break
    }
  }

  /// Whether a fact begins the administration `id`.
  private static func begins(_ fact: Fact?, _ id: String) -> Bool {
    switch fact {
    case .drugStarted, .pushGiven, .injectionGiven, .pumpConnected, .deviceFlushed: true
    case .pumpDisconnected(let end): end.administration == id
    default: false
    }
  }

  /// Entries by clinical time. Within one minute beginnings come first and stops last; other entries
  /// keep the order in which they were recorded.
  private static func inClinicalOrder(_ entries: [EventLog.Entry]) -> [EventLog.Entry] {
    entries.enumerated().sorted { left, right in
      if isBefore(left.element, right.element) { return true }
      return !isBefore(right.element, left.element) && left.offset < right.offset
    }.map(\.element)
  }

  private static func isBefore(_ one: EventLog.Entry, _ other: EventLog.Entry) -> Bool {
    func rank(_ fact: Fact?) -> Int {
      guard let fact else { return 1 }
      if fact.beginning != nil { return 0 }
      return fact.kind == .drugStopped || fact.kind == .pumpDisconnected ? 2 : 1
    }
    if one.clinicalTime != other.clinicalTime { return one.clinicalTime < other.clinicalTime }
    return rank(one.fact) < rank(other.fact)
  }
}

// MARK: One more entry

extension RecordedAdministration {
  /// Takes an entry that was recorded after the others.
  mutating func add(_ entry: EventLog.Entry) {
    guard comesLast(entry) else {
      guard var again = RecordedAdministration(id: id, entries: entries + [entry]) else { return }
      // Its entries are in clinical order, not in that of recording.
      again.accounts = accounts + (entry.fact?.kind == .drugAccounted ? [entry] : [])
      self = again
      return
    }
    entries.append(entry)
    if entry.fact?.kind == .drugAccounted { accounts.append(entry) }
    read(entry)
  }

  /// The first contradiction that such an entry would add; nil if it adds none.
  func contradiction(adding entry: EventLog.Entry) -> Contradiction? {
    if comesLast(entry) {
      return contradiction(by: entry).flatMap { contradictions.contains($0) ? nil : $0 }
    }
    var more = self
    more.add(entry)
    return more.contradictions.first { !contradictions.contains($0) }
  }

  private func comesLast(_ entry: EventLog.Entry) -> Bool {
    entries.last.map { !RecordedAdministration.isBefore(entry, $0) } ?? true
  }
}

import InfusionRecord

extension Fact {
  /// The same fact with other values of what begins with it.
  func changing(_ change: (inout AdministrationFacts) -> Void) -> Fact {
    guard var facts = beginning else { return self }
    change(&facts)
    switch self {
    case .drugStarted: return .drugStarted(facts)
    case .pushGiven(_, let minutes): return .pushGiven(facts, minutes: minutes)
    case .injectionGiven: return .injectionGiven(facts)
    case .pumpConnected: return .pumpConnected(facts)
    default: return self
    }
  }
}

extension SessionReading {
  /// An entry as it stands now, with the drug's name as the screens show it.
  func words(_ entry: EventLog.Entry) -> String {
    words(entry.fact ?? entry.original.fact)
  }

  /// A fact with the drug's name as the screens show it.
  ///
  /// If the drug has several doses, a fact about one that began earlier says which.
  func words(_ fact: Fact) -> String {
    let words = fact.words(in: log, formulary: formulary)
    switch fact {
    case .drugPaused(let id), .drugResumed(let id), .rateChanged(let id, _),
      .bagChanged(let id, _, _), .doubleCheckRecorded(let id, _):
      return words + which(id)
    case .drugStopped(let stop): return words + which(stop.administration)
    default: return words
    }
  }

  private func which(_ id: String) -> String {
    guard let dose = recorded.administrations.first(where: { $0.id == id }), isMarked(dose)
    else { return "" }
    return " (\(mark(of: dose)))"
  }
}

extension SessionReading {
  /// A fact and its time: `PACLitaxel infusion started (07:00)`.
  func words(_ fact: Fact, at moment: Instant, _ clock: ClockText) -> String {
    "\(words(fact)) (\(clock.moment(moment)))"
  }

  /// What an event did: the fact it states, corrects, withdraws or puts back.
  func words(of event: Event, _ clock: ClockText) -> String {
    if let withdrawal = log.withdrawal(by: event) {
      let what = words(withdrawal.fact, at: withdrawal.target.clinicalTime, clock)
      return (withdrawal.isOfCorrection ? "correction to " : "") + "\(what) \(withdrawal.words)"
    }
    guard case .eventSuperseded(_, let fact?) = event.fact else {
      return words(event.fact, at: event.clinicalTime, clock)
    }
    let earlier = EventLog(session: id, events: Array(log.events.prefix { $0.id != event.id }))
    let original = log.entry(for: event.id)?.original.id
    let before = original.flatMap { earlier.entry(for: $0) }
    let was = before.map { words($0.fact ?? $0.original.fact, at: $0.clinicalTime, clock) }
    let changes = (before?.fact).map { fact.differences(from: $0) } ?? []
    return (was.map { "\($0) corrected to " } ?? "")
      + ([words(fact, at: event.clinicalTime, clock)] + changes).joined(separator: ", ")
  }

  /// What stands once the last event of an entry is withdrawn:
  /// `CISplatin infusion started (15:48) withdrawn; CARBOplatin infusion started (15:48) stands again`.
  func sentence(withdrawing entry: EventLog.Entry, _ clock: ClockText) -> String {
    let latest = entry.latest
    let without = EventLog(session: id, events: log.events.filter { $0.id != latest.id })
    let after = without.entry(for: entry.original.id)
    let now = entry.fact.map { words($0, at: entry.clinicalTime, clock) }
    let then = after.flatMap { after in
      after.fact.map { words($0, at: after.clinicalTime, clock) }
    }
    let isRedone = log.withdrawal(by: latest)?.withdraws == true
    switch (now, then) {
    case (let now?, let then?) where now == then: return "correction of \(now) withdrawn"
    case (let now?, let then?):
      return isRedone
        ? "\(then) put back; \(now) no longer holds" : "\(now) withdrawn; \(then) stands again"
    case (let now?, nil): return "\(now) withdrawn" + (latest.isWithdrawal ? " again" : "")
    case (nil, let then?): return "\(then) put back"
    case (nil, nil): return words(of: latest, clock) + " withdrawn"
    }
  }
}

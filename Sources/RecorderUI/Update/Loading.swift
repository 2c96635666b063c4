package import InfusionRecord
import TimelineEngine

extension RecorderState {
  /// Shows the open sessions of the store, as `readings` derived them.
  package mutating func load(_ readings: [SessionReading]) {
    sessions = readings
    findSimilarNames()
    sortBoard()
    clampSelections()
  }

  /// Takes what is wrong with the outbox, and says it if it is new; true if it changed.
  @discardableResult
  package mutating func take(outboxWarning: String?) -> Bool {
    guard outboxWarning != self.outboxWarning else { return false }
    self.outboxWarning = outboxWarning
    if let outboxWarning { say(Notice(.refused, outboxWarning)) }
    return true
  }

  /// What is always said of the store next to the user's name: `READ ONLY   OUTBOX DAMAGED   `.
  var modeWords: String {
    (isReadOnly ? "READ ONLY   " : "") + (outboxWarning == nil ? "" : "OUTBOX DAMAGED   ")
      + (silentSince.map { "NO SERVER since \(suiteClock.time($0))   " } ?? "")
  }

  /// Shows sessions that changed in the store. Others stay as they are.
  package mutating func reload(_ logs: [EventLog]) {
    let today = suite.clock.date(at: now.instant)
    arrivals.take(logs, on: arrivals.day ?? today, clock: suite.clock)
    for log in logs {
      // A visit that ended is an earlier one from now on: what is known of the patient is read again.
      if log.status != .open, let mrn = log.opening?.patient.mrn {
        pastDrugs[PatientNumber.folded(mrn)] = nil
      }
      guard let fresh = reading(of: log) else { continue }
      if let index = position(of: log.session) {
        sessions[index] = fresh
      } else if fresh.status == .open {
        sessions.append(fresh)
      }
    }
    findSimilarNames()
    refreshBoard()
    hideFound()
    refreshPrompt(isPinned: true)
    clampSelections()
  }

  /// Adds a session that is not on the board; false for a log without an opening.
  mutating func visit(_ log: EventLog) -> Bool {
    guard let fresh = reading(of: log) else { return false }
    if let index = position(of: log.session) {
      sessions[index] = fresh
    } else {
      sessions.append(fresh)
    }
    return true
  }

  /// Compares all open patients, if they changed since the last time.
  mutating func findSimilarNames() {
    let patients = openSessions.filter { !$0.isHidden }.map {
      OpenPatient(session: $0.id, traits: $0.traits)
    }
    guard patients != compared else { return }
    compared = patients
    similar = [:]
    for (index, others) in SimilarNames.alike(among: patients.map(\.traits)) {
      similar[patients[index].session] = others.map { patients[$0].session }
    }
  }

  /// Takes the drugs of a patient's earlier visits, newest visit first, for suggestions, and who had the
  /// record number then.
  package mutating func learn(
    _ drugs: [AdministrationFacts], of mrn: String, patients: [PatientIdentity] = [],
    visits: EarlierVisits = EarlierVisits()
  ) {
    pastDrugs[PatientNumber.folded(mrn)] = drugs
    knownPatients[PatientNumber.folded(mrn)] = patients
    pastVisits[PatientNumber.folded(mrn)] = visits
    refreshPrompt(isPinned: true)
  }

  /// Sets the clock. When the minute changes, open sessions are derived again: durations, units and
  /// planned ends move.
  package mutating func advance(to time: RecordedTime) {
    let before = now.instant.minute
    now = time
    guard before != time.instant.minute else { return }
    var known = sessions
    let open = known.indices.filter { known[$0].status == .open }
    for (index, fresh) in zip(open, readings(of: open.map { known[$0].source }, formulary)) {
      known[index] = fresh
    }
    sessions = known
    // What was opened with a reason is hidden again after a shift.
    if restrictions.isEmpty {
      refreshPrompt(isPinned: true)
      clampSelections()
    } else {
      hideRestricted()
    }
  }

  /// Derives many logs at once on all processors, in their order. Logs without an opening are left out.
  package func readings(of logs: [EventLog], _ formulary: Formulary) -> [SessionReading] {
    logs.concurrentMap(chunksOf: 20) { logs in
      logs.compactMap { reading(of: $0, formulary) }
    }
  }

  func reading(of log: EventLog) -> SessionReading? { reading(of: log, formulary) }

  private func reading(of log: EventLog, _ formulary: Formulary) -> SessionReading? {
    SessionReading(
      log: log, asOf: now.instant.minute, formulary: formulary, policies: suite.policies,
      isHidden: isHidden(log))
  }
}

/// A patient whose name is compared with the others on the board.
struct OpenPatient: Hashable, Sendable {
  let session: SessionID
  let traits: SimilarNames.Traits
}

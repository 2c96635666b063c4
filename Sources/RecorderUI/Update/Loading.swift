public import InfusionRecord
import TimelineEngine

extension RecorderState {
  /// Shows what the store holds: the open sessions, as `readings` made them out.
  public mutating func load(_ readings: [SessionReading]) {
    sessions = readings
    findSimilarNames()
    sortBoard()
    settle()
  }

  /// Shows sessions that changed in the store; others stay as they are.
  public mutating func reload(_ logs: [EventLog]) {
    for log in logs {
      guard let fresh = reading(of: log) else { continue }
      if let index = position(of: log.session) {
        sessions[index] = fresh
      } else if fresh.status == .open {
        sessions.append(fresh)
      }
    }
    findSimilarNames()
    refreshBoard()
    refreshPrompt(isPinned: true)
    settle()
  }

  /// Takes up a session that is no chair's now; false for a log without an opening.
  mutating func visit(_ log: EventLog) -> Bool {
    guard let fresh = reading(of: log) else { return false }
    if let index = position(of: log.session) {
      sessions[index] = fresh
    } else {
      sessions.append(fresh)
    }
    return true
  }

  /// Compares every two open patients, where they are others than before.
  private mutating func findSimilarNames() {
    let patients = openSessions.map { OpenPatient(session: $0.id, traits: $0.traits) }
    guard patients != compared else { return }
    compared = patients
    similar = [:]
    for (index, others) in SimilarNames.alike(among: patients.map(\.traits)) {
      similar[patients[index].session] = others.map { patients[$0].session }
    }
  }

  /// Earlier visits' drugs of a patient, newest visit first, for suggestions.
  public mutating func learn(_ drugs: [AdministrationFacts], of mrn: String) {
    pastDrugs[mrn] = drugs
    refreshPrompt(isPinned: true)
  }

  /// Moves the clock on.
  ///
  /// The record is read anew when the minute changes: durations, units and planned ends move.
  public mutating func advance(to time: RecordedTime) {
    let before = now.instant.seconds
    now = time
    guard floorDivide(before, 60) != floorDivide(time.instant.seconds, 60) else { return }
    // Closed sessions do not move with the clock.
    var known = sessions
    let open = known.indices.filter { known[$0].status == .open }
    for (index, fresh) in zip(open, readings(of: open.map { known[$0].log }, formulary)) {
      known[index] = fresh
    }
    sessions = known
    refreshPrompt(isPinned: true)
    settle()
  }

  /// What many logs say now, their drugs as a formulary has them, in their order, on all processors;
  /// logs without an opening are left out.
  public func readings(of logs: [EventLog], _ formulary: Formulary) -> [SessionReading] {
    logs.concurrentMap(chunksOf: 20) { logs in
      logs.compactMap { reading(of: $0, formulary) }
    }
  }

  private func reading(of log: EventLog) -> SessionReading? { reading(of: log, formulary) }

  private func reading(of log: EventLog, _ formulary: Formulary) -> SessionReading? {
    let minute = Instant(seconds: floorDivide(now.instant.seconds, 60) * 60)
    return SessionReading(
      log: log, asOf: minute, formulary: formulary, policies: suite.policies)
  }
}

/// Whose name is compared with the others' on the board.
struct OpenPatient: Hashable, Sendable {
  let session: SessionID
  let traits: SimilarNames.Traits
}

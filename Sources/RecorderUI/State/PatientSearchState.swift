package import InfusionRecord

/// What a search over all days found, and the visits of the patient that was chosen.
package struct PatientSearchState: Sendable {
  let text: String
  /// The patients whose records are not hidden from the user.
  package internal(set) var found: [FoundPatient]
  package internal(set) var cursor = ListCursor<FoundPatient>()
  /// The visits of the patient that was opened, newest first.
  package internal(set) var visits: [SessionReading] = []
  package internal(set) var visit = ListCursor<SessionID>()

  /// Moves the selections back into what is listed.
  mutating func clamp() {
    cursor.keep(in: found)
    visit.keep(in: visits.map(\.id))
  }
}

extension RecorderState {
  /// Shows the patients that a text finds. Hidden records are left out without a word: that a restricted
  /// patient exists is part of what is restricted.
  ///
  /// - Parameter openings: the openings of all sessions.
  package mutating func take(openings: [EventLog], finding text: String) {
    let words = PatientSearch(text, today: suite.clock.date(at: now.instant))
    let shown = openings.filter { !isHidden($0) && !isHiddenNumber($0) }
    search = PatientSearchState(text: text, found: words.found(in: shown))
    path.removeAll { $0 == .patients || $0 == .visits }
    path.append(.patients)
    reader = ReaderState()
    clampSelections()
  }

  /// An opening tells its first nurse only, so a number that is restricted decides.
  private func isHiddenNumber(_ log: EventLog) -> Bool {
    log.opening.map { isHidden(mrn: $0.patient.mrn) } ?? false
  }

  /// The visits of a patient that the user may see, oldest first.
  package func visible(_ visits: [EventLog], of patient: PatientIdentity) -> [EventLog] {
    visits.filter { log in
      !isHidden(log) && (log.opening?.patient.isSamePerson(as: patient) ?? false)
    }
  }

  /// The visits whose look has to be kept before `take(visits:)` shows them.
  package mutating func looks(at visits: [EventLog]) -> [SessionID] {
    visits.compactMap { reading(of: $0) }.flatMap { looked(at: $0) }.compactMap { effect in
      if case .viewed(let session) = effect { session } else { nil }
    }
  }

  /// Shows visits of one patient, the looks at which are kept.
  package mutating func take(visits: [EventLog]) {
    let readings = visits.filter { !isHidden($0) }.reversed().compactMap { reading(of: $0) }
    search?.visits = readings
    if readings.isEmpty {
      notice = Notice(.refused, "The record has no visit of this patient to show.")
      return
    }
    path.append(.visits)
    reader = ReaderState()
    clampSelections()
  }

  /// Drops what was found of records that are hidden now.
  mutating func hideFound() {
    guard let known = search else { return }
    var shown = known
    shown.found = known.found.filter { !isHidden(mrn: $0.patient.mrn) }
    shown.visits = known.visits.filter { !isHidden($0.source) }
    search = shown
    if shown.visits.isEmpty { path.removeAll { $0 == .visits } }
  }

  mutating func actOnPatients(_ intent: Intent) -> [Effect] {
    guard let search else { return [] }
    if let steps = intent.steps(page: pageRows) {
      self.search?.cursor.move(by: steps, in: search.found)
    }
    if intent == .open, let chosen = search.cursor.selected { return [.visits(of: chosen.patient)] }
    return []
  }

  mutating func actOnVisits(_ intent: Intent) -> [Effect] {
    guard let search else { return [] }
    let ids = search.visits.map(\.id)
    if let steps = intent.steps(page: 3) { self.search?.visit.move(by: steps, in: ids) }
    if intent == .open, let chosen = search.visit.selected {
      return [.visit(chosen, .screen(.session(chosen)))]
    }
    return []
  }
}

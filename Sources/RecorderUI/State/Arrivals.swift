package import InfusionRecord

/// The sessions of today as the arrivals of expected patients, open ones and closed ones.
package struct Arrivals: Sendable, Hashable {
  struct Arrival: Sendable, Hashable {
    let opening: SessionOpening
    let openedAt: Instant
  }

  /// The day whose sessions were read; nil before the first.
  package private(set) var day: CivilDate?
  private(set) var found: [SessionID: Arrival] = [:]

  package init() {}

  /// - Parameter logs: the sessions of the day.
  package init(_ logs: [EventLog], on day: CivilDate, clock: LocalClock) {
    self.day = day
    take(logs, on: day, clock: clock)
  }

  /// Takes sessions as they are on disk now. Those of other days stand for no appointment of this one.
  mutating func take(_ logs: [EventLog], on day: CivilDate, clock: LocalClock) {
    for log in logs {
      if let opening = log.opening, let opened = log.openedAt, clock.date(at: opened) == day {
        found[log.session] = Arrival(opening: opening, openedAt: opened)
      } else {
        found[log.session] = nil
      }
    }
  }

  /// The appointment for which each session stands.
  ///
  /// A session stands for one appointment at most, of the same record number and the same person. The same
  /// visit number decides; then a session or an appointment without a visit number; last a session of which a
  /// nurse said that the other name is of the same person. Of several, the one nearest in time.
  package func appointments(
    among expected: [ExpectedPatient], clock: LocalClock
  ) -> [SessionID: ExpectedPatient] {
    if expected.isEmpty || found.isEmpty { return [:] }
    let numbers = Set(found.values.map { PatientNumber.folded($0.opening.patient.mrn) })
    var waiting = Dictionary(grouping: expected) { PatientNumber.folded($0.patient.mrn) }
      .filter { numbers.contains($0.key) }
    var left = found.sorted { ($0.value.openedAt, $0.key) < ($1.value.openedAt, $1.key) }
    var standing: [SessionID: ExpectedPatient] = [:]
    for fit in Fit.allCases {
      left.removeAll { session, arrival in
        let number = PatientNumber.folded(arrival.opening.patient.mrn)
        let minute = clock.reading(at: arrival.openedAt).secondOfDay / 60
        let candidates = (waiting[number] ?? []).filter { fit.holds(arrival.opening, $0.patient) }
        let nearest = candidates.min { abs($0.minuteOfDay - minute) < abs($1.minuteOfDay - minute) }
        guard let nearest else { return false }
        standing[session] = nearest
        waiting[number]?.removeAll { $0 == nearest }
        return true
      }
    }
    return standing
  }

  /// How a session may stand for an appointment of its record number, the surest first.
  private enum Fit: CaseIterable {
    case sameVisit, noVisit, comparedByNurse

    func holds(_ opening: SessionOpening, _ expected: PatientIdentity) -> Bool {
      let patient = opening.patient
      let isSame = patient.isSamePerson(as: expected)
      let isVisit = patient.hasAccount && patient.visitNumber == expected.visitNumber
      let isWithoutVisit = !patient.hasAccount || !expected.hasAccount
      return switch self {
      case .sameVisit: isSame && isVisit
      case .noVisit: isSame && isWithoutVisit
      case .comparedByNurse: opening.sharesNumber && (isVisit || isWithoutVisit)
      }
    }
  }
}

extension RecorderState {
  /// Takes the sessions of today, open ones and closed ones.
  package mutating func take(_ arrivals: Arrivals) {
    self.arrivals = arrivals
  }

  /// Finds again which appointments are still waited for.
  mutating func followAppointments() {
    appointments = arrivals.appointments(among: expected, clock: suite.clock)
    let present = Set(appointments.values)
    allWaiting = present.isEmpty ? expected : expected.filter { !present.contains($0) }
    if !board.items.isEmpty { refreshBoard() }
  }
}

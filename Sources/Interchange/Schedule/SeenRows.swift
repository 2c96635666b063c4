import InfusionRecord

/// The rows of a book that were read so far, to find an appointment that is there again and a number of
/// two people.
struct SeenRows {
  private struct Row {
    let line: Int
    let patient: PatientIdentity
  }

  /// The rows of one visit at one time. A patient may come several times a day, also under one visit
  /// number.
  private var times: [CivilDate: [String: [Row]]] = [:]
  private var mrns: [String: Row] = [:]
  private var visits: [String: Row] = [:]

  private static func key(_ appointment: Appointment) -> String {
    "\(appointment.key) \(appointment.minuteOfDay)"
  }

  /// The line of the same appointment of the same person; nil if there is none.
  func line(of appointment: Appointment, on date: CivilDate) -> Int? {
    let patient = appointment.patient
    return times[date]?[SeenRows.key(appointment)]?.first {
      PatientNumber.areSame($0.patient.mrn, patient.mrn)
        && SeenRows.areSame($0.patient, patient)
    }?.line
  }

  /// Takes a row that was read.
  ///
  /// - Returns: what is odd about it. The row is an appointment all the same, because two people must not
  ///   become one.
  mutating func take(
    _ appointment: Appointment, on date: CivilDate, row: ScheduleRow
  ) -> [DocumentError] {
    let patient = appointment.patient
    let taken = Row(line: row.line, patient: patient)
    times[date, default: [:]][SeenRows.key(appointment), default: []].append(taken)
    let number = PatientNumber.folded(patient.mrn)
    let sameNumber = mrns[number]
    let sameVisit = visits[patient.visitNumber]
    if sameNumber == nil { mrns[number] = taken }
    if sameVisit == nil, patient.hasAccount { visits[patient.visitNumber] = taken }
    if let other = sameNumber, !SeenRows.areSame(other.patient, patient) {
      return [
        row.fault(
          .mrn, "line \(other.line) has this number with another name or date of birth",
          "a number for each person; both appointments were taken")
      ]
    }
    if let other = sameVisit, !PatientNumber.areSame(other.patient.mrn, patient.mrn) {
      return [
        row.fault(
          .visit, "line \(other.line) has this visit number with another record number",
          "a visit number for each patient; both appointments were taken")
      ]
    }
    return []
  }

  private static func areSame(_ one: PatientIdentity, _ other: PatientIdentity) -> Bool {
    (one.family == other.family && one.given == other.given
      && one.dateOfBirth == other.dateOfBirth) || one.isSamePerson(as: other)
  }
}

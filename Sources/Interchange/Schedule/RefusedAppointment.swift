import InfusionRecord

/// What could be read of a row of an appointment book that was refused.
///
/// A refused row is still a row of the file: the appointment that it may be is not one that the file lacks.
package struct RefusedAppointment: Sendable, Hashable {
  /// Nil if the cell cannot be read; likewise below.
  var date: CivilDate?
  /// Nil also if the row has no visit number.
  var visitNumber: String?
  var mrn: String?
  var family: String?
  var given: String?
  var born: CivilDate?

  /// Whether what could be read of name and date of birth is the patient's.
  fileprivate func fits(_ patient: PatientIdentity) -> Bool {
    (family == nil || family == patient.family) && (given == nil || given == patient.given)
      && (born == nil || born == patient.dateOfBirth)
  }
}

/// The refused rows of one day, to ask whether an appointment may be one of them.
///
/// The visit number decides, or the record number if there is no visit number, because they name an
/// appointment across files. Without either, a row may be that of anyone whom its name and date of birth
/// fit. A time tells nothing, because the row may have moved the appointment.
struct RefusedRows {
  private let visits: Set<String>
  /// The record numbers of all rows, and of those without a visit number.
  private let mrns: Set<String>
  private let mrnsAlone: Set<String>
  private let others: [RefusedAppointment]

  init(_ rows: [RefusedAppointment], on day: CivilDate) {
    let rows = rows.filter { $0.date == nil || $0.date == day }
    visits = Set(rows.compactMap(\.visitNumber))
    mrns = Set(rows.compactMap(\.mrn))
    mrnsAlone = Set(rows.filter { $0.visitNumber == nil }.compactMap(\.mrn))
    others = rows.filter { $0.visitNumber == nil && $0.mrn == nil }
  }

  func mayHold(_ appointment: Appointment) -> Bool {
    let patient = appointment.patient
    let isNamed =
      patient.visitNumber.isEmpty
      ? mrns.contains(patient.mrn)
      : visits.contains(patient.visitNumber) || mrnsAlone.contains(patient.mrn)
    return isNamed || others.contains { $0.fits(patient) }
  }
}

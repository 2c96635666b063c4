package import InfusionRecord

/// A patient who is scheduled for today, with the plan.
///
/// A plan is no fact. It fills in the form that opens the session, and its drugs are offered first.
package struct ExpectedPatient: Sendable, Hashable {
  /// `09:30`, by the suite's clock.
  package var time: String
  package var patient: PatientIdentity
  /// Empty if none was assigned.
  package var chair: String
  package var payer: String?
  package var regimen: String
  /// The planned drugs, in order.
  package var drugs: [PlannedDrug]
  /// What the book says of allergies; empty if it says nothing.
  package var allergies = ""
  /// Whether the last book of the day lacks the appointment.
  package var isNotInBook = false

  package init(
    time: String, patient: PatientIdentity, chair: String = "", payer: String? = nil,
    regimen: String = "", drugs: [PlannedDrug] = []
  ) {
    self.time = time
    self.patient = patient
    self.chair = chair
    self.payer = payer
    self.regimen = regimen
    self.drugs = drugs
  }

  /// The value of its option and of its row, which names one appointment even if the patient has several
  /// today, or the book gives one number to two people.
  var optionValue: String {
    "\(patient.mrn) \(patient.visitNumber) \(time) \(patient.family), \(patient.given) "
      + (patient.dateOfBirth?.iso ?? "")
  }

  /// What stands with an appointment that the last book of the day lacks.
  static let notInBook = "not in the last book"

  /// Minutes after midnight by the suite's clock.
  var minuteOfDay: Int {
    let parts = time.split(separator: ":").compactMap { Int($0) }
    return parts.count == 2 ? parts[0] * 60 + parts[1] : 0
  }

  /// The minutes past the time of the appointment; nil if it is still to come.
  /// - Parameter clock: the suite's clock.
  func minutesLate(at now: Instant, by clock: LocalClock) -> Int? {
    let late = clock.reading(at: now).secondOfDay / 60 - minuteOfDay
    return late > 0 ? late : nil
  }

  /// What is planned: the regimen, or the drugs.
  func plan(_ formulary: Formulary) -> String {
    if !regimen.isEmpty { return regimen }
    return drugs.map { formulary.drug(written: $0.drug).displayName }.joined(separator: ", ")
  }
}

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
  /// The planned drugs; their administrations have no id yet.
  package var drugs: [AdministrationFacts]

  package init(
    time: String, patient: PatientIdentity, chair: String = "", payer: String? = nil,
    regimen: String = "", drugs: [AdministrationFacts] = []
  ) {
    self.time = time
    self.patient = patient
    self.chair = chair
    self.payer = payer
    self.regimen = regimen
    self.drugs = drugs
  }

  /// The value of its option and of its row, which names one appointment even if the patient has several
  /// today.
  var optionValue: String { "\(patient.mrn) \(time)" }

  /// The minutes past the time of the appointment; nil if it is still to come.
  /// - Parameter clock: the suite's clock.
  func minutesLate(at now: Instant, by clock: LocalClock) -> Int? {
    guard let due = ExpectedPatient.minute(of: time),
      let now = ExpectedPatient.minute(of: clock.reading(at: now).clock), now > due
    else { return nil }
    return now - due
  }

  /// The minute of the day of `09:30`.
  private static func minute(of clock: String) -> Int? {
    let parts = clock.split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1] else { return nil }
    return hour * 60 + minute
  }

  /// What is planned: the regimen, or the drugs.
  func plan(_ formulary: Formulary) -> String {
    if !regimen.isEmpty { return regimen }
    return drugs.map { formulary.drug(named: $0.drug).displayName }.joined(separator: ", ")
  }
}

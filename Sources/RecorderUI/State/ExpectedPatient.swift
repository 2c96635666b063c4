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
}

package import InfusionRecord

/// Somebody the schedule expects today, and what is planned for them.
///
/// A plan is no fact. It fills in the opening of a session and comes first where a drug is chosen.
package struct ExpectedPatient: Sendable, Hashable {
  /// `09:30`, by the suite's clock.
  package var time: String
  package var patient: PatientIdentity
  /// Empty where none was assigned.
  package var chair: String
  package var payer: String?
  package var regimen: String
  /// Planned drugs; administrations without a name.
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

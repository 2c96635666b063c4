public import InfusionRecord

/// Somebody the schedule expects today, and what is planned for them.
///
/// A plan is no fact. It fills in the opening of a session and comes first where a drug is chosen.
public struct ExpectedPatient: Sendable, Hashable {
  /// `09:30`, by the suite's clock.
  public var time: String
  public var patient: PatientIdentity
  /// Empty where none was assigned.
  public var chair: String
  public var payer: String?
  public var regimen: String
  /// Planned drugs; administrations without a name.
  public var drugs: [AdministrationFacts]

  public init(
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

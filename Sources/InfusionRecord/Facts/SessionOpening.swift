/// The facts at the start of a session: the patient, the place and the payer.
package struct SessionOpening: Sendable, Hashable {
  package var patient: PatientIdentity
  package var chair: String
  package var setting: SessionContext.Setting
  /// Two digits, or nil if not given.
  package var placeOfService: String?
  package var payer: String?
  /// The IANA name of the zone for the session's local dates and times.
  package var zone: String
  /// The nurse who first holds the session.
  package var nurse: String
  /// When the inpatient order was signed, if there is one. It mostly becomes known later, as a correction
  /// of the opening.
  package var inpatientFrom: Instant?
  /// Whether the record or the day's appointments had the number with another name or date of birth, and the
  /// nurse said that it is the same person. A doubt about the record until a supervisor signs.
  package var sharesNumber: Bool

  package init(
    patient: PatientIdentity, chair: String, setting: SessionContext.Setting = .facility,
    placeOfService: String? = nil, payer: String? = nil, zone: String, nurse: String,
    inpatientFrom: Instant? = nil, sharesNumber: Bool = false
  ) {
    self.patient = patient
    self.chair = chair
    self.setting = setting
    self.placeOfService = placeOfService
    self.payer = payer
    self.zone = zone
    self.nurse = nurse
    self.inpatientFrom = inpatientFrom
    self.sharesNumber = sharesNumber
  }
}

/// The patient's name with at least two identifiers.
package struct PatientIdentity: Sendable, Hashable {
  /// Administrative sex (HL7 table 0001).
  package enum Sex: String, Sendable, CaseIterable {
    case female, male, other, unknown
  }

  package var family: String
  package var given: String
  /// Nil if unknown, as in an imported session without a named patient.
  package var dateOfBirth: CivilDate?
  package var sex: Sex
  /// Medical record number.
  package var mrn: String
  /// The hospital's visit or account number.
  package var visitNumber: String

  package init(
    family: String, given: String, dateOfBirth: CivilDate?, sex: Sex, mrn: String,
    visitNumber: String
  ) {
    self.family = family
    self.given = given
    self.dateOfBirth = dateOfBirth
    self.sex = sex
    self.mrn = mrn
    self.visitNumber = visitNumber
  }

  /// Whether the hospital's system can find the account; a number of blanks is none.
  package var hasAccount: Bool { visitNumber.contains { !$0.isWhitespace } }

  /// `TESTER, Amara`, the form in banners. A restricted patient has no given name.
  package var displayName: String {
    isRestricted ? family.uppercased() : "\(family.uppercased()), \(given)"
  }

  /// `born 04-Feb-1961`, or a note that the date is not recorded.
  package var bornWords: String {
    if isRestricted { return "restricted record" }
    return dateOfBirth.map { "born \($0.display)" } ?? "date of birth not recorded"
  }

  /// `04-Feb-1961 (65)`, or a note that the date is not recorded.
  package func bornAndAge(on day: CivilDate) -> String {
    guard let dateOfBirth, let age = age(on: day) else { return "not recorded" }
    return "\(dateOfBirth.display) (\(age))"
  }

  /// Whole years on `day`.
  package func age(on day: CivilDate) -> Int? {
    guard let born = dateOfBirth?.components else { return nil }
    let now = day.components
    let isBefore = (now.month, now.day) < (born.month, born.day)
    return now.year - born.year - (isBefore ? 1 : 0)
  }
}

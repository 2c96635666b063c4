extension AllergyStatement {
  /// Whether it names an allergy or an alert.
  package var warns: Bool { !allergies.list.isEmpty || !alerts.isEmpty }
}

/// What was stated of a patient's allergies at another visit. It has to be asked again, and until then it asks
/// before a drug is given.
package struct EarlierAllergies: Sendable, Hashable {
  package let session: SessionID
  package let patient: PatientIdentity
  package let day: CivilDate
  package let statement: AllergyStatement

  /// The statement of each visit that has one, in their order.
  static func all(in visits: [EventLog]) -> [EarlierAllergies] {
    visits.compactMap { log in
      guard let statement = log.allergyStatement, statement != AllergyStatement(),
        let patient = log.opening?.patient, let opened = log.openedAt
      else { return nil }
      return EarlierAllergies(
        session: log.session, patient: patient, day: log.clock.date(at: opened),
        statement: statement)
    }
  }

  /// `told 23-Nov-2026, to be asked again: allergies: platinum (rash)`.
  package var words: String { "told \(day.display), to be asked again: \(statement.words)" }
}

import InfusionRecord

// What follows from a record number that was typed or scanned.

extension RecorderState {
  /// Who has this record number, on the board and in earlier visits, restricted patients too. Names are
  /// compared with it and not shown; see `isHidden(mrn:)`.
  func patients(numbered mrn: String) -> [PatientIdentity] {
    // What stands for a hidden patient has no number.
    if mrn.isEmpty { return [] }
    return sessions.map { $0.opening(comparedWith: mrn).patient }.filter {
      PatientNumber.areSame($0.mrn, mrn)
    } + known(of: mrn)
  }

  /// Who has this record number in today's appointments, restricted patients too.
  func booked(as mrn: String) -> [PatientIdentity] {
    if mrn.isEmpty { return [] }
    return expected.map(\.patient).filter { PatientNumber.areSame($0.mrn, mrn) }
  }

  /// Who had this record number in earlier visits, as far as they were looked up.
  func known(of mrn: String) -> [PatientIdentity] {
    knownPatients[PatientNumber.folded(mrn)] ?? []
  }

  /// Whether the record was asked who has this number.
  func isLookedUp(_ mrn: String) -> Bool { knownPatients[PatientNumber.folded(mrn)] != nil }

  /// The drugs of the patient's earlier visits; nil if they were not looked up.
  func pastDrugs(of mrn: String) -> [AdministrationFacts]? {
    let drugs = pastDrugs[PatientNumber.folded(mrn)]
    return drugs != nil && isHidden(mrn: mrn) ? [] : drugs
  }

  /// What was told of the patient's allergies at another visit, if nothing is stated at this one; nil if
  /// nothing was told or the record is hidden.
  func earlierAllergies(of session: SessionReading?) -> EarlierAllergies? {
    guard let session, !session.isHidden, session.status == .open,
      session.log.allergyStatement == nil
    else { return nil }
    let patient = session.opening.patient
    if isHidden(mrn: patient.mrn) { return nil }
    return pastAllergies[PatientNumber.folded(patient.mrn)]?.first {
      $0.session != session.id && $0.patient.isSamePerson(as: patient)
    }
  }

  /// Removes from the field of the record number what the scanner added, and looks the number up, once
  /// the user has left the field.
  mutating func lookUpPatient() -> [Effect] {
    guard var prompt, let index = prompt.fields.firstIndex(where: { $0.name == .mrn }),
      index != prompt.focus
    else { return [] }
    let typed = prompt.fields[index].entry.text
    let mrn = PatientNumber.read(typed, format: suite.wristband)
    if mrn != typed {
      prompt.fields[index].entry = TextEntry(mrn)
      self.prompt = prompt
      refreshPrompt()
    }
    return mrn.isEmpty || pastDrugs(of: mrn) != nil ? [] : [.recall(mrn: mrn)]
  }
}

extension FormContext {
  /// The record number without what a scanner added.
  var mrn: String { PatientNumber.read(value(.mrn), format: state.suite.wristband) }
}

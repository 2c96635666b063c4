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

  /// `Reactions at earlier visits: PACLitaxel 01-Dec-2026, grade 4 (life-threatening)`; nil if none are known.
  func earlierReactions(of session: SessionReading) -> String? {
    let found = earlierVisits(of: session).reactions(for: session.log)
    if found.isEmpty { return nil }
    return "Reactions at earlier visits: "
      + found.map { $0.words(formulary) }.joined(separator: "; ")
  }

  /// What other visits of the patient and the appointment tell of allergies and reactions; nothing if the record is hidden, or the
  /// session is not open.
  func earlierVisits(of session: SessionReading) -> EarlierVisits {
    let mrn = session.opening.patient.mrn
    guard !session.isHidden, session.status == .open, !isHidden(mrn: mrn) else {
      return EarlierVisits()
    }
    var visits = pastVisits[PatientNumber.folded(mrn)] ?? EarlierVisits()
    visits.booked = appointments[session.id].flatMap {
      BookedAllergies(written: $0.allergies, in: formulary)
    }
    return visits
  }

  /// What was told of allergies at another visit and what the appointment says of them, in sentences.
  func unaskedAllergies(of session: SessionReading?) -> [(words: String, warns: Bool)] {
    guard let session, session.log.allergyStatement == nil else { return [] }
    let told = earlierVisits(of: session)
    let earlier = told.allergies(for: session.log).map {
      (words: $0.words, warns: $0.statement.warns)
    }
    let booked = told.booked.map { (words: $0.words, warns: $0.statement.warns) }
    return [earlier, booked].compactMap { $0 }
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

import InfusionRecord

// What follows from a record number that was typed or scanned.

extension RecorderState {
  /// Who has this record number, on the board and in earlier visits.
  func patients(numbered mrn: String) -> [PatientIdentity] {
    sessions.map(\.opening.patient).filter { $0.mrn == mrn } + (knownPatients[mrn] ?? [])
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
    return mrn.isEmpty || knownPatients[mrn] != nil ? [] : [.recall(mrn: mrn)]
  }
}

extension FormContext {
  /// The record number without what a scanner added.
  var mrn: String { PatientNumber.read(value(.mrn), format: state.suite.wristband) }
}

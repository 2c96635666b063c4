import InfusionRecord

extension RecorderState {
  /// The scheduled patients without a session.
  var waiting: [ExpectedPatient] {
    if expected.isEmpty { return [] }
    let present = Set(sessions.map { PatientNumber.folded($0.opening.patient.mrn) })
    return expected.filter {
      !present.contains(PatientNumber.folded($0.patient.mrn)) && !isHidden(mrn: $0.patient.mrn)
    }
  }
}

extension FormContext {
  var waiting: [ExpectedPatient] { state.waiting }

  /// The scheduled patients without a session, as options of the field `expected`.
  var waitingOptions: [Field.Option] {
    waiting.map {
      Field.Option(
        $0.optionValue, $0.patient.displayName,
        details: [$0.patient.bornWords, $0.time, $0.regimen], aliases: [$0.patient.mrn])
    }
  }
}

import InfusionRecord

extension FormContext {
  /// The scheduled patients without a session.
  var waiting: [ExpectedPatient] {
    let present = Set(state.sessions.map { PatientNumber.folded($0.opening.patient.mrn) })
    return state.expected.filter {
      !present.contains(PatientNumber.folded($0.patient.mrn))
        && !state.isHidden(mrn: $0.patient.mrn)
    }
  }

  /// The scheduled patients without a session, as options of the field `expected`.
  var waitingOptions: [Field.Option] {
    waiting.map {
      Field.Option(
        $0.optionValue, $0.patient.displayName,
        details: [$0.patient.bornWords, $0.time, $0.regimen], aliases: [$0.patient.mrn])
    }
  }
}

extension ExpectedPatient {
  /// The value of its option, which names one appointment even if the patient has several today.
  var optionValue: String { "\(patient.mrn) \(time)" }
}

import InfusionRecord

extension FormContext {
  /// The scheduled patients without a session, each with the value of its option: the record number, and
  /// the time for a patient's later appointments of the day.
  var waiting: [(value: String, expected: ExpectedPatient)] {
    let present = Set(state.sessions.map { PatientNumber.folded($0.opening.patient.mrn) })
    var seen: Set<String> = []
    return state.expected.filter {
      !present.contains(PatientNumber.folded($0.patient.mrn))
        && !state.isHidden(mrn: $0.patient.mrn)
    }.map { expected in
      let mrn = expected.patient.mrn
      return (seen.insert(mrn).inserted ? mrn : "\(mrn) \(expected.time)", expected)
    }
  }

  /// The scheduled patients without a session, as options of the field `expected`.
  var waitingOptions: [Field.Option] {
    waiting.map {
      Field.Option(
        $0.value, $0.expected.patient.displayName,
        details: [$0.expected.patient.bornWords, $0.expected.time, $0.expected.regimen],
        aliases: [$0.expected.patient.mrn])
    }
  }
}

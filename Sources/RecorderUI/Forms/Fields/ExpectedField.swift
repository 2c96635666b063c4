import InfusionRecord

extension FormContext {
  /// The scheduled patients without a session.
  var waiting: [ExpectedPatient] {
    allWaiting.filter { !state.isHidden(mrn: $0.patient.mrn) }
  }

  /// How many patients are expected who are hidden from the user, as a sentence; empty if none is.
  var hiddenWaiting: String {
    let count = hiddenWaitingCount
    return count == 0
      ? ""
      : "\(count.pluralized("restricted patient is", "restricted patients are")) expected today and not "
        + "listed: type or scan the MRN."
  }

  var hiddenWaitingCount: Int { allWaiting.count - waiting.count }

  private var allWaiting: [ExpectedPatient] {
    let present = Set(
      state.sessions.flatMap { session in
        [session.opening, session.source.opening].compactMap { $0?.patient.mrn }
      }.map(PatientNumber.folded))
    return state.expected.filter { !present.contains(PatientNumber.folded($0.patient.mrn)) }
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

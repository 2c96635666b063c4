import InfusionRecord

extension RecorderState {
  /// The scheduled patients without a session.
  var waiting: [ExpectedPatient] {
    allWaiting.filter { !isHidden(mrn: $0.patient.mrn) }
  }

  /// How many patients without a session are expected who are hidden from the user.
  var hiddenWaitingCount: Int { restrictions.isEmpty ? 0 : allWaiting.count - waiting.count }
}

extension FormContext {
  var waiting: [ExpectedPatient] { state.waiting }

  /// `1 restricted patient is expected today`; empty if none is.
  var hiddenWaiting: String {
    let count = state.hiddenWaitingCount
    if count == 0 { return "" }
    return count.pluralized("restricted patient is", "restricted patients are") + " expected today"
  }

  /// The scheduled patients without a session, as options of the field `expected`.
  var waitingOptions: [Field.Option] {
    waiting.map {
      Field.Option(
        $0.optionValue, $0.patient.displayName,
        details: [
          $0.patient.bornWords, $0.time, $0.isNotInBook ? ExpectedPatient.notInBook : "",
          $0.regimen,
        ], aliases: [$0.patient.mrn])
    }
  }
}

import InfusionRecord

extension Form {
  /// Cancels an appointment of today. It records no fact.
  package static let cancelAppointment = Form(
    title: "Cancel an appointment", act: .importDocuments, scope: .suite,
    verb: { _ in "cancel" },
    targets: { form in
      form.about(.expected) { value in
        form.waiting.first { $0.optionValue == value }.map { .patient($0.patient.mrn) }
      }
    },
    question: { context in
      if context.waiting.isEmpty {
        let hidden = context.hiddenWaiting
        return hidden.isEmpty
          ? "No patient without a session is expected today."
          : hidden + ", and no other. chairtime schedule cancel NUMBER cancels such an appointment."
      }
      return
        "The patient is not expected any more. The appointment stays in the list of the day, and "
        + "chairtime schedule restore brings it back."
    },
    fields: CancelAppointmentForm.fields, reading: CancelAppointmentForm.reading)
}

private enum CancelAppointmentForm {
  static func fields(_ context: FormContext) -> [Field] {
    // The patient of the board's row is highlighted. Otherwise even one is chosen by the user: Enter alone
    // cancels nothing.
    [
      Field.choice(
        .expected, "Patient", context.waitingOptions,
        suggested: context.state.selectedExpected?.optionValue, hint: "choose the patient")
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let waiting = context.waiting
    if waiting.isEmpty { throw FormProblem(nil, "There is nothing to cancel.") }
    let value = context.value(.expected)
    if value.isEmpty { throw FormProblem(.expected, "Choose the patient.") }
    guard let expected = waiting.first(where: { $0.optionValue == value }) else {
      throw FormProblem(
        .expected, "This appointment is not in the list any more; nothing is cancelled.",
        .overtaken)
    }
    let patient = expected.patient
    let visit = patient.visitNumber.isEmpty ? "" : ", visit \(patient.visitNumber)"
    return FormReading(
      .cancel(expected),
      "the appointment at \(expected.time) of \(patient.displayName), \(patient.bornWords), "
        + "MRN \(patient.mrn)\(visit)")
  }
}

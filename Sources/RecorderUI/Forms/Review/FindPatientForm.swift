import InfusionRecord

extension Form {
  /// Finds a patient over all days of the record.
  package static let findPatient = Form(
    title: "Find a patient", act: .look, scope: .suite, verb: { _ in "find" },
    targets: { _ in [] },
    fields: { _ in
      [Field.text(.patient, "Patient", isRequired: true, hint: "name, MRN or date of birth")]
    }, reading: FindPatientForm.reading)
}

private enum FindPatientForm {
  /// The fewest letters or digits of a search, so that no key lists everybody.
  private static let fewest = 2

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let typed = context.value(.patient)
    // A scanned wristband has one word with digits; a name and a date are taken as they are.
    let isNumber = typed.contains(where: \.isNumber) && !typed.contains(where: \.isWhitespace)
    let text = isNumber ? PatientNumber.read(typed, format: context.state.suite.wristband) : typed
    guard text.count(where: { $0.isLetter || $0.isNumber }) >= fewest else {
      throw FormProblem(.patient, "Type at least \(fewest) letters or digits.")
    }
    return FormReading(.find(text), "\(text), in all days")
  }
}

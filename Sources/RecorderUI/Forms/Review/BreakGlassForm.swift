import InfusionRecord
import PlainText
import SessionReview

extension Form {
  /// Opens a restricted record with a reason.
  package static let breakGlass = Form(
    title: "Open a restricted record", act: .look, scope: .session, verb: { _ in "open" },
    opensRestricted: true, targets: { _ in [] },
    refusal: { $1.isHidden ? nil : BreakGlassForm.isOpen },
    rowRefusal: { $0.isHidden ? nil : BreakGlassForm.isOpen },
    question: { _ in BreakGlassForm.question }, fields: BreakGlassForm.fields,
    reading: BreakGlassForm.reading)
}

private enum BreakGlassForm {
  static let isOpen = "This record is open to you already."

  static let question =
    "This patient's record is RESTRICTED. If you open it, your name, the time and your reason are kept, and "
    + "supervisors see them in the review. It stays open to you for 12 hours."

  static func fields(_ context: FormContext) -> [Field] {
    [Field.text(.reason, "Reason", isRequired: true, hint: "why you open it")]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let reason = context.value(.reason)
    try RestrictedNumber.check(reason)
    return FormReading(
      .breakGlass(session.id, reason: reason),
      "the restricted record of chair \(session.opening.chair): \(reason), \(context.by)")
  }
}

import InfusionRecord
import SessionReview

extension Form {
  /// Opens a closed session again.
  package static let reopen = Form(
    title: "Reopen the session", act: .record, reviewedAct: .reopenReviewed, scope: .session,
    targets: { _ in [(.status, nil)] },
    refusal: { $1.status == .open ? ReopenForm.isOpen : nil },
    rowRefusal: { $0.isOpen ? ReopenForm.isOpen : nil },
    fields: ReopenForm.fields, reading: ReopenForm.reading)
}

private enum ReopenForm {
  static let isOpen = "This session is open."

  static func fields(_ context: FormContext) -> [Field] {
    [context.reasonField(["a stop was missing", "a drug was missing", "a time was wrong"])]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let reason = context.value(.reason)
    if reason.isEmpty { throw FormProblem(.reason, "Reopening needs a reason.") }
    return FormReading(
      [try context.draft(.sessionReopened, reason: reason)],
      "session reopened \(context.clockText(context.minute)): \(reason), \(context.by)")
  }
}

import InfusionRecord
import PlainText

/// A record number of a restricted patient in a form that opens or corrects a session.
///
/// Holding a session of a patient opens that patient's record. So a session gets such a number only from a
/// person who has opened the record with a reason. Until then the form asks for that reason and tells
/// nothing of the patient: a number that was typed wrong shows no name, no chair and no drug.
enum RestrictedNumber {
  static let question =
    "This MRN is of a RESTRICTED record. Compare it with the wristband. If you go on, your name, the time and "
    + "your reason are kept, and supervisors see them in the review. The record stays open to you for 12 "
    + "hours."

  /// Throws unless a reason may be kept.
  static func check(_ reason: String, in field: Field.Name = .reason) throws(FormProblem) {
    guard GivenReason.isFull(reason) else {
      throw FormProblem(
        field, "Opening a restricted record needs a reason: \(GivenReason.rule).")
    }
    guard reason.count <= Restrictions.longestReason, reason.isRecordable else {
      throw FormProblem(
        field, "The reason has at most \(Restrictions.longestReason) characters.")
    }
  }
}

extension FormContext {
  /// Whether the number in the field is of a restricted record that the user has not opened.
  var isNumberRestricted: Bool { state.needsGlass(mrn: mrn) }

  /// The reason for opening the record; none if it needs none.
  var glassFields: [Field] {
    guard isNumberRestricted else { return [] }
    var field = Field.text(.glass, "Why open it", isRequired: true, hint: "why you open it")
    field.subject = mrn
    return [field]
  }

  /// What the form comes to before anything else: the record is opened; nil if the record is open.
  func openingOfRecord() throws(FormProblem) -> FormReading? {
    guard isNumberRestricted else { return nil }
    let reason = value(.glass)
    try RestrictedNumber.check(reason, in: .glass)
    return FormReading(
      .openRecord(mrn: mrn, reason: reason),
      "the restricted record of MRN \(mrn): \(reason), \(by)")
  }
}

extension RecorderState {
  /// Whether the user must open the record of a number before a session gets that number.
  func needsGlass(mrn: String) -> Bool {
    !mrn.isEmpty && restrictions.hides(mrn, from: actor.name, at: now)
  }

  /// Goes on in the form whose record number the user has opened.
  package mutating func openedRecord(_ mrn: String) -> [Effect] {
    prompt?.problem = nil
    refreshPrompt()
    if let missing = prompt?.firstMissing { prompt?.focus = missing }
    notice = told(
      "RESTRICTED RECORD OPENED under your name, with your reason. Supervisors see it in the review."
    )
    return [.recall(mrn: mrn)]
  }
}

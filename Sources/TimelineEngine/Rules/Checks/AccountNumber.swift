import InfusionRecord

/// Units are posted only for a visit with an account number; a recorded session without one is found.
///
/// A hospital's system puts a charge to an account by that number (HL7 PID-18, PV1-19). A charge without
/// it is posted to no account or, worse, to one that the receiver guesses. A session document names no
/// patient, so nothing is found in it.
enum AccountNumber {
  static let rule = Rule(
    .accountNumber,
    claim: """
      Units are posted only for a visit with an account number; a recorded session without one is \
      found.
      """,
    sections: ["decision 73"], citations: [.deduction], policies: ["account.required"])

  static func apply(_ draft: inout Draft) {
    guard draft.policy.accountRequired, draft.timeline.session.hasAccount == false else { return }
    draft.find(.noAccount)
  }
}

extension Finding.Definition {
  static let noAccount = Self(
    .accountNumber, .warning,
    "The session has no visit or account number, so no unit of it is posted.")
}

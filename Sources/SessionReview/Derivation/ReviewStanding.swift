package import InfusionRecord

/// How the review of a session stands.
package enum ReviewStanding: Sendable, Hashable {
  /// Never signed, and the patient is still in the chair.
  case open
  /// Never signed, and the patient has left.
  case closed
  /// Signed off, and the facts still come to the statement that was signed.
  case reviewed(SignOff)
  /// Signed off once. Since then a fact was recorded or the session was reopened.
  case changed(SignOff, sentences: [String])

  /// What was signed, by whom, and when.
  package struct SignOff: Sendable, Hashable {
    package var review: Review
    package var at: RecordedTime
  }

  package var isSignedOff: Bool {
    if case .reviewed = self { true } else { false }
  }

  /// The last sign-off, even if the session changed after it.
  package var signOff: SignOff? {
    switch self {
    case .open, .closed: nil
    case .reviewed(let found), .changed(let found, _): found
    }
  }

  /// What changed after the sign-off, one sentence each; empty if nothing did.
  package var changes: [String] {
    if case .changed(_, let sentences) = self { sentences } else { [] }
  }

  /// The word in every export: `changed since review`.
  package var text: String {
    switch self {
    case .open: "open"
    case .closed: "closed"
    case .reviewed: "reviewed"
    case .changed: "changed since review"
    }
  }
}

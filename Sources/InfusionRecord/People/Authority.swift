/// The role a person is enrolled with.
package enum Role: String, Sendable, CaseIterable, Hashable {
  case nurse, supervisor
}

/// An act that needs a role.
package enum Act: String, Sendable, CaseIterable, Hashable {
  /// See a patient's record.
  case look
  /// Record a fact at the chair.
  case record
  /// Sign off a session as its reviewer.
  case signOff
  /// Reopen a session that was signed off.
  case reopenReviewed
  /// Write charges or records to files, or send them.
  case export
  /// Import session documents or appointments.
  case importDocuments
  /// Put a changed site configuration into force.
  case changeConfiguration
  /// Enrol and retire people, set roles and PINs.
  case managePeople
  /// Read the audit record: sign-ins, views and exports.
  case readAudit
  /// Restrict a patient's record, or release it.
  case restrict

  /// The act as the subject of a refusal, "Exporting is for supervisors", on all screens and commands.
  package var words: String {
    switch self {
    case .look: "Seeing a record"
    case .record: "Recording"
    case .signOff: "Signing off"
    case .reopenReviewed: "Reopening a reviewed session"
    case .export: "Exporting"
    case .importDocuments: "Importing documents or changing appointments"
    case .changeConfiguration: "Changing the configuration"
    case .managePeople: "Managing people"
    case .readAudit: "Reading the audit record"
    case .restrict: "Restricting a record"
    }
  }

  /// The lowest role that may do it.
  package var role: Role {
    switch self {
    case .look, .record: .nurse
    case .signOff, .reopenReviewed, .export, .importDocuments, .changeConfiguration,
      .managePeople, .readAudit, .restrict:
      .supervisor
    }
  }
}

/// The authority under which an act is done.
///
/// If nobody is enrolled, the host account that runs the program has every right and no PIN is asked.
/// From the first enrolment on, every act needs a signed-in person.
package enum Authority: Sendable, Hashable {
  /// Nobody is enrolled: the host account has every right.
  case account
  /// People are enrolled, but nobody is signed in.
  case nobody
  case signedIn(Role)
}

/// Whether `actor` may do `act`. All permissions are decided here.
package func may(_ actor: Authority, _ act: Act) -> Bool {
  switch actor {
  case .account: true
  case .nobody: false
  case .signedIn(.supervisor): true
  case .signedIn(.nurse): act.role == .nurse
  }
}

extension Authority {
  /// Why `act` is refused and what to do; nil if it is allowed.
  package func refusal(of act: Act) -> String? {
    if may(self, act) { return nil }
    switch self {
    case .nobody: return "\(act.words) needs a person who is signed in."
    case .account, .signedIn:
      return "\(act.words) is for supervisors; a supervisor must sign in."
    }
  }
}

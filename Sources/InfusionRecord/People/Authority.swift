/// What somebody is enrolled as.
public enum Role: String, Sendable, CaseIterable, Hashable {
  case nurse, supervisor
}

/// Something that not everybody may do.
///
/// The word after "is for supervisors" or "needs somebody signed in" is `words`, so that every
/// screen and command says it alike.
public enum Act: String, Sendable, CaseIterable, Hashable {
  /// See a patient's record.
  case look
  /// Record a fact at the chair.
  case record
  /// Put a reviewer's name under a session.
  case signOff
  /// Reopen a session that was signed off.
  case reopenReviewed
  /// Write charges or records out of the store, or send them.
  case export
  /// Take session documents or appointments into the store.
  case importDocuments
  /// Put a changed site configuration into force.
  case changeConfiguration
  /// Enrol, retire, give roles and PINs.
  case managePeople
  /// Read who signed in, looked and exported.
  case readAudit

  /// As the beginning of a sentence.
  public var words: String {
    switch self {
    case .look: "Seeing a record"
    case .record: "Recording"
    case .signOff: "Signing off"
    case .reopenReviewed: "Reopening a reviewed session"
    case .export: "Exporting"
    case .importDocuments: "Importing"
    case .changeConfiguration: "Changing the configuration"
    case .managePeople: "Managing people"
    case .readAudit: "Reading the audit record"
    }
  }

  /// The least role it takes.
  public var role: Role {
    switch self {
    case .look, .record: .nurse
    case .signOff, .reopenReviewed, .export, .importDocuments, .changeConfiguration,
      .managePeople, .readAudit:
      .supervisor
    }
  }
}

/// In whose right something is done.
///
/// Where nobody is enrolled the program belongs to the account of the host that runs it, and no PIN
/// is asked. From the first enrolment on, only somebody signed in may do anything.
public enum Authority: Sendable, Hashable {
  /// Nobody is enrolled: the account of the host has every right.
  case account
  /// People are enrolled, and none of them is signed in.
  case nobody
  case signedIn(Role)
}

/// Whether `actor` may do `act`: the one place that decides it.
public func may(_ actor: Authority, _ act: Act) -> Bool {
  switch actor {
  case .account: true
  case .nobody: false
  case .signedIn(.supervisor): true
  case .signedIn(.nurse): act.role == .nurse
  }
}

extension Authority {
  /// Why `act` is refused, and what to do; nil where it is not.
  public func refusal(of act: Act) -> String? {
    if may(self, act) { return nil }
    switch self {
    case .nobody: return "\(act.words) needs somebody signed in."
    case .account, .signedIn:
      return "\(act.words) is for supervisors; a supervisor has to sign in."
    }
  }
}

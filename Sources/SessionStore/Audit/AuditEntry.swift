package import InfusionRecord

/// One line of the audit record: who did what that is no fact about a patient's treatment.
///
/// Facts carry their author themselves. This record holds the rest: who was enrolled, signed in,
/// looked at a session, took data out, changed the configuration. It names sessions by their names
/// and never a patient.
package struct AuditEntry: Sendable, Hashable {
  package let time: RecordedTime
  /// The signed-in person, or the account of the host where nobody is enrolled.
  package let actor: String
  package let workstation: String
  package let deed: Deed

  package init(time: RecordedTime, actor: String, workstation: String, deed: Deed) {
    self.time = time
    self.actor = actor
    self.workstation = workstation
    self.deed = deed
  }

  package enum Deed: Sendable, Hashable {
    case enrolled(person: String, role: Role)
    case pinSet(person: String)
    case roleGiven(person: String, role: Role)
    case retired(person: String)
    case signedIn(person: String)
    /// nil where there is no such person: what was typed as a name could be a PIN.
    case signInFailed(person: String?)
    case viewed(SessionID)
    /// What left the store, in the words of the command: `csv 2026-11-23`.
    case exported(what: String, sessions: Int)
    case imported(what: String)
    /// The SHA-256 of the site's file as it is in force from here on; empty where there is none.
    case configurationAccepted(hash: String)
    case refused(Act)
  }
}

extension AuditEntry.Deed {
  package enum Kind: String, Sendable, CaseIterable {
    case enrolled
    case pinSet = "pin-set"
    case roleGiven = "role-given"
    case retired
    case signedIn = "signed-in"
    case signInFailed = "sign-in-failed"
    case viewed, exported, imported
    case configurationAccepted = "configuration-accepted"
    case refused
  }

  package var kind: Kind {
    switch self {
    case .enrolled: .enrolled
    case .pinSet: .pinSet
    case .roleGiven: .roleGiven
    case .retired: .retired
    case .signedIn: .signedIn
    case .signInFailed: .signInFailed
    case .viewed: .viewed
    case .exported: .exported
    case .imported: .imported
    case .configurationAccepted: .configurationAccepted
    case .refused: .refused
    }
  }

  /// The person it is about, where it is about one.
  package var person: String? {
    switch self {
    case .enrolled(let person, _), .pinSet(let person), .roleGiven(let person, _),
      .retired(let person), .signedIn(let person):
      person
    case .signInFailed(let person): person
    default: nil
    }
  }

  /// As a person reads it after the actor's name.
  package var words: String {
    switch self {
    case .enrolled(let person, let role): "enrolled \(person) as \(role.rawValue)"
    case .pinSet(let person): "set the PIN of \(person)"
    case .roleGiven(let person, let role): "made \(person) a \(role.rawValue)"
    case .retired(let person): "retired \(person)"
    case .signedIn: "signed in"
    case .signInFailed(let person):
      person == nil ? "failed to sign in: no such person" : "failed to sign in: wrong PIN"
    case .viewed(let session): "looked at session \(session)"
    case .exported(let what, let sessions):
      "exported \(what), \(sessions.named("session"))"
    case .imported(let what): "imported \(what)"
    case .configurationAccepted(let hash):
      hash.isEmpty
        ? "accepted that there is no site configuration"
        : "accepted the site configuration \(hash.prefix(12))"
    case .refused(let act): "was refused: \(act.words)"
    }
  }
}

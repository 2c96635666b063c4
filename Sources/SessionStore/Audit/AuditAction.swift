package import InfusionRecord

/// What an audit entry records.
package enum AuditAction: Sendable, Hashable {
  case enrolled(person: String, role: Role)
  case pinSet(person: String)
  case roleGiven(person: String, role: Role)
  case retired(person: String)
  case signedIn(person: String)
  /// nil if there is no such person: the text that was typed as a name could be a PIN.
  case signInFailed(person: String?)
  case viewed(SessionID)
  /// `what` names the format and the days: `csv 2026-11-23`.
  case exported(what: String, sessions: Int)
  case imported(what: String)
  /// The files that are in force from now on, as `ConfigurationHash.text`.
  case configurationAccepted(hash: String)
  case refused(Act)
}

extension AuditAction {
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

  /// The person it is about; nil if it is about none.
  package var person: String? {
    switch self {
    case .enrolled(let person, _), .pinSet(let person), .roleGiven(let person, _),
      .retired(let person), .signedIn(let person):
      person
    case .signInFailed(let person): person
    default: nil
    }
  }

  /// The sentence's words after the actor's name.
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
      "exported \(what), \(sessions.pluralized("session"))"
    case .imported(let what): "imported \(what)"
    case .configurationAccepted(let hash): "accepted \(ConfigurationHash(text: hash).words)"
    case .refused(let act): "was refused: \(act.words)"
    }
  }
}

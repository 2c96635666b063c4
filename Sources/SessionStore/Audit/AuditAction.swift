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
  /// A patient's record is hidden from now on, except from those who hold or open it.
  case restricted(mrn: String, reason: String)
  case released(mrn: String, reason: String)
  /// A restricted record was opened with a reason; the session is nil if the whole record was.
  case glassBroken(mrn: String, session: SessionID?, reason: String)
  /// A screen that another person left locked with an unfinished entry was taken over.
  case tookOver(from: String, reason: String)
  /// The appointments of the days before one were deleted.
  case appointmentsForgotten(before: CivilDate, days: Int)
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
    case restricted, released
    case glassBroken = "glass-broken"
    case tookOver = "took-over"
    case appointmentsForgotten = "appointments-forgotten"
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
    case .restricted: .restricted
    case .released: .released
    case .glassBroken: .glassBroken
    case .tookOver: .tookOver
    case .appointmentsForgotten: .appointmentsForgotten
    }
  }

  /// The person it is about; nil if it is about none.
  package var person: String? {
    switch self {
    case .enrolled(let person, _), .pinSet(let person), .roleGiven(let person, _),
      .retired(let person), .signedIn(let person):
      person
    case .signInFailed(let person): person
    case .tookOver(let person, _): person
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
    case .restricted(let mrn, let reason): "restricted the record of MRN \(mrn): \(reason)"
    case .released(let mrn, let reason): "released the record of MRN \(mrn): \(reason)"
    case .glassBroken(let mrn, let session, let reason):
      Restrictions.Opened.record(mrn: mrn, session: session).words(reason)
    case .appointmentsForgotten(let day, let count):
      "deleted the appointments before \(day.iso), \(count.pluralized("day"))"
    case .tookOver(let person, let reason): Restrictions.Opened.screen(of: person).words(reason)
    }
  }
}

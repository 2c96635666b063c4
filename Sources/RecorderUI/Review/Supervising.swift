/// What a supervisor may ask for that leaves the screen or puts a name under a session.
public enum SupervisorAct: Hashable, Sendable {
  case signOff
  case reopen
  case export
}

extension RecorderState {
  /// The one place where an act of a supervisor is allowed or refused, with a sentence.
  ///
  /// Every form that signs off, reopens from the review, or writes patients' data to a file asks here
  /// before it opens and once more when Enter confirms it.
  func refusal(of act: SupervisorAct) -> String? {
    switch act {
    case .signOff:
      guard suite.supervisors.isEmpty || suite.supervisors.contains(actor.name) else {
        return "\(actor.name) is not among the site's supervisors; nothing can be signed off."
      }
      return nil
    case .reopen, .export: return nil
    }
  }
}

extension Form {
  /// What of a supervisor's acts the form is.
  var act: SupervisorAct? {
    switch self {
    case .signOff, .signOffClean: .signOff
    case .export, .packet: .export
    default: nil
    }
  }

  /// Whether it is about one session.
  var isAboutSession: Bool {
    switch self {
    case .openSession, .signOffClean, .goToDay, .export, .packet: false
    default: true
    }
  }

  /// Whether it records facts.
  var records: Bool {
    switch self {
    case .goToDay, .export, .packet: false
    default: true
    }
  }
}

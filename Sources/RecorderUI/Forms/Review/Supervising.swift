import InfusionRecord

extension Form {
  /// What the form does, as `may` knows it; asked before it opens and once more when Enter confirms it.
  var act: Act {
    switch self {
    case .signOff, .signOffClean: .signOff
    case .export, .packet: .export
    case .goToDay: .look
    default: .record
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

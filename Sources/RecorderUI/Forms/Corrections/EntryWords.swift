import InfusionRecord

extension Fact {
  /// The same fact with other values of what begins with it.
  func changing(_ change: (inout AdministrationFacts) -> Void) -> Fact {
    guard var facts = beginning else { return self }
    change(&facts)
    switch self {
    case .drugStarted: return .drugStarted(facts)
    case .pushGiven(_, let minutes): return .pushGiven(facts, minutes: minutes)
    case .injectionGiven: return .injectionGiven(facts)
    case .pumpConnected: return .pumpConnected(facts)
    default: return self
    }
  }
}

extension SessionReading {
  /// An entry as it stands now, with the drug's name as the screens show it.
  func words(_ entry: EventLog.Entry) -> String {
    words(entry.fact ?? entry.original.fact)
  }

  func words(_ fact: Fact) -> String { fact.words(in: log, formulary: formulary) }
}

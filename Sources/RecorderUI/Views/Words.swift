public import InfusionRecord

// Values in the words the screens use.

extension TimeBasis {
  public var words: String {
    switch self {
    case .observed: "observed"
    case .reportedByColleague: "reported by a colleague"
    case .pumpLog: "from the pump's log"
    case .computedFromRateAndVolume: "computed from rate and volume"
    case .lastSeenRunning: "last seen running"
    case .lateEntry: "late entry"
    }
  }
}

extension AccessSite.Kind {
  public var words: String {
    switch self {
    case .port: "Port"
    case .picc: "PICC"
    case .central: "Central line"
    case .peripheral: "Peripheral IV"
    case .subcutaneous: "Under the skin"
    case .implanted: "Implanted pump"
    }
  }
}

extension AccessSite.SecondSiteReason {
  public var words: String {
    switch self {
    case .protocolRequired: "the protocol requires it"
    case .incompatibility: "the drugs are incompatible"
    case .patientCondition: "the patient's condition"
    }
  }
}

extension SiteOpening {
  /// `Port, right chest`.
  public var words: String {
    let name = location.map { "\(kind.words), \($0)" } ?? kind.words
    return site == kind.rawValue ? name : "\(name) (\(site))"
  }
}

extension Technique {
  public var words: String {
    switch self {
    case .infusion: "infusion"
    case .push: "push"
    case .intramuscular: "into the muscle"
    case .subcutaneous: "under the skin"
    case .subcutaneousInfusion: "infusion under the skin"
    case .pump: "pump"
    case .pumpDisconnect: "pump taken off"
    case .pumpRefill: "pump refilled"
    case .implantedPumpRefill: "implanted pump refilled"
    case .onBodyInjector: "on-body injector"
    case .flush: "device flush"
    case .oral: "by mouth"
    }
  }
}

extension Drug.Class {
  public var words: String {
    switch self {
    case .chemotherapy: "chemotherapy"
    case .hormonalAntineoplastic: "hormonal"
    case .complexBiologic: "complex biologic"
    case .therapeutic: "therapeutic"
    case .hydration: "hydration"
    case .other: "other"
    }
  }
}

extension Administration.StopReason {
  public var words: String {
    switch self {
    case .completed: "completed"
    case .reaction: "reaction"
    case .extravasation: "extravasation"
    case .patientRequest: "patient's request"
    case .other: "other"
    }
  }
}

extension Administration.Purpose {
  public var words: String {
    switch self {
    case .hydration: "hydration"
    case .keepOpen: "keep the line open"
    case .flush: "flush"
    case .diluent: "diluent"
    case .betweenBloodUnits: "between blood units"
    }
  }
}

extension PatientIdentity.Sex {
  public var words: String {
    switch self {
    case .female: "female"
    case .male: "male"
    case .other: "other"
    case .unknown: "not recorded"
    }
  }
}

extension EventLog.Status {
  public var words: String { rawValue }
}

extension Event {
  /// ` by R. Nobody`, after words that do not say so already.
  func author(after words: String, _ link: String = " ") -> String {
    words.hasSuffix(" by \(actor)") ? "" : "\(link)by \(actor)"
  }
}

extension Fact {
  /// The fact as a line of the history: `started CARBOplatin`.
  public func words(drugName: (String) -> String) -> String {
    switch self {
    case .sessionOpened(let opening): "session opened, chair \(opening.chair)"
    case .drugStarted(let facts): "started \(facts.drug), \(facts.technique.words)"
    case .drugPaused(let id): "paused \(drugName(id))"
    case .drugResumed(let id): "resumed \(drugName(id))"
    case .drugStopped(let stop):
      "stopped \(drugName(stop.administration)), "
        + (stop.isNotObserved ? "nobody saw it end" : stop.stopReason.words)
    case .rateChanged(let id, let rate): "rate of \(drugName(id)) \(quantity(rate)) mL/h"
    case .bagChanged(let id, let bag, _): "bag of \(drugName(id)) changed: \(bag)"
    case .pushGiven(let facts, let minutes):
      "pushed \(facts.drug)" + (minutes.map { " in \($0)\u{A0}min" } ?? "")
    case .injectionGiven(let facts): "injected \(facts.drug), \(facts.technique.words)"
    case .pumpConnected(let facts): "pump with \(facts.drug) connected"
    case .pumpDisconnected(let end): "pump with \(end.drug) taken off"
    case .deviceFlushed: "access device flushed"
    case .siteOpened(let opening): "access site \(opening.words)"
    case .siteClosed(let site): "access site \(site) closed"
    case .noteAdded(let text, _): "note: \(text)"
    case .doubleCheckRecorded(let id, let checker): "\(drugName(id)) checked with \(checker)"
    case .handedOff(let nurse): "handed over to \(nurse)"
    case .eventSuperseded(_, .none): "withdrawn"
    case .eventSuperseded(_, .some(let fact)): "corrected: \(fact.words(drugName: drugName))"
    case .sessionClosed: "session closed"
    case .sessionReopened: "session reopened"
    case .sessionReviewed(let review): "reviewed by \(review.reviewer)"
    }
  }
}

/// A number as clinical text writes it: `5`, `0.5`, never `5.0` or `.5` (ISMP error-prone list).
public func quantity(_ number: Double) -> String {
  guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
  if number == number.rounded() { return "\(Int(number))" }
  return "\(number)"
}

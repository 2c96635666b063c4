extension Fact {
  /// What a correction changes that `words` of both facts do not say: `order 2 instead of 1`.
  ///
  /// Values of the patient are named and not told, because pages of several patients and messages show them.
  package func differences(from earlier: Fact) -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(
      _ what: String, _ before: Value?, _ after: Value?, _ words: (Value) -> String
    ) {
      if before == after { return }
      let (was, now) = (before.map(words) ?? "none", after.map(words) ?? "none")
      found.append(was == now ? "\(what) changed" : "\(what) \(now) instead of \(was)")
    }
    func text(_ what: String, _ before: String?, _ after: String?) {
      compare(what, before, after) { $0 }
    }
    func number(_ what: String, _ before: Double?, _ after: Double?, _ unit: String) {
      compare(what, before, after) { "\($0.plain) \(unit)" }
    }
    if let was = earlier.beginning, let now = beginning {
      text("order", was.order, now.order)
      text("dose", was.dose, now.dose)
      text("bag", was.bag, now.bag)
      number("planned", was.plannedMinutes, now.plannedMinutes, "min")
      number("volume", was.volumeML, now.volumeML, "mL")
      number("rate", was.rateMLPerHour, now.rateMLPerHour, "mL/h")
      compare("class", was.statedClass, now.statedClass, \.words)
      compare("purpose", was.purpose, now.purpose, \.words)
      compare("order and indication", was.hydrationFacts, now.hydrationFacts, \.words)
      text("encounter", was.encounter, now.encounter)
      compare("pump of", was.pumpOwner, now.pumpOwner, \.rawValue)
      compare("goes home", was.goesHome, now.goesHome) { $0 ? "yes" : "no" }
      compare("reason for the visit", was.isReasonForVisit, now.isReasonForVisit) {
        $0 ? "yes" : "no"
      }
    }
    switch (earlier, self) {
    case (.drugStopped(let was), .drugStopped(let now)):
      number("volume", was.volumeML, now.volumeML, "mL")
    case (.sessionOpened(let was), .sessionOpened(let now)):
      found += Fact.differences(of: was.patient, and: now.patient)
      text("payer", was.payer, now.payer)
      text("place of service", was.placeOfService, now.placeOfService)
      compare("setting", was.setting, now.setting, \.rawValue)
    default: break
    }
    return found
  }

  private static func differences(
    of was: PatientIdentity, and now: PatientIdentity
  ) -> [String] {
    let parts = [
      ("name", (was.family, was.given) != (now.family, now.given)),
      ("date of birth", was.dateOfBirth != now.dateOfBirth), ("sex", was.sex != now.sex),
      ("MRN", was.mrn != now.mrn), ("visit number", was.visitNumber != now.visitNumber),
    ]
    return parts.filter(\.1).map { "\($0.0) changed" }
  }

  /// Whether a correction changes by what charges are found at the receiver: the order, the record number or the
  /// visit. Charges that were sent are then credited and charged again, although no unit changes.
  package func changesPosting(from earlier: Fact) -> Bool {
    if let was = earlier.beginning, let now = beginning { return was.order != now.order }
    guard case .sessionOpened(let was) = earlier, case .sessionOpened(let now) = self else {
      return false
    }
    return was.patient.mrn != now.patient.mrn
      || was.patient.visitNumber != now.patient.visitNumber
  }
}

extension Administration.HydrationFacts {
  fileprivate var words: String {
    switch self {
    case .all: "both"
    case .order: "the order"
    case .indication: "the indication"
    default: "neither"
    }
  }
}

extension EventLog {
  /// What an event corrected, and the fact that stood before it; nil if it corrected nothing.
  package func correction(by event: Event) -> (from: Fact, to: Fact)? {
    guard case .eventSuperseded(let target, let replacement?) = event.fact,
      let before = events.first(where: { $0.id == target })?.fact.effective
    else { return nil }
    return (before, replacement)
  }
}

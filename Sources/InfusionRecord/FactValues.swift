extension EventLog {
  /// Whether a fact's own values are possible, whatever else the log holds.
  func aboutValues(_ fact: Fact) -> Refusal? {
    switch fact {
    case .sessionOpened(let opening):
      return aboutOpening(opening)
    case .drugStarted(let facts), .injectionGiven(let facts), .pumpConnected(let facts):
      return aboutFacts(facts)
    case .pushGiven(let facts, let minutes):
      if let minutes, !(0...1440).contains(minutes) {
        return Refusal(.valueOutOfRange, "A push takes 0 to 1,440 minutes.")
      }
      return aboutFacts(facts)
    case .rateChanged(_, let rate):
      return quantity(rate, "A rate", upTo: 100_000, "mL/h")
    case .bagChanged(_, let bag, let volume):
      return missing(bag, "A bag change names the bag.")
        ?? volume.flatMap { quantity($0, "A volume", upTo: 100_000, "mL") }
    case .drugStopped(let stop):
      return stop.volumeML.flatMap { quantity($0, "A volume", upTo: 100_000, "mL") }
    case .pumpDisconnected(let end):
      return missing(end.administration, "A disconnection needs a name.")
        ?? missing(end.drug, "A disconnection names the drug.")
    case .siteOpened(let opening):
      if opening.parent == opening.site {
        return Refusal(.valueOutOfRange, "An access site is not its own lumen.")
      }
      return missing(opening.site, "An access site needs a name.")
    case .noteAdded(let text, _): return missing(text, "The note is empty.")
    case .doubleCheckRecorded(_, let checker):
      return missing(checker, "A double check names the person who checked.")
    case .handedOff(let nurse): return missing(nurse, "A hand-off names who takes over.")
    case .sessionReviewed(let review): return missing(review.reviewer, "A review names who did it.")
    case .eventSuperseded(_, let replacement): return replacement.flatMap { aboutValues($0) }
    case .drugPaused, .drugResumed, .deviceFlushed, .siteClosed, .sessionClosed, .sessionReopened:
      return nil
    }
  }

  private func aboutOpening(_ opening: SessionOpening) -> Refusal? {
    let patient = opening.patient
    if let place = opening.placeOfService,
      place.utf8.count != 2 || !place.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      return Refusal(.valueOutOfRange, "A place of service is two digits.")
    }
    return missing(patient.family, "The patient's family name is missing.")
      ?? missing(patient.given, "The patient's given name is missing.")
      ?? missing(patient.mrn, "The patient's record number is missing.")
      ?? missing(opening.chair, "The chair is missing.")
      ?? missing(opening.nurse, "The nurse is missing.")
      ?? missing(opening.zone, "The time zone is missing.")
  }

  private func aboutFacts(_ facts: AdministrationFacts) -> Refusal? {
    missing(facts.administration, "An administration needs a name.")
      ?? missing(facts.drug, "The drug is missing.")
      ?? facts.plannedMinutes.flatMap {
        quantity($0, "A planned duration", upTo: 100_000, "minutes")
      }
      ?? facts.volumeML.flatMap { quantity($0, "A volume", upTo: 100_000, "mL") }
      ?? facts.rateMLPerHour.flatMap { quantity($0, "A rate", upTo: 100_000, "mL/h") }
  }

  private func missing(_ text: String, _ sentence: String) -> Refusal? {
    text.contains { !$0.isWhitespace } ? nil : Refusal(.textMissing, sentence)
  }

  private func quantity(
    _ value: Double, _ what: String, upTo most: Double, _ unit: String
  ) -> Refusal? {
    value.isFinite && value >= 0 && value <= most
      ? nil : Refusal(.valueOutOfRange, "\(what) lies between 0 and \(Int(most)) \(unit).")
  }
}

// What the record cannot hold about the stay: the inpatient order, and a purpose that does not fit a drug.

extension EventLog {
  /// The refusal of hydration that is charted as part of another procedure; nil for other facts.
  ///
  /// Fluid has purposes of its own, which say why it is not hydration (rulebook R8, D78).
  func checkPurpose(_ fact: Fact, _ formulary: Formulary) -> Refusal? {
    var fact: Fact? = fact
    if case .eventSuperseded(_, let replacement) = fact { fact = replacement }
    guard let facts = fact?.beginning, facts.purpose == .integral, facts.technique != .flush else {
      return nil
    }
    let drug = formulary.drug(named: facts.drug)
    guard (facts.statedClass ?? drug.entry?.drugClass) == .hydration else { return nil }
    let purposes = Administration.Purpose.ofFluid.map(\.rawValue).joined(separator: ", ")
    return Refusal(
      .valueOutOfRange,
      "\(drug.displayName) is hydration, which has one of these purposes: \(purposes).")
  }

  /// The refusal of an inpatient order outside the session; nil if it may be recorded.
  func checkInpatientOrder(_ opening: SessionOpening) -> Refusal? {
    guard let moment = opening.inpatientFrom else { return nil }
    if moment.seconds % 60 != 0 {
      return Refusal(.notWholeMinutes, "Clinical times are whole minutes.")
    }
    guard LocalClock.recordable.contains(moment.seconds) else {
      return Refusal(.valueOutOfRange, "The time lies outside the years 1970 to 9999.")
    }
    return nil
  }
}

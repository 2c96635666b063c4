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

  /// The refusal of an inpatient order at a time that no order can have; nil for other facts.
  func checkInpatientOrder(_ event: Event, now: RecordedTime) -> Refusal? {
    var fact: Fact? = event.fact
    if case .eventSuperseded(_, let replacement) = event.fact { fact = replacement }
    guard let moment = fact?.opening?.inpatientFrom else { return nil }
    if moment.seconds % 60 != 0 {
      return Refusal(.notWholeMinutes, "Clinical times are whole minutes.")
    }
    guard LocalClock.recordable.contains(moment.seconds) else {
      return Refusal(.valueOutOfRange, "The time lies outside the years 1970 to 9999.")
    }
    if moment - now.instant > RecordLimits.futureTolerance {
      return Refusal(
        .inTheFuture, "The inpatient order lies in the future; record it when it is signed.")
    }
    return nil
  }
}

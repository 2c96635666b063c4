extension EventLog {
  /// The refusal of an inpatient order at a time that no order can have; nil for other facts.
  func checkInpatientOrder(_ event: Event, now: RecordedTime) -> Refusal? {
    guard let moment = event.fact.effective?.opening?.inpatientFrom else { return nil }
    if let refusal = checkMoment(moment) { return refusal }
    if moment - now.instant > RecordLimits.futureTolerance {
      return Refusal(
        .inTheFuture, "The inpatient order lies in the future; record it when it is signed.")
    }
    return nil
  }
}

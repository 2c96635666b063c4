import InfusionRecord

/// The planned end of a running drug, as the clock shows it at a moment.
struct PlannedEnd: Hashable {
  let moment: Instant
  /// The minutes left; 0 in the minute of the end, negative after it.
  let minutesLeft: Int

  /// Nil if the drug does not run or has no plan, or if it was paused before its end.
  init?(of administration: RecordedAdministration, asOf now: Instant) {
    guard administration.isRunning, let moment = administration.plannedEnd(asOf: now) else {
      return nil
    }
    if administration.progress == .paused, let pause = administration.pauses.last?.start,
      moment > pause
    {
      return nil
    }
    self.moment = moment
    minutesLeft = Int((moment.minute - now.minute) / 60)
  }

  var isReached: Bool { minutesLeft <= 0 }

  /// The last minutes before the end, in which the board counts down.
  var isNear: Bool { (1...10).contains(minutesLeft) }

  /// `25 min left`, `now`, `5 min past`.
  var words: String {
    if minutesLeft > 0 { return "\(duration(minutesLeft)) left" }
    return minutesLeft == 0 ? "now" : "\(duration(-minutesLeft)) past"
  }
}

/// A drug that still runs in the record long after it must have ended: far past the planned end, or over a
/// night.
///
/// Every way to record something of such a drug asks first: its time would be charged as running time.
package struct ForgottenDrug: Sendable {
  /// Minutes past the planned end from which is asked.
  package static let grace: Int64 = 60
  /// Hours from which a drug that still runs on a later day ran over a night. A short infusion may pass
  /// midnight.
  package static let night: Int64 = 6
  /// The reason of a fact that was recorded after the question.
  package static let reason = "asked when it really ended"

  package let administration: RecordedAdministration
  package let plannedEnd: Instant?
  /// The moment at which something of it would be recorded.
  package let moment: Instant

  /// Nil if the drug does not run, or if `moment` is near the plan.
  package init?(_ drug: RecordedAdministration, at moment: Instant, clock: LocalClock) {
    guard drug.isRunning, drug.isTimed, moment > drug.start else { return nil }
    let plannedEnd = drug.plannedEnd(asOf: moment)
    let isPastPlan = plannedEnd.map { moment - $0 > ForgottenDrug.grace * 60 } ?? false
    let isOverNight =
      clock.date(at: drug.start) != clock.date(at: moment)
      && moment - drug.start >= ForgottenDrug.night * 3600
      && (plannedEnd.map { moment > $0 } ?? true)
    guard isPastPlan || isOverNight else { return nil }
    administration = drug
    self.plannedEnd = plannedEnd
    self.moment = moment
  }

  /// When a fact of the drug last said that it ran: a new bag, a new rate, a double check. Nil if only its
  /// start does.
  package var lastSeenRunning: Instant? {
    let seen = administration.entries.filter { entry in
      switch entry.fact {
      case .bagChanged, .rateChanged, .drugResumed, .doubleCheckRecorded: true
      default: false
      }
    }
    return seen.map(\.clinicalTime).filter { $0 > administration.start && $0 <= moment }.max()
  }

  /// The end by the charted rate and volume; nil if one is missing or the rate was changed.
  package var computedEnd: Instant? {
    guard administration.rateChanges.isEmpty, let rate = administration.facts.rateMLPerHour,
      rate > 0,
      let volume = administration.volumeML ?? administration.facts.volumeML
    else { return nil }
    let paused = administration.pauses.reduce(0) { $0 + max(0, ($1.stop ?? moment) - $1.start) }
    let seconds = volume / rate * 3600
    guard seconds.isFinite, seconds >= 60, seconds < 30 * 86_400 else { return nil }
    let end = administration.start + Int64(seconds) + paused
    let minute = Instant(seconds: floorDivide(end.seconds, 60) * 60)
    return minute <= moment ? minute : nil
  }

  /// The minutes it would have run up to `moment`.
  package var minutes: Int { Minutes(flooring: administration.runningSeconds(asOf: moment)).count }
}

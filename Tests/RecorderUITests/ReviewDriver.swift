import InfusionRecord
import SessionReview
import TerminalCore
import Testing

@testable import RecorderUI

extension Driver {
  /// Shows the days on screen as the store has them now.
  mutating func showDays() {
    guard let days = state.review?.days else { return }
    state.take(page(days))
  }

  /// The review of some days, read from the memory store.
  func page(_ days: ClosedRange<CivilDate>) -> DayReview {
    var derivation = SessionDerivation(
      formulary: .tests, policies: state.suite.policies, now: state.now.instant)
    let logs = store.all.filter { log in
      log.openedAt.map { days.contains(log.clock.date(at: $0)) } ?? false
    }
    var review = DayReview(days: days, sessions: logs.count)
    for log in logs {
      let session = derivation.session(log)
      review.add(ReviewRow(session, offer: derivation.offer(for: session)))
    }
    return review
  }
}

extension MemoryStore {
  /// What this reviewer would sign of a session now.
  func review(of session: SessionID, by reviewer: String) -> Review {
    let log = logs[session] ?? EventLog(session: session)
    var derivation = SessionDerivation(formulary: .tests, now: log.latestMoment)
    return SignOffOffer(derivation.statement(of: log.withoutReviews)).review(by: reviewer)
  }

  mutating func signOff(
    _ orders: [SignOffOrder], by actor: Actor, at now: RecordedTime
  ) -> SignOffOutcome {
    var outcome = SignOffOutcome()
    if let failure {
      outcome.failure = failure
      return outcome
    }
    var derivation = SessionDerivation(formulary: .tests, now: now.instant)
    for order in orders {
      let log = logs[order.session] ?? EventLog(session: order.session)
      guard log.version == order.version else {
        outcome.changed.append((order.session, Array(log.events[order.version...])))
        continue
      }
      do {
        let event = try derivation.event(
          for: order, on: log, workstation: actor.workstation, at: now)
        _ = append([event], to: order.session, expecting: order.version, done: "")
        outcome.signed += 1
      } catch {
        outcome.failure = error.sentence
        return outcome
      }
    }
    return outcome
  }
}

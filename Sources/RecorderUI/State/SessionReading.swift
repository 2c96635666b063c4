public import InfusionRecord
package import SessionReview
import Synchronization
public import TimelineEngine

/// One session as the screens read it at a moment: its log, its timeline, its statement.
///
/// Made from what the store holds and remade each minute, never changed; no view derives anything
/// itself. A class, so that a list of them is put into order without copying what each holds, and so
/// that a statement is derived once, for those somebody looks at: to say which of 150 sessions needs a
/// person takes the record alone.
public final class SessionReading: Sendable, Identifiable {
  public let log: EventLog
  public let opening: SessionOpening
  public let recorded: RecordedTimeline
  public let asOf: Instant
  public let status: EventLog.Status
  public let holder: String
  public let clock: LocalClock
  /// By what the patient could be taken for another.
  let traits: SimilarNames.Traits

  /// What runs or is paused, in the order it was started; pushes and injections left out.
  public let running: [RecordedAdministration]
  /// Doubts to settle before the session is closed.
  public let toDo: [Issue]
  /// Why somebody should look at this session now, most urgent first.
  ///
  /// A drug that runs within its plan is no reason.
  public let concerns: [Concern]
  /// The planned end that comes next.
  public let nextPlannedEnd: Instant?
  let formulary: Formulary
  private let policies: PayerPolicies
  private let derived = Mutex<Statement?>(nil)

  public var id: SessionID { log.session }

  /// The session at a moment; one that is closed is read at its last word.
  ///
  /// Nil for a log without an opening, which no store hands out.
  package init?(
    log: EventLog, asOf: Instant, formulary: Formulary, policies: PayerPolicies
  ) {
    guard let opening = log.opening else { return nil }
    self.log = log
    self.opening = opening
    status = log.status
    self.asOf = log.status == .open ? asOf : log.lastWord
    self.formulary = formulary
    self.policies = policies
    recorded =
      log.review == nil
      ? log.timeline(asOf: self.asOf, formulary: formulary)
      : log.withoutReviews.timeline(asOf: log.withoutReviews.lastWord, formulary: formulary)
    holder = log.holder ?? opening.nurse
    clock = log.clock
    traits = SimilarNames.Traits(opening.patient)
    running = recorded.administrations.filter { $0.isRunning && $0.isTimed }
    toDo = recorded.issues.filter { $0.isToDoBeforeClosing }
    nextPlannedEnd =
      running.filter { $0.progress == .running }
      .compactMap { [asOf = self.asOf] in $0.plannedEnd(asOf: asOf) }.min()
    var concerns = SessionReading.concerns(
      running: running, toDo: toDo, rows: recorded.timeline.administrations, asOf: self.asOf)
    if status == .open, running.isEmpty, let opened = log.openedAt {
      let day = log.clock.date(at: opened)
      if day < log.clock.date(at: asOf) {
        concerns.append(Concern(since: asOf, text: "opened \(day.display) and not closed"))
      }
    }
    self.concerns = concerns
  }

  /// What the session comes to.
  public var statement: Statement {
    derived.withLock { known in
      let statement = known ?? derive()
      known = statement
      return statement
    }
  }

  /// Units so far, all codes together.
  public var units: Int { statement.charges.reduce(0) { $0 + $1.units } }

  private func derive() -> Statement {
    var derivation = SessionDerivation(formulary: formulary, policies: policies, now: asOf)
    return derivation.session(log).statement
  }

  private static func concerns(
    running: [RecordedAdministration], toDo: [Issue], rows: [Administration], asOf: Instant
  ) -> [Concern] {
    var concerns: [Concern] = []
    for administration in running where administration.progress == .running {
      guard let end = administration.plannedEnd(asOf: asOf) else { continue }
      let minutes = Minutes(flooring: asOf - end).count
      guard minutes > 0 else { continue }
      let name = rows.first { $0.id == administration.id }?.drug.displayName
      concerns.append(
        Concern(
          since: end,
          text: "\(name ?? administration.facts.drug) past planned end \(duration(minutes))"))
    }
    for issue in toDo where issue.kind != .stillRunning {
      concerns.append(Concern(since: issue.at ?? asOf, text: issue.sentence))
    }
    return concerns
  }

  /// The row of an administration in the timeline.
  public func row(_ id: String) -> Administration? {
    recorded.timeline.administrations.first { $0.id == id }
  }

  /// The drug's name as shown.
  public func name(of administration: RecordedAdministration) -> String {
    row(administration.id)?.drug.displayName ?? administration.facts.drug
  }
}

/// One reason to look at a session.
public struct Concern: Sendable, Hashable {
  public let since: Instant
  public let text: String

  public init(since: Instant, text: String) {
    self.since = since
    self.text = text
  }
}

/// `1hr 31min`, `45min`, `2hr`; `0min` for none.
public func duration(_ minutes: Int) -> String {
  let hours = minutes / 60
  let rest = minutes % 60
  if hours == 0 { return "\(rest)min" }
  return rest == 0 ? "\(hours)hr" : "\(hours)hr \(rest)min"
}

extension Minutes {
  /// The minutes of a running drug.
  init(running administration: RecordedAdministration, asOf moment: Instant) {
    self.init(flooring: administration.runningSeconds(asOf: moment))
  }
}

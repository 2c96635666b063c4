public import InfusionRecord
public import TimelineEngine

/// One session as the screens read it at a moment: its log, its timeline, its statement.
///
/// Made from what the store holds and remade each minute; no view derives anything itself.
public struct SessionReading: Sendable, Identifiable {
  public let log: EventLog
  public let opening: SessionOpening
  public let recorded: RecordedTimeline
  public let statement: Statement
  public let asOf: Instant
  public let status: EventLog.Status
  public let holder: String
  public let clock: LocalClock

  public var id: SessionID { log.session }

  /// Nil for a log without an opening, which no store hands out.
  public init?(
    log: EventLog, asOf: Instant, formulary: Formulary, policy: Policy, deriver: inout Deriver
  ) {
    guard let opening = log.opening else { return nil }
    self.log = log
    self.opening = opening
    self.asOf = asOf
    self.recorded = log.timeline(asOf: asOf, formulary: formulary)
    self.statement = deriver.statement(
      of: recorded.timeline, policy: policy, asOf: asOf)
    self.status = log.status
    self.holder = log.holder ?? opening.nurse
    self.clock = log.clock
  }

  /// What runs or is paused, in the order it was started; pushes and pumps that went home left out.
  public var running: [RecordedAdministration] {
    recorded.administrations.filter { $0.isRunning && $0.isTimed }
  }

  /// The row of an administration in the timeline.
  public func row(_ id: String) -> Administration? {
    recorded.timeline.administrations.first { $0.id == id }
  }

  /// The drug's name as shown.
  public func name(of administration: RecordedAdministration) -> String {
    row(administration.id)?.drug.displayName ?? administration.facts.drug
  }

  /// Units so far, all codes together.
  public var units: Int { statement.charges.reduce(0) { $0 + $1.units } }

  /// Doubts to settle before the session is closed, without what simply still runs.
  public var toDo: [Issue] {
    recorded.issues.filter { $0.isToDoBeforeClosing }
  }

  /// Why somebody should look at this session now, most urgent first.
  ///
  /// A drug that runs within its plan is no reason.
  public var concerns: [Concern] {
    var concerns: [Concern] = []
    for administration in running {
      guard let end = administration.plannedEnd(asOf: asOf), end < asOf,
        administration.progress == .running
      else { continue }
      let minutes = Minutes(flooring: asOf - end).count
      if minutes > 0 {
        concerns.append(
          Concern(
            since: end, text: "\(name(of: administration)) past planned end \(duration(minutes))"))
      }
    }
    for issue in toDo where issue.kind != .stillRunning {
      concerns.append(Concern(since: issue.at ?? asOf, text: issue.sentence))
    }
    return concerns
  }

  /// The planned end that comes next.
  public var nextPlannedEnd: Instant? {
    running.filter { $0.progress == .running }.compactMap { $0.plannedEnd(asOf: asOf) }.min()
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

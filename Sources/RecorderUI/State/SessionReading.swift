package import InfusionRecord
package import SessionReview
import Synchronization
package import TimelineEngine

/// One session as the screens read it at a moment: its log, its timeline, its statement.
///
/// It is made from what the store holds, and made again each minute; it never changes. No view derives
/// anything itself. It is a class so that sorting a list copies no logs, and so that a statement is
/// derived once and only when it is shown: the board needs only the record to tell which of 150
/// sessions need attention.
package final class SessionReading: Sendable, Identifiable {
  /// Without what is about the patient if `isHidden`.
  package let log: EventLog
  package let opening: SessionOpening
  package let recorded: RecordedTimeline
  package let asOf: Instant
  package let status: EventLog.Status
  package let holder: String
  package let clock: LocalClock
  /// What makes the patient similar to others.
  let traits: SimilarNames.Traits

  /// What runs or is paused, in the order of start, without pushes and injections.
  package let running: [RecordedAdministration]
  /// Issues to resolve before the session is closed.
  package let toDo: [Issue]
  /// Why this session needs attention now, most urgent first. A drug within its plan is no reason.
  package let concerns: [Concern]
  package let nextPlannedEnd: Instant?
  /// The session as it is on disk if the patient is restricted and hidden from the user; otherwise nil.
  /// No view may show it.
  private let hidden: SessionReading?
  let formulary: Formulary
  private let policies: PayerPolicies
  /// Where in the timeline each administration is.
  private let positions: [String: Int]
  /// The administrations of each drug, by its name.
  private let doses: [String: [Int]]
  private let derived = Mutex<Statement?>(nil)

  package var id: SessionID { log.session }

  /// The session at a moment.
  ///
  /// A closed session is always derived as of its last fact. A signed session is derived as it was
  /// signed: under the rulebook and policy of the review. Nil for a log without an opening, which no
  /// store hands out.
  ///
  /// - Parameter isHidden: whether the patient is restricted and hidden from the user.
  package init?(
    log recordedLog: EventLog, asOf: Instant, formulary: Formulary, policies: PayerPolicies,
    isHidden: Bool = false
  ) {
    let hidden =
      isHidden
      ? SessionReading(log: recordedLog, asOf: asOf, formulary: formulary, policies: policies) : nil
    let log = isHidden ? recordedLog.withoutPatient : recordedLog
    guard let opening = log.opening else { return nil }
    self.hidden = hidden
    self.log = log
    self.opening = opening
    status = log.status
    self.asOf = log.status == .open ? asOf : log.latestMoment
    self.formulary = formulary
    self.policies = policies
    recorded =
      log.review == nil
      ? log.timeline(asOf: self.asOf, formulary: formulary)
      : log.withoutReviews.timeline(asOf: log.withoutReviews.latestMoment, formulary: formulary)
    let rows = recorded.timeline.administrations
    positions = Dictionary(
      rows.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    doses = Dictionary(grouping: rows.indices) { rows[$0].drug.displayName }
    holder = log.holder ?? opening.nurse
    clock = log.clock
    traits = SimilarNames.Traits(opening.patient)
    running = recorded.administrations.filter { $0.isRunning && $0.isTimed }
    var derivation = SessionDerivation(formulary: formulary, policies: policies, now: self.asOf)
    let due =
      recorded.issues.filter { $0.isToDoBeforeClosing }
      + (log.status == .open ? derivation.drugIssues(of: log, asOf: self.asOf) : [])
    // What kills comes first.
    toDo = due.filter { $0.kind == .fatalWay } + due.filter { $0.kind != .fatalWay }
    if let hidden {
      nextPlannedEnd = hidden.nextPlannedEnd
      concerns = SessionReading.concerns(ofHidden: hidden)
      return
    }
    nextPlannedEnd =
      running.compactMap { [asOf = self.asOf] in PlannedEnd(of: $0, asOf: asOf)?.moment }.min()
    var concerns = SessionReading.concerns(
      running: running, toDo: toDo, asOf: self.asOf
    ) { [positions] id in positions[id].map { rows[$0].drug.displayName } }
    if status == .open, let reaction = SessionReading.openReaction(in: log, asOf: self.asOf) {
      concerns.append(reaction)
    }
    if status == .open {
      concerns =
        SessionReading.lateAllergies(in: log, running, recorded.issues) + concerns
    }
    if let words = log.unreadWords.first {
      concerns.append(Concern(since: words.left, text: "words of \(words.from) to read"))
    }
    if status == .open, let opened = log.openedAt,
      let text = LeftOpen.words(openedAt: opened, asOf: asOf, clock: log.clock)
    {
      concerns.append(Concern(since: asOf, text: text))
    }
    self.concerns = concerns
  }

  /// The charges of the session; derived at the first use.
  package var statement: Statement {
    derived.withLock { known in
      let statement = known ?? derive()
      known = statement
      return statement
    }
  }

  /// The units of all codes so far.
  package var units: Int { hidden?.units ?? statement.charges.reduce(0) { $0 + $1.units } }

  package var isHidden: Bool { hidden != nil }

  /// The session as it is on disk, to make a reading of it again.
  var source: EventLog { hidden?.log ?? log }

  /// What a new patient is compared with. Views show `opening`.
  func opening(comparedWith mrn: String) -> SessionOpening {
    guard let hidden, PatientNumber.areSame(hidden.opening.patient.mrn, mrn) else { return opening }
    return hidden.opening
  }

  private func derive() -> Statement {
    var derivation = SessionDerivation(formulary: formulary, policies: policies, now: asOf)
    return derivation.session(log).statement
  }

  /// That a hidden session needs its nurse, and nothing of why.
  private static func concerns(ofHidden hidden: SessionReading) -> [Concern] {
    guard let since = hidden.concerns.map(\.since).min() else { return [] }
    return [Concern(since: since, text: "something needs \(hidden.holder), who holds the chair")]
  }

  /// The drugs that run although the patient must not have them, as was told after they had begun.
  private static func lateAllergies(
    in log: EventLog, _ running: [RecordedAdministration], _ issues: [Issue]
  ) -> [Concern] {
    guard let told = log.allergyEntry,
      let place = log.events.firstIndex(where: { $0.id == told.latest.id })
    else { return [] }
    let before = Set(log.events[..<place].compactMap(\.fact.newAdministration))
    return issues.filter { issue in
      issue.kind == .allergyGiven
        && running.contains { issue.administrations.contains($0.id) && before.contains($0.id) }
    }.map { Concern(since: told.clinicalTime, text: $0.sentence) }
  }

  /// The last reaction, for an hour, until a resumed or new drug or a note tells how it went on.
  private static func openReaction(in log: EventLog, asOf: Instant) -> Concern? {
    guard let reaction = log.reactions.last, asOf - reaction.time <= 3600,
      let place = log.entries.firstIndex(where: { $0.original.id == reaction.entry.original.id })
    else { return nil }
    let isFollowed = log.entries[(place + 1)...].contains { entry in
      switch entry.fact?.kind {
      case .drugResumed, .drugStarted, .pushGiven, .injectionGiven, .noteAdded: true
      default: false
      }
    }
    return isFollowed
      ? nil
      : Concern(
        since: reaction.time,
        text: "reaction \(ClockText(log).time(reaction.time)), \(reaction.reaction.gradeWords)")
  }

  private static func concerns(
    running: [RecordedAdministration], toDo: [Issue], asOf: Instant,
    name: (String) -> String?
  ) -> [Concern] {
    var concerns: [Concern] = []
    for administration in running {
      guard let end = PlannedEnd(of: administration, asOf: asOf), end.isReached else { continue }
      let name = name(administration.id) ?? administration.facts.drug
      let past = -end.minutesLeft
      concerns.append(
        Concern(
          since: end.moment,
          text: past == 0 ? "\(name) at planned end" : "\(name) past planned end \(duration(past))")
      )
    }
    for issue in toDo where issue.kind != .stillRunning {
      concerns.append(Concern(since: issue.at ?? asOf, text: issue.sentence))
    }
    // What kills comes first: a row shows two sentences.
    let fatal = toDo.filter { $0.kind == .fatalWay }.map(\.sentence)
    return concerns.filter { fatal.contains($0.text) }
      + concerns.filter { !fatal.contains($0.text) }
  }

  /// The planned ends of what runs, with the names of the drugs; a hidden record gives no name.
  var plannedEnds: [(drug: String?, end: PlannedEnd)] {
    (hidden ?? self).running.compactMap { administration in
      PlannedEnd(of: administration, asOf: asOf).map {
        (isHidden ? nil : distinctName(of: administration), $0)
      }
    }
  }

  /// The row of an administration in the timeline.
  package func row(_ id: String) -> Administration? {
    positions[id].map { recorded.timeline.administrations[$0] }
  }

  /// Where in the timeline an administration is.
  func position(of id: String) -> Int? { positions[id] }

  /// The administrations of the drug of that name.
  func doses(named drug: String) -> [RecordedAdministration] {
    (doses[drug] ?? []).map { recorded.administrations[$0] }
  }

  /// The drug's name as the screens show it.
  package func name(of administration: RecordedAdministration) -> String {
    row(administration.id)?.drug.displayName ?? administration.facts.drug
  }
}

/// One reason to look at a session.
package struct Concern: Sendable, Hashable {
  package let since: Instant
  package let text: String
}

/// `1hr 31min`, `45min`, `2hr`; `0min` for none.
package func duration(_ minutes: Int) -> String {
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

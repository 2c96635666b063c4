public import InfusionRecord

/// A year's rules: the ordered stages and the numbers in force.
///
/// Six stages in order, each turning a draft into a draft; nothing reaches backwards but one thing:
/// where the reason for the visit leaves an add-on without a primary, the last three stages run
/// again by the ranking (rulebook D35).
///
/// ```
/// count time ─► classify ─► overlap ─► choose the initial ─► relate the rest ─► count and check
/// ```
///
/// Versions stand side by side and share the rules that did not change. A session is derived by the
/// version in force on its date, or by one that was asked for.
public struct RuleBook: Sendable {
  /// How the answers of a stage's rules combine.
  public enum HitPolicy: String, Sendable {
    /// Each question has one answer; two are a conflict that names both.
    case unique
    /// The first that applies.
    case first
    /// All that apply.
    case collect
  }

  /// A stage: its rules in the order in which they run.
  public struct Stage: Sendable {
    public let name: String
    public let hitPolicy: HitPolicy
    public let rules: [Rule.ID]
    let run: @Sendable (inout Draft) -> Void
  }

  /// `2026.1`.
  public let version: String
  /// The first date of service it governs.
  public let from: CivilDate
  public let stages: [Stage]
  public let parameters: Parameters

  /// Every version, oldest first.
  public static let versions: [RuleBook] = [year2026]

  /// The version with this name.
  public static func version(_ name: String) -> RuleBook? {
    versions.first { $0.version == name }
  }

  /// The version in force on a date; the oldest for dates before all.
  public static func inForce(on date: CivilDate?) -> RuleBook {
    inForce(on: date, among: versions)
  }

  /// The same among versions a test has laid beside each other, oldest first.
  static func inForce(on date: CivilDate?, among versions: [RuleBook]) -> RuleBook {
    guard let date else { return versions[versions.count - 1] }
    return versions.last { $0.from <= date } ?? versions[0]
  }

  /// Rules in force from 1 January 2006, when the present code family began, as known in 2026.
  static let year2026 = RuleBook(
    version: "2026.1", from: CivilDate(year: 2006, month: 1, day: 1) ?? CivilDate(dayNumber: 0),
    stages: [
      Stage(
        name: "count time", hitPolicy: .unique, rules: [.missingTimes, .countedMinutes],
        run: { draft in
          MissingTimes.apply(&draft)
          CountedMinutes.apply(&draft)
        }),
      Stage(
        name: "classify", hitPolicy: .unique,
        rules: [.drugClass, .pumpInitiation, .accessSites, .doseIdentity, .pushOrInfusion],
        run: { draft in
          DrugClass.apply(&draft)
          PumpInitiation.apply(&draft)
          AccessSites.apply(&draft)
          DoseIdentity.apply(&draft)
          PushOrInfusion.apply(&draft)
        }),
      Stage(
        name: "overlap", hitPolicy: .unique,
        rules: [.soloMinutes, .hydrationMinutes, .concurrentInfusion],
        run: { draft in
          RepeatDose.join(&draft)
          SoloMinutes.apply(&draft)
          HydrationMinutes.apply(&draft)
          ConcurrentInfusion.apply(&draft)
          draft.arrangeCourses()
          DoseIdentity.reportBackToBack(&draft)
        }),
      Stage(
        name: "choose the initial", hitPolicy: .first, rules: [.initialService, .secondInitial],
        run: { draft in
          InitialService.apply(&draft)
          SecondInitial.apply(&draft)
        }),
      Stage(
        name: "relate the rest", hitPolicy: .unique,
        rules: [
          .sequentialInfusion, .concurrentInfusion, .laterPush, .repeatDose, .hydration,
          .injection, .subcutaneousInfusion, .deviceService,
        ],
        run: { draft in
          InitialService.relate(&draft)
          ConcurrentInfusion.relate(&draft)
          SequentialInfusion.apply(&draft)
          RepeatDose.apply(&draft)
          LaterPush.apply(&draft)
        }),
      Stage(
        name: "count and check", hitPolicy: .collect,
        rules: [.furtherHours, .dateOfService, .addOnNeedsPrimary, .unlikelyUnits],
        run: { draft in
          FurtherHours.charge(&draft)
          Hydration.charge(&draft)
          PumpInitiation.charge(&draft)
          Injection.charge(&draft)
          SubcutaneousInfusion.charge(&draft)
          DeviceService.charge(&draft)
          DeviceService.chargeFlush(&draft)
          SecondInitial.markEncounters(&draft)
        }),
    ],
    parameters: .year2026)
}

/// Derives statements, one session after another.
///
/// The same facts, rulebook version and policy give the same statement, always. A deriver keeps its
/// working storage between sessions; it holds nothing of the sessions themselves.
public struct Deriver: Sendable {
  /// The version asked for, or nil for the one in force on each session's date.
  public let rulebook: RuleBook?
  private let versions: [RuleBook]
  private var draft: Draft

  public init(rulebook: RuleBook? = nil) {
    self.init(rulebook: rulebook, versions: RuleBook.versions)
  }

  /// A deriver that chooses among other versions than the program's.
  init(rulebook: RuleBook? = nil, versions: [RuleBook]) {
    self.rulebook = rulebook
    self.versions = versions
    self.draft = Draft(policy: .standard, parameters: .year2026)
  }

  /// What a session comes to.
  ///
  /// - Parameters:
  ///   - timeline: the session; its positions must be in range.
  ///   - policy: the settings on which sources disagree.
  ///   - asOf: the moment to look from; nil is the latest time the session knows, never the wall
  ///     clock (rulebook D38).
  public mutating func statement(
    of timeline: Timeline, policy: Policy = .standard, asOf: Instant? = nil
  ) -> Statement {
    draft.begin(timeline, policy: policy, asOf: asOf)
    let book = rulebook ?? RuleBook.inForce(on: draft.firstDate, among: versions)
    draft.parameters = book.parameters
    for stage in book.stages[..<3] { stage.run(&draft) }
    if draft.isReportable {
      let findingCount = draft.findings.count
      for stage in book.stages[3...] { stage.run(&draft) }
      if draft.initials.contains(where: { $0.byReason }), AddOnNeedsPrimary.isViolated(in: draft) {
        draft.findings.removeSubrange(findingCount...)
        draft.honoursReason = false
        draft.beginRelations()
        draft.find(.reasonForVisit)
        for stage in book.stages[3...] { stage.run(&draft) }
      }
      AddOnNeedsPrimary.apply(&draft)
      UnlikelyUnits.apply(&draft)
    }
    return draft.statement(rulebook: book.version)
  }
}

extension Draft {
  /// The local date of the session's first moment.
  var firstDate: CivilDate? {
    guard let first = order.first else { return nil }
    let administration = timeline.administrations[Int(first)]
    return date(administration.start ?? administration.stop)
  }
}

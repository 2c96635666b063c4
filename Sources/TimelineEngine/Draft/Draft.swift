import InfusionRecord

/// The working value that the steps of a rulebook change.
///
/// ```
/// rows ──► doses ──► counted minutes ──► initials ──► relations ──► units
/// ```
///
/// A row is an administration as recorded, a dose is what the rules judge. All stretches of time are
/// in one buffer, and a `Run` names a part of it. A draft is reused for the next session, so that
/// deriving allocates almost nothing; `Tests/Benchmarks/Engine` measures it. Steps visit rows in
/// canonical order (time, then id), so that the order in which a document lists them has no effect.
struct Draft {
  var timeline: Timeline
  var policy: Policy
  /// The CMS edit tables that the site loaded.
  var editTables = EditTables.none
  var parameters: Parameters
  var asOf: Instant?
  /// The caller named `asOf`.
  var isExplicit = false
  /// The encounters whose reason for the visit may no longer choose the initial.
  var rankedEncounters: [Int32] = []
  /// The add-ons that lacked a primary while the reason for the visit chose the initial.
  var lackingPrimaries: [(encounter: Int32, code: Code)] = []
  /// Anything of this family of codes may be reported.
  var isReportable = true
  /// The offset from UTC at the session's first moment, in seconds, and how long it applies.
  private var offset: Int64 = 0
  private var offsetPeriod = Interval(start: .distantFuture, end: .distantFuture)
  private var offsetClock: LocalClock?

  /// Positions of the administrations in canonical order.
  var order: [Int32] = []
  var rows: [Row] = []
  var doses: [Dose] = []
  /// The rows of doses; `Dose.rows` is a part of it.
  var doseRows: [Int32] = []
  var intervals: [Interval] = []
  var legs: [Leg] = []
  /// Doses that are infusions or pushes, by encounter, infusate, start and id.
  var courses: [Int32] = []
  /// The spans of doses whose times were added, each with the dose that stands for them.
  var joined: [(dose: Int32, span: Interval)] = []
  var pieces: [HydrationPiece] = []
  var groups: [HydrationGroup] = []
  var initials: [Initial] = []
  var units: [UnitLine] = []
  var findings: [Finding] = []
  var conflicts: [Conflict] = []
  var siteUses: [SiteUse] = []
  /// For each encounter the first of its rows.
  var encounterRows: [Int32] = []
  /// For each access site the catheter it belongs to.
  var catheters: [Int32] = []

  /// Lists that are kept between sessions for their storage.
  var scratch: [Interval] = []
  var coverage: [[Interval]] = []
  var ranked: [Int32] = []
  var infusates = Interner()
  /// What the rules of drugs work on; empty for a session without amounts.
  var drugs = DrugDraft()

  init(policy: Policy, parameters: Parameters) {
    self.timeline = Timeline(session: SessionContext(id: ""), sites: [], administrations: [])
    self.policy = policy
    self.parameters = parameters
  }
}

// MARK: Starting

extension Draft {
  /// Starts a session; the storage of the last one is kept.
  mutating func begin(
    _ timeline: Timeline, policy: Policy, editTables: EditTables = .none,
    drugTables: DrugTables? = nil, asOf: Instant?
  ) {
    self.timeline = timeline
    self.policy = policy
    self.editTables = editTables
    isExplicit = asOf != nil
    self.asOf = asOf ?? Draft.latestMoment(of: timeline)
    rankedEncounters.removeAll(keepingCapacity: true)
    lackingPrimaries.removeAll(keepingCapacity: true)
    isReportable = true
    order.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    doses.removeAll(keepingCapacity: true)
    doseRows.removeAll(keepingCapacity: true)
    intervals.removeAll(keepingCapacity: true)
    legs.removeAll(keepingCapacity: true)
    courses.removeAll(keepingCapacity: true)
    joined.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
    findings.removeAll(keepingCapacity: true)
    conflicts.removeAll(keepingCapacity: true)
    siteUses.removeAll(keepingCapacity: true)
    encounterRows.removeAll(keepingCapacity: true)
    catheters.removeAll(keepingCapacity: true)
    if drugTables != nil || drugs.tables != nil { drugs = DrugDraft(tables: drugTables) }
    beginCharges()
    sortRows()
    findOffset()
  }

  /// Discards what the `charged` stages of a rulebook decided.
  mutating func beginCharges() {
    initials.removeAll(keepingCapacity: true)
    units.removeAll(keepingCapacity: true)
    for index in doses.indices {
      doses[index].relation = nil
      doses[index].unitCount = 0
    }
    guard !pieces.isEmpty else { return }
    for index in rows.indices {
      rows[index].chargedHydration = 0
      rows[index].isHydrationCharged = false
    }
  }

  private static func latestMoment(of timeline: Timeline) -> Instant? {
    var latest = Instant.distantPast
    for index in timeline.administrations.indices {
      if let start = timeline.administrations[index].start { latest = max(latest, start) }
      if let stop = timeline.administrations[index].stop { latest = max(latest, stop) }
      for pause in timeline.administrations[index].pauses {
        latest = max(latest, pause.start, pause.stop ?? pause.start)
      }
    }
    return latest == .distantPast ? nil : latest
  }

  private mutating func sortRows() {
    let administrations = timeline.administrations
    for index in administrations.indices { order.append(Int32(index)) }
    sortInPlace(&order) { left, right in
      let a = administrations[Int(left)].start ?? administrations[Int(left)].stop ?? .distantFuture
      let b =
        administrations[Int(right)].start ?? administrations[Int(right)].stop ?? .distantFuture
      if a != b { return a < b }
      return precedes(administrations[Int(left)].id, administrations[Int(right)].id)
    }
  }
}

// MARK: Local dates

extension Draft {
  /// Finds the offset from UTC at the first moment, unless that of the last session applies.
  private mutating func findOffset() {
    guard let first = order.first,
      let moment = timeline.administrations[Int(first)].start ?? self.asOf
    else {
      offsetClock = nil
      offsetPeriod = Interval(start: .distantFuture, end: .distantFuture)
      return
    }
    let clock = timeline.session.clock
    if clock == offsetClock, offsetPeriod.start <= moment, moment < offsetPeriod.end { return }
    let found = clock.offsetPeriod(around: moment)
    offsetClock = clock
    offset = Int64(found.offset)
    offsetPeriod = found.period
  }

  /// The local date, from the offset of the session's first moment as long as it applies.
  func date(_ moment: Instant?) -> CivilDate? {
    guard let moment else { return nil }
    if moment >= StatedMinutes.beyond { return dayWithoutClock(at: moment) }
    guard offsetPeriod.start <= moment, moment < offsetPeriod.end else {
      return timeline.session.clock.date(at: moment)
    }
    let local = moment.seconds + offset
    let day = local >= 0 ? local / 86_400 : -((86_399 - local) / 86_400)
    return CivilDate(dayNumber: Int32(day))
  }
}

// MARK: What several rules do

extension Draft {
  func id(_ row: Int32) -> String { timeline.administrations[Int(row)].id }

  mutating func find(
    _ id: Finding.ID, _ row: Int32? = nil, other: Int32? = nil, number: Int = 0,
    code: Code? = nil, otherCode: Code? = nil, wording: Finding.Wording = .usual
  ) {
    findings.append(
      Finding(
        id, row.map { Int($0) }, other: other.map { Int($0) }, number: number, code: code,
        otherCode: otherCode, wording: wording))
  }

  /// Answers the question how a dose stands to the others, which has one answer.
  mutating func relate(_ dose: Int, _ relation: Relation) {
    if let earlier = doses[dose].relation, earlier.role != relation.role {
      conflicts.append(
        Conflict(
          first: earlier.rule, second: relation.rule, administration: Int(doses[dose].firstRow)))
      return
    }
    doses[dose].relation = relation
  }

  /// Whether a dose starts before another: by time, then by id.
  func startsBefore(_ left: Int32, _ right: Int32) -> Bool {
    doses[Int(left)].startsBefore(doses[Int(right)], among: timeline.administrations)
  }

  /// Sorts and unites the stretches in the buffer from `lower` on.
  mutating func appendUnion(from lower: Int) -> Run {
    IntervalList.normalize(&intervals, from: lower)
    return Run(start: Int32(lower), count: Int32(intervals.count - lower))
  }

  func seconds(_ run: Run) -> Int64 { IntervalList.seconds(intervals[run.indices]) }

  /// The moment at which stretches have run for `seconds`; if a stretch ends then, the start of the
  /// next one.
  func moment(_ run: Run, after seconds: Int64) -> Instant? {
    var left = seconds
    var last: Instant?
    for interval in intervals[run.indices] {
      if left < interval.seconds { return interval.start + left }
      left -= interval.seconds
      last = interval.end
    }
    return last
  }
}

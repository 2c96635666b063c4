import InfusionRecord

/// The working value that the stages of a rulebook pass on.
///
/// ```
/// rows ──► doses ──► counted minutes ──► initials ──► relations ──► units
/// ```
///
/// A row is an administration as the record has it; a dose is what the rules judge. All stretches of
/// time lie in one buffer and are named by runs, and a draft is used again for the next session, so
/// that deriving allocates next to nothing. Rows are visited in canonical order (time, then id), so
/// that the order in which a document lists them cannot matter.
struct Draft {
  var timeline: Timeline
  var policy: Policy
  var parameters: Parameters
  var asOf: Instant?
  var isExplicit = false
  /// Whether the reason for the visit may still choose the initial.
  var honoursReason = true
  /// Whether anything of this family may be reported at all.
  var isReportable = true
  /// The offset from UTC at the session's first moment, and how long it applies.
  var offset: Int64 = 0
  var offsetPeriod = Interval(start: .distantFuture, end: .distantFuture)
  private var offsetClock: LocalClock?

  /// Positions of the administrations in canonical order.
  var order: [Int32] = []
  var rows: [Row] = []
  var doses: [Dose] = []
  var doseRows: [Int32] = []
  var intervals: [Interval] = []
  var legs: [Leg] = []
  /// Doses that are infusions or pushes, by encounter, infusate, start and id.
  var courses: [Int32] = []
  /// The spans of doses whose times were added, by the dose that stands for them.
  var joined: [(dose: Int32, span: Interval)] = []
  var pieces: [HydrationPiece] = []
  var groups: [HydrationGroup] = []
  var initials: [Initial] = []
  var units: [UnitLine] = []
  var findings: [Finding] = []
  var conflicts: [Conflict] = []
  var siteUses: [SiteUse] = []
  /// For each encounter the row that stands for its text.
  var encounterRows: [Int32] = []
  var catheters: [Int32] = []

  /// Lists kept between sessions for their storage.
  var scratch: [Interval] = []
  var coverage: [[Interval]] = []
  var ranked: [Int32] = []
  var infusates = Interner()

  init(policy: Policy, parameters: Parameters) {
    self.timeline = Timeline(session: SessionContext(id: ""), sites: [], administrations: [])
    self.policy = policy
    self.parameters = parameters
  }

  /// Starts over with another session, keeping storage.
  mutating func begin(_ timeline: Timeline, policy: Policy, asOf: Instant?) {
    self.timeline = timeline
    self.policy = policy
    isExplicit = asOf != nil
    self.asOf = asOf ?? Draft.latestMoment(of: timeline)
    honoursReason = true
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
    beginRelations()
    arrange()
    prepareOffset()
  }

  /// Looks the offset up, unless that of the last session serves.
  private mutating func prepareOffset() {
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

  /// Forgets what stages four to six decided.
  mutating func beginRelations() {
    initials.removeAll(keepingCapacity: true)
    units.removeAll(keepingCapacity: true)
    for index in doses.indices {
      doses[index].relation = nil
      doses[index].unitCount = 0
    }
    for index in groups.indices { groups[index].unitCount = 0 }
    for piece in pieces {
      rows[Int(piece.row)].chargedHydration = 0
      rows[Int(piece.row)].isHydrationCharged = false
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

  private mutating func arrange() {
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

// MARK: Parts

/// An administration, prepared.
struct Row {
  /// Whether it is a fact at the moment the statement speaks of.
  var exists = true
  /// No stop yet at that moment.
  var isRunning = false
  var start: Instant?
  /// Stop, computed stop or, while running, the moment the statement speaks of.
  var end: Instant?
  var isComputed = false
  var segments = Run()
  var seconds: Int64 = 0
  var catheter: Int32 = 0
  var codedSite: Int32 = 0
  var encounter: Int32 = 0
  var section = Section.outside
  var drugClass = Drug.Class.other
  /// Coded by a payer-dependent class that nobody settled.
  var isClassDisputed = false
  var isProlongedPump = false
  var dose: Int32 = -1
  /// Seconds taken from hydration by drugs, and by other hydration.
  var besideDrug: Int64 = 0
  var besideHydration: Int64 = 0
  /// Seconds of hydration in groups with units, and whether there are such groups.
  var chargedHydration: Int64 = 0
  var isHydrationCharged = false

  /// Both ends are known.
  var isDocumented: Bool { start != nil && end != nil }
  /// Where the service stands on the clock (rulebook D61).
  var position: Instant? { start ?? end }
}

/// Which part of the code family a class leads to.
enum Section: UInt8, Comparable {
  case outside, hydration, drug, chemo

  static func < (left: Section, right: Section) -> Bool { left.rawValue < right.rawValue }
}

/// What the rules judge: one dose of one infusate.
struct Dose {
  enum Kind: UInt8 {
    case infusion, push, pending, held, hydration, fluid, prolongedPump, injection
    case subcutaneous, device, outside
  }
  /// What became of an infusion's minutes.
  enum Timing: UInt8 { case none, byTime, concurrent, concurrentOnce, unlisted, flagged }

  var rows = Run()
  /// The row with the smallest id; it breaks ties.
  var firstRow: Int32
  var kind = Kind.outside
  var technique: Technique
  var section = Section.outside
  var drugClass = Drug.Class.other
  var infusate: Int32 = -1
  var encounter: Int32
  var site: Int32
  var start: Instant?
  var end: Instant?
  var segments = Run()
  var seconds: Int64 = 0
  var isRunning = false
  var isDisputed = false
  var isMissingFact = false
  /// A time was missing and decided the kind.
  var isForMissingTime = false
  /// Cut short; reported as intended.
  var isIntended = false
  var isComputed = false
  /// The first of its legs, or -1.
  var firstLeg: Int32 = -1
  var timing = Timing.none
  var counted = Run()
  var countedSeconds: Int64 = 0
  /// The course of its drug has an infusion that is charged.
  var courseHasInfusion = false
  var relation: Relation?
  var unitCount: Int32 = 0
  /// Why it is not charged, where it is not.
  var clause: Clause?

  var minutes: Int { Int(seconds / 60) }
  var countedMinutes: Int { Int(countedSeconds / 60) }
  var isChemo: Bool { section == .chemo }

  /// Time, then the smallest id.
  func startsBefore(_ other: Dose, among administrations: [Administration]) -> Bool {
    let a = start ?? .distantFuture
    let b = other.start ?? .distantFuture
    if a != b { return a < b }
    return precedes(administrations[Int(firstRow)].id, administrations[Int(other.firstRow)].id)
  }
}

/// How a dose stands to the other services, and the rule that said so.
struct Relation {
  enum Role: UInt8 {
    case initial, first, repeatInfusion, shortRepeatHour, shortRepeatPush, concurrent, unlisted
    case repeatPush, none
  }
  var role: Role
  var rule: Rule.ID
  var why: Reason?
  var isDisputed = false
}

/// The part of an infusion that ran through one catheter.
struct Leg {
  var dose: Int32
  var encounter: Int32
  var catheter: Int32
  var segments = Run()
  var start: Instant
  var end: Instant
  /// Legs that touch each other in time share a cluster.
  var cluster: Int32 = 0
  /// The next leg of the same dose, or -1.
  var next: Int32 = -1
}

/// A stretch of hydration that counts, and the group it counts in.
struct HydrationPiece {
  var interval: Interval
  var row: Int32
  var dose: Int32
  var catheter: Int32
  var group: Int32
}

/// Hydration judged together.
struct HydrationGroup {
  var encounter: Int32
  var site: Int32
  var firstRow: Int32
  var start: Instant
  /// Its pieces in the draft's list.
  var pieces = Run()
  var counted = Run()
  var seconds: Int64 = 0
  var unitCount: Int32 = 0
  var isRunning = false
  var isMissingFact = false

  var minutes: Int { Int(seconds / 60) }
}

/// The service an encounter and coded site starts from.
struct Initial {
  var encounter: Int32
  var site: Int32
  /// 1 chemo infusion to 5 hydration (rulebook R2).
  var rank: UInt8
  /// The dose, or the first hydration group of the site.
  var dose: Int32 = -1
  var group: Int32 = -1
  var byReason = false
  var isSecondSite = false
}

/// A catheter's use in one encounter.
struct SiteUse {
  var encounter: Int32
  var catheter: Int32
  var first: Instant
  var codedSite: Int32
  var isPrimary = false
}

// MARK: Small verbs

extension Draft {
  func id(_ row: Int32) -> String { timeline.administrations[Int(row)].id }

  mutating func find(
    _ id: Finding.ID, _ row: Int32? = nil, other: Int32? = nil, number: Int = 0, code: Code? = nil
  ) {
    findings.append(
      Finding(id, row.map { Int($0) }, other: other.map { Int($0) }, number: number, code: code))
  }

  /// Answers the question "how does this dose stand to the others?", which has one answer.
  mutating func relate(_ dose: Int, _ relation: Relation) {
    if let earlier = doses[dose].relation, earlier.role != relation.role {
      conflicts.append(
        Conflict(
          first: earlier.rule, second: relation.rule, administration: Int(doses[dose].firstRow)))
      return
    }
    doses[dose].relation = relation
  }

  func minutesBetween(_ earlier: Instant, _ later: Instant) -> Int {
    Minutes(flooring: later - earlier).count
  }

  /// The local date; the offset of the session's first moment serves as long as it applies.
  func date(_ moment: Instant?) -> CivilDate? {
    guard let moment else { return nil }
    guard offsetPeriod.start <= moment, moment < offsetPeriod.end else {
      return timeline.session.clock.date(at: moment)
    }
    let local = moment.seconds + offset
    let day = local >= 0 ? local / 86_400 : -((86_399 - local) / 86_400)
    return CivilDate(dayNumber: Int32(day))
  }

  /// The moment at which a list of stretches has run for `seconds`; the start of a stretch where
  /// one ends just there.
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

  /// Appends the sorted union of `stretches` to the buffer.
  mutating func appendUnion(from lower: Int) -> Run {
    IntervalList.normalize(&intervals, from: lower)
    return Run(start: Int32(lower), count: Int32(intervals.count - lower))
  }

  func seconds(_ run: Run) -> Int64 { IntervalList.seconds(intervals[run.indices]) }

  /// Whether dose `left` comes before dose `right`: time, then id.
  func startsBefore(_ left: Int32, _ right: Int32) -> Bool {
    doses[Int(left)].startsBefore(doses[Int(right)], among: timeline.administrations)
  }
}

/// Byte order, the same on every machine and in every locale.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

/// Insertion sort for the short lists of a session, the standard sort for long ones.
func sortInPlace<Element>(_ list: inout [Element], by before: (Element, Element) -> Bool) {
  guard list.count <= 24 else {
    list.sort(by: before)
    return
  }
  var index = 1
  while index < list.count {
    let element = list[index]
    var hole = index
    while hole > 0, before(element, list[hole - 1]) {
      list[hole] = list[hole - 1]
      hole -= 1
    }
    list[hole] = element
    index += 1
  }
}

/// Small numbers for texts: equal texts, equal numbers.
struct Interner {
  private var texts: [String] = []
  private var table: [String: Int32] = [:]

  mutating func number(_ text: String) -> Int32 {
    if texts.count <= 12 {
      for index in texts.indices where texts[index] == text { return Int32(index) }
    } else if let known = table[text] {
      return known
    }
    if texts.count == 12 {
      for index in texts.indices { table[texts[index]] = Int32(index) }
    }
    let number = Int32(texts.count)
    texts.append(text)
    if texts.count > 12 { table[text] = number }
    return number
  }

  mutating func removeAll() {
    texts.removeAll(keepingCapacity: true)
    if !table.isEmpty { table.removeAll() }
  }
}

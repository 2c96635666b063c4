package import InfusionRecord

/// What a session comes to: charges, minutes that are not charged with the reason, and findings.
///
/// A statement holds numbers, positions and rule ids; a sentence is made when it is read. The lists of
/// single charges (administrations, reasons, clock ranges) share one buffer each, so that deriving a
/// session allocates few arrays.
package struct Statement: Sendable {
  /// Whether a charge or the session can still change, and whether a person must act; worst last.
  package enum Status: UInt8, Sendable, Comparable, CaseIterable {
    case final, provisional, review, held

    package var text: String {
      switch self {
      case .final: "final"
      case .provisional: "provisional"
      case .review: "review"
      case .held: "held"
      }
    }

    package static func < (left: Status, right: Status) -> Bool { left.rawValue < right.rawValue }
  }

  /// The session it was derived from; charges and findings refer to its parts by position.
  package let timeline: Timeline
  /// The rulebook version, `2026.1`.
  package let rulebook: String
  package let policy: Policy
  /// The CMS edit tables that were loaded.
  package let editTables: EditTables
  /// The moment of the statement; nil for a session without any time.
  package let asOf: Instant?
  package internal(set) var status = Status.final
  package internal(set) var charges: [Charge] = []
  package internal(set) var uncharged: [Uncharged] = []
  package internal(set) var minutes: [MinutesLedger.Entry] = []
  package internal(set) var findings: [Finding] = []
  /// The lines of drugs; empty for a session in which no amount given is recorded.
  package internal(set) var drugLines: [DrugLine] = []
  /// The account of each administration whose containers are recorded.
  package internal(set) var drugAmounts: [DrugBalance] = []
  /// Which tables the drug lines are coded by; nil without such lines.
  package internal(set) var drugCodes: String?
  /// The names of the loaded tables among them.
  package internal(set) var drugTables: [String] = []
  /// Rules that answered one question differently; empty if the rulebook is sound.
  package internal(set) var conflicts: [Conflict] = []

  /// Stops that were computed from volume and rate.
  var computedStops: [(row: Int32, at: Instant)] = []
  /// The stretches in units of each row whose minutes are in units in part.
  var partlyCharged: [(row: Int32, interval: Interval)] = []
  /// The first administration of the first encounter, and of each encounter if there are several.
  var firstEncounter: Int32 = 0
  var encounters: [Int32] = []
  var attached: [Int32] = []
  var parts: [ChargePart] = []
  var reasons: [Reason] = []
  var stretches: [UnchargedStretch] = []
  var clock: [Interval] = []

  init(
    timeline: Timeline, rulebook: String, policy: Policy, editTables: EditTables, asOf: Instant?
  ) {
    self.timeline = timeline
    self.rulebook = rulebook
    self.policy = policy
    self.editTables = editTables
    self.asOf = asOf
  }

  /// The administrations behind a charge, by position in the timeline.
  package func administrations(of charge: Charge) -> ArraySlice<Int32> {
    attached[charge.attached.indices]
  }

  /// Why the charge is made, the deciding rule first.
  package func reasons(of charge: Charge) -> ArraySlice<Reason> {
    reasons[charge.reasons.indices]
  }

  /// The stop of an administration if it was computed from volume and rate.
  package func computedStop(of position: Int) -> Instant? {
    computedStops.first { $0.row == Int32(position) }?.at
  }

  /// The stretches of an administration that are in units, if only a part of its minutes is; otherwise none.
  package func partlyChargedStretches(of position: Int) -> [Interval] {
    partlyCharged.lazy.filter { $0.row == Int32(position) }.map(\.interval)
  }

  /// What each dose gives to a charge.
  package func parts(of charge: Charge) -> ArraySlice<ChargePart> {
    parts[charge.parts.indices]
  }

  /// The administrations of one part of a charge, by position in the timeline.
  package func administrations(of part: ChargePart) -> ArraySlice<Int32> {
    attached[part.attached.indices]
  }

  /// Why the part is charged, the deciding rule first.
  package func reasons(of part: ChargePart) -> ArraySlice<Reason> {
    reasons[part.reasons.indices]
  }

  /// When uncharged minutes ran, and beside what; empty if no time of the administration is known.
  package func stretches(of part: Uncharged) -> ArraySlice<UnchargedStretch> {
    stretches[part.stretches.indices]
  }

  /// The stretches of time whose minutes a reason used.
  package func clockRanges(of reason: Reason) -> ArraySlice<Interval> {
    clock[reason.clock.indices]
  }

  /// The encounter of a charge, as recorded.
  package func encounter(of charge: Charge) -> String {
    let row = encounters.isEmpty ? firstEncounter : encounters[Int(charge.encounter)]
    return timeline.administrations[Int(row)].encounter
  }

  /// The encounter of a drug line, as recorded.
  package func encounter(of line: DrugLine) -> String {
    timeline.administrations[Int(line.encounterRow)].encounter
  }

  /// The access site of a charge; nil if none was charted for any administration behind it.
  package func site(of charge: Charge) -> AccessSite? {
    let isCharted = administrations(of: charge).contains {
      timeline.administrations[Int($0)].isSiteCharted
    }
    return isCharted ? timeline.sites[Int(charge.site)] : nil
  }
}

/// A run of positions in one of a statement's shared buffers.
struct Run: Sendable {
  var start: Int32 = 0
  var count: Int32 = 0

  var indices: Range<Int> { Int(start)..<Int(start + count) }
}

/// Units of one code on one date, encounter, site and set of modifiers.
package struct Charge: Sendable {
  package let code: Code
  /// 1 or more.
  package internal(set) var units: Int
  package let modifiers: Modifiers
  /// The local date of the units (rulebook R12, D39); nil if no time of the session is known.
  package let serviceDate: CivilDate?
  /// Position of the coded site.
  let site: Int32
  let encounter: Int32
  package internal(set) var status: Statement.Status
  /// Counted minutes of the doses that support the charge; 0 for services without time.
  package internal(set) var minutes: Minutes
  var attached = Run()
  var parts = Run()
  var reasons = Run()
}

/// The units of a charge that one dose, or one group of hydration, earned.
///
/// A claim has one line for a charge. Its parts may differ in status: a disputed push does not put the
/// undisputed pushes of the same code into review (rulebook D85).
package struct ChargePart: Sendable {
  /// 1 or more.
  package private(set) var units: Int
  package private(set) var status: Statement.Status
  /// The first hour that its units stand for; 0 is the first block.
  package let firstHour: Int
  var attached = Run()
  var reasons = Run()

  init(_ line: UnitLine) {
    units = 1
    status = line.status
    firstHour = Int(line.hour)
  }

  /// Adds a further unit of the same dose.
  mutating func add(_ line: UnitLine) {
    units += 1
    status = max(status, line.status)
  }
}

/// Minutes of one administration that no unit covers, and the reason.
package struct Uncharged: Sendable {
  /// Position in the timeline.
  package let administration: Int
  package let minutes: Minutes
  package let clause: Clause
  var stretches = Run()
}

/// A stretch of the clock in which minutes ran that no unit covers.
package struct UnchargedStretch: Sendable, Hashable {
  /// Empty for a service without a duration.
  package let interval: Interval
  let row: Int32

  init(_ interval: Interval, beside row: Int32 = -1) {
    self.interval = interval
    self.row = row
  }

  /// The administration that has the time, by position; nil if no other has it.
  package var beside: Int? { row < 0 ? nil : Int(row) }
}

/// The account of every recorded minute.
package enum MinutesLedger {
  /// One administration's account; `recorded = charged + uncharged`, always.
  package struct Entry: Sendable {
    /// Position in the timeline.
    package let administration: Int
    package let recorded: Minutes
    package let charged: Minutes
    package var uncharged: Minutes { recorded - charged }
  }
}

/// Two rules that gave different answers to one question.
package struct Conflict: Sendable, Hashable {
  package let first: Rule.ID
  package let second: Rule.ID
  /// Position of the administration in the timeline.
  package let administration: Int
}

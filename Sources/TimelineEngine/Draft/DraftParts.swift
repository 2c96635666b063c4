import InfusionRecord

// What a draft holds: rows, doses, their relations, hydration groups, initials, site uses.

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
  /// Hydration whose rows ran beside other hydration, of itself or of another order.
  var ranBesideHydration = false
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

import InfusionRecord

/// One dose of one infusate, which is what the rules judge.
struct Dose {
  enum Kind: UInt8 {
    case infusion, push, pending, held, hydration, fluid, prolongedPump, otherPump, injection
    case subcutaneous, device, outside
  }
  /// What became of an infusion's minutes.
  enum Timing: UInt8 { case none, byTime, concurrent, concurrentOnce, unlisted, flagged }

  var rows = Run()
  /// The row with the smallest id, which breaks ties.
  var firstRow: Int32
  var kind = Kind.outside
  var technique: Technique
  var section = Section.outside
  var drugClass = Drug.Class.other
  /// Equal for doses of the same drugs.
  var infusate: Int32 = -1
  var encounter: Int32
  var site: Int32
  /// The first known time of a row; nil if no time is known.
  var start: Instant?
  /// The last known time of a row; nil if no time is known.
  var end: Instant?
  var segments = Run()
  var seconds: Int64 = 0
  var isRunning = false
  var isDisputed = false
  var isMissingFact = false
  /// A missing time decided the kind.
  var isForMissingTime = false
  /// It was cut short and is reported as intended.
  var isIntended = false
  var isComputed = false
  /// A stop is the time at which it was last seen running.
  var isSeenRunning = false
  /// A stop is such a time that lies in a pause.
  var isSeenInPause = false
  /// Minutes are those of a paper record without clock times.
  var isWithoutClock = false
  /// The first of its legs; -1 for none.
  var firstLeg: Int32 = -1
  var timing = Timing.none
  var counted = Run()
  var countedSeconds: Int64 = 0
  /// Its rows of hydration ran at the same time as other hydration, of this dose or another.
  var ranBesideHydration = false
  /// An infusion of its course is charged.
  var courseHasInfusion = false
  /// It is a push, and an infusion of another infusate that holds one of its drugs is charged.
  var isInfusedInMixture = false
  var relation: Relation?
  var unitCount: Int32 = 0
  /// Why it is not charged.
  var clause: Clause?

  var minutes: Int { Int(seconds / 60) }
  var countedMinutes: Int { Int(countedSeconds / 60) }
  var isChemo: Bool { section == .chemo }
  /// An infusion with one of its drugs is charged (rulebook D11, D73).
  var isAlsoInfused: Bool { courseHasInfusion || isInfusedInMixture }

  /// By time, then by the smallest id.
  func startsBefore(_ other: Dose, among administrations: [Administration]) -> Bool {
    let a = start ?? .distantFuture
    let b = other.start ?? .distantFuture
    if a != b { return a < b }
    return precedes(administrations[Int(firstRow)].id, administrations[Int(other.firstRow)].id)
  }
}

/// How a dose stands to the other services, and the rule that decided it.
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
  /// Legs that overlap in time are in one cluster.
  var cluster: Int32 = 0
  /// The next leg of the same dose; -1 for none.
  var next: Int32 = -1
}

/// The service that an encounter and coded site starts from.
struct Initial {
  var encounter: Int32
  var site: Int32
  /// From 1 for a chemo infusion to 5 for hydration (rulebook R2).
  var rank: UInt8
  /// The dose; -1 for hydration.
  var dose: Int32 = -1
  /// The first hydration group of the site; -1 for a dose.
  var group: Int32 = -1
  var byReason = false
  /// What set it before the others of its encounter, site and rank.
  var advantage = Advantage.rank
  /// How many were equal until then, itself included.
  var equals: Int32 = 1
  /// For an initial that is not the first of its encounter, why it is not.
  var laterThan: Reason.Form?

  enum Advantage: UInt8 {
    /// No other has its rank.
    case rank
    case longest, earliest, smallestID
  }

  var isSecondSite: Bool { laterThan != nil }
}

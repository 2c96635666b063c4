import InfusionRecord

extension Draft {
  /// An administration with what the rules found out about it.
  struct Row {
    /// It has begun at the moment of the statement.
    var exists = true
    /// It has not stopped at the moment of the statement.
    var isRunning = false
    var start: Instant?
    /// The stop, the computed stop, or the moment of the statement while it runs.
    var end: Instant?
    var isComputed = false
    /// Its stop is the time at which it was last seen running.
    var isLastSeen = false
    /// That time lies in a pause, so it did not run up to then.
    var isSeenInPause = false
    var segments = Run()
    var seconds: Int64 = 0
    var catheter: Int32 = 0
    var codedSite: Int32 = 0
    var encounter: Int32 = 0
    var section = Section.outside
    var drugClass = Drug.Class.other
    /// Its class depends on the payer, and no policy decides it.
    var isClassDisputed = false
    var isProlongedPump = false
    /// The record does not state its class and the formulary lacks the drug.
    var isUnclassified = false
    /// The record does not tell whether its service began before the inpatient order.
    var isPlaceUnknown = false
    /// Why nothing of it is charged, whatever it is; it is then outside every other rule.
    var exclusion: Clause?
    /// Its minutes are those of a paper record; its stretch stands at no time of the clock.
    var isWithoutClock = false
    /// -1 for none.
    var dose: Int32 = -1
    /// Seconds taken from hydration by drugs, and by other hydration.
    var besideDrug: Int64 = 0
    var besideHydration: Int64 = 0
    /// Seconds in hydration groups with units, and whether there are such groups.
    var chargedHydration: Int64 = 0
    var isHydrationCharged = false

    /// Both ends are known, or the minutes without them.
    var isDocumented: Bool { (start != nil && end != nil) || isWithoutClock }
    /// It is a service that is not charged for itself, although it was given.
    var isExcludedService: Bool {
      switch exclusion {
      case .integralService, .inpatient, .inpatientUnknown: true
      default: false
      }
    }
    /// The time that orders the service (rulebook D61).
    var position: Instant? { start ?? end }
  }
}

/// The part of the code family that a class of drug leads to, lowest first.
enum Section: UInt8, Comparable {
  case outside, hydration, drug, chemo

  static func < (left: Section, right: Section) -> Bool { left.rawValue < right.rawValue }
}

/// A catheter's use in one encounter.
struct SiteUse {
  var encounter: Int32
  var catheter: Int32
  var first: Instant
  var codedSite: Int32
  var isPrimary = false
}

/// The settings on which sources disagree.
///
/// Each field is a row of the rulebook's policy table (section 25). Everything else is fixed: a rule
/// has no setting of its own.
public struct Policy: Sendable, Hashable {
  public enum AbortedInfusion: String, Sendable, CaseIterable {
    case byTime = "by_time"
    case intended = "intended_96413"
    case intendedDiscontinued = "intended_96413_53"
  }
  public enum OverlapMethod: String, Sendable, CaseIterable {
    case soloMinutes = "solo_minutes"
    case fullTimeEach = "full_time_each"
  }
  public enum ConcurrentScope: String, Sendable, CaseIterable { case date, encounter }
  public enum ChemoOverlap: String, Sendable, CaseIterable {
    case flagOnly = "flag_only"
    case unlisted = "96549"
    case sequentialFull = "sequential_full"
  }
  public enum PushInterval: String, Sendable, CaseIterable { case start, end }
  public enum HydrationJoin: String, Sendable, CaseIterable {
    case sameOrder = "same_order"
    case all, never
  }
  public enum RepeatDose: String, Sendable, CaseIterable {
    case separate
    case addTimes = "add_times"
  }
  public enum ShortRepeat: String, Sendable, CaseIterable {
    case noneFlag = "none_flag"
    case furtherHour = "96366"
    case repeatPush = "96376"
  }
  public enum MissingStop: String, Sendable, CaseIterable {
    case computeThenPush = "compute_then_push"
    case push, hold
  }
  public enum ServiceDate: String, Sendable, CaseIterable {
    case unitStart = "unit_start"
    case unitCompletion = "unit_completion"
    case serviceStart = "service_start"
  }
  public enum PumpCode: String, Sendable, CaseIterable {
    case byPayerAndOwner = "by_payer_and_owner"
    case always96416 = "always_96416"
  }
  public enum ComplexBiologic: String, Sendable, CaseIterable {
    case chemo = "CHEMO"
    case therapeutic = "TPD"
  }

  public var abortedInfusion = AbortedInfusion.byTime
  public var secondInitialRequiresReason = true
  /// `59`, `XS`, `XU`, or nil for no modifier.
  public var secondSiteModifier: Modifier? = .distinct
  /// `59`, `XE`, or nil for no modifier.
  public var secondEncounterModifier: Modifier? = .distinct
  public var overlapMethod = OverlapMethod.soloMinutes
  public var concurrentScope = ConcurrentScope.date
  public var chemoOverlap = ChemoOverlap.flagOnly
  public var pushInterval = PushInterval.start
  public var hydrationJoin = HydrationJoin.sameOrder
  /// Minutes; a longer gap inside one dose is a finding.
  public var pauseFlagGap: Double = 120
  public var repeatDose = RepeatDose.separate
  public var shortRepeat = ShortRepeat.noneFlag
  public var missingStop = MissingStop.computeThenPush
  public var serviceDate = ServiceDate.unitStart
  public var pumpCode = PumpCode.byPayerAndOwner
  /// Nil if the site did not set it. It is then CHEMO, with a finding if Medicare does not pay (rulebook
  /// D14).
  public var complexBiologic: ComplexBiologic?

  public init() {}

  public static let standard = Policy()
}

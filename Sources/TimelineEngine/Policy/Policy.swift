/// The settings on which sources disagree.
///
/// Each field is a row of the rulebook's policy table (section 25). Everything else is fixed: a rule
/// has no setting of its own.
package struct Policy: Sendable, Hashable {
  package enum AbortedInfusion: String, Sendable, CaseIterable {
    case byTime = "by_time"
    case intended = "intended_96413"
    case intendedDiscontinued = "intended_96413_53"
  }
  package enum OverlapMethod: String, Sendable, CaseIterable {
    case soloMinutes = "solo_minutes"
    case fullTimeEach = "full_time_each"
  }
  package enum ConcurrentScope: String, Sendable, CaseIterable { case date, encounter }
  package enum ChemoOverlap: String, Sendable, CaseIterable {
    case flagOnly = "flag_only"
    case unlisted = "96549"
    case sequentialFull = "sequential_full"
  }
  package enum PushInterval: String, Sendable, CaseIterable { case start, end }
  package enum HydrationJoin: String, Sendable, CaseIterable {
    case sameOrder = "same_order"
    case all, never
  }
  package enum RepeatDose: String, Sendable, CaseIterable {
    case separate
    case addTimes = "add_times"
  }
  package enum ShortRepeat: String, Sendable, CaseIterable {
    case noneFlag = "none_flag"
    case furtherHour = "96366"
    case repeatPush = "96376"
  }
  package enum MissingStop: String, Sendable, CaseIterable {
    case computeThenPush = "compute_then_push"
    case push, hold
  }
  package enum ServiceDate: String, Sendable, CaseIterable {
    case unitStart = "unit_start"
    case unitCompletion = "unit_completion"
    case serviceStart = "service_start"
  }
  package enum PumpCode: String, Sendable, CaseIterable {
    case byPayerAndOwner = "by_payer_and_owner"
    case always96416 = "always_96416"
  }
  package enum OtherPumpCode: String, Sendable, CaseIterable {
    case byPayer = "by_payer"
    case c8957 = "C8957"
    case hold
  }
  package enum ComplexBiologic: String, Sendable, CaseIterable {
    case chemo = "CHEMO"
    case therapeutic = "TPD"
  }

  package var abortedInfusion = AbortedInfusion.byTime
  package var secondInitialRequiresReason = true
  /// `59`, `XS`, `XU`, or nil for no modifier.
  package var secondSiteModifier: Modifier? = .distinct
  /// `59`, `XE`, or nil for no modifier.
  package var secondEncounterModifier: Modifier? = .distinct
  /// `59`, `XS`, `76`, or nil for no modifier, which is the default (rulebook D79).
  package var furtherInjectionModifier: Modifier?
  package var overlapMethod = OverlapMethod.soloMinutes
  package var concurrentScope = ConcurrentScope.date
  package var chemoOverlap = ChemoOverlap.flagOnly
  package var pushInterval = PushInterval.start
  package var hydrationJoin = HydrationJoin.sameOrder
  /// Minutes; a longer gap inside one dose is a finding.
  package var pauseFlagGap: Double = 120
  package var repeatDose = RepeatDose.separate
  package var shortRepeat = ShortRepeat.noneFlag
  package var missingStop = MissingStop.computeThenPush
  package var serviceDate = ServiceDate.unitStart
  package var pumpCode = PumpCode.byPayerAndOwner
  /// The code of a prolonged pump that is not chemotherapy; by payer it is C8957 for Medicare.
  package var otherPumpCode = OtherPumpCode.byPayer
  /// Nil if the site did not set it. It is then CHEMO, with a finding if Medicare does not pay (rulebook
  /// D14).
  package var complexBiologic: ComplexBiologic?
  /// Whether units are posted only for a visit with an account number.
  package var accountRequired = true

  package init() {}

  package static let standard = Policy()
}

package import InfusionRecord

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
  package enum DrugLines: String, Sendable, CaseIterable { case recorded, off, required }
  package enum DrugRounding: String, Sendable, CaseIterable { case day, administration }
  package enum DiscardModifiers: String, Sendable, CaseIterable {
    case bySetting = "by_setting"
    case byStatus = "by_status"
    case singleDose = "single_dose"
    case off, all
  }
  package enum LeastWaste: String, Sendable, CaseIterable { case warn, off, cap }
  package enum StoppedDose: String, Sendable, CaseIterable {
    case givenPlusDiscarded = "given_plus_jw"
    case givenOnly = "given_only"
  }
  package enum UnlistedUnits: String, Sendable, CaseIterable { case one, containers }
  package enum NDCUnit: String, Sendable, CaseIterable {
    case byPackage = "by_package"
    case millilitres = "always_ML_for_liquid_after_reconstitution"
  }
  package enum RouteModifier: String, Sendable, CaseIterable {
    case off
    case byRoute = "ja_jb"
  }
  package enum PurchaseModifier: String, Sendable, CaseIterable {
    case none
    case discounted = "TB"
    case discountedBefore2025 = "JG"
  }
  package enum ZeroCostLine: String, Sendable, CaseIterable { case on, off }

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
  /// The settings of drug lines (chapter DU).
  package var drugLines = DrugLines.recorded
  package var drugRounding = DrugRounding.day
  package var linePerNDC = false
  package var discardModifiers = DiscardModifiers.bySetting
  /// The first date of service on which a line without discarded units needs JZ.
  package var discardModifiersFrom =
    CivilDate(year: 2023, month: 7, day: 1) ?? CivilDate(dayNumber: 0)
  package var leastWaste = LeastWaste.warn
  package var stoppedDose = StoppedDose.givenPlusDiscarded
  package var discardMustBeRecorded = true
  package var unlistedUnits = UnlistedUnits.one
  package var ndcOnLine = false
  package var ndcUnit = NDCUnit.byPackage
  package var routeModifier = RouteModifier.off
  package var purchaseModifier = PurchaseModifier.none
  package var zeroCostLine = ZeroCostLine.on

  package init() {}

  package static let standard = Policy()
}

/// One row of the record: a drug from start to stop, with its pauses.
///
/// Several rows may be one dose (`dose`) or one bag (`bag`). Missing facts are nil; no time is invented.
/// The format `chairtime.session/1` defines the meaning of each key.
package struct Administration: Sendable {
  package enum StopReason: String, Sendable, CaseIterable {
    case completed, reaction, extravasation
    case patientRequest = "patient-request"
    case other
  }
  package enum PumpOwner: String, Sendable, CaseIterable { case practice, supplier, patient }
  package enum Purpose: String, Sendable, CaseIterable {
    case hydration
    case keepOpen = "keep-open"
    case flush, diluent
    case betweenBloodUnits = "between-blood-units"
    /// A drug that is part of another procedure, such as sedation (rulebook D78). The others are
    /// purposes of fluid.
    case integral

    /// What fluid of class hydration may be for.
    package static let ofFluid = allCases.filter { $0 != .integral }
  }
  /// A period in which the drug did not run; `stop` is nil while the pause lasts.
  package struct Pause: Sendable, Hashable {
    package var start: Instant
    package var stop: Instant?
    package init(start: Instant, stop: Instant?) {
      self.start = start
      self.stop = stop
    }
  }
  /// What hydration needs in addition to its minutes; a session document asserts both (rulebook D47).
  package struct HydrationFacts: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let order = HydrationFacts(rawValue: 1)
    package static let indication = HydrationFacts(rawValue: 2)
    package static let all: HydrationFacts = [.order, .indication]
  }

  package var id: String
  package var drug: Drug
  /// The class stated in the record; nil means the formulary's class.
  package var statedClass: Drug.Class?
  package var technique: Technique
  /// The index in the timeline's sites.
  package var site: Int
  package var encounter: String
  package var order: String?
  package var dose: String?
  package var bag: String?
  package var start: Instant?
  package var stop: Instant?
  /// How the start and the stop are known; nil if the record does not say. With `lastSeenRunning` the
  /// stop is the last time at which the drug was seen running.
  package var startBasis: TimeBasis?
  package var stopBasis: TimeBasis?
  /// Running minutes from a paper record without clock times; `start` and `stop` are then nil.
  package var statedMinutes: Double?
  /// The local date of stated minutes, if recorded.
  package var day: CivilDate?
  package var isRunning: Bool
  package var pauses: [Pause]
  package var volumeML: Double?
  package var rateMLPerHour: Double?
  package var plannedMinutes: Double?
  package var stopReason: StopReason
  package var pumpOwner: PumpOwner
  package var goesHome: Bool
  package var purpose: Purpose
  /// Which of order and indication are charted for hydration.
  package var hydrationFacts: HydrationFacts
  /// Whether an access site was charted. `site` is 0 if none was, and then means nothing.
  package var isSiteCharted: Bool
  /// Amount, product and containers; nil if none of it is recorded.
  package var drugFacts: DrugFacts?

  package init(
    id: String, drug: Drug, statedClass: Drug.Class? = nil, technique: Technique, site: Int = 0,
    encounter: String = "1", order: String? = nil, dose: String? = nil, bag: String? = nil,
    start: Instant? = nil, stop: Instant? = nil, startBasis: TimeBasis? = nil,
    stopBasis: TimeBasis? = nil, statedMinutes: Double? = nil, day: CivilDate? = nil,
    isRunning: Bool = false, pauses: [Pause] = [],
    volumeML: Double? = nil, rateMLPerHour: Double? = nil, plannedMinutes: Double? = nil,
    stopReason: StopReason = .completed, pumpOwner: PumpOwner = .supplier, goesHome: Bool = false,
    purpose: Purpose = .hydration, hydrationFacts: HydrationFacts = .all,
    isSiteCharted: Bool = true, drugFacts: DrugFacts? = nil
  ) {
    self.id = id
    self.drug = drug
    self.statedClass = statedClass
    self.technique = technique
    self.site = site
    self.encounter = encounter
    self.order = order
    self.dose = dose
    self.bag = bag
    self.start = start
    self.stop = stop
    self.startBasis = startBasis
    self.stopBasis = stopBasis
    self.statedMinutes = statedMinutes
    self.day = day
    self.isRunning = isRunning
    self.pauses = pauses
    self.volumeML = volumeML
    self.rateMLPerHour = rateMLPerHour
    self.plannedMinutes = plannedMinutes
    self.stopReason = stopReason
    self.pumpOwner = pumpOwner
    self.goesHome = goesHome
    self.purpose = purpose
    self.hydrationFacts = hydrationFacts
    self.isSiteCharted = isSiteCharted
    self.drugFacts = drugFacts
  }
}

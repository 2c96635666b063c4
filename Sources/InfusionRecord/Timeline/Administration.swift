/// One row of the record: a drug from start to stop, with its pauses.
///
/// Several rows may be one dose (`dose`) or one bag (`bag`). Missing facts are nil; no time is invented.
/// The format `chairtime.session/1` defines the meaning of each key.
public struct Administration: Sendable {
  public enum StopReason: String, Sendable, CaseIterable {
    case completed, reaction, extravasation
    case patientRequest = "patient-request"
    case other
  }
  public enum PumpOwner: String, Sendable, CaseIterable { case practice, supplier, patient }
  public enum Purpose: String, Sendable, CaseIterable {
    case hydration
    case keepOpen = "keep-open"
    case flush, diluent
    case betweenBloodUnits = "between-blood-units"
  }
  /// A period in which the drug did not run; `stop` is nil while the pause lasts.
  public struct Pause: Sendable, Hashable {
    public var start: Instant
    public var stop: Instant?
    public init(start: Instant, stop: Instant?) {
      self.start = start
      self.stop = stop
    }
  }
  /// What hydration needs in addition to its minutes; a session document asserts both (rulebook D47).
  public struct HydrationFacts: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let order = HydrationFacts(rawValue: 1)
    public static let indication = HydrationFacts(rawValue: 2)
    public static let all: HydrationFacts = [.order, .indication]
  }

  public var id: String
  public var drug: Drug
  /// The class stated in the record; nil means the formulary's class.
  public var statedClass: Drug.Class?
  public var technique: Technique
  /// The index in the timeline's sites.
  public var site: Int
  public var encounter: String
  public var order: String?
  public var dose: String?
  public var bag: String?
  public var start: Instant?
  public var stop: Instant?
  public var isRunning: Bool
  public var pauses: [Pause]
  public var volumeML: Double?
  public var rateMLPerHour: Double?
  public var plannedMinutes: Double?
  public var stopReason: StopReason
  public var pumpOwner: PumpOwner
  public var goesHome: Bool
  public var purpose: Purpose
  /// Which of order and indication are charted for hydration.
  public var hydrationFacts: HydrationFacts
  /// Whether an access site was charted; a session document always has one.
  public var isSiteCharted: Bool

  public init(
    id: String, drug: Drug, statedClass: Drug.Class? = nil, technique: Technique, site: Int = 0,
    encounter: String = "1", order: String? = nil, dose: String? = nil, bag: String? = nil,
    start: Instant? = nil, stop: Instant? = nil, isRunning: Bool = false, pauses: [Pause] = [],
    volumeML: Double? = nil, rateMLPerHour: Double? = nil, plannedMinutes: Double? = nil,
    stopReason: StopReason = .completed, pumpOwner: PumpOwner = .supplier, goesHome: Bool = false,
    purpose: Purpose = .hydration, hydrationFacts: HydrationFacts = .all,
    isSiteCharted: Bool = true
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
  }
}

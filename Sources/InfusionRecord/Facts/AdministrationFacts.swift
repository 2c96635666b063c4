/// What is charted when an administration begins.
///
/// The drug is kept as the text that was chosen. The formulary resolves it when the record is read, so
/// a corrected formulary changes what is derived, never the record.
public struct AdministrationFacts: Sendable, Hashable {
  /// The name of this administration in its session: `a1`.
  public var administration: String
  public var drug: String
  public var technique: Technique
  /// The access site, or nil if none was charted.
  public var site: String?
  /// The amount as free text, `175 mg/m2`. Nothing is derived from it.
  public var amount: String?
  public var order: String?
  public var dose: String?
  public var bag: String?
  public var plannedMinutes: Double?
  public var volumeML: Double?
  public var rateMLPerHour: Double?
  public var purpose: Administration.Purpose
  public var statedClass: Drug.Class?
  /// Which of order and indication are charted for hydration.
  public var hydrationFacts: Administration.HydrationFacts
  public var encounter: String
  public var pumpOwner: Administration.PumpOwner
  public var goesHome: Bool
  /// Whether this is the reason for the visit; used in the professional setting.
  public var isReasonForVisit: Bool

  public init(
    administration: String, drug: String, technique: Technique, site: String? = nil,
    amount: String? = nil, order: String? = nil, dose: String? = nil, bag: String? = nil,
    plannedMinutes: Double? = nil, volumeML: Double? = nil, rateMLPerHour: Double? = nil,
    purpose: Administration.Purpose = .hydration, statedClass: Drug.Class? = nil,
    hydrationFacts: Administration.HydrationFacts = [], encounter: String = "1",
    pumpOwner: Administration.PumpOwner = .supplier, goesHome: Bool = false,
    isReasonForVisit: Bool = false
  ) {
    self.administration = administration
    self.drug = drug
    self.technique = technique
    self.site = site
    self.amount = amount
    self.order = order
    self.dose = dose
    self.bag = bag
    self.plannedMinutes = plannedMinutes
    self.volumeML = volumeML
    self.rateMLPerHour = rateMLPerHour
    self.purpose = purpose
    self.statedClass = statedClass
    self.hydrationFacts = hydrationFacts
    self.encounter = encounter
    self.pumpOwner = pumpOwner
    self.goesHome = goesHome
    self.isReasonForVisit = isReasonForVisit
  }
}

/// What is charted when an administration begins.
///
/// The drug is kept as the text that was chosen. The formulary resolves it when the record is read, so
/// a corrected formulary changes what is derived, never the record.
package struct AdministrationFacts: Sendable, Hashable {
  /// The name of this administration in its session: `a1`.
  package var administration: String
  package var drug: String
  package var technique: Technique
  /// The access site, or nil if none was charted.
  package var site: String?
  /// The amount as free text, `175 mg/m2`. Nothing is derived from it.
  package var amount: String?
  package var order: String?
  package var dose: String?
  package var bag: String?
  package var plannedMinutes: Double?
  package var volumeML: Double?
  package var rateMLPerHour: Double?
  package var purpose: Administration.Purpose
  package var statedClass: Drug.Class?
  /// Which of order and indication are charted for hydration.
  package var hydrationFacts: Administration.HydrationFacts
  package var encounter: String
  package var pumpOwner: Administration.PumpOwner
  package var goesHome: Bool
  /// Whether this is the reason for the visit; used in the professional setting. The first one of an
  /// encounter holds.
  package var isReasonForVisit: Bool
  /// Whether a paper record gives only the minutes. The clinical time then tells the day, and a minute
  /// of that day at which nothing is claimed to have happened.
  package var isWithoutClock: Bool

  package init(
    administration: String, drug: String, technique: Technique, site: String? = nil,
    amount: String? = nil, order: String? = nil, dose: String? = nil, bag: String? = nil,
    plannedMinutes: Double? = nil, volumeML: Double? = nil, rateMLPerHour: Double? = nil,
    purpose: Administration.Purpose = .hydration, statedClass: Drug.Class? = nil,
    hydrationFacts: Administration.HydrationFacts = [], encounter: String = "1",
    pumpOwner: Administration.PumpOwner = .supplier, goesHome: Bool = false,
    isReasonForVisit: Bool = false, isWithoutClock: Bool = false
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
    self.isWithoutClock = isWithoutClock
  }
}

extension Event {
  /// Whether it states a dose of a paper record, whose clinical time tells only the day.
  package var isWithoutClock: Bool { fact.effective?.beginning?.isWithoutClock ?? false }
}

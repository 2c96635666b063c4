import InfusionRecord

/// What rows of one dose share as recorded: the text of `dose`, the drug, the technique and the encounter.
///
/// Rules that run before `DoseIdentity` use it. A dose is also limited to one coded site, which is known
/// only after `AccessSites` (rulebook D4).
struct DoseName: Hashable {
  private let dose: String
  private let drug: String
  private let technique: Technique
  private let encounter: String

  /// Nil for a row that names no dose.
  init?(_ row: Administration) {
    guard let dose = row.dose else { return nil }
    self.dose = dose
    drug = row.drug.identity
    technique = row.technique
    encounter = row.encounter
  }
}

/// What the rows of one bag share: the text of `bag` and the encounter.
struct BagName: Hashable {
  private let bag: String
  private let encounter: String

  /// Nil for a row that names no bag.
  init?(_ row: Administration) {
    guard let bag = row.bag else { return nil }
    self.bag = bag
    encounter = row.encounter
  }
}

/// What is asked about a drug before it is recorded, on the screens and by commands.
package struct DrugDoubt: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// A way that is known to kill.
    case fatalWay = "fatal-way"
    /// A way that the formulary does not list.
    case unusualWay = "unusual-way"
    /// A name that the formulary lacks and that is a letter or two from one that it has.
    case misspelled = "misspelled-drug"
    /// Another drug is planned today whose name is easily confused with this one.
    case lookAlike = "look-alike-drug"
  }

  package let kind: Kind
  package let sentence: String

  /// The doubts about a drug given by `technique` through a site of this kind.
  ///
  /// - Parameter planned: what is planned for the patient today and was not given yet.
  package static func found(
    _ drug: Drug, _ technique: Technique, through site: AccessSite.Kind?, planned: [Drug],
    in formulary: Formulary
  ) -> [DrugDoubt] {
    var doubts: [DrugDoubt] = []
    if let way = WayDoubt.found(drug, technique, through: site) {
      doubts.append(
        DrugDoubt(kind: way.kind == .fatal ? .fatalWay : .unusualWay, sentence: way.sentence))
    }
    if let meant = LookAlike.misspelled(drug, in: formulary) {
      doubts.append(
        DrugDoubt(
          kind: .misspelled,
          sentence:
            "The formulary has \(meant.displayName) and no \(drug.displayName). Is it another "
            + "drug?"))
    }
    if !planned.contains(drug),
      let other = planned.first(where: { LookAlike.areConfused(drug, $0) })
    {
      doubts.append(
        DrugDoubt(
          kind: .lookAlike,
          sentence: "\(other.displayName) is planned today, not \(drug.displayName). The names are "
            + "easily confused."))
    }
    return doubts
  }
}

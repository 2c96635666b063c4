/// What is asked about a drug before it is recorded, on the screens and by commands.
package struct DrugDoubt: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The patient has an allergy to it, or to a drug of its family.
    case allergy
    /// The patient reacted to it in this session.
    case reaction
    /// A way that is known to kill.
    case fatalWay = "fatal-way"
    /// A way that the formulary does not list.
    case unusualWay = "unusual-way"
    /// A name that the formulary lacks and that is a letter or two from one that it has.
    case misspelled = "misspelled-drug"
    /// Another drug is planned today, runs or was given, and its name is easily confused with this one.
    case lookAlike = "look-alike-drug"
  }

  package let kind: Kind
  package let sentence: String

  /// What a session has of drugs, without one administration: what runs first, then the newest.
  package static func given(
    _ administrations: [RecordedAdministration], without administration: String?,
    _ formulary: Formulary
  ) -> [Given] {
    let others = administrations.reversed().filter {
      $0.facts.technique.givesDrug && $0.facts.administration != administration
    }
    let given = others.map {
      Given(drug: formulary.drug(named: $0.facts.drug), isRunning: $0.isRunning)
    }
    return given.filter(\.isRunning) + given.filter { !$0.isRunning }
  }

  /// The doubt about a drug to which the patient reacted in a session; nil if there is none.
  package static func reacted(
    to drug: Drug, in log: EventLog, _ administrations: [RecordedAdministration],
    _ formulary: Formulary
  ) -> DrugDoubt? {
    let found = log.reactions.last { reaction in
      let id = reaction.reaction.administration
      return administrations.contains {
        $0.id == id && formulary.drug(named: $0.facts.drug) == drug
      }
    }
    return found.map {
      DrugDoubt(
        kind: .reaction,
        sentence:
          "REACTION to \(drug.displayName) in this session, \(ClockText(log).time($0.time)), "
          + "\($0.reaction.gradeWords).")
    }
  }

  /// The doubts about a drug given by `technique` through a site of this kind.
  ///
  /// - Parameters:
  ///   - planned: what is planned for the patient today and was not given yet.
  ///   - given: what the session has of other drugs; what runs comes first.
  ///   - allergies: those of the patient.
  package static func found(
    _ drug: Drug, _ technique: Technique, through site: AccessSite.Kind?, planned: [Drug],
    given: [Given], allergies: [Allergy], in formulary: Formulary
  ) -> [DrugDoubt] {
    var doubts: [DrugDoubt] = []
    if technique.givesDrug,
      let match = AllergyMatch.found(drug, among: allergies, in: formulary)
    {
      doubts.append(DrugDoubt(kind: .allergy, sentence: match.sentence(drug)))
    }
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
    // What is planned is meant, and a drug of the session was asked about when it was first given.
    if planned.contains(drug) || given.contains(where: { $0.drug == drug }) { return doubts }
    if let other = planned.first(where: { LookAlike.areConfused(drug, $0) }) {
      doubts.append(
        DrugDoubt(
          kind: .lookAlike,
          sentence: "\(other.displayName) is planned today, not \(drug.displayName). The names are "
            + "easily confused."))
    } else if let other = given.first(where: { LookAlike.areConfused(drug, $0.drug) }) {
      doubts.append(
        DrugDoubt(
          kind: .lookAlike,
          sentence: "\(other.drug.displayName) \(other.isRunning ? "runs" : "was given") in this "
            + "session, and \(drug.displayName) is another drug. The names are easily confused."))
    }
    return doubts
  }

  /// A drug that a session has.
  package struct Given: Sendable, Hashable {
    let drug: Drug
    let isRunning: Bool
  }
}

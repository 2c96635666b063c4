/// The doubts about a drug to which the patient reacted, or of whose family one was.
extension DrugDoubt {
  /// What is asked because of the last reaction in a session and the last one at earlier visits.
  static func reactions(
    to drug: Drug, in log: EventLog, _ administrations: [RecordedAdministration],
    earlier: [EarlierReaction], _ formulary: Formulary
  ) -> [DrugDoubt] {
    var doubts: [DrugDoubt] = []
    func doubt(_ reacted: String, _ words: String) {
      let (name, relation) = relation(of: drug, to: reacted, formulary)
      doubts.append(
        DrugDoubt(kind: .reaction, sentence: "REACTION to \(name) \(words).\(relation)"))
    }
    func isMeant(_ reacted: String) -> Bool {
      match(drug, reacted, formulary) != nil
    }
    let clock = ClockText(log)
    if let last = log.drugReactions(administrations).last(where: { isMeant($0.drug) }) {
      doubt(last.drug, words(of: last, clock))
    }
    if let last = earlier.first(where: { isMeant($0.drug) }) {
      doubt(
        last.drug,
        "at the visit of \(last.day.display)" + (last.grade.map { ", \($0)" } ?? ""))
    }
    return doubts
  }

  /// What is said before a drug goes on to which the patient reacted; nil if there was no reaction to it.
  package static func reaction(
    to administration: RecordedAdministration, in log: EventLog, _ formulary: Formulary
  ) -> String? {
    let last = log.drugReactions([administration]).last
    return last.map {
      "REACTION to \(formulary.drug(named: $0.drug).displayName) \(words(of: $0, ClockText(log)))."
    }
  }

  /// What is said before a paused drug goes on: an allergy to it, and a reaction.
  package static func resuming(
    _ administration: RecordedAdministration, in log: EventLog, _ formulary: Formulary
  ) -> [String] {
    let drug = formulary.drug(named: administration.facts.drug)
    let allergies = log.allergyStatement?.allergies.list ?? []
    return [
      AllergyMatch.found(drug, among: allergies, in: formulary)?.sentence(drug),
      reaction(to: administration, in: log, formulary),
    ].compactMap(\.self)
  }

  private static func words(of reaction: DrugReaction, _ clock: ClockText) -> String {
    "in this session, \(clock.time(reaction.at))" + (reaction.grade.map { ", \($0)" } ?? "")
  }

  private static func match(
    _ drug: Drug, _ reacted: String, _ formulary: Formulary
  ) -> AllergyMatch? {
    AllergyMatch.found(drug, among: [Allergy(substance: reacted)], in: formulary)
  }

  /// The name of the drug that caused the reaction, and what the other drug has to do with it.
  private static func relation(
    of drug: Drug, to reacted: String, _ formulary: Formulary
  ) -> (name: String, sentence: String) {
    let cause = formulary.drug(named: reacted)
    let family = cause == drug ? nil : match(drug, reacted, formulary)?.family
    let sentence = family.map { " \(drug.displayName) is of the same family, \($0)." } ?? ""
    return (cause.displayName, sentence)
  }
}

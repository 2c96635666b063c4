import InfusionRecord

extension RecorderState {
  struct Suggestion {
    static let plannedToday = "planned today"
    static let givenToday = "given today"
    let facts: AdministrationFacts
    let why: String

    /// Whether the patient is still to get it.
    var isDue: Bool { why != Suggestion.givenToday }
  }

  /// The drugs this patient is likely to get next: planned today, given on the last visit but not
  /// today, then given today.
  func suggestions(for session: SessionReading?) -> [Suggestion] {
    guard let session else { return [] }
    func drugs(_ facts: [AdministrationFacts]) -> [AdministrationFacts] {
      facts.filter(\.technique.givesDrug)
    }
    let today = drugs(session.recorded.administrations.map(\.facts))
    let given = Set(today.map { formulary.drug(named: $0.drug).identity })
    var found = plan(for: session).map {
      Suggestion(facts: $0.facts, why: Suggestion.plannedToday)
    }
    let patient = session.opening.patient
    // Nothing is offered from the record of another person who has the number too.
    let isKnown = known(of: patient.mrn).allSatisfy { $0.isSamePerson(as: patient) }
    for facts in drugs(isKnown ? pastDrugs(of: patient.mrn) ?? [] : [])
    where !given.contains(formulary.drug(named: facts.drug).identity) {
      found.append(Suggestion(facts: facts, why: "last visit"))
    }
    for facts in today { found.append(Suggestion(facts: facts, why: Suggestion.givenToday)) }
    return found
  }

  /// Warnings about similar patients, shown before a drug is given in this session.
  func warnings(for session: SessionReading) -> [String] {
    openSessions.compactMap { other in
      guard other.id != session.id,
        SimilarNames.areAlike(other.opening.patient, session.opening.patient)
      else { return nil }
      let patient = other.opening.patient
      return "Similar name today: \(patient.displayName), \(patient.bornWords), "
        + "chair \(other.opening.chair). Check both identifiers."
    }
  }
}

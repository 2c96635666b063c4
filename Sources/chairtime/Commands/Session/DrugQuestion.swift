import InfusionRecord
import PlainText

/// What is asked about a drug before a command records it: an allergy of the patient, its way, and a name
/// that is easily confused.
///
/// The screens ask the same question (`DrugCheck`).
struct DrugQuestion {
  private let doubts: [DrugDoubt]

  /// Nil if the fact adds no doubt. A correction that leaves a doubt as it was adds none.
  ///
  /// - Parameters:
  ///   - visits: the last visits of the patient, newest first, for what was told of allergies there.
  ///   - planned: the drugs planned for the patient today and not given yet.
  init?(
    _ fact: Fact, in log: EventLog, _ formulary: Formulary, visits: () throws -> [EventLog],
    planned: () throws -> [Drug]
  ) rethrows {
    guard let given = fact.effective?.beginning else { return nil }
    let waiting = try planned()
    let allergies =
      try log.allergyStatement
      ?? log.opening.flatMap {
        EarlierAllergies.found(in: try visits(), for: $0.patient, besides: log.session)?.statement
      }
    let list = allergies?.allergies.list ?? []
    func doubts(about facts: AdministrationFacts) -> [DrugDoubt] {
      let drug = formulary.drug(named: facts.drug)
      let reacted = DrugDoubt.reacted(to: drug, in: log, log.administrations, formulary)
      return [reacted].compactMap(\.self)
        + DrugDoubt.found(
          drug, facts.technique, through: log.siteKind(facts.site),
          planned: waiting,
          given: DrugDoubt.given(log.administrations, without: given.administration, formulary),
          allergies: list, in: formulary)
    }
    var known: [DrugDoubt] = []
    if case .eventSuperseded(let id, _) = fact {
      known = log.entry(for: id)?.fact?.beginning.map(doubts) ?? []
    }
    self.doubts = doubts(about: given).filter { !known.contains($0) }
    if self.doubts.isEmpty { return nil }
  }

  /// Throws the question if it is not answered by `--anyway` with a reason.
  func check(_ isConfirmed: Bool, reason: String?) throws {
    if isConfirmed, GivenReason.saysSomething(reason ?? "") { return }
    throw OpenQuestions(
      doubts.map { (name: $0.kind.rawValue, sentence: $0.sentence.printable) },
      outcome: "Nothing was recorded", advice: "record it --anyway with a --reason")
  }
}

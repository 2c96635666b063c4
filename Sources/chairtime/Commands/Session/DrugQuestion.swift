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
  ///   - earlier: what other visits of the patient tell.
  ///   - planned: the drugs planned for the patient today and not given yet.
  init?(
    _ fact: Fact, in log: EventLog, _ formulary: Formulary,
    earlier: () throws -> EarlierVisits, planned: () throws -> [Drug]
  ) rethrows {
    guard let given = fact.effective?.beginning else { return nil }
    let waiting = try planned()
    let told = try earlier()
    func doubts(about facts: AdministrationFacts) -> [DrugDoubt] {
      DrugDoubt.found(
        formulary.drug(named: facts.drug), facts.technique, through: log.siteKind(facts.site),
        administration: given.administration, in: log, log.administrations, planned: waiting,
        earlier: told, formulary)
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

import InfusionRecord
import PlainText

/// A way by which a drug is not given, asked about before a command records it.
///
/// The screens ask the same question (`DrugCheck`).
struct WayQuestion {
  private let doubt: WayDoubt

  /// Nil if the fact adds no doubt. A correction that leaves a doubt as it was adds none.
  init?(_ fact: Fact, in log: EventLog, _ formulary: Formulary) {
    var given = fact.beginning
    var known: WayDoubt?
    if case .eventSuperseded(let id, let replacement) = fact {
      given = replacement?.beginning
      known = log.entry(for: id)?.fact?.beginning.flatMap {
        WayQuestion.doubt(about: $0, in: log, formulary)
      }
    }
    guard let given, let doubt = WayQuestion.doubt(about: given, in: log, formulary),
      doubt != known
    else { return nil }
    self.doubt = doubt
  }

  private static func doubt(
    about facts: AdministrationFacts, in log: EventLog, _ formulary: Formulary
  ) -> WayDoubt? {
    WayDoubt.found(
      formulary.drug(named: facts.drug), facts.technique, through: log.siteKind(facts.site))
  }

  /// Throws the question if it is not answered by `--anyway` with a reason.
  func check(_ isConfirmed: Bool, reason: String?) throws {
    if isConfirmed, !(reason ?? "").isEmpty { return }
    let kind = doubt.kind == .fatal ? Issue.Kind.fatalWay : .unusualWay
    throw OpenQuestions(
      [(name: kind.rawValue, sentence: doubt.sentence.printable)],
      outcome: "Nothing was recorded", advice: "record it --anyway with a --reason")
  }
}

import InfusionRecord
import Interchange
import PlainText
import SuiteProgram
import TimelineEngine

/// What is asked about amounts and containers before a command records them, and what the site demands of a
/// discard.
///
/// The screens ask the same (`AccountDoubt`).
struct AccountQuestion {
  private let doubts: [AccountDoubt]
  /// What is said of the containers without a question: smaller ones that waste less.
  let notes: [String]

  /// Nil if the fact says nothing of amounts. What was confirmed before is not asked again.
  init?(_ fact: Fact, in log: EventLog, by recorder: Recorder, at moment: Instant) throws {
    var replaced: Fact?
    if case .eventSuperseded(let id, _) = fact { replaced = log.entry(for: id)?.fact }
    let new = fact.effective
    guard let id = new?.account?.administration ?? new?.beginning?.administration,
      let one = log.administrations.first(where: { $0.id == id }),
      new?.account != nil || replaced?.beginning != nil && one.drugFacts != nil
    else { return nil }
    // A beginning has no amounts yet, so `session start` reads neither file.
    let (configuration, tables) = (try Site.configured().configuration, try recorder.drugTables())
    let date = log.clock.date(at: moment)
    let drug = recorder.formulary.drug(named: one.facts.drug)
    func doubts(_ facts: DrugFacts) -> [AccountDoubt] {
      AccountDoubt.found(
        facts, of: drug, ordered: one.facts.amount, on: date, recalled: configuration.recalledLots,
        in: tables)
    }
    if let account = new?.account {
      let known = replaced?.account?.facts ?? one.drugFacts ?? .none
      if configuration.witnessesDiscards, let discarded = account.facts.discarded,
        discarded != known.discarded, discarded.isSeenByWitness, discarded.witness == nil
      {
        throw Complaint(
          "This site wants to know who saw \(discarded.amount.text) discarded; add --witness. Nothing was "
            + "recorded.")
      }
      let before = doubts(known)
      self.doubts = doubts(account.facts).filter { !before.contains($0) }
      let dose = account.facts.given ?? one.facts.amount.flatMap { try? DrugAmount(written: $0) }
      let isOpened = account.facts.containers != known.containers
      let better = dose.flatMap {
        VialChoice.better(for: $0, than: account.facts, of: drug, in: tables)
      }
      notes = isOpened ? [better].compactMap(\.self) : []
    } else if let facts = new?.beginning, replaced?.beginning != nil, let held = one.drugFacts {
      self.doubts = AccountDoubt.correcting(
        held, from: drug, to: recorder.formulary.drug(named: facts.drug), ordered: facts.amount,
        on: date, recalled: configuration.recalledLots, in: tables)
      notes = []
    } else {
      return nil
    }
  }

  /// Throws the question if it is not answered by `--anyway` with a reason.
  func check(_ isConfirmed: Bool, reason: String?) throws {
    if doubts.isEmpty || isConfirmed && GivenReason.saysSomething(reason ?? "") { return }
    throw OpenQuestions(
      doubts.map { (name: $0.kind.rawValue, sentence: $0.sentence.printable) },
      outcome: "Nothing was recorded", advice: "record it --anyway with a --reason")
  }
}

import InfusionRecord
import TimelineEngine

/// What is asked and said of the amounts and containers of a drug, as a form is filled in.
extension FormContext {
  /// What is asked about amounts and containers as they are filled in.
  ///
  /// - Parameter ordered: the amount of the order as written.
  func accountDoubts(_ drug: Drug, known: DrugFacts = .none, ordered: String?) -> [String] {
    guard asksAccount, let tables = drugTables,
      let facts = (try? account(known: known, at: minute)) ?? (try? filled(known))
    else { return [] }
    let date = clock.date(at: now)
    let recalled = state.suite.recalledLots
    // What was confirmed when it was recorded is not asked again.
    let before = AccountDoubt.found(
      known, of: drug, ordered: ordered, on: date, recalled: recalled, in: tables)
    return AccountDoubt.found(
      facts, of: drug, ordered: ordered, on: date, recalled: recalled, in: tables
    ).filter { !before.contains($0) }.map(\.sentence)
  }

  /// What is said of the containers as they are opened: what a scan lacks, and smaller ones that waste less.
  func accountWarnings(
    _ drug: Drug, known: DrugFacts = .none, ordered: String?
  ) -> [String] {
    guard asksAccount, let tables = drugTables, let facts = try? filled(known) else { return [] }
    var warnings: [String] = []
    for field in prompt.fields where field.name == .container {
      guard let scan = try? ContainerScan(field.value, in: tables) else { continue }
      for note in scan.notes where !warnings.contains(note) { warnings.append(note) }
    }
    let dose = facts.given ?? ordered.flatMap { try? DrugAmount(written: $0) }
    if let dose, let choice = VialChoice.better(for: dose, than: facts, of: drug, in: tables) {
      warnings.append(choice)
    }
    return warnings
  }

  /// What is said of a drug that a closing ends: what speaks against its completion, and that no amount of it is
  /// recorded.
  func doubtsOfEnd(_ one: RecordedAdministration, at moment: Instant) -> [String] {
    var doubts: [String] = []
    let name = self.name(one)
    if let log = session?.log {
      switch one.doubtOfCompletion(at: moment, in: log) {
      case .reaction?:
        doubts += [DrugDoubt.reaction(to: one, in: log, state.formulary)].compactMap(\.self)
      case .early?:
        let end = one.plannedEnd(asOf: moment).map { " \(clockText($0))" } ?? ""
        doubts.append("\(name) ends before its planned end\(end).")
      case nil: break
      }
    }
    if let amount = one.facts.amount, one.drugFacts?.given == nil,
      tables(asking: state.formulary.drug(named: one.facts.drug)) != nil
    {
      doubts.append(
        "\(name): \(amount) was ordered, and the amount given is not recorded; V records it.")
    }
    return doubts
  }
}

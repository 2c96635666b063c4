import InfusionRecord

/// What a form asks about a drug before it is recorded: another drug than the planned one, and a way
/// by which it is not given.
///
/// The question has no answer preset. The answer becomes the reason of the fact.
extension FormContext {
  /// The sentences of the question; empty if nothing is asked.
  func drugDoubts(_ technique: Technique) -> [String] {
    let text = value(.drug)
    guard !text.isEmpty else { return [] }
    let drug = state.formulary.drug(named: text)
    var doubts: [String] = []
    if let way = WayDoubt.found(drug, technique, through: siteKind) { doubts.append(way.sentence) }
    let planned = plannedDrugs
    if !planned.contains(drug),
      let other = planned.first(where: { LookAlike.areConfused(drug, $0) })
    {
      doubts.append(
        "\(other.displayName) is planned today, not \(drug.displayName). The names are easily confused."
      )
    }
    return doubts
  }

  /// The question as a field; none if nothing is doubtful.
  func drugCheck(_ technique: Technique) -> [Field] {
    let doubts = drugDoubts(technique)
    guard !doubts.isEmpty else { return [] }
    var field = Field.choice(
      .check, "Is it so?",
      [
        Field.Option("no", "no, choose again"),
        Field.Option("yes", "yes, it was ordered and given so"),
      ], hint: "no or yes")
    // Another drug or another way is another question, and its answer is not the old one.
    field.subject = doubts.joined(separator: " ")
    return [field]
  }

  /// The reason of a fact that was asked about; nil if it was not.
  func checkedReason(_ technique: Technique) throws(FormProblem) -> String? {
    let doubts = drugDoubts(technique)
    guard !doubts.isEmpty else { return nil }
    switch value(.check) {
    case "yes": return "Asked and confirmed: \(doubts.joined(separator: " "))"
    case "no": throw FormProblem(.drug, "Choose the drug or the way again.")
    default: throw FormProblem(.check, doubts.joined(separator: " "))
    }
  }

  /// Planned for today and not given yet.
  private var plannedDrugs: [Drug] {
    state.suggestions(for: session).filter { $0.why == RecorderState.Suggestion.plannedToday }
      .map { state.formulary.drug(named: $0.facts.drug) }
  }

  /// The kind of the access site picked; nil if none is.
  private var siteKind: AccessSite.Kind? {
    let picked = value(.site)
    return newSite(picked)
      ?? session?.log.sites.first { $0.opening.site == picked }?.opening.kind
  }
}

extension [EventDraft] {
  /// The drafts with a reason for the last, which is the fact that the form is about.
  func explained(by reason: String?) -> [EventDraft] {
    guard let reason, let last else { return self }
    var explained = last
    explained.reason = reason
    return dropLast() + [explained]
  }
}

import InfusionRecord

/// What a form asks about a drug before it is recorded: an allergy of the patient, another drug than one that
/// is planned, runs or was given, and a way by which it is not given.
///
/// The question has no answer preset. The answer becomes the reason of the fact.
extension FormContext {
  /// Begins the reason of a fact that was asked about; the question follows.
  static let confirmed = "Asked and confirmed: "

  /// The sentences of the question; empty if nothing is asked.
  func drugDoubts(_ technique: Technique) -> [String] {
    let text = value(.drug)
    guard !text.isEmpty else { return [] }
    let drug = state.formulary.drug(named: text)
    return doubts(about: drug, technique, through: siteKind) + scanDoubts(drug)
  }

  /// A scan that gave another drug than those that are planned and not given yet.
  private func scanDoubts(_ drug: Drug) -> [String] {
    let planned = plannedDrugs
    guard prompt[.drug]?.scanned != nil, !planned.isEmpty, !planned.contains(drug),
      drug.entry?.drugClass != .hydration
    else { return [] }
    let names = planned.map(\.displayName).joined(separator: ", ")
    return ["\(drug.displayName) was scanned, but planned today: \(names)."]
  }

  /// - Parameter corrected: the administration that the drug is of, if it is in the record.
  private func doubts(
    about drug: Drug, _ technique: Technique, through site: AccessSite.Kind?,
    correcting corrected: String? = nil
  ) -> [String] {
    guard let session else { return [] }
    return DrugDoubt.found(
      drug, technique, through: site, administration: corrected, in: session.log,
      session.recorded.administrations, planned: plannedDrugs,
      earlier: state.earlierVisits(of: session), state.formulary
    ).map(\.sentence)
  }

  /// The sentences of the question about a correction of a drug that was begun; empty if it adds no doubt.
  func drugDoubts(correcting facts: AdministrationFacts) -> [String] {
    let recorded = state.formulary.drug(named: facts.drug)
    let id = facts.administration
    let known = doubts(
      about: recorded, facts.technique, through: siteKind(of: facts.site), correcting: id)
    let typed = value(.drug)
    let drug = typed.isEmpty ? recorded : state.formulary.drug(named: typed)
    let site = value(.site).isEmpty ? siteKind(of: facts.site) : siteKind
    return doubts(about: drug, facts.technique, through: site, correcting: id)
      .filter { !known.contains($0) }
  }

  /// The question as a field; none if nothing is doubtful.
  func drugCheck(_ doubts: [String]) -> [Field] {
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
  func checkedReason(_ doubts: [String]) throws(FormProblem) -> String? {
    guard !doubts.isEmpty else { return nil }
    switch value(.check) {
    case "yes": return "\(Self.confirmed)\(doubts.joined(separator: " "))"
    case "no": throw FormProblem(.drug, "Choose the drug or the way again.")
    default: throw FormProblem(.check, "Answer the question above: no or yes.")
    }
  }

  /// The same for a question about amounts and containers alone.
  func checkedAccount(_ doubts: [String]) throws(FormProblem) -> String? {
    guard !doubts.isEmpty else { return nil }
    if value(.check) == "no" {
      throw FormProblem(
        prompt[.amountGiven] == nil ? .container : .amountGiven,
        "Type the amount or the container again.")
    }
    return try checkedReason(doubts)
  }

  /// Planned for today and not given yet.
  private var plannedDrugs: [Drug] {
    state.plan(for: session).map(\.drug)
  }

  /// The kind of the access site picked; nil if none is.
  private var siteKind: AccessSite.Kind? {
    let picked = value(.site)
    return newSite(picked) ?? siteKind(of: picked)
  }

  private func siteKind(of site: String?) -> AccessSite.Kind? { session?.log.siteKind(site) }
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

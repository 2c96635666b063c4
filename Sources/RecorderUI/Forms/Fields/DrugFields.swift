import InfusionRecord

extension FormContext {
  /// The drug to begin: what is typed, and among equals first what the patient is due or had before.
  func drugField(_ label: String = "Drug") -> Field {
    let typed = prompt[.drug]?.entry.text ?? ""
    var why: [String: String] = [:]
    var due: [Drug] = []
    for suggestion in state.suggestions(for: session) {
      let drug = state.formulary.drug(named: suggestion.facts.drug)
      guard why[drug.identity] == nil else { continue }
      why[drug.identity] = suggestion.why
      due.append(drug)
    }
    let folded = Formulary.fold(typed)
    let found = state.formulary.search(typed, limit: 100, due: due.map(\.identity))
    var options: [Field.Option] = []
    func add(_ drug: Drug, _ reasons: [String], isOffered: Bool = false) {
      let value = drug.entry?.name ?? drug.text
      guard !options.contains(where: { $0.value == value }) else { return }
      options.append(
        Field.Option(
          value, drug.displayName,
          details: [drug.entry?.drugClass.words ?? "not in the formulary"] + reasons,
          isOffered: isOffered))
    }
    // A drug the formulary lacks is no match of the search. It is due, so it comes first.
    for drug in due where folded.isEmpty || drug.entry == nil && drug.identity.contains(folded) {
      add(drug, [why[drug.identity] ?? ""], isOffered: true)
    }
    for match in found {
      let drug = state.formulary.drug(named: match.entry.name)
      let reasons = [why[drug.identity], Self.reason(for: match)].compactMap { $0 }
      add(drug, [reasons.first ?? ""], isOffered: why[drug.identity] != nil)
    }
    // A picked drug stays an option, unless the user types over it.
    if folded.isEmpty, let picked = prompt[.drug]?.picked {
      add(state.formulary.drug(named: picked), [""])
    }
    var field = Field.choice(.drug, label, options, isFree: true, hint: "type or scan")
    field.isRanked = true
    if !folded.isEmpty, let match = found.errorProne {
      field.mustChoose =
        "\(match.matched) is an error-prone abbreviation; choose the drug by its name."
    }
    return field
  }

  /// What to show next to a drug that was found by another text than its name.
  private static func reason(for match: FormularyMatch) -> String? {
    if match.rank.tier == .scanned { return "scanned" }
    let isName = Formulary.fold(match.matched) == match.entry.name
    return isName || match.matched == match.entry.displayName ? nil : match.matched
  }

  /// The drug picked or typed.
  func drug() throws(FormProblem) -> Drug {
    let text = value(.drug)
    if text.isEmpty { throw FormProblem(.drug, "Which drug?") }
    let drug = state.formulary.drug(named: text)
    if drug.entry == nil, isCode(text) {
      throw FormProblem(.drug, "No drug of the formulary has the code \(text); type its name.")
    }
    return drug
  }

  /// Whether a text can only be the code of a package. No drug has such a name.
  private func isCode(_ text: String) -> Bool {
    NationalDrugCode(barcode: text) != nil || !text.contains(where: \.isLetter)
  }

  /// The plan or earlier dose of the drug picked: amount, planned minutes, order.
  var suggestion: AdministrationFacts? {
    let drug = state.formulary.drug(named: value(.drug))
    return state.suggestions(for: session).first {
      state.formulary.drug(named: $0.facts.drug) == drug
    }?.facts
  }

  /// The amount of today's plan. Doses change, so the amount of an earlier visit is not offered.
  var plannedAmount: String {
    let drug = state.formulary.drug(named: value(.drug))
    let planned = state.suggestions(for: session).first {
      $0.why == RecorderState.Suggestion.plannedToday
        && state.formulary.drug(named: $0.facts.drug) == drug
    }
    return planned?.facts.amount ?? ""
  }

  /// Asks for the class of a drug that is not in the formulary.
  func classFields(_ drug: Drug) -> [Field] {
    guard drug.entry == nil, !drug.text.isEmpty else { return [] }
    let options =
      [Field.Option("", "not recorded yet")]
      + Drug.Class.allCases.map { Field.Option($0.rawValue, $0.words) }
    return [Field.choice(.drugClass, "Class", options, picked: "", isRequired: false)]
  }

  /// What to check before a drug is given: similar names, an unlisted drug, a risky amount.
  func warnings(for session: SessionReading, _ drug: Drug) -> [String] {
    let unlisted = drug.entry == nil ? ["\(drug.text) is not in the formulary."] : []
    let doubt = optional(.amount).flatMap(DoseDoubt.sentence)
    return state.warnings(for: session) + unlisted + (doubt.map { [$0] } ?? [])
  }

  var statedClass: Drug.Class? { Drug.Class(rawValue: value(.drugClass)) }

  /// Administrations to choose from, labelled with their start.
  func administrationField(
    _ administrations: [RecordedAdministration], _ label: String = "Drug",
    preferring preferred: String? = nil
  ) -> Field {
    let options = administrations.map { administration in
      Field.Option(
        administration.id, session?.name(of: administration) ?? administration.facts.drug,
        details: [
          (administration.progress == .paused ? "paused, since " : "since ")
            + clockText(administration.start)
        ])
    }
    let wanted = preferred ?? state.selectedAdministration(in: session?.id)
    let picked =
      options.first { $0.value == wanted }?.value ?? (options.count == 1 ? options[0].value : nil)
    return Field.choice(.drug, label, options, picked: picked)
  }

  /// The administration picked.
  func administration(_ what: String) throws(FormProblem) -> RecordedAdministration {
    guard
      let found = try openSession().recorded.administrations.first(where: { $0.id == value(.drug) })
    else {
      throw FormProblem(.drug, "Which drug \(what)?")
    }
    return found
  }

  func name(_ administration: RecordedAdministration) -> String {
    session?.name(of: administration) ?? administration.facts.drug
  }

  /// An administration that begins now, with the amount and class that were typed.
  func beginning(
    of drug: Drug, _ technique: Technique, in session: SessionReading, site: String? = nil
  ) -> AdministrationFacts {
    var facts = AdministrationFacts(
      administration: session.log.nextAdministration, drug: drug.recordedName,
      technique: technique, site: site)
    facts.amount = optional(.amount)
    facts.statedClass = statedClass
    return facts
  }

  /// `ondansetron 16 mg`, the beginning of a sentence.
  func dose(_ drug: Drug) -> String {
    optional(.amount).map { "\(drug.displayName) \($0)" } ?? drug.displayName
  }
}

extension Drug {
  /// The name that facts hold: the formulary's, or the text as typed.
  var recordedName: String { entry?.name ?? text }
}

import InfusionRecord

extension FormContext {
  /// The drug to begin: what is typed, and among equals first what the patient is due or had before.
  ///
  /// One drug that is due is highlighted. Of two, the user chooses, and of drugs that fit the letters and
  /// whose names are alike.
  func drugField(_ label: String = "Drug") -> Field {
    let raw = prompt[.drug]?.searchText ?? ""
    let scanned = raw.utf8.count < 10 ? nil : try? DrugBarcode(raw)
    // The search reads item numbers, not the lot and the expiry after them.
    let typed = scanned?.gtin ?? raw
    let suggestions = state.suggestions(for: session)
    var why: [String: String] = [:]
    var likely: [Drug] = []
    for suggestion in suggestions {
      let drug = state.formulary.drug(named: suggestion.facts.drug)
      guard why[drug.identity] == nil else { continue }
      why[drug.identity] = suggestion.why
      likely.append(drug)
    }
    let words = FoundWords(typed)
    let found = state.formulary.search(typed, limit: Field.searchLimit, due: likely.map(\.identity))
    var options: [Field.Option] = []
    var known: Set<String> = []
    func add(_ drug: Drug, _ reason: String, isLikely: Bool = false) {
      guard known.insert(drug.identity).inserted else { return }
      let drugClass = drug.entry?.drugClass.words ?? "not in the formulary"
      options.append(
        Field.Option(
          drug.recordedName, drug.displayName, details: [drugClass, reason], isLikely: isLikely))
    }
    // A drug the formulary lacks is no match of the search. It is due, so it comes first.
    for drug in likely
    where words.isEmpty || drug.entry == nil && words.areIn(SearchText.findable(drug.text)) {
      add(drug, why[drug.identity] ?? "", isLikely: true)
    }
    // A package that the formulary does not list is known by the tables of packages.
    if found.isEmpty, let code = scanned?.code, let package = drugTables?.package(code)?.package {
      add(state.formulary.drug(named: package.drug), "scanned", isLikely: true)
    }
    for match in found {
      let drug = state.formulary.drug(named: match.entry.name)
      let reason = why[drug.identity]
      add(drug, reason ?? Self.reason(for: match), isLikely: reason != nil)
    }
    // A picked drug stays an option, unless the user types over it.
    if words.isEmpty, let picked = prompt[.drug]?.picked {
      add(state.formulary.drug(named: picked), "")
    }
    var field = Field.choice(.drug, label, options, isFree: true, hint: "type or scan")
    field.isRanked = true
    // Several planned doses of one drug are one row.
    let due = Set(suggestions.filter(\.isDue).map { state.formulary.drug(named: $0.facts.drug) })
    if due.count == 1, let only = due.first { field.suggested = only.recordedName }
    if !words.isEmpty, let match = found.errorProne {
      field.mustChoose =
        "\(match.matched) is an error-prone abbreviation; choose the drug by its name."
    } else if !words.isEmpty, areAlike(found, due: likely) {
      field.mustChoose =
        "Drugs with names that are alike fit \(typed): choose one with an arrow, or type on."
    }
    return field
  }

  /// Whether the best match is one of several whose names are easily confused. A whole name, a scan and a drug
  /// that is due are clear.
  private func areAlike(_ found: [FormularyMatch], due: [Drug]) -> Bool {
    guard let best = found.first, best.rank.tier == .beginning || best.rank.tier == .words else {
      return false
    }
    let drug = state.formulary.drug(named: best.entry.name)
    if due.contains(drug) { return false }
    return found.dropFirst().contains { other in
      other.rank.tier < .contains
        && LookAlike.areConfused(drug, state.formulary.drug(named: other.entry.name))
    }
  }

  /// What to show next to a drug that was found by another text than its name.
  private static func reason(for match: FormularyMatch) -> String {
    if match.rank.tier == .scanned { return "scanned" }
    let isName = Formulary.fold(match.matched) == match.entry.name
    return isName || match.matched == match.entry.displayName ? "" : match.matched
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
    return plannedDose?.facts
      ?? state.suggestions(for: session).first {
        state.formulary.drug(named: $0.facts.drug) == drug
      }?.facts
  }

  /// The planned dose that the form begins: the row it was opened from, otherwise the first of the drug.
  private var plannedDose: PlannedDose? {
    let drug = state.formulary.drug(named: value(.drug))
    let doses = state.plan(for: session).filter { $0.drug == drug }
    guard case .planned(let position)? = prompt.subject else { return doses.first }
    return doses.first { $0.position == position } ?? doses.first
  }

  /// The amount of today's plan. Doses change, so the amount of an earlier visit is not offered.
  var plannedAmount: String { plannedDose?.amount ?? "" }

  /// Today's plan of the drug picked.
  var plannedToday: AdministrationFacts? { plannedDose?.facts }

  /// Asks for the class of a drug that is not in the formulary.
  func classFields(_ drug: Drug) -> [Field] {
    guard drug.entry == nil, !drug.text.isEmpty else { return [] }
    // Without an answer Enter records no drug that the formulary lacks: a key of another act may have typed it.
    let options =
      Drug.Class.allCases.map { Field.Option($0.rawValue, $0.words) }
      + [Field.Option("later", "not known yet")]
    return [
      Field.choice(.drugClass, "Class", options, hint: "\(drug.text) is not in the formulary")
    ]
  }

  /// What to check before a drug is given: similar names, an unlisted drug, a risky amount.
  func warnings(for session: SessionReading, _ drug: Drug) -> [String] {
    let unlisted = drug.entry == nil ? ["\(drug.text) is not in the formulary."] : []
    let doubt = optional(.amount).flatMap(DoseDoubt.sentence)
    return state.warnings(for: session) + unlisted + (doubt.map { [$0] } ?? [])
  }

  var statedClass: Drug.Class? { Drug.Class(rawValue: value(.drugClass)) }

  /// Administrations to choose from, labelled with their start. Of two, none is chosen before the
  /// user does it; scanning the package chooses too.
  func administrationField(
    _ administrations: [RecordedAdministration], _ label: String = "Drug"
  ) -> Field {
    let typed = prompt[.drug]?.entry.text ?? ""
    let scanned = state.formulary.search(typed, limit: 1).first { $0.rank <= .product }
    let options = administrations.map { administration in
      let drug = state.formulary.drug(named: administration.facts.drug)
      let isScanned = scanned.map { $0.entry.name == drug.entry?.name } ?? false
      var details = administration.progress == .paused ? ["paused"] : []
      // A name that tells two doses apart has the start already.
      if session?.isMarked(administration) != true {
        details.append("since \(clockText(administration.start))")
      }
      return Field.Option(
        administration.id, name(administration), details: [details.joined(separator: ", ")],
        aliases: (drug.entry?.brands ?? []) + (isScanned ? [typed] : []))
    }
    return Field.choice(
      .drug, label, options, picked: options.count == 1 ? options[0].value : nil)
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

  /// The drug's name, with what tells it from another dose of the same drug.
  func name(_ administration: RecordedAdministration) -> String {
    session?.distinctName(of: administration) ?? administration.facts.drug
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

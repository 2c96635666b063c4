import InfusionRecord

extension FormContext {
  /// The value of a basis that says nobody saw the end.
  static let notObserved = "not-observed"

  // MARK: Time

  /// `Time` and `Basis`: now and observed, unless a person or an old time says otherwise.
  func timeFields(
    _ label: String = "Time", isStop: Bool = false, insteadOf corrected: Instant? = nil
  ) -> [Field] {
    var time = Field.text(.time, label, hint: "now (\(clockText(now)))")
    time.isTouched = true
    var options = TimeBasis.allCases.map {
      Field.Option($0.rawValue, $0.words)
    }
    if isStop {
      options.insert(
        Field.Option(FormContext.notObserved, "not observed: nobody saw it end"), at: 1)
    }
    let typed = (try? self.time(insteadOf: corrected)) ?? nil
    let presumed = typed.map { presumedBasis($0) } ?? .observed
    let basis = Field.choice(.basis, "Basis", options, picked: presumed.rawValue)
    return [time, basis]
  }

  /// The basis of a time that is written down now and of which nobody says more.
  func presumedBasis(_ moment: Instant) -> TimeBasis {
    TimeBasis.presumed(for: moment, writtenAt: now)
  }

  /// The clinical time typed; now where nothing is.
  func time(insteadOf corrected: Instant? = nil) throws(FormProblem) -> Instant {
    switch ClinicalTimeEntry.moment(value(.time), now: now, clock: clock, insteadOf: corrected) {
    case .success(let moment): return moment
    case .failure(let problem): throw FormProblem(.time, problem.sentence)
    }
  }

  /// The basis picked; where a form does not ask, what the typed time itself says.
  var basis: TimeBasis {
    if let picked = TimeBasis(rawValue: value(.basis)) { return picked }
    guard prompt[.basis] == nil, let moment = try? time() else { return .observed }
    return presumedBasis(moment)
  }

  /// `10:42`, with the date where it is not today's, or the session is not of today.
  func clockText(_ moment: Instant) -> String {
    let text =
      session.map { ClockText($0.log, askedAt: now) }
      ?? ClockText(clock, day: clock.date(at: now))
    return text.moment(moment)
  }

  /// `10:42 (late entry)`; the plain observed time needs no word.
  func timeText(_ moment: Instant) -> String {
    basis == .observed ? clockText(moment) : "\(clockText(moment)) (\(basis.words))"
  }

  /// `10:42 (observed)`, where the preview says the basis whatever it is.
  func timeAndBasis(_ moment: Instant, _ basis: TimeBasis) -> String {
    "\(clockText(moment)) (\(basis.words))"
  }

  // MARK: Drugs

  /// The drug to begin: what the patient is due or had before comes first, then the formulary.
  func drugField(_ label: String = "Drug") -> Field {
    let typed = prompt[.drug]?.entry.text ?? ""
    let found = state.formulary.search(typed, limit: 100)
    var options: [Field.Option] = []
    var known: Set<String> = []
    func add(_ drug: Drug, _ why: String, isOffered: Bool = false) {
      guard known.insert(drug.identity).inserted else { return }
      let drugClass = drug.entry?.drugClass.words ?? "not in the formulary"
      options.append(
        Field.Option(
          drug.entry?.name ?? drug.text, drug.displayName, details: [drugClass, why],
          isOffered: isOffered))
    }
    if let first = found.first, first.rank <= .product {
      add(state.formulary.drug(named: first.entry.name), "scanned")
    }
    let folded = Formulary.fold(typed)
    let matching = Set(found.map(\.entry.name))
    for suggestion in state.suggestions(for: session) {
      let drug = state.formulary.drug(named: suggestion.facts.drug)
      let matches = drug.entry.map { matching.contains($0.name) } ?? drug.identity.contains(folded)
      if matches || folded.isEmpty { add(drug, suggestion.why, isOffered: true) }
    }
    for match in found {
      let brand = match.matched.lowercased() == match.entry.name ? "" : match.matched
      let isName = brand == match.entry.displayName
      add(state.formulary.drug(named: match.entry.name), isName ? "" : brand)
    }
    // What is picked stays known by its name; what is typed over it is never taken for it.
    if folded.isEmpty, let picked = prompt[.drug]?.picked {
      add(state.formulary.drug(named: picked), "")
    }
    var field = Field.choice(.drug, label, options, isFree: true, hint: "type or scan")
    field.isRanked = true
    return field
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

  /// Whether a text can only be a package's code: no drug is called by one.
  private func isCode(_ text: String) -> Bool {
    NationalDrugCode(barcode: text) != nil || !text.contains(where: \.isLetter)
  }

  /// What is known of the drug picked from earlier: amount, planned minutes, order.
  var suggestion: AdministrationFacts? {
    let drug = state.formulary.drug(named: value(.drug))
    return state.suggestions(for: session).first {
      state.formulary.drug(named: $0.facts.drug) == drug
    }?.facts
  }

  /// The amount today's plan names. That of an earlier visit is not offered: doses change.
  var plannedAmount: String {
    let drug = state.formulary.drug(named: value(.drug))
    let planned = state.suggestions(for: session).first {
      $0.why == RecorderState.Suggestion.plannedToday
        && state.formulary.drug(named: $0.facts.drug) == drug
    }
    return planned?.facts.amount ?? ""
  }

  /// The class asked for where the formulary does not know the drug.
  func classFields(_ drug: Drug) -> [Field] {
    guard drug.entry == nil, !drug.text.isEmpty else { return [] }
    let options =
      [Field.Option("", "not recorded yet")]
      + Drug.Class.allCases.map { Field.Option($0.rawValue, $0.words) }
    return [
      Field.choice(.drugClass, "Class", options, picked: "", isRequired: false)
    ]
  }

  /// What to think of before a drug is given: similar names, a drug nobody listed, a risky amount.
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
    guard let session else { throw FormProblem(nil, "There is no session here.") }
    guard
      let found = session.recorded.administrations.first(where: { $0.id == value(.drug) })
    else {
      throw FormProblem(.drug, "Which drug \(what)?")
    }
    return found
  }

  func name(_ administration: RecordedAdministration) -> String {
    session?.name(of: administration) ?? administration.facts.drug
  }

  // MARK: Sites

  private static let newSite = "new:"
  static let noSite = "none"

  /// The kind of site picked to be opened on the way; nil for one that is open.
  func newSite(_ picked: String) -> AccessSite.Kind? {
    guard picked.hasPrefix(FormContext.newSite) else { return nil }
    return AccessSite.Kind(rawValue: String(picked.dropFirst(FormContext.newSite.count)))
  }

  /// The open access sites, and new ones to open on the way.
  func siteField() -> Field {
    let open = session?.log.sites.filter { $0.closedAt == nil } ?? []
    var options = open.map { Field.Option($0.opening.site, $0.opening.words) }
    for kind in [AccessSite.Kind.port, .peripheral, .picc, .central, .subcutaneous, .implanted] {
      let isKnown = open.contains { $0.opening.kind == kind }
      options.append(
        Field.Option(
          FormContext.newSite + kind.rawValue, isKnown ? "another \(kind.words)" : kind.words,
          details: ["new site"]))
    }
    options.append(Field.Option(FormContext.noSite, "not recorded yet"))
    let last = session?.recorded.administrations.last { administration in
      open.contains { $0.opening.site == administration.facts.site }
    }
    let picked = last?.facts.site ?? open.first?.opening.site
    return Field.choice(.site, "Site", options, picked: picked)
  }

  /// The site picked, and the fact that opens it where it is new.
  func site(at moment: Instant) throws(FormProblem) -> (id: String?, words: String, draft: Draft?) {
    let picked = value(.site)
    if picked == FormContext.noSite || picked.isEmpty { return (nil, "site not recorded", nil) }
    if let kind = newSite(picked), let session {
      let id = session.nextSite(kind)
      let opening = SiteOpening(site: id, kind: kind)
      let draft = Draft(
        session: session.id, time: moment, basis: basis, reason: nil, fact: .siteOpened(opening))
      return (id, "\(kind.words), new site", draft)
    }
    let known = session?.log.sites.first { $0.opening.site == picked }
    return (picked, known?.opening.words ?? picked, nil)
  }

  // MARK: Numbers and drafts

  /// A number that may be left empty.
  func number(
    _ name: Field.Name, _ what: String, upTo most: Double
  ) throws(FormProblem) -> Double? {
    let text = value(name)
    if text.isEmpty { return nil }
    guard let number = Double(text), number.isFinite, number >= 0, number <= most else {
      throw FormProblem(name, "\(what) is a number from 0 to \(Int(most)).")
    }
    return number
  }

  func draft(_ fact: Fact, at moment: Instant, reason: String? = nil) throws(FormProblem) -> Draft {
    guard let session else { throw FormProblem(nil, "There is no session here.") }
    return Draft(session: session.id, time: moment, basis: basis, reason: reason, fact: fact)
  }

  /// A reason from the usual ones or in one's own words.
  func reasonField(_ usual: [String], isRequired: Bool = true) -> Field {
    Field.choice(
      .reason, "Reason", usual.map { Field.Option($0, $0) }, isRequired: isRequired, isFree: true,
      hint: "choose, or type your own")
  }
}

extension SessionReading {
  /// A name for a new site: its kind, numbered from the second on.
  func nextSite(_ kind: AccessSite.Kind) -> String {
    let taken = Set(log.sites.map(\.opening.site))
    if !taken.contains(kind.rawValue) { return kind.rawValue }
    var number = 2
    while taken.contains("\(kind.rawValue)-\(number)") { number += 1 }
    return "\(kind.rawValue)-\(number)"
  }
}

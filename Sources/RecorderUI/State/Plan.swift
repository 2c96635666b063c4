package import InfusionRecord

/// A drug that the appointment plans. It is no fact; it fills in a form.
package struct PlannedDrug: Sendable, Hashable {
  package var drug: String
  package var amount: String?
  package var minutes: Double?
  /// How it is given; nil if the book does not say.
  package var technique: Technique?

  package init(
    drug: String, amount: String? = nil, minutes: Double? = nil, technique: Technique? = nil
  ) {
    self.drug = drug
    self.amount = amount
    self.minutes = minutes
    self.technique = technique
  }

  /// From this length on, a drug that the formulary lists for infusions is planned as one.
  private static let infusionMinutes = 16.0

  /// How it will be given: as the book says, otherwise the way that the formulary names first.
  func technique(of drug: Drug) -> Technique {
    if let technique { return technique }
    let usual = drug.entry?.techniques.filter(\.givesDrug) ?? []
    if minutes ?? 0 >= PlannedDrug.infusionMinutes, usual.contains(.infusion) { return .infusion }
    return usual.first ?? .infusion
  }
}

/// A planned drug that a session has not had yet.
package struct PlannedDose: Sendable, Hashable {
  /// Its place in the plan of the appointment, which stays when others are given.
  let position: Int
  package let drug: Drug
  package let technique: Technique
  let amount: String?
  let minutes: Double?

  /// What a form begins with; the administration has no id yet.
  var facts: AdministrationFacts {
    AdministrationFacts(
      administration: "", drug: drug.recordedName, technique: technique, amount: amount,
      plannedMinutes: minutes)
  }

  /// `ondansetron 16 mg`.
  package var dose: String { amount.map { "\(drug.displayName) \($0)" } ?? drug.displayName }

  /// `Planned and not given: ondansetron 16 mg, PACLitaxel 175 mg/m2.`
  package static func sentence(_ due: [PlannedDose]) -> String {
    "Planned and not given: " + due.map(\.dose).joined(separator: ", ") + "."
  }

  /// What a closing calls planned drugs that were not given.
  package static let notGiven = "planned-not-given"

  /// `push`, `infusion, 3hr`.
  package var way: String {
    guard let minutes, let whole = Int(exactly: minutes.rounded()) else { return technique.words }
    return "\(technique.words), \(duration(whole))"
  }
}

extension ExpectedPatient {
  /// What of the plan is still due, in the order of the plan.
  ///
  /// The only rule that holds a plan against what was given, for screens and commands. Each dose that was
  /// given stands for one planned dose of its drug: the first that is planned by the same way, otherwise
  /// the first.
  package func due(
    after given: [AdministrationFacts], _ formulary: Formulary
  ) -> [PlannedDose] {
    var due = drugs.enumerated().map { position, planned in
      let drug = formulary.drug(written: planned.drug)
      return PlannedDose(
        position: position, drug: drug, technique: planned.technique(of: drug),
        amount: planned.amount, minutes: planned.minutes)
    }
    // No form records a drug that is taken by mouth.
    due.removeAll { Form.beginning(by: $0.technique) == nil }
    for facts in given where facts.technique.givesDrug {
      let drug = formulary.drug(named: facts.drug)
      let isOf: (PlannedDose) -> Bool = { $0.drug.identity == drug.identity }
      let index =
        due.firstIndex { isOf($0) && $0.technique == facts.technique }
        ?? due.firstIndex(where: isOf)
      if let index { due.remove(at: index) }
    }
    return due
  }
}

extension RecorderState {
  /// What is planned today for the patient of an open session and not given yet, in order.
  func plan(for session: SessionReading?) -> [PlannedDose] {
    guard let session, session.status == .open, !session.isHidden else { return [] }
    return appointments[session.id]?
      .due(after: session.recorded.administrations.map(\.facts), formulary) ?? []
  }

  /// The rows of what was given and of what is planned.
  func givenRows(_ session: SessionReading) -> [SessionState.GivenRow] {
    session.recorded.administrations.map { .administration($0.id) }
      + plan(for: session).map { .planned($0.position) }
  }

  /// The planned dose whose row is selected on the session screen.
  func selectedDose(in session: SessionReading?) -> PlannedDose? {
    guard let session, screen == .session(session.id), self.session.panel == .given,
      case .planned(let position)? = self.session.given.selected
    else { return nil }
    return plan(for: session).first { $0.position == position }
  }

  /// Opens the form of a planned dose with all that the plan says. It records nothing.
  mutating func begin(_ dose: PlannedDose) -> [Effect] {
    guard let form = Form.beginning(by: dose.technique) else { return [] }
    return open(
      form,
      picking: [.drug: dose.drug.recordedName, .technique: dose.technique.rawValue],
      about: .planned(dose.position))
  }

  /// Opens the form of the planned dose that is selected, otherwise of the next one.
  mutating func beginPlanned() -> [Effect] {
    guard let dose = selectedDose(in: currentSession) ?? plan(for: currentSession).first else {
      notice = told(
        appointments[currentSession?.id ?? SessionID("")] == nil
          ? "No appointment of today plans a drug for this patient."
          : "Nothing more is planned today.")
      return []
    }
    return begin(dose)
  }
}

extension Form {
  /// The form that begins a drug by this way; nil if none does.
  static func beginning(by technique: Technique) -> Form? {
    switch technique {
    case .infusion, .subcutaneousInfusion, .pump: .start
    case .push: .push
    case .intramuscular, .subcutaneous, .onBodyInjector: .inject
    case .pumpDisconnect, .pumpRefill, .implantedPumpRefill, .flush, .oral: nil
    }
  }
}

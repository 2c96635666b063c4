import InfusionRecord

/// The amount given counts as it is recorded; it is never rounded to whole containers, nor to what was ordered.
///
/// ```
/// ordered 415 mg, given 400 mg from 4 × 100 mg     J1745 × 40, JZ
/// ordered 415 mg, given 415 mg from 5 × 100 mg     J1745 × 42, JW × 8
/// ```
///
/// A pharmacy may round a dose, which changes the order. Without a recorded amount there is no line; where the
/// site requires one, or containers or waste are recorded, it is missing.
enum DoseAsGiven {
  static let rule = Rule(
    .doseAsGiven,
    claim: """
      The amount given counts as it is recorded; it is never rounded to whole containers, nor to \
      what was ordered.
      """,
    sections: ["DU27"], citations: [.hopaRounding, .rac0074], policies: ["drug.lines"])

  static func apply(_ draft: inout Draft) {
    for row in draft.order {
      let administration = draft.timeline.administrations[Int(row)]
      let state = draft.rows[Int(row)]
      let technique = administration.technique
      guard state.exists, technique.givesDrug, technique != .oral, state.exclusion != .inpatient
      else { continue }
      guard let facts = administration.drugFacts, let given = facts.given else {
        ask(administration, state, row, &draft)
        continue
      }
      var dose = DrugDose(
        row: row, facts: facts, given: given, route: DrugCode.Route(technique),
        encounter: state.encounter, identity: administration.dose ?? administration.id)
      dose.isRunning = state.isRunning
      dose.isStopped = !state.isRunning && administration.stopReason != .completed
      if state.exclusion == .inpatientUnknown { dose.status = .review }
      dose.because.append(DrugReason(.asGiven, given.text))
      draft.drugs.doses.append(dose)
    }
  }

  /// Asks for an amount that the record should have.
  private static func ask(
    _ administration: Administration, _ state: Draft.Row, _ row: Int32, _ draft: inout Draft
  ) {
    let facts = administration.drugFacts
    let isTouched = facts.map { !$0.containers.isEmpty || $0.discarded != nil } ?? false
    let isRequired = draft.policy.drugLines == .required && state.drugClass != .hydration
    guard isTouched || isRequired, !state.isRunning else { return }
    draft.drugs.isHeld = true
    let wasStopped = administration.stopReason != .completed
    draft.find(wasStopped && isTouched ? .amountGivenMissing : .doseMissing, row)
  }
}

extension Finding.Definition {
  static let doseMissing = Self(
    .doseAsGiven, .warning,
    "The amount given is not recorded, so there is no line for the drug.")
}

extension DrugReason.Definition {
  static let asGiven = Self(.doseAsGiven, .rac0074, "$ were given, as recorded.")
}

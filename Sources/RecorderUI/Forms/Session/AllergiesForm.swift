import InfusionRecord

extension Form {
  /// States what is known of the patient's allergies and alerts, as a whole.
  package static let allergies = Form(
    title: "Allergies and alerts", act: .record, scope: .openSession,
    targets: { _ in [(.allergies, nil)] },
    question: { context in
      context.state.unaskedAllergies(of: context.session).map { "Allergies \($0.words)." }
        .joined(separator: " ")
    },
    fields: AllergiesForm.fields, reading: AllergiesForm.reading)
}

private enum AllergiesForm {
  static func fields(_ context: FormContext) -> [Field] {
    context.allergyFields(
      context.session?.log.allergyStatement,
      earlier: context.session.flatMap {
        context.state.earlierVisits(of: $0).unasked(for: $0.log)
      })
      + [context.timeFields()[0]]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    _ = try context.openSession()
    let statement = try context.allergyStatement()
    let moment = try context.time()
    var reading = FormReading(
      [try context.draft(.allergiesRecorded(statement), at: moment)],
      "\(statement.words), \(context.clockText(moment)), \(context.by)")
    reading.warnings = context.runsAgainst(statement) + context.unknownSubstances(statement)
    return reading
  }
}

extension FormContext {
  private static let none = "none"
  private static let named = "named"
  private static let unknown = "unknown"

  /// The allergies and alerts that hold, to change.
  ///
  /// - Parameter earlier: what was told at another visit or stands in the appointment. Its texts are filled in; the answer is not, because
  ///   the patient has to be asked again.
  func allergyFields(_ known: AllergyStatement?, earlier: AllergyStatement? = nil) -> [Field] {
    let picked: String? =
      switch known?.allergies {
      case .noneKnown: FormContext.none
      case .known: FormContext.named
      case .notRecorded: FormContext.unknown
      case nil: nil
      }
    var fields = [
      Field.choice(
        .allergies, "Allergies",
        [
          Field.Option(FormContext.named, "yes, to what is named here"),
          Field.Option(FormContext.none, "none known: the patient was asked"),
          Field.Option(FormContext.unknown, "not recorded"),
        ], picked: picked, hint: "does the patient have any?")
    ]
    let texts = known ?? earlier
    let list = texts?.allergies.list.map(\.written).joined(separator: "; ") ?? ""
    if (prompt[.allergies] == nil ? picked : value(.allergies)) == FormContext.named {
      fields.append(
        .text(
          .substances, "To", list, isRequired: true, hint: "for example penicillin: rash; latex"))
    }
    fields.append(
      .text(
        .alerts, "Alerts", texts?.alerts.joined(separator: "; ") ?? "",
        hint: "not recorded"))
    return fields
  }

  /// What the fields come to.
  func allergyStatement() throws(FormProblem) -> AllergyStatement {
    var statement = AllergyStatement(alerts: parts(.alerts))
    switch value(.allergies) {
    case FormContext.named:
      let list = Allergy.list(written: value(.substances), in: state.formulary)
      if list.contains(where: { Allergy.saysNone($0.substance) }) {
        throw FormProblem(.substances, "If no allergy is known, choose none known above.")
      }
      if list.isEmpty { throw FormProblem(.substances, "To what is the patient allergic?") }
      statement.allergies = .known(list)
    case FormContext.none: statement.allergies = .noneKnown
    case FormContext.unknown: statement.allergies = .notRecorded
    default: throw FormProblem(.allergies, "Does the patient have an allergy?")
    }
    return statement
  }

  /// A sentence for each drug that runs and that the patient must not have by a statement.
  func runsAgainst(_ statement: AllergyStatement) -> [String] {
    (session?.running ?? []).compactMap { one in
      let drug = state.formulary.drug(named: one.facts.drug)
      return AllergyMatch.found(drug, among: statement.allergies.list, in: state.formulary)
        .map { "\(name(one)) RUNS NOW. \($0.sentence(drug))" }
    }
  }

  /// What is said of the substances that no drug is asked about for; those that are not misspelt have one
  /// sentence together.
  func unknownSubstances(_ statement: AllergyStatement) -> [String] {
    let unknown = statement.allergies.list.map(\.substance).filter {
      !AllergyMatch.isKnown($0, in: state.formulary)
    }
    let misspelled = unknown.filter {
      LookAlike.misspelled(state.formulary.drug(named: $0), in: state.formulary) != nil
    }
    let others = unknown.filter { !misspelled.contains($0) }
    let sentences = (misspelled + (others.count == 1 ? others : [])).compactMap {
      AllergyMatch.unknown($0, in: state.formulary)
    }
    if others.count < 2 { return sentences }
    return sentences + [
      "\(others.joined(separator: ", ")): no drugs and no families of drugs that are known here; no "
        + "start asks about them."
    ]
  }

  private func parts(_ name: Field.Name) -> [String] {
    value(name).split(separator: ";").map { part in
      String(part).split(separator: " ").joined(separator: " ")
    }.filter { !$0.isEmpty }
  }
}

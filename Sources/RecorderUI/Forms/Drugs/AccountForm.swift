import InfusionRecord
import SessionReview
import TimelineEngine

extension Form {
  /// Records what was given of a drug, from which containers, and what was discarded.
  package static let account = Form(
    title: "Amount and containers", act: .record, scope: .openSession,
    startsAt: .amountGiven,
    targets: { form in
      form.about(.drug) { .given($0) } + form.about(.drug) { .account($0) }
    },
    refusal: { state, session in
      let policies = state.suite.policies
      if policies[session.opening.payer].drugLines == .off || policies.drugTables == .none {
        return "This site records no amounts of drugs."
      }
      let start = state.keymap.keyName(of: .fill(.start), in: .session)
      return session.withDrugs.isEmpty ? "No drug was given yet; \(start) starts one." : nil
    },
    question: { AccountForm.doubts($0).joined(separator: " ") },
    fields: AccountForm.fields, reading: AccountForm.reading)
}

private enum AccountForm {
  private static func about(_ context: FormContext) -> RecordedAdministration? {
    context.session?.recorded.administrations.first { $0.id == context.value(.drug) }
  }

  private static func drug(_ one: RecordedAdministration, _ context: FormContext) -> Drug {
    context.state.formulary.drug(named: one.facts.drug)
  }

  static func doubts(_ context: FormContext) -> [String] {
    guard let one = about(context) else { return [] }
    return context.accountDoubts(
      drug(one, context), known: one.drugFacts ?? .none, ordered: one.facts.amount)
  }

  /// What was given, the selected one first. Of two none is chosen before the user does it, and none is
  /// offered that the user did not move to: the newest row is selected by itself.
  private static func drugField(_ context: FormContext) -> Field {
    let selected = context.state.selectedAdministration(in: context.session?.id)
    let given = context.session?.withDrugs ?? []
    let own = given.filter { $0.id == selected }
    var field = context.administrationField(own + given.reversed().filter { $0.id != selected })
    field.suggested = context.state.isMovedToSelection ? own.first?.id : nil
    return field
  }

  static func fields(_ context: FormContext) -> [Field] {
    let field = drugField(context)
    guard let one = about(context) else { return [field] }
    let known = one.drugFacts ?? .none
    let drug = drug(one, context)
    return [field]
      + context.accountFields(drug, known: known, given: context.proposal(for: one), always: true)
      + context.drugCheck(doubts(context))
      + context.supplyFields(known) + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let one = try context.administration("is it about")
    let drug = drug(one, context)
    let known = one.drugFacts ?? .none
    let moment = try context.time()
    let facts = context.supplied(try context.account(known: known, at: moment) ?? known)
    let reason = try context.checkedAccount(doubts(context))
    guard facts != known else {
      throw FormProblem(.amountGiven, "Nothing new is said about the drug.")
    }
    var reading = FormReading(
      try context.accountDraft(facts, of: one.id, at: moment, reason: reason),
      "\(context.name(one)): \(facts.words.joined(separator: "; ")), "
        + "\(context.timeText(moment)), \(context.by)")
    reading.warnings = context.accountWarnings(drug, known: known, ordered: one.facts.amount)
    return reading
  }
}

extension FormContext {
  /// The amount that an administration gave as far as the record tells: that of the order if it was given whole.
  func proposal(for one: RecordedAdministration) -> DrugAmount? {
    guard !one.isRunning, one.stopReason == .completed, one.foundEndedAt == nil else { return nil }
    return one.facts.amount.flatMap { try? DrugAmount(written: $0) }
  }
}

extension SessionReading {
  /// The administrations that gave a drug.
  var withDrugs: [RecordedAdministration] {
    recorded.administrations.filter { $0.facts.technique.givesDrug }
  }
}

extension DrugFacts.Supply {
  /// Whose the drug was, in words.
  var words: String {
    switch self {
    case .stock: "our stock"
    case .patient: "the patient's own"
    case .whiteBag: "white bag"
    case .free: "free of charge"
    }
  }
}

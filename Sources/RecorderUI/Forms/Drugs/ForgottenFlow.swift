import InfusionRecord

/// Asks whether a forgotten drug still runs before a pause, a rate or a bag of it is recorded.
///
/// If it ended, nothing is recorded and its stop is asked for next.
struct ForgottenFlow {
  static let ended = "ended"
  static let runs = "runs"
  /// The reason of the fact.
  static let reason = "asked whether it still ran"

  private let drug: ForgottenDrug
  private let fact: String
  private let answer: String

  /// Nil if the drug picked is near its plan.
  ///
  /// - Parameter fact: what would be recorded, with its article.
  init?(_ context: FormContext, _ fact: String) {
    let id = context.value(.drug)
    guard let running = context.session?.running.first(where: { $0.id == id }),
      let moment = try? context.time(),
      let drug = ForgottenDrug(running, at: moment, clock: context.clock)
    else { return nil }
    self.drug = drug
    self.fact = fact
    answer = context.prompt.fields.first { $0.name == .check && $0.subject == id }?.value ?? ""
  }

  /// Whether its stop is recorded instead.
  var hasEnded: Bool { answer == ForgottenFlow.ended }

  func question(_ context: FormContext) -> String {
    drug.sentence(context.name(drug.administration), fact, context.clockWords)
      + " Does it still run?"
  }

  func field(_ context: FormContext) -> Field {
    var field = Field.choice(
      .check, "Still runs?",
      [
        Field.Option(ForgottenFlow.ended, "no, it ended: record its stop"),
        Field.Option(
          ForgottenFlow.runs, "yes, it really ran until \(context.clockText(drug.moment))"),
      ], hint: "no or yes")
    field.subject = drug.administration.id
    return field
  }

  /// What the form comes to if the drug ended; nil if it still runs.
  func reading() throws(FormProblem) -> FormReading? {
    switch answer {
    case ForgottenFlow.ended: FormReading([], "nothing; its stop is asked for next")
    case ForgottenFlow.runs: nil
    default: throw FormProblem(.check, "Choose whether it still runs.")
    }
  }

  /// Opens the stop of a drug that ended.
  static let followUp: @Sendable (inout RecorderState, Prompt) -> [Effect] = { state, done in
    guard done.value(.check) == ended else { return [] }
    state.ask(.stop, of: done)
    state.pick(.drug, done.value(.drug))
    let missing = state.prompt?.firstMissing ?? 0
    state.prompt?.focus = missing
    return []
  }
}

extension FormContext {
  /// The fields of a form about the flow of a running drug: the drug, what it asks, the time.
  func flowFields(_ flow: ForgottenFlow?, _ fields: [Field] = []) -> [Field] {
    let drug = administrationField(session?.running ?? [])
    guard let flow else { return [drug] + fields + timeFields() }
    return [drug, flow.field(self)] + (flow.hasEnded ? [] : fields + timeFields())
  }

  /// A fact about the flow of a drug, with the reason of a question that was answered.
  func flowDraft(
    _ fact: Fact, at moment: Instant, reason: String? = nil, _ flow: ForgottenFlow?
  ) throws(FormProblem) -> EventDraft {
    let asked = flow.map { _ in ForgottenFlow.reason }
    let reasons = [reason, asked].compactMap(\.self)
    return try draft(
      fact, at: moment, reason: reasons.isEmpty ? nil : reasons.joined(separator: ", "))
  }
}

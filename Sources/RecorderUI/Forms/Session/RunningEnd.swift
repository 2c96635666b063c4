import InfusionRecord

/// How a drug ended that still runs when its session is closed.
enum RunningEnd: String, CaseIterable {
  case now, earlier, lastSeen, goesOn, unseen

  var words: String {
    switch self {
    case .now: "stopped now"
    case .earlier: "stopped at …"
    case .lastSeen: "last seen running at …"
    case .goesOn: "goes on (pump, home)"
    case .unseen: "nobody saw it end"
    }
  }
}

/// The question how one running drug ended: its fields, and what they come to.
///
/// It asks by the same rule as the form that stops a drug: a stop far past the plan is asked about, and a
/// time that was typed says how it is known.
struct RunningEndQuestion {
  private let issue: Issue
  let drug: RecordedAdministration
  private let subject: String
  private let end: RunningEnd?
  private let forgotten: ForgottenStop?

  /// What closing does with a drug that runs.
  enum Outcome {
    case stop(ForgottenStop.End, asked: Bool)
    /// It goes on, as the words say.
    case goesOn(String)
  }

  /// - Parameter subject: tells its fields from those of other questions.
  init(_ issue: Issue, _ drug: RecordedAdministration, subject: String, _ context: FormContext) {
    self.issue = issue
    self.drug = drug
    self.subject = subject
    end = RunningEnd(rawValue: context.value(.answer, of: subject))
    let moment: Instant? =
      switch end {
      case .now: context.minute
      case .earlier: try? context.moment(context.value(.ended, of: subject), of: .ended)
      case .lastSeen, .goesOn, .unseen, nil: nil
      }
    let isAsked = end == .now || end == .earlier && !context.value(.ended, of: subject).isEmpty
    forgotten = isAsked ? ForgottenStop(drug.id, at: moment, context) : nil
  }

  /// Whether it can go on without words: a pump.
  private var isPump: Bool { drug.facts.technique == .pump }

  func fields(_ context: FormContext) -> [Field] {
    var label = context.session?.sentence(of: issue) ?? issue.sentence
    if let end = drug.plannedEnd(asOf: context.now) {
      label += " Planned end \(context.clockText(end))."
    }
    let answer = field(
      .choice(
        .answer, label, RunningEnd.allCases.map { Field.Option($0.rawValue, $0.words) },
        hint: "how did it end?"))
    let question = forgotten.map { $0.fields(context, isLabelled: true) } ?? []
    switch end {
    case .now: return [answer] + question
    case .earlier:
      let time = field(
        .text(.ended, "Stopped at", isRequired: true, hint: "for example 0945"))
      let moment = try? context.moment(context.value(.ended, of: subject), of: .ended)
      let isTyped = !context.value(.ended, of: subject).isEmpty
      let basis = forgotten == nil && isTyped ? moment : nil
      return [answer, time] + question
        + (basis.map { [context.basisField(of: $0, subject: subject)] } ?? [])
    case .lastSeen:
      return [
        answer,
        field(.text(.ended, "Seen running", isRequired: true, hint: "for example 0945")),
      ]
    case .goesOn where !isPump:
      let usual = ["on the ward", "with a pump at home", "with another team"]
      return [
        answer,
        field(
          .choice(
            .reason, "Goes on", usual.map { Field.Option($0, $0) }, isFree: true,
            hint: "where, or with what")),
      ]
    case .goesOn, .unseen, nil: return [answer]
    }
  }

  private func field(_ field: Field) -> Field {
    var field = field
    field.subject = subject
    return field
  }

  /// What was answered; nil if nothing was.
  ///
  /// - Parameter found: when a drug was found ended that nobody saw end.
  func outcome(found: Instant, _ context: FormContext) throws(FormProblem) -> Outcome? {
    if let forgotten { return .stop(try forgotten.end(context), asked: true) }
    func stop(_ moment: Instant, _ basis: TimeBasis, isNotObserved: Bool = false) -> Outcome {
      .stop(
        ForgottenStop.End(moment: moment, basis: basis, isNotObserved: isNotObserved), asked: false)
    }
    switch end {
    case .now: return stop(context.minute, .observed)
    case .earlier:
      let ended = try time("When did it end?", context)
      return stop(ended, try context.basis(of: ended, subject: subject))
    case .lastSeen:
      return stop(try time("When was it last seen running?", context), .lastSeenRunning)
    case .unseen: return stop(found, context.presumedBasis(found), isNotObserved: true)
    case .goesOn:
      if isPump { return .goesOn(RunningEnd.goesOn.words) }
      let how = context.value(.reason, of: subject)
      if how.isEmpty { throw FormProblem(.reason, "Where does it go on, or with what?") }
      return .goesOn("\(RunningEnd.goesOn.words): \(how)")
    case nil: return nil
    }
  }

  private func time(_ question: String, _ context: FormContext) throws(FormProblem) -> Instant {
    let text = context.value(.ended, of: subject)
    if text.isEmpty { throw FormProblem(.ended, question) }
    return try context.moment(text, of: .ended)
  }
}

import InfusionRecord
import SessionReview

extension Form {
  /// Closes a session, with an answer to each thing that is missing.
  ///
  /// A drug that still runs is asked about before anything else: its stop is recorded with the closing,
  /// so that no charge is lost.
  package static let close = Form(
    title: "Close the session", act: .record, scope: .openSession, aside: .units,
    targets: { _ in [(.record, nil)] }, rowRefusal: { $0.isOpen ? nil : Form.closedSentence },
    fields: CloseForm.fields, reading: CloseForm.reading, followUp: CloseForm.followUp)
}

/// How a drug ended that still runs when its session is closed.
enum RunningEnd: String, CaseIterable {
  case now, earlier, goesOn, unseen

  var words: String {
    switch self {
    case .now: "stopped now"
    case .earlier: "stopped at …"
    case .goesOn: "goes on (pump, home)"
    case .unseen: "nobody saw it end"
    }
  }
}

private enum CloseForm {
  static func fields(_ context: FormContext) -> [Field] {
    let issues = context.session?.toDo ?? []
    let running = issues.filter { $0.kind == .stillRunning }
    let others = issues.filter { $0.kind != .stillRunning }
    return running.flatMap { runningFields($0, context) } + others.map(question)
      + [context.timeFields()[0]]
  }

  /// Asks how a running drug ended, and when if it was before now.
  private static func runningFields(_ issue: Issue, _ context: FormContext) -> [Field] {
    var label = issue.sentence
    if let end = administration(issue, context)?.plannedEnd(asOf: context.now) {
      label += " Planned end \(context.clockText(end))."
    }
    var answer = Field.choice(
      .answer, label, RunningEnd.allCases.map { Field.Option($0.rawValue, $0.words) },
      hint: "how did it end?")
    answer.subject = subject(issue)
    guard end(issue, context) == .earlier else { return [answer] }
    var time = Field.text(.ended, "Stopped at", isRequired: true, hint: "for example 0945")
    time.subject = subject(issue)
    return [answer, time]
  }

  private static func question(_ issue: Issue) -> Field {
    var field = Field.choice(
      .answer, issue.sentence, answers(for: issue.kind).map { Field.Option($0, $0) },
      isFree: true, hint: "choose, or type your own")
    field.subject = subject(issue)
    return field
  }

  private static func administration(
    _ issue: Issue, _ context: FormContext
  ) -> RecordedAdministration? {
    context.session?.running.first { $0.id == issue.administrations.first }
  }

  /// What is answered to a question; empty if nothing is.
  private static func answer(
    _ issue: Issue, _ context: FormContext, _ name: Field.Name = .answer
  ) -> String {
    context.prompt.fields.first { $0.name == name && $0.subject == subject(issue) }?.value ?? ""
  }

  private static func end(_ issue: Issue, _ context: FormContext) -> RunningEnd? {
    RunningEnd(rawValue: answer(issue, context))
  }

  private static func subject(_ issue: Issue) -> String {
    ([issue.kind.rawValue] + issue.administrations + [issue.site ?? ""]).joined(separator: " ")
  }

  private static func answers(for kind: Issue.Kind) -> [String] {
    switch kind {
    case .missingStop, .stillRunning:
      ["nobody saw it end", "goes on after the visit", "the stop will be asked for"]
    case .stopNotObserved: ["nobody saw it end", "the pump's log will be asked for"]
    case .noSite: ["the site is not known"]
    case .fatalWay: ["it was given this way; the physician has been told", "it was charted wrong"]
    case .unclassifiedDrug: ["pharmacy will be asked for the class"]
    case .secondSiteWithoutReason: ["for convenience", "the reason will be asked for"]
    case .hydrationWithoutOrder, .hydrationWithoutIndication:
      ["not ordered as hydration", "the order will be asked for"]
    default: ["it is right as recorded", "it will be looked into"]
    }
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let moment = try context.time()
    var answers: [GapAnswer] = []
    var stops: [EventDraft] = []
    var words: [String] = []
    for issue in session.toDo {
      let answer = answer(issue, context)
      guard !answer.isEmpty else {
        throw FormProblem(.answer, "Answer each question, or leave and record what is missing.")
      }
      guard issue.kind == .stillRunning, let drug = administration(issue, context) else {
        answers.append(
          GapAnswer(
            issue: issue.kind.rawValue, administration: issue.administrations.first,
            answer: answer))
        words.append(answer)
        continue
      }
      let name = context.name(drug)
      func gap(_ kind: Issue.Kind, _ end: RunningEnd) {
        answers.append(
          GapAnswer(issue: kind.rawValue, administration: drug.id, answer: end.words))
      }
      switch RunningEnd(rawValue: answer) {
      case .now:
        stops.append(try stop(drug, at: context.minute, .observed, context))
        words.append("\(name) stopped \(context.timeAndBasis(context.minute, .observed))")
      case .earlier:
        let ended = try ended(issue, context)
        let basis = context.presumedBasis(ended)
        stops.append(try stop(drug, at: ended, basis, context))
        words.append("\(name) stopped \(context.timeAndBasis(ended, basis))")
      case .unseen:
        stops.append(try stop(drug, at: moment, .observed, isNotObserved: true, context))
        words.append("\(name) found ended \(context.clockText(moment)), nobody saw it end")
        gap(.stopNotObserved, .unseen)
      case .goesOn, nil:
        words.append("\(name) \(RunningEnd.goesOn.words)")
        gap(.stillRunning, .goesOn)
      }
    }
    var sentence =
      "session of \(session.opening.patient.displayName) closed \(context.clockText(moment))"
    if stops.isEmpty { sentence += ", \(session.units.pluralized("unit"))" }
    for text in words { sentence += "; \(text)" }
    let closing = try context.draft(.sessionClosed(answers: answers), at: moment)
    var reading = FormReading(stops + [closing], sentence + ", \(context.by)")
    reading.changesUnits = !stops.isEmpty
    return reading
  }

  /// The time typed for a drug that ended before now.
  private static func ended(
    _ issue: Issue, _ context: FormContext
  ) throws(FormProblem) -> Instant {
    let text = answer(issue, context, .ended)
    if text.isEmpty { throw FormProblem(.ended, "When did it end?") }
    return try context.moment(text, of: .ended)
  }

  private static func stop(
    _ drug: RecordedAdministration, at moment: Instant, _ basis: TimeBasis,
    isNotObserved: Bool = false, _ context: FormContext
  ) throws(FormProblem) -> EventDraft {
    let stop = DrugStop(
      administration: drug.id, stopReason: .completed, isNotObserved: isNotObserved, volumeML: nil)
    var draft = try context.draft(.drugStopped(stop), at: moment)
    draft.basis = basis
    return draft
  }

  /// Returns to the board from the screen of the session that was closed.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    if case .session(let id) = state.screen, id == done.session {
      state.path = [.board]
      state.sortBoard()
    }
    return []
  }
}

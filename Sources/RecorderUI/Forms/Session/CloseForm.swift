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

private enum CloseForm {
  static func fields(_ context: FormContext) -> [Field] {
    let issues = context.session?.toDo ?? []
    let running = issues.filter { $0.kind == .stillRunning }
    let others = issues.filter { $0.kind != .stillRunning }
    return running.flatMap { issue in
      runningEnd(issue, context).map { $0.fields(context) } ?? [question(issue, context)]
    } + others.map { question($0, context) } + planQuestion(context) + [context.timeFields()[0]]
  }

  /// Why planned drugs were not given, asked once for all of them; none if all were.
  private static func planQuestion(_ context: FormContext) -> [Field] {
    let due = context.state.plan(for: context.session)
    if due.isEmpty { return [] }
    var field = Field.choice(
      .answer, PlannedDose.sentence(due),
      [
        "held by the physician", "the patient declined", "the plan was changed",
        "given another day or elsewhere",
      ].map { Field.Option($0, $0) }, isFree: true, hint: "choose, or type your own")
    // Another plan is another question.
    field.subject = "\(PlannedDose.notGiven) \(due.map(\.dose).joined(separator: ", "))"
    return [field]
  }

  private static func runningEnd(
    _ issue: Issue, _ context: FormContext
  ) -> RunningEndQuestion? {
    guard issue.kind == .stillRunning,
      let drug = context.session?.running.first(where: { $0.id == issue.administrations.first })
    else { return nil }
    return RunningEndQuestion(issue, drug, subject: subject(issue), context)
  }

  private static func question(_ issue: Issue, _ context: FormContext) -> Field {
    var field = Field.choice(
      .answer, context.session?.sentence(of: issue) ?? issue.sentence,
      answers(for: issue.kind).map { Field.Option($0, $0) },
      isFree: true, hint: "choose, or type your own")
    field.subject = subject(issue)
    return field
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
    case .amountNotRecorded, .containerNotRecorded, .discardNotRecorded, .productUnknown:
      ["pharmacy will be asked", "it will be added later"]
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
    var lengths: [String] = []
    var doubts: [String] = []
    func gap(_ kind: Issue.Kind, _ administration: String?, _ answer: String) {
      answers.append(
        GapAnswer(issue: kind.rawValue, administration: administration, answer: answer))
    }
    for issue in session.toDo {
      let question = runningEnd(issue, context)
      let outcome = try question?.outcome(found: moment, context)
      guard let question, let outcome else {
        let answer = context.value(.answer, of: subject(issue))
        guard question == nil, !answer.isEmpty else {
          throw FormProblem(.answer, "Answer each question, or leave and add what is missing.")
        }
        gap(issue.kind, issue.administrations.first, answer)
        words.append(answer)
        continue
      }
      let drug = question.drug
      let name = context.name(drug)
      switch outcome {
      case .stop(let end, let asked):
        stops.append(try stop(drug, end, asked: asked, context))
        words.append(
          context.sentence(of: end, name) + (asked ? ", \(ForgottenDrug.reason)" : ""))
        if end.isNotObserved {
          gap(.stopNotObserved, drug.id, RunningEnd.unseen.words)
        } else if end.moment >= drug.start {
          let ran = Minutes(flooring: drug.runningSeconds(asOf: end.moment)).count
          lengths.append(
            "\(name) since \(context.clockText(drug.start)): ran \(duration(ran)).")
          doubts += context.doubtsOfEnd(drug, at: end.moment)
        }
      case .goesOn(let how):
        words.append("\(name) \(how)")
        gap(.stillRunning, drug.id, how)
      }
    }
    for field in planQuestion(context) {
      let answer = context.value(.answer, of: field.subject)
      if answer.isEmpty { throw FormProblem(.answer, "Say why planned drugs were not given.") }
      answers.append(GapAnswer(issue: PlannedDose.notGiven, answer: "\(field.label) \(answer)"))
      words.append(answer)
    }
    var sentence =
      "session of \(session.opening.patient.displayName) closed \(context.clockText(moment))"
    for text in words { sentence += "; \(text)" }
    var closing = try context.draft(.sessionClosed(answers: answers), at: moment)
    closing.basis = context.presumedBasis(moment)
    var reading = FormReading(stops + [closing], sentence + ", \(context.by)")
    reading.difference = lengths
    reading.warnings += doubts
    reading.changesUnits = !stops.isEmpty
    reading.statesUnits = true
    return reading
  }

  private static func stop(
    _ drug: RecordedAdministration, _ end: ForgottenStop.End, asked: Bool, _ context: FormContext
  ) throws(FormProblem) -> EventDraft {
    let stop = DrugStop(
      administration: drug.id, stopReason: .completed, isNotObserved: end.isNotObserved,
      volumeML: nil)
    var draft = try context.draft(.drugStopped(stop), at: end.moment)
    draft.basis = end.basis
    draft.reason = asked ? ForgottenDrug.reason : nil
    return draft
  }

  /// Returns to the board from the screen of the session that was closed.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    if case .session(let id) = state.screen, id == done.session {
      // Back to where the session was opened from: the board, or the review.
      state.path.removeAll { $0.session == id }
      if state.screen == .board { state.sortBoard() }
    }
    return []
  }
}

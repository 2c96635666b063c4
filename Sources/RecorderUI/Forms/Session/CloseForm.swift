import InfusionRecord
import SessionReview

extension Form {
  /// Closes a session, with an answer to each thing that is missing.
  package static let close = Form(
    title: "Close the session", act: .record, scope: .openSession,
    targets: { _ in [(.record, nil)] }, rowRefusal: { $0.isOpen ? nil : Form.closedSentence },
    fields: CloseForm.fields, reading: CloseForm.reading, followUp: CloseForm.followUp)
}

private enum CloseForm {
  static func fields(_ context: FormContext) -> [Field] {
    let questions = (context.session?.toDo ?? []).map { issue in
      var field = Field.choice(
        .answer, issue.sentence,
        answers(for: issue.kind).map { Field.Option($0, $0) }, isFree: true,
        hint: "choose, or type your own")
      field.subject = subject(issue)
      return field
    }
    return questions + [context.timeFields()[0]]
  }

  private static func subject(_ issue: Issue) -> String {
    ([issue.kind.rawValue] + issue.administrations + [issue.site ?? ""]).joined(separator: " ")
  }

  private static func answers(for kind: Issue.Kind) -> [String] {
    switch kind {
    case .stillRunning, .missingStop:
      ["nobody saw it end", "goes on after the visit", "the stop will be asked for"]
    case .stopNotObserved: ["nobody saw it end", "the pump's log will be asked for"]
    case .noSite: ["the site is not known"]
    case .unclassifiedDrug: ["pharmacy will be asked for the class"]
    case .secondSiteWithoutReason: ["for convenience", "the reason will be asked for"]
    case .hydrationWithoutOrder, .hydrationWithoutIndication:
      ["not ordered as hydration", "the order will be asked for"]
    default: ["it is right as recorded", "it will be looked into"]
    }
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    var answers: [GapAnswer] = []
    for issue in session.toDo {
      let field = context.prompt.fields.first {
        $0.name == .answer && $0.subject == subject(issue)
      }
      guard let answer = field?.value, !answer.isEmpty else {
        throw FormProblem(.answer, "Answer each question, or leave and record what is missing.")
      }
      answers.append(
        GapAnswer(
          issue: issue.kind.rawValue, administration: issue.administrations.first, answer: answer))
    }
    let moment = try context.time()
    let units = session.units.pluralized("unit")
    var sentence =
      "session of \(session.opening.patient.displayName) closed \(context.clockText(moment)), "
      + units
    if !answers.isEmpty {
      sentence += ", \(answers.count) answered"
    }
    return FormReading(
      [try context.draft(.sessionClosed(answers: answers), at: moment)],
      sentence + ", \(context.by)")
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

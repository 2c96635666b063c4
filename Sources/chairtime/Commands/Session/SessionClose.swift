import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// `chairtime session close`: the patient leaves.
struct SessionClose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", _superCommandName: Session.path, abstract: "Close a session.",
    discussion: """
      What should be settled before the patient leaves is told first: nothing is recorded then, and \
      the exit code is 2. Settle it, answer it with --answer ISSUE=TEXT, or close --anyway.
      """)

  @OptionGroup var session: SessionArgument

  @Option(
    name: .customLong("answer"), parsing: .singleValue,
    help: ArgumentHelp(
      "Answer a question: ISSUE=TEXT, or ISSUE:ADMINISTRATION=TEXT; may be repeated.",
      valueName: "issue=text"))
  var answers: [String] = []

  @Flag(help: "Close though questions are open.")
  var anyway = false

  @OptionGroup var record: RecordOptions

  func validate() throws { _ = try parsed() }

  private func parsed() throws -> [GapAnswer] {
    try answers.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw ValidationError("--answer: expected ISSUE=TEXT.")
      }
      let name = parts[0].split(separator: ":", maxSplits: 1).map(String.init)
      guard let kind = name.first, Issue.Kind(rawValue: kind) != nil else {
        throw ValidationError(
          "--answer: there is no such question; expected one of "
            + "\(Issue.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      return GapAnswer(
        issue: kind, administration: name.count == 2 ? name[1] : nil, answer: parts[1])
    }
  }

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    let answers = try parsed()
    var questions: [Issue] = []
    do {
      try recorder.tell(
        recorder.record(in: session) { log in
          let open = log.timeline(
            asOf: Host.now.instant, formulary: recorder.formulary
          ).issues
            .filter { issue in
              issue.isToDoBeforeClosing
                && !answers.contains { answer in
                  answer.issue == issue.kind.rawValue
                    && (answer.administration.map(issue.administrations.contains) ?? true)
                }
            }
          if !open.isEmpty, !anyway, log.status == .open {
            questions = open
            throw Complaint(
              "The session was not closed: \(open.count.named("question is", "questions are"))"
                + " open; settle, --answer, or close --anyway.")
          }
          return .sessionClosed(answers: answers)
        })
    } catch let complaint as Complaint where !questions.isEmpty {
      var page = TextPage()
      for question in questions {
        page.wrap(question.sentence, first: "\(question.kind.rawValue): ", indent: 2)
      }
      try StandardStream.print(page)
      Ending.complain(complaint)
      throw Ending.findings
    }
  }
}

/// `chairtime session reopen`: something must still be recorded.
struct SessionReopen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", _superCommandName: Session.path,
    abstract: "Reopen a closed session, with a --reason.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        if log.status == .reviewed, let refusal = recorder.authority.refusal(of: .reopenReviewed) {
          throw Complaint("\(refusal) Nothing was recorded.")
        }
        return .sessionReopened
      })
  }
}

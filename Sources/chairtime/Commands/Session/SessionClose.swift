import ArgumentParser
import InfusionRecord
import PlainText
import RecorderUI
import SessionReview
import SuiteProgram

/// `chairtime session close`: the patient leaves.
struct SessionClose: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close a session.",
    discussion: """
      Prints the questions that are still open: then nothing is recorded, and the exit code is 2. \
      Resolve each, answer it with --answer ISSUE=TEXT, or close --anyway. A drug that still runs far past \
      its planned end or over a night is asked about even then; it is stopped with `session stop`, or \
      answered with --answer still-running=TEXT.
      """)

  @OptionGroup var session: SessionArgument

  @Option(
    name: .customLong("answer"), parsing: .singleValue,
    help: ArgumentHelp(
      "Answer a question: ISSUE=TEXT, or ISSUE:ADMINISTRATION=TEXT; may be repeated.",
      valueName: "issue=text"))
  var answers: [String] = []

  @Flag(help: "Close although questions are open.")
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
      let kinds = Issue.Kind.allCases.map(\.rawValue) + [PlannedDose.notGiven]
      guard let kind = name.first, kinds.contains(kind) else {
        throw ValidationError(
          "--answer: there is no such question; expected one of \(kinds.joined(separator: ", ")).")
      }
      return GapAnswer(
        issue: kind, administration: name.count == 2 ? name[1] : nil, answer: parts[1])
    }
  }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let answers = try parsed()
    if log.status == .open { try askAboutForgotten(answers, in: log, by: recorder) }
    guard !anyway, log.status == .open else { return .sessionClosed(answers: answers) }
    let timeline = log.timeline(
      asOf: Host.now.instant, formulary: recorder.formulary)
    var derivation = SessionDerivation(
      formulary: recorder.formulary,
      policies: try Site.policies(with: record.store.address), now: Host.now.instant)
    let missing = derivation.drugIssues(of: log, asOf: Host.now.instant)
    let open = (timeline.issues + missing).filter { issue in
      issue.isToDoBeforeClosing
        && !answers.contains { answer in
          answer.issue == issue.kind.rawValue
            && (answer.administration.map(issue.administrations.contains) ?? true)
        }
    }
    var questions = open.map { (name: $0.kind.rawValue, sentence: $0.sentence) }
    let due = try record.store.plan(for: log, in: recorder.store, recorder.formulary)
    if !due.isEmpty, !answers.contains(where: { $0.issue == PlannedDose.notGiven }) {
      questions.append((name: PlannedDose.notGiven, sentence: PlannedDose.sentence(due).printable))
    }
    guard questions.isEmpty else {
      throw OpenQuestions(
        questions,
        outcome: "The session was not closed",
        advice: "resolve them, --answer them, or close --anyway")
    }
    return .sessionClosed(answers: answers)
  }

  /// Throws a question for each drug that must have ended and has no answer of its own.
  private func askAboutForgotten(
    _ answers: [GapAnswer], in log: EventLog, by recorder: Recorder
  ) throws {
    let moment = try moment(in: log, by: recorder, now: Host.now)
    let forgotten = log.administrations.compactMap { drug -> ForgottenDrug? in
      let isAnswered = answers.contains {
        $0.issue == Issue.Kind.stillRunning.rawValue
          && ($0.administration.map { $0 == drug.id } ?? true)
      }
      let isHome = drug.facts.technique == .pump && drug.facts.goesHome
      return isAnswered || isHome ? nil : ForgottenDrug(drug, at: moment, clock: log.clock)
    }
    guard !forgotten.isEmpty else { return }
    throw OpenQuestions(
      forgotten.map {
        ForgottenOptions.question($0, "a stop", in: log, recorder.formulary, at: recorder.now)
      },
      outcome: "The session was not closed",
      advice: "stop it with `session stop`, or --answer still-running=TEXT")
  }
}

/// `chairtime session reopen`: opens a closed session for further facts.
struct SessionReopen: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Reopen a closed session, with a --reason.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) -> Fact { .sessionReopened }
}

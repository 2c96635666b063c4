import ArgumentParser
import InfusionRecord
import RecorderUI
import SessionStore

/// A command that records one fact of an existing session.
///
/// A conforming command declares its options and the fact it makes. `recordFact()` has the steps that
/// all of them share: open the store, sign in, find the session, check the fact against the
/// session's log, append it, print it.
protocol FactCommand: ParsableCommand {
  var session: SessionArgument { get }
  var record: RecordOptions { get }

  /// The fact to record, decided on the session's log. Called again if the log changes before the
  /// append.
  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact

  /// When it happened; by default what `--at` says.
  func moment(in log: EventLog, by recorder: Recorder, now: RecordedTime) throws -> Instant

  /// How the time is known; by default what `--basis` says. Nil lets the time decide.
  func basis(in log: EventLog) throws -> TimeBasis?

  /// The reason if `--reason` gives none; nil by default.
  var usualReason: String? { get }

  /// Whether what is asked about the drug was confirmed; false by default.
  var anyway: Bool { get }
}

extension FactCommand {
  func moment(in log: EventLog, by recorder: Recorder, now: RecordedTime) throws -> Instant {
    try recorder.moment(record.at, now: now, clock: log.clock, openedAt: log.openedAt)
  }

  func basis(in log: EventLog) throws -> TimeBasis? { record.basis }

  var usualReason: String? { nil }

  var anyway: Bool { false }

  func run() throws { try recordFact() }

  @discardableResult
  func recordFact() throws -> Recorder.Recorded {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    var notes: [String] = []
    let recorded = try recorder.record(in: session) { log, now in
      let fact = try fact(in: log, by: recorder)
      let question = try DrugQuestion(
        fact, in: log, recorder.formulary,
        earlier: {
          try record.store.earlierVisits(of: log, in: recorder.store, recorder.formulary)
        },
        planned: {
          try record.store.plan(for: log, in: recorder.store, recorder.formulary).map(\.drug)
        })
      let event = recorder.event(
        fact, in: session,
        at: try moment(in: log, by: recorder, now: now), now: now, basis: try basis(in: log),
        usualReason: usualReason)
      // What cannot be recorded is refused without a question.
      if log.refusal(of: event, now: now, formulary: recorder.formulary) == nil {
        try question?.check(anyway, reason: record.reason)
        let amounts = try AccountQuestion(fact, in: log, by: recorder, at: event.clinicalTime)
        try amounts?.check(anyway, reason: record.reason)
        notes = amounts?.notes ?? []
      }
      return event
    }
    for note in notes { StandardStream.error.write("\(note)\n") }
    try recorder.printRecorded(recorded)
    return recorded
  }
}

/// The session a command is about.
struct SessionArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The session, by the beginning of its name.", valueName: "session"))
  var text: String
}

/// The administration a command continues.
struct AdministrationArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The administration: its id, or its drug.", valueName: "drug"))
  var text: String

  /// The id of the administration that was typed.
  ///
  /// - Parameters:
  ///   - state: the candidates in one word, for the message if none is found.
  ///   - isCandidate: which administrations a drug's name may mean. An id may name any of them.
  func id(
    in log: EventLog, by recorder: Recorder, state: String = "running",
    among isCandidate: (RecordedAdministration) -> Bool = \.isRunning
  ) throws -> String {
    try Choice.administration(
      text, in: log, formulary: recorder.formulary, among: isCandidate, state: state
    ).id
  }
}

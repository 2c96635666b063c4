import ArgumentParser
import InfusionRecord
import PlainText
import SuiteProgram

/// `chairtime session reaction`: the patient reacted.
struct SessionReaction: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "reaction", abstract: "Record a reaction of the patient.",
    discussion: """
      The grade is due. Nothing else is done by it: a drug that was paused, slowed or stopped is recorded \
      with `session pause`, `session rate` or `session stop`.
      """)

  @OptionGroup var session: SessionArgument

  @Option(
    help: ArgumentHelp(
      "The administration it is ascribed to: its id, or its drug; without it, none.",
      valueName: "drug"))
  var to: String?

  @OptionGroup var reaction: ReactionOptions
  @OptionGroup var record: RecordOptions

  func validate() throws {
    if reaction.grade == nil { throw ValidationError("A reaction has a --grade from 1 to 5.") }
  }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let about = try to.map {
      try Choice.administration(
        $0, in: log, formulary: recorder.formulary, among: { _ in true }, state: "recorded"
      ).id
    }
    return .reactionRecorded(
      try reaction.applied(to: Reaction(administration: about, grade: reaction.grade ?? 0)))
  }
}

/// `chairtime session allergies`: what is known of the patient's allergies and alerts.
///
/// The text is read once, after the sign-in, because both may read standard input.
struct SessionAllergies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allergies", abstract: "State the patient's allergies and alerts.",
    discussion: """
      They come from a prompt, from --text-file FILE, or from standard input, one a line: a substance \
      (`penicillin: rash`), an alert (`alert: fall risk`), or `none known` if the patient was asked. \
      The statement replaces the one before it.
      """)

  @OptionGroup var session: SessionArgument

  @Option(
    help: ArgumentHelp("Read them from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var textFile: String?

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    let statement = try AllergyEntry.read(textFile ?? "-", recorder.formulary)
    let recorded = try recorder.record(in: session) { log, now in
      recorder.event(
        .allergiesRecorded(statement), in: session,
        at: try recorder.moment(record.at, now: now, clock: log.clock), now: now,
        basis: record.basis)
    }
    for allergy in statement.allergies.list {
      if let sentence = AllergyMatch.unknown(allergy.substance, in: recorder.formulary) {
        StandardStream.error.write("\(sentence.printable)\n")
      }
    }
    try recorder.printRecorded(recorded)
  }
}

import ArgumentParser
import Glibc
import InfusionRecord
import SuiteProgram

/// `chairtime session note`: adds a note.
///
/// The text is read once, after the sign-in, because both may read standard input; so this command
/// takes the steps of a `FactCommand` itself.
struct SessionNote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Add a note.",
    discussion: """
      The text comes from a prompt, from --text-file FILE, or from standard input; a note may speak \
      of the patient, and other users of the host can read arguments.
      """)

  @OptionGroup var session: SessionArgument

  @Option(
    help: ArgumentHelp("Read the note from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var textFile: String?

  @Option(help: ArgumentHelp("The administration it is about.", valueName: "drug"))
  var on: String?

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    if textFile == nil, isatty(0) == 1 { StandardStream.error.write("Note (end with Ctrl-D): ") }
    var text = try InputFile(path: textFile ?? "-").text()
    while let last = text.last, last.isWhitespace { text.removeLast() }
    let recorded = try recorder.record(in: session) { log, now in
      let about = try on.map {
        try Choice.administration(
          $0, in: log, formulary: recorder.formulary, among: { _ in true },
          state: "recorded"
        ).id
      }
      return recorder.event(
        .noteAdded(text: text, administration: about), in: session,
        at: try recorder.moment(record.at, now: now, clock: log.clock), now: now,
        basis: record.basis)
    }
    try recorder.printRecorded(recorded)
  }
}

/// `chairtime session handoff`: another nurse takes over.
struct SessionHandOff: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "handoff", abstract: "Hand the session to another nurse.")

  @OptionGroup var session: SessionArgument

  @Argument(help: "The nurse who takes over.")
  var nurse: String

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) -> Fact { .handedOff(to: nurse) }
}

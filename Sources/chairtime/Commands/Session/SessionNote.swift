import ArgumentParser
import Glibc
import InfusionRecord
import SuiteProgram

/// `chairtime session note`: something worth writing down.
struct SessionNote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", _superCommandName: Session.path, abstract: "Add a note.",
    discussion: """
      The text comes from a prompt, from --text-file FILE, or from standard input; a note may speak \
      of the patient, and arguments can be read by others on the host.
      """)

  @OptionGroup var session: SessionArgument

  @Option(
    help: ArgumentHelp("Read the note from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var textFile: String?

  @Option(help: ArgumentHelp("The administration it speaks of.", valueName: "drug"))
  var on: String?

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    if textFile == nil, isatty(0) == 1 { StandardStream.error.write("Note (end with Ctrl-D): ") }
    var text = String(decoding: try InputFile(path: textFile ?? "-").bytes(), as: UTF8.self)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    try recorder.tell(
      recorder.record(in: session) { log in
        let about = try on.map {
          try Choice.administration(
            $0, in: log, formulary: recorder.formulary, among: { _ in true },
            called: "recorded"
          ).id
        }
        return .noteAdded(text: text, administration: about)
      })
  }
}

/// `chairtime session handoff`: another nurse takes over.
struct SessionHandOff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handoff", _superCommandName: Session.path,
    abstract: "Hand the session to another nurse.")

  @OptionGroup var session: SessionArgument

  @Argument(help: "The nurse who takes over.")
  var nurse: String

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(recorder.record(in: session) { _ in .handedOff(to: nurse) })
  }
}

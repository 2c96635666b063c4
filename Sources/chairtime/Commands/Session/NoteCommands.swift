import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import PlainText
import RecorderUI
import SessionStore
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

  @Option(
    help: ArgumentHelp(
      "Read words for the nurse from this file; - is standard input. They stand in the session until "
        + "they are marked as read.", valueName: "file"),
    completion: .file())
  var wordsFile: String?

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let text = try wordsFile.map { try InputFile(path: $0).text() } ?? ""
    // They stand in one line of the screens.
    let lines = text.split(whereSeparator: \.isNewline).map { String($0).trimmingBlanks }.filter {
      !$0.isEmpty
    }
    return .handedOff(to: nurse, words: lines.isEmpty ? nil : lines.joined(separator: "; "))
  }
}

/// `chairtime session read`: marks words left at a hand-over as read.
struct SessionRead: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Mark the words left at a hand-over as read.",
    discussion: """
      Shows the oldest words that are not marked as read, and records that they were read. \
      chairtime session show --facts lists all of them.
      """)

  @OptionGroup var session: SessionArgument

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    guard let words = log.unreadWords.first else {
      throw Complaint("No words wait to be read in session \(log.session.text.printable).")
    }
    if words.from == recorder.actor, !GivenReason.saysSomething(record.reason ?? "") {
      throw OpenQuestions(
        [
          (
            name: "own-words",
            sentence: "You left these words for \(words.to.printable): was it told?"
          )
        ],
        outcome: "Nothing was recorded", advice: "say with a --reason that it was")
    }
    if record.format == .text {
      StandardStream.error.write("\(words.from) to \(words.to): \(words.text)".printable + "\n")
    }
    return .wordsRead(handOver: words.handOver)
  }
}

/// `chairtime session move`: the patient changes the chair.
struct SessionMove: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Move the patient to another chair.",
    discussion: """
      The session goes on; the chair at which it was opened stays in the record. A chair that was \
      written down wrong is corrected with session amend --chair.
      """)

  @OptionGroup var session: SessionArgument

  @Argument(help: "The chair that the patient sits in now.")
  var chair: String

  @Flag(help: "Move although another patient has the chair, or the suite has no such chair.")
  var anyway = false

  @OptionGroup var record: RecordOptions

  func validate() throws {
    if anyway { try Reason.checkForAnyway(record.reason) }
  }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let chairs = Chairs(try Site.configured().configuration.facility.chairs)
    let chair = chairs.named(chair)
    var questions: [(name: String, sentence: String)] = []
    if let unknown = chairs.sentence(on: chair) {
      questions.append((name: "unknown-chair", sentence: unknown.printable))
    }
    let isTaken = try recorder.store.board().contains {
      $0.session != log.session && $0.chair == chair
    }
    if isTaken {
      questions.append(
        (name: "taken-chair", sentence: "Chair \(chair.printable) has another patient."))
    }
    if !anyway, !questions.isEmpty {
      throw OpenQuestions(
        questions, outcome: "Nothing was recorded", advice: "move --anyway with a --reason")
    }
    return .movedToChair(chair)
  }
}

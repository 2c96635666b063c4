import ArgumentParser
import InfusionRecord
import Interchange
import SessionStore
import TimelineEngine

/// `chairtime import`: session documents into the record.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record session documents (chairtime.session/1).",
    discussion: """
      Each document becomes one session, its facts late entries of whoever imports it. A document does \
      not say who the patient is: give one document with --patient FILE, or record --anonymous ones, \
      whose patient is written down as unknown. A document is recorded whole or not at all; one that \
      cannot be is named, the others still are, and the exit code is 1.
      """)

  @Argument(help: "Session documents; - reads standard input.", completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("Read the patient from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var patient: String?

  @Flag(help: "The patient is not known; record that.")
  var anonymous = false

  @Option(help: ArgumentHelp("The chair.", valueName: "chair"))
  var chair: String = "-"

  @Option(
    help: ArgumentHelp("Who imports; else $CHAIRTIME_ACTOR or the account.", valueName: "name"))
  var actor: String?

  @Option(
    name: .customLong("formulary"),
    help: ArgumentHelp("Lay this formulary file (CSV) over the built-in one.", valueName: "file"))
  var formularyFile: String?

  @OptionGroup var store: StoreOptions

  func validate() throws {
    guard anonymous != (patient != nil) else {
      throw ValidationError("Expected either --patient FILE or --anonymous.")
    }
    guard patient == nil || files.count == 1 else {
      throw ValidationError("--patient is one person; expected one document.")
    }
  }

  func run() throws {
    var formulary = Formulary.starter
    if let formularyFile {
      let file = InputFile(path: formularyFile)
      formulary = try formulary.laying(siteFile: file.bytes(), file: file.name)
    }
    let identity = try patient.map { try PatientEntry.read($0) }
    let store = try store.open(.readWrite, creating: true)
    var isComplete = true
    for path in files {
      let file = InputFile(path: path)
      do {
        let document = try SessionDocument(file.bytes(), file: file.name, formulary: formulary)
        try record(document, from: file.name, identity, in: store, formulary)
      } catch let error as DocumentError {
        Ending.complain(error)
        isComplete = false
      } catch let complaint as Complaint {
        Ending.complain(
          Complaint("\(file.name.printable): \(complaint.description); it was not recorded."))
        isComplete = false
      }
    }
    if !isComplete { throw Ending.error }
  }

  private func record(
    _ document: SessionDocument, from file: String, _ identity: PatientIdentity?,
    in store: SQLiteStore, _ formulary: Formulary
  ) throws {
    let session = SessionID(document.timeline.session.id)
    let who = actor ?? Host.actor
    let facts = try DocumentFacts(
      document: document, patient: identity ?? Import.unknown(session), chair: chair, nurse: who
    ).facts()
    let now = Host.now
    var generator = SystemRandomNumberGenerator()
    var log = EventLog(session: session)
    for timed in facts {
      let event = Event(
        id: Event.ID(at: now, using: &generator), session: session, clinicalTime: timed.moment,
        recordedTime: now, actor: who, workstation: Host.name, basis: .lateEntry,
        reason: "imported", fact: timed.fact)
      if let refusal = log.refusal(of: event, now: now, formulary: formulary) {
        throw Complaint(String(refusal.sentence.dropLast()))
      }
      log.append(event)
    }
    do {
      try store.append(log.events, to: session, expecting: 0)
    } catch {
      guard case .changedMeanwhile = error else { throw error }
      throw Complaint("there is a session \(session.text.printable) already")
    }
    if document.policy != .standard {
      Ending.complain(
        Complaint("\(file.printable): its policy settings are no facts and were left out."))
    }
    try StandardStream.print(Array("\(session.text.printable)  \(log.version) facts\n".utf8))
  }

  /// A patient nobody named: the session's name stands for the record number.
  private static func unknown(_ session: SessionID) -> PatientIdentity {
    PatientIdentity(
      family: "Unknown", given: "Unknown", dateOfBirth: CivilDate(dayNumber: -25_567),
      sex: .unknown, mrn: session.text, visitNumber: "")
  }
}

import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram
import TimelineEngine

/// `chairtime import`: records session documents, or reads appointment books.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Record session documents (chairtime.session/1), or read a day's appointments (CSV).",
    discussion: """
      Each document becomes one session; its facts are late entries by the person who imports it. A \
      document does not name the patient: give one document with --patient FILE, or import --anonymous \
      ones, whose patient is recorded as unknown. A document is recorded whole or not at all. One that \
      cannot be recorded is named, the others still are, and the exit code is 1.

      A file that ends in .csv is an appointment book, and with --appointments every file is one: rows \
      of time, patient, chair and plan as [schedule] of the site's configuration describes them. \
      Prints what was added, changed, cancelled, left out, and what the file lacks, with times and \
      record numbers. A row that cannot be read is named with its line, and the others are read.
      """)

  @Argument(
    help: "Session documents; - reads standard input. Or appointment books, .csv.",
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("Read the patient from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var patient: String?

  @Flag(help: "The files are appointment books, also - (standard input).")
  var appointments = false

  @Flag(help: "The patient is not known; record that.")
  var anonymous = false

  @Option(help: ArgumentHelp("The chair.", valueName: "chair"))
  var chair: String = "-"

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @Option(
    help: ArgumentHelp(
      "The day of appointments without a date; without it, today.", valueName: "day"))
  var date: String?

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var glass: BreakGlassOption
  @OptionGroup var store: StoreOptions

  private var isSchedule: Bool {
    appointments || files.allSatisfy { $0.lowercased().hasSuffix(".csv") }
  }

  func validate() throws {
    if isSchedule {
      guard !anonymous, patient == nil else {
        throw ValidationError("An appointment book names its patients; expected no --patient.")
      }
      return
    }
    guard anonymous != (patient != nil) else {
      throw ValidationError("Expected either --patient FILE or --anonymous.")
    }
    guard patient == nil || files.count == 1 else {
      throw ValidationError("--patient is one person; expected one document.")
    }
  }

  func run() throws {
    if isSchedule { return try takeSchedules() }
    let formulary = try SiteFormulary.read(formularyFile).formulary
    let store = try store.open(.readWrite, creating: true)
    let who = try signIn.signIn(store, for: .importDocuments)
    let identity = try patient.map { try PatientEntry.read($0) }
    if let identity {
      try store.admit(mrn: identity.mrn, under: who.right, breaking: glass)
    }
    var isComplete = true
    for path in files {
      let file = InputFile(path: path)
      do {
        let document = try SessionDocument(file.bytes(), file: file.name, formulary: formulary)
        try record(document, from: file.name, identity, in: store, formulary, under: who.right)
      } catch let error as DocumentError {
        ProgramExit.printError(error)
        isComplete = false
      } catch let complaint as Complaint {
        ProgramExit.printError(
          Complaint("\(file.name.printable): \(complaint.description); it was not recorded."))
        isComplete = false
      }
    }
    if !isComplete { throw ProgramExit.error }
  }

  private func takeSchedules() throws {
    let site = try Site.read()
    let clock = site.clock
    let day = try date.map { try DayEntry.day($0, on: clock) } ?? clock.date(at: Host.now.instant)
    let address = try store.address
    let folder = ScheduleFolder(address)
    let store = try address.open(.readWrite, creating: true)
    let who = try signIn.signIn(store, for: .importDocuments)
    try store.audit(
      Host.entry(who.name, .imported(what: "appointments")), under: who.right)
    let restrictions = try store.restrictions()
    let now = Host.now
    var isComplete = true
    for path in files {
      let file = InputFile(path: path)
      let found: ScheduleFile
      do {
        found = try ScheduleFile(
          file.bytes(), file: file.name, layout: site.configuration.schedule, day: day)
      } catch {
        ProgramExit.printError(error)
        isComplete = false
        continue
      }
      for remark in found.remarks { ProgramExit.printError(Complaint(remark)) }
      for fault in found.faults + found.doubts { ProgramExit.printError(fault) }
      isComplete = isComplete && found.faults.isEmpty
      for (date, appointments) in found.days.sorted(by: { $0.key < $1.key }) {
        var changes = DaySchedule.Changes()
        try folder.change(date) { schedule in
          changes = schedule.take(appointments, refused: found.refused)
          return !changes.isNothing
        }
        try StandardStream.print(
          Import.page(of: changes, on: date) {
            restrictions.hides($0.mrn, from: who.name, at: now)
          })
      }
      if found.days.isEmpty, found.faults.isEmpty {
        ProgramExit.printError(
          Complaint(
            "\(file.name.printable) holds no appointment that can be read; no day was changed."))
      }
      try StandardStream.print(Import.leftOut(of: found, file.name))
    }
    if !isComplete { throw ProgramExit.error }
  }

  /// What an import of a day did: the counts, then a line for each appointment that is another now.
  private static func page(
    of changes: DaySchedule.Changes, on date: CivilDate, hiding: (PatientIdentity) -> Bool
  ) -> [UInt8] {
    let counts = [DaySchedule.Changes.Kind.added, .changed, .cancelled].map {
      "\(changes.count($0)) \($0.rawValue)"
    }
    var text =
      "\(date.iso)  \(counts.joined(separator: ", ")), \(changes.same) as they were, "
      + "\(changes.count(.notInFile)) not in the file"
    let unread = changes.count(.unread)
    text += (unread == 0 ? "" : ", \(unread) \(DaySchedule.Changes.Kind.unread.rawValue)") + "\n"
    for line in changes.lines {
      let patient = line.appointment.patient
      text += "  \(line.kind.rawValue)  \(line.appointment.span)  "
      if hiding(patient) {
        text += "a restricted patient\n"
        continue
      }
      text +=
        "MRN \(patient.mrn.printable)"
        + (patient.visitNumber.isEmpty ? "" : ", visit \(patient.visitNumber.printable)")
        + (line.isOfAnother ? ", now with another name or date of birth" : "") + "\n"
    }
    return Array(text.utf8)
  }

  /// The rows that became no appointment; empty if all did.
  private static func leftOut(of found: ScheduleFile, _ file: String) -> [UInt8] {
    let faults = found.faults.count
    guard faults + found.withoutPatient.count > 0 else { return [] }
    var parts: [String] = []
    if faults > 0 { parts.append("\(faults) that cannot be read") }
    if !found.withoutPatient.isEmpty {
      let lines = found.withoutPatient.map(String.init).joined(separator: ", ")
      parts.append("\(found.withoutPatient.count) without a patient (line \(lines))")
    }
    let count = faults + found.withoutPatient.count
    return Array(
      "\(count.pluralized("row")) of \(file.printable) left out: \(parts.joined(separator: ", "))\n"
        .utf8)
  }

  private func record(
    _ document: SessionDocument, from file: String, _ identity: PatientIdentity?,
    in store: any Store, _ formulary: Formulary, under right: Right
  ) throws {
    let who = right.actor
    let session = SessionID(document.timeline.session.id)
    guard session.isPlain else { throw Complaint(SessionID.rule) }
    let facts = try DocumentFacts(
      document: document, patient: identity ?? Import.unknown(session), chair: chair, nurse: who
    ).facts()
    if let complaint = Import.complaint(ofFacts: facts.count) { throw complaint }
    let now = Host.now
    var generator = SystemRandomNumberGenerator()
    var log = EventLog(session: session, indexedBy: formulary)
    for timed in facts {
      let event = Event(
        id: Event.ID(at: now, using: &generator), session: session, clinicalTime: timed.moment,
        recordedTime: now, actor: who, workstation: Host.name, basis: timed.basis,
        reason: "imported", fact: timed.fact)
      if let refusal = log.refusal(of: event, now: now, formulary: formulary) {
        throw Complaint(String(refusal.sentence.dropLast()))
      }
      log.append(event)
    }
    let exists = Complaint("there is a session \(session.text.printable) already")
    if try store.log(of: session) != nil { throw exists }
    // Audited before the first fact, so that no import that breaks off lacks its entry.
    try store.audit(
      Host.entry(who, .imported(what: "session \(session.text)")), under: right)
    do {
      try store.append(log.events, to: session, expecting: 0, under: right)
    } catch {
      guard case .changedMeanwhile = error else { throw error }
      throw exists
    }
    if document.policy != .standard {
      ProgramExit.printError(
        Complaint("\(file.printable): its policy settings are no facts and were left out."))
    }
    try StandardStream.print(Array("\(session.text.printable)  \(log.version) facts\n".utf8))
  }

  /// The most facts of one document. No real session has a thousand, and the board derives a session again
  /// whenever a fact is added.
  static let mostFacts = 20_000

  /// Why a document with so many facts is not recorded; nil if it may be.
  static func complaint(ofFacts count: Int) -> Complaint? {
    count <= mostFacts
      ? nil
      : Complaint("it has \(count) facts, and a session takes \(mostFacts) at once at most")
  }

  /// An unknown patient, with the session's name as the record number.
  private static func unknown(_ session: SessionID) -> PatientIdentity {
    PatientIdentity(
      family: "Unknown", given: "Unknown", dateOfBirth: nil,
      sex: .unknown, mrn: session.text, visitNumber: "")
  }
}

import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import RecorderUI
import SessionStore
import SQLiteStore
import SuiteProgram

/// `chairtime session open`: a patient sits down.
struct SessionOpen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", _superCommandName: Session.path, abstract: "Open a session for a patient.",
    discussion: """
      The patient comes from a prompt, from --patient FILE, or from standard input: one `key: value` \
      a line with the keys family, given, born, sex, mrn and visit. Never from arguments, which \
      others on the host can read. Prints the event's id and the session's name.

      Where the record number has an open session, a name is similar, or the chair is taken, that is \
      told first: nothing is recorded then, and the exit code is 2. Open it --anyway with a --reason.
      """)

  @Option(help: ArgumentHelp("The chair.", valueName: "chair"))
  var chair: String?

  @Option(
    help: ArgumentHelp(
      "Take patient, chair and payer from this number of today's `chairtime schedule`.",
      valueName: "number"))
  var appointment: Int?

  @Option(
    help: ArgumentHelp("Read the patient from this file; - is standard input.", valueName: "file"),
    completion: .file())
  var patient: String?

  @Option(help: "Whose claim it is; else as the site's configuration says.")
  var setting: SessionContext.Setting?

  @Option(help: ArgumentHelp("Place of service, two digits.", valueName: "code"))
  var placeOfService: String?

  @Option(help: ArgumentHelp("Who pays; medicare has its own defaults.", valueName: "payer"))
  var payer: String?

  @Option(help: ArgumentHelp("IANA time zone; else the site's or the host's.", valueName: "zone"))
  var zone: String?

  @Option(help: ArgumentHelp("The nurse who holds the session; else the actor.", valueName: "name"))
  var nurse: String?

  @Option(help: ArgumentHelp("Name the session; else its day and six letters.", valueName: "name"))
  var id: String?

  @Flag(help: "Open though a question is open; needs a --reason.")
  var anyway = false

  @OptionGroup var record: RecordOptions

  func validate() throws {
    if anyway, (record.reason ?? "").isEmpty {
      throw ValidationError("--anyway needs a --reason.")
    }
    if appointment == nil, chair == nil {
      throw ValidationError("Expected --chair, or --appointment of one that names its chair.")
    }
    if appointment != nil, patient != nil {
      throw ValidationError("An appointment names its patient; expected no --patient.")
    }
  }

  /// The appointment of this number in today's list.
  private func expected(_ number: Int, on clock: LocalClock) throws -> Appointment {
    let day = clock.date(at: Host.now.instant)
    let schedule = try ScheduleFolder(record.store.place).schedule(day)
    guard schedule.appointments.indices.contains(number - 1) else {
      throw Complaint(
        "There is no appointment \(number) on \(day.display); `chairtime schedule` lists them.")
    }
    return schedule.appointments[number - 1]
  }

  /// Tells what the screen would warn of, and ends unless it is opened anyway.
  private func askAboutDoubts(_ opening: SessionOpening, in store: any FactStore) throws {
    if anyway { return }
    let doubts = OpeningDoubt.found(
      seating: opening.patient, at: opening.chair, beside: try store.board().compactMap(\.opening))
    if doubts.isEmpty { return }
    var page = TextPage()
    for doubt in doubts {
      page.wrap(doubt.sentence.printable, first: "\(doubt.kind.rawValue): ", indent: 2)
    }
    try StandardStream.print(page)
    Ending.complain(
      Complaint(
        "No session was opened: \(doubts.count) \(doubts.count == 1 ? "question is" : "questions are")"
          + " open; open it --anyway with a --reason."))
    throw Ending.findings
  }

  func run() throws {
    let recorder = try record.recorder(creating: true)
    let site = try Site.read()
    let facility = site.configuration.facility
    let zone = zone ?? site.zone
    guard let clock = LocalClock(zone: zone) else {
      throw Complaint("--zone: \(zone.printable) is not a time zone of this system.")
    }
    let planned = try appointment.map { try expected($0, on: clock) }
    guard let chair = chair ?? planned?.chair, !chair.isEmpty else {
      throw Complaint("The chair is missing; pass --chair.")
    }
    let opening = SessionOpening(
      patient: try planned?.patient ?? PatientEntry.read(patient), chair: chair,
      setting: setting ?? facility.setting,
      placeOfService: placeOfService ?? facility.placeOfService,
      payer: payer ?? planned?.payer ?? site.configuration.defaultPayer, zone: zone,
      nurse: nurse ?? recorder.actor)
    if let id, try recorder.store.log(of: SessionID(id)) != nil {
      throw Complaint("Session \(id.printable) exists already; nothing was recorded.")
    }
    try askAboutDoubts(opening, in: recorder.store)
    var generator = SystemRandomNumberGenerator()
    while true {
      let now = Host.now
      let moment = try recorder.moment(record.at, now: now, clock: clock)
      let session =
        id.map { SessionID($0) } ?? SessionID(day: clock.date(at: moment), using: &generator)
      let event = recorder.event(.sessionOpened(opening), in: session, at: moment, now: now)
      let log = EventLog(session: session)
      let formulary = recorder.formulary
      if let refusal = log.refusal(of: event, now: now, formulary: formulary) {
        throw Complaint(refusal.sentence)
      }
      guard let head = try recorder.append(event, to: log) else {
        if id == nil { continue }
        throw Complaint("Session \(session.text.printable) exists already; nothing was recorded.")
      }
      if record.format == .text { try StandardStream.print(Array("\(session)\n".utf8)) }
      try recorder.tell(
        Recorder.Recorded(
          event: event, log: log.appending(event), formulary: formulary, head: head))
      return
    }
  }
}

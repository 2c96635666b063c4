import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import RecorderUI
import SessionStore
import SuiteProgram

/// `chairtime session open`: opens a session for a patient.
struct SessionOpen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a session for a patient.",
    discussion: """
      The patient comes from a prompt, from --patient FILE, or from standard input: one `key: value` \
      a line with the keys family, given, born, sex, mrn and visit. Never from arguments, which \
      other users of the host can read. Prints the event's id and the session's name.

      If the record number has an open session, a name is similar, or the chair is taken, the command \
      prints that, records nothing, and ends with exit code 2. Open it --anyway with a --reason.
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

  @Option(help: "Whose claim it is; without it, as the site's configuration says.")
  var setting: SessionContext.Setting?

  @Option(help: ArgumentHelp("Place of service, two digits.", valueName: "code"))
  var placeOfService: String?

  @Option(help: ArgumentHelp("Who pays; medicare has its own defaults.", valueName: "payer"))
  var payer: String?

  @Option(
    help: ArgumentHelp("IANA time zone; without it, the site's or the host's.", valueName: "zone"))
  var zone: String?

  @Option(
    help: ArgumentHelp("The nurse who holds the session; without it, the actor.", valueName: "name")
  )
  var nurse: String?

  @Option(
    help: ArgumentHelp("Name the session; without it, its day and six letters.", valueName: "name"))
  var id: String?

  @Flag(help: "Open although a question is open; needs a --reason.")
  var anyway = false

  @OptionGroup var record: RecordOptions

  func validate() throws {
    if let id, !SessionID(id).isPlain { throw ValidationError("--id: \(SessionID.rule).") }
    if anyway { try Reason.checkForAnyway(record.reason) }
    if appointment == nil, chair == nil {
      throw ValidationError("Expected --chair, or --appointment of one that names its chair.")
    }
    if appointment != nil, patient != nil {
      throw ValidationError("An appointment names its patient; expected no --patient.")
    }
  }

  func run() throws {
    let recorder = try record.recorder(creating: true)
    var (opening, clock) = try opening(by: recorder.actor)
    // Holding a session of a patient opens the record, so a restricted one is opened with a reason first.
    try recorder.store.admit(
      mrn: opening.patient.mrn, under: recorder.right, breaking: record.glass)
    if let id, try recorder.store.log(of: SessionID(id)) != nil { throw exists(id) }
    let open = try openings(comparedWith: opening.patient.mrn, for: recorder)
    let earlier = try earlierPatient(opening.patient.mrn, in: recorder.store)
    let booked = try bookedPatients(opening.patient.mrn, on: clock)
    // As the record or the appointments spell it, if they have the number.
    let known = (open.map(\.patient) + earlier + booked).first {
      PatientNumber.areSame($0.mrn, opening.patient.mrn)
    }
    opening.patient.mrn = known?.mrn ?? opening.patient.mrn
    let doubts = OpeningDoubt.found(
      opening: opening.patient, at: opening.chair, among: open, known: earlier, booked: booked)
    if !anyway, !doubts.isEmpty {
      throw OpenQuestions(
        doubts.map { (name: $0.kind.rawValue, sentence: $0.sentence.printable) },
        outcome: "No session was opened", advice: "open it --anyway with a --reason")
    }
    let chairs = Chairs(try Site.configured().configuration.facility.chairs)
    if let unknown = chairs.sentence(on: opening.chair) {
      ProgramExit.printError(Complaint("\(unknown.printable) It is recorded as given."))
    }
    opening.sharesNumber = doubts.contains { $0.kind == .otherPerson }
    var generator = SystemRandomNumberGenerator()
    while true {
      let now = Host.now
      let moment = try recorder.moment(record.at, now: now, clock: clock)
      let session =
        id.map { SessionID($0) } ?? SessionID(day: clock.date(at: moment), using: &generator)
      let event = recorder.event(
        .sessionOpened(opening), in: session, at: moment, now: now, basis: record.basis)
      let log = EventLog(session: session)
      if let refusal = log.refusal(of: event, now: now, formulary: recorder.formulary) {
        throw Complaint(refusal.sentence)
      }
      guard let head = try recorder.append(event, to: log) else {
        // A drawn name that is taken is drawn again; a given one is an error.
        if id == nil { continue }
        throw exists(session.text)
      }
      if record.format == .text { try StandardStream.print(Array("\(session)\n".utf8)) }
      return try recorder.printRecorded(
        Recorder.Recorded(
          event: event, before: log, log: log.appending(event), formulary: recorder.formulary,
          head: head))
    }
  }

  /// The opening that the options, the appointment and the site's configuration make.
  private func opening(by actor: String) throws -> (SessionOpening, clock: LocalClock) {
    let configuration = try Site.configured().configuration
    let facility = configuration.facility
    let clock = try zone.map(DayEntry.clock(zone:)) ?? Host.clock(configured: facility.timeZone)
    let planned = try appointment.map { try expected($0, on: clock) }
    guard let chair = chair ?? planned?.chair, !chair.isEmpty else {
      throw Complaint("The chair is missing; pass --chair.")
    }
    var identity = try planned?.patient ?? PatientEntry.read(patient)
    identity.mrn = PatientNumber.read(identity.mrn, format: facility.wristband)
    let opening = SessionOpening(
      patient: identity, chair: Chairs(facility.chairs).named(chair),
      setting: setting ?? facility.setting,
      placeOfService: placeOfService ?? facility.placeOfService,
      payer: payer ?? planned?.payer ?? configuration.defaultPayer,
      zone: clock.zone,
      nurse: nurse ?? actor)
    return (opening, clock)
  }

  /// The appointment with this number in today's list.
  private func expected(_ number: Int, on clock: LocalClock) throws -> Appointment {
    let day = clock.date(at: Host.now.instant)
    let schedule = try ScheduleFolder(try record.store.address).schedule(day)
    guard schedule.appointments.indices.contains(number - 1) else {
      throw Complaint(
        "There is no appointment \(number) on \(day.display); `chairtime schedule` lists them.")
    }
    guard schedule.appointments[number - 1].cancellation == nil else {
      throw Complaint(
        "Appointment \(number) of \(day.display) is cancelled; `chairtime schedule restore \(number)` "
          + "expects the patient again.")
    }
    return schedule.appointments[number - 1]
  }

  /// Who has the record number in today's appointments.
  ///
  /// A damaged file stops nobody from recording.
  private func bookedPatients(_ mrn: String, on clock: LocalClock) throws -> [PatientIdentity] {
    let day = clock.date(at: Host.now.instant)
    let folder = ScheduleFolder(try record.store.address)
    if let fault = folder.fault(on: day) { ProgramExit.printError(Complaint(fault)) }
    let appointments = (try? folder.schedule(day))?.appointments ?? []
    return appointments.filter { $0.cancellation == nil }.map(\.patient).filter {
      PatientNumber.areSame($0.mrn, mrn)
    }
  }

  private func exists(_ id: String) -> Complaint {
    Complaint("Session \(id.printable) exists already; nothing was recorded.")
  }

  /// The open sessions, without the names that are hidden from the actor. A restricted patient with the same
  /// number is compared all the same; the question names nobody whose name was not typed.
  private func openings(
    comparedWith mrn: String, for recorder: Recorder
  ) throws -> [SessionOpening] {
    let logs = try recorder.store.board()
    let shown = try recorder.store.hiding(logs, from: recorder.actor)
    return zip(logs, shown).compactMap { log, shown in
      let opening = log.opening
      return opening.map { PatientNumber.areSame($0.patient.mrn, mrn) } == true
        ? opening : shown.opening
    }
  }

  /// The patient of the last visit with this record number; none if there was no visit.
  private func earlierPatient(
    _ mrn: String, in store: any FactStore
  ) throws -> [PatientIdentity] {
    try store.checkLists()
    let tomorrow = LocalClock.utc.date(at: Host.now.instant) + 2
    return try store.lastVisit(of: mrn, before: tomorrow)?.opening.map { [$0.patient] } ?? []
  }
}

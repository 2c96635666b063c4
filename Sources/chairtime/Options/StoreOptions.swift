import ArgumentParser
import Glibc
import InfusionRecord
import RecorderUI
import SessionStore
import SuiteProgram

/// Where the store is.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "The store, a file or postgres://host/database?suite=name; without it, $CHAIRTIME_STORE, the "
        + "site's file, or chairtime/chairtime.store in $XDG_DATA_HOME.",
      valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: "Accept a store or folder that other users may read or write.")
  var trustPermissions = false

  var address: StoreAddress {
    get throws(StoreError) { try StoreAddress(option: file, trusting: trustPermissions) }
  }

  func open(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> any Store {
    try address.open(mode, creating: creating)
  }

  /// What is planned today for the patient of an open session and not given yet, in order; none if the plan
  /// cannot be read.
  func plan(
    for log: EventLog, in opened: any Store, _ formulary: Formulary
  ) throws -> [PlannedDose] {
    guard log.status == .open else { return [] }
    let appointment = try appointment(of: log, in: opened)
    return appointment?.due(after: log.administrations.map(\.facts), formulary) ?? []
  }

  /// The appointment of today for which a session stands; nil if there is none or it cannot be read.
  private func appointment(of log: EventLog, in opened: any Store) throws -> ExpectedPatient? {
    guard let mrn = log.opening?.patient.mrn else { return nil }
    let today = log.clock.date(at: Host.now.instant)
    let expected = ScheduleFolder(try address).expectedPatients(on: today)
      .filter { PatientNumber.areSame($0.patient.mrn, mrn) }
    if expected.isEmpty { return nil }
    // The same rule as on the screens; sessions of other numbers stand for no appointment of this one.
    let arrivals = Arrivals(try opened.visits(of: mrn), on: today, clock: log.clock)
    return arrivals.appointments(among: expected, clock: log.clock)[log.session]
  }

  /// What the other visits of the patient and the appointment of an open session tell of allergies and reactions.
  func earlierVisits(
    of log: EventLog, in opened: any Store, _ formulary: Formulary
  ) throws -> EarlierVisits {
    guard let mrn = log.opening?.patient.mrn else { return EarlierVisits() }
    let day = log.clock.date(at: Host.now.instant) + 2
    var visits = EarlierVisits(try opened.lastVisits(of: mrn, before: day, limit: 10))
    if log.status == .open {
      visits.booked = try appointment(of: log, in: opened).flatMap {
        BookedAllergies(written: $0.allergies, in: formulary)
      }
    }
    return visits
  }
}

/// The value of an environment variable, or nil if it is not set.
func variable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

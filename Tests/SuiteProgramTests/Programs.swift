import InfusionRecord
import Interchange
import RecorderUI
import ScriptedProgram
import SessionStore
import TerminalCore
import TestSupport

@testable import SuiteProgram

/// The moment at which the programs of these tests start: 23-Nov-2026, 16:00 UTC.
let start = Instant(seconds: 1_795_449_600)
let today = CivilDate(dayNumber: 20_780)
let site = Site(configuration: SiteConfiguration(), clock: .utc)

extension ScriptedProgram {
  /// A program on a store, after its first turn.
  init(
    on store: any FactStore & AuditLog, idleMinutes: Int? = nil,
    isReadOnly: Bool = false, jobs: BackgroundJobs = BackgroundJobs { _ in "Written." },
    configuration: ConfigurationHash = ConfigurationHash()
  ) throws {
    var suite = Suite(name: "Suite B", chairs: (1...6).map(String.init), clock: .utc)
    suite.idleMinutes = idleMinutes
    var state = RecorderState(
      suite: suite, formulary: SampleRecord.formulary,
      actor: Actor(name: "J. Okafor", workstation: "ws-1"), size: Size(columns: 80, rows: 24),
      glyphs: .unicode, now: RecordedTime(milliseconds: start.seconds * 1000),
      seed: UInt64(try store.head().count) + 7)
    state.exportFolder = "/srv/exports"
    state.isReadOnly = isReadOnly
    var site = site
    site.hash = configuration
    self.init(state: state, store: store, audit: store, site: site, jobs: jobs)
    try loop.start()
    turn()
  }

  func shows(_ text: String) -> Bool { words.contains(text) }

  /// Opens a session by the keys a nurse presses.
  mutating func openSession() {
    press("n", "90000592", "Enter", "Sample", "Enter", "Grace", "Enter", "19-Sep-1949", "C-s")
  }
}

extension SampleRecord {
  /// Opened at 15:00 with a port, as another workstation records it.
  static func elsewhere(_ session: String = "2026-11-23-other", at time: String = "15:00") -> Self {
    var record = SampleRecord(
      session: session, seed: session.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    record.openWithPort(at: time)
    return record
  }

  /// A closed session with an infusion of 100 minutes.
  static func closed(_ session: String) -> Self {
    var record = elsewhere(session, at: "08:00")
    record.start("a1", "paclitaxel", at: "08:10")
    record.stop("a1", at: "09:50")
    record.add(.sessionClosed(answers: []), at: "10:00")
    return record
  }
}

extension MemoryStore {
  /// Adds the facts of a record, as another process would.
  func add(_ record: SampleRecord) { record.events.forEach(add) }

  /// What the audit log says, oldest first.
  var actions: [AuditAction] {
    var actions: [AuditAction] = []
    try? auditEntries { actions.append($0.action) }
    return actions
  }
}

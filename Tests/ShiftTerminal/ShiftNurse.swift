import Glibc
import InfusionRecord
import Interchange
import PostgresStore
import RecorderUI
import ScriptedProgram
import SessionStore
import SuiteProgram
import TerminalCore

/// A nurse who knows only what the screens show, and a plan for each patient.
///
/// The record alone says what is due. A nurse who comes back after the terminal was killed goes on from
/// the store: a fact that was recorded without an acknowledgement is seen, not entered again.
struct ShiftNurse {
  private var program: ScriptedProgram
  private var waiting: [Int] = []
  private let number: Int
  private let terminals: Int
  private let patients: Int
  private let chairs: Int

  /// 09-Mar-2026, 07:00 in Chicago.
  private static let morning = Instant(seconds: 1_773_057_600)
  /// Patients come during the first six hours.
  private static let arrivals = 360

  /// - Parameter place: the name of the store; a server is asked on a thread of its own, as by the screens.
  init(
    at place: String, _ store: AcknowledgingStore, number: Int, of terminals: Int, patients: Int,
    chairs: Int
  ) throws {
    self.number = number
    self.terminals = terminals
    self.patients = patients
    self.chairs = chairs
    let suite = Suite(
      name: "Suite F", chairs: (1...chairs).map { $0 < 10 ? "0\($0)" : "\($0)" },
      clock: LocalClock(zone: "America/Chicago") ?? .utc)
    let state = RecorderState(
      suite: suite, formulary: .starter,
      actor: Actor(name: "N. SAMPLE \(number)", workstation: "ws-\(number)"),
      size: Size(columns: 80, rows: 24), glyphs: .unicode,
      now: RecordedTime(milliseconds: ShiftNurse.morning.seconds * 1000),
      seed: UInt64.random(in: .min ... .max))
    let site = Site(configuration: SiteConfiguration(), clock: suite.clock)
    program =
      ServerAddress.isServer(place)
      ? try ShiftNurse.remoteProgram(state, site, place)
      : ScriptedProgram(
        state: state, store: store, audit: store.store, site: site,
        jobs: BackgroundJobs { _ in "" })
    try program.loop.start()
    var seated: Set<String> = []
    let day = suite.clock.date(at: ShiftNurse.morning)
    try store.read(day...day) { log in
      if let patient = log.opening?.patient { seated.insert(patient.mrn) }
    }
    waiting = stride(from: number, to: patients, by: terminals).filter {
      !seated.contains(ShiftNurse.mrn($0))
    }
  }

  private static func remoteProgram(
    _ state: RecorderState, _ site: Site, _ place: String
  ) throws -> ScriptedProgram {
    try ScriptedProgram(state: state) { state, screen, workstation, expected in
      let start = state.now.instant
      let requests = try RequestThread { () throws(StoreError) in
        let store = try AcknowledgingStore.open(place)
        return RecordAccess(
          store: store,
          accessControl: AccessControl(
            store: store.store, workstation: workstation, configuration: site.hash),
          appointments: ScriptedProgram.Expected(),
          desk: ReviewDesk(store: store, site: site, formulary: .starter, now: start),
          isRemote: true)
      }
      return EventLoop(
        state: state, requests: requests, screen: screen, workstation: workstation,
        appointments: expected, jobs: BackgroundJobs { _ in "" })
    }
  }

  /// Waits for what the server is asked, as a nurse who looks at the screen before the next key.
  private mutating func settle() {
    while state.awaited != nil, ShiftTerminal.hangUp == 0 {
      usleep(2_000)
      program.turn()
    }
  }

  var state: RecorderState { program.loop.state }

  /// Patients of this terminal who are in a chair or still to come.
  var remaining: Int { waiting.count + mine.count }

  private var mine: [SessionReading] {
    state.openSessions.filter { $0.holder == state.actor.name }
  }

  private static func mrn(_ patient: Int) -> String { String(70_000_000 + patient) }

  // MARK: A minute

  /// Does what is due at a minute of the shift.
  mutating func work(minute: Int) {
    program.clock.now = RecordedTime(
      milliseconds: (ShiftNurse.morning.seconds + Int64(minute) * 60 + Int64(number)) * 1000 + 345)
    program.turn()
    settle()
    while let next = waiting.first, next * ShiftNurse.arrivals / patients <= minute,
      ShiftTerminal.hangUp == 0, isSeated(next) || seat(next)
    {
      waiting.removeFirst()
    }
    for session in mine where ShiftTerminal.hangUp == 0 {
      if let step = step(due: session) { act(step, in: session) }
    }
    // All terminals write into one and the same session now and then.
    if minute % 5 == 0, ShiftTerminal.hangUp == 0, let shared = state.openSessions.first {
      act(ShiftStep(after: 0, keys: ["t", "round at \(minute) by \(number)", "Enter"]), in: shared)
    }
  }

  // MARK: At the keyboard

  private mutating func seat(_ patient: Int) -> Bool {
    let taken = Set(state.openSessions.map(\.opening.chair))
    let own = stride(from: number, to: chairs, by: terminals).map { state.suite.chairs[$0] }
    guard let chair = own.first(where: { !taken.contains($0) }) else { return false }
    toBoard()
    press("n", ShiftNurse.mrn(patient), "Enter", "Fiction\(patient)", "Enter", "Amara", "Enter")
    press("04-Feb-19\(50 + patient % 50)")
    var tabs = 0
    while let field = state.prompt?.focused, field.name != .chair, tabs < 12 {
      press("Tab")
      tabs += 1
    }
    press(chair, "Enter")
    confirm()
    // A server that gave no answer may have recorded it or not; the screen tells, now or later.
    return isSeated(patient)
  }

  private func isSeated(_ patient: Int) -> Bool {
    state.sessions.contains { $0.opening.patient.mrn == ShiftNurse.mrn(patient) }
  }

  private mutating func act(_ step: ShiftStep, in session: SessionReading) {
    toBoard()
    press("/", session.opening.patient.mrn, "Enter", "Enter")
    // The two identifiers of the banner, before anything is recorded.
    guard state.screen == .session(session.id) else {
      toBoard()
      return
    }
    for key in step.keys { press(key) }
    confirm()
    toBoard()
  }

  /// What is due in a session: a plan's next step, once its time has come.
  private func step(due session: SessionReading) -> ShiftStep? {
    guard let patient = Int(session.opening.patient.mrn).map({ $0 - 70_000_000 }) else {
      return nil
    }
    let planned = session.log.events.filter { ShiftStep.kinds.contains($0.fact.kind) }
    let plan = ShiftStep.plans[patient % ShiftStep.plans.count]
    guard planned.count < plan.count else { return nil }
    let step = plan[planned.count]
    let last = planned.last ?? session.log.events.first
    guard let since = last?.clinicalTime else { return nil }
    let spread = step.after > 20 ? patient * 7 % 11 : 0
    return state.now.instant - since >= Int64((step.after + spread) * 60) ? step : nil
  }

  /// Enter until the prompt is gone, and the first answer to what nothing is chosen for; a prompt that
  /// will not go is left.
  private mutating func confirm() {
    var tries = 0
    while state.prompt != nil, tries < 8, ShiftTerminal.hangUp == 0 {
      if state.prompt?.focused?.isUnanswered == true { press("1") }
      press("Enter")
      tries += 1
    }
  }

  private mutating func toBoard() {
    var tries = 0
    while tries < 12, state.screen != .board || state.prompt != nil || state.place != .board {
      press("Esc")
      tries += 1
    }
    press("Esc")
  }

  private mutating func press(_ names: String...) {
    for name in names where ShiftTerminal.hangUp == 0 {
      program.press(name)
      settle()
    }
  }
}

/// Something to do at a chair, so many minutes after what was done before it.
struct ShiftStep {
  let after: Int
  /// Keys by name; anything longer is typed.
  let keys: [String]

  /// The facts a plan's steps are counted by.
  static let kinds: Set<Fact.Kind> = [
    .drugStarted, .drugPaused, .drugResumed, .drugStopped, .pushGiven, .injectionGiven,
    .sessionClosed,
  ]

  private static func start(_ drug: String, after: Int) -> ShiftStep {
    ShiftStep(after: after, keys: ["s", drug, "Enter"])
  }
  private static func stop(after: Int) -> ShiftStep {
    ShiftStep(after: after, keys: ["x", "Enter"])
  }
  private static func push(_ drug: String, after: Int) -> ShiftStep {
    ShiftStep(after: after, keys: ["p", drug, "Enter"])
  }
  private static func turn(after: Int) -> ShiftStep {
    ShiftStep(after: after, keys: ["z", "Enter"])
  }
  private static let close = ShiftStep(after: 2, keys: ["c", "Enter"])

  /// What becomes of a patient, by number.
  static let plans: [[ShiftStep]] = [
    [
      push("dexameth", after: 2), start("paclitaxel", after: 3), stop(after: 56),
      start("carboplatin", after: 1), stop(after: 26), close,
    ],
    [
      start("rituximab", after: 3), turn(after: 12), turn(after: 6), stop(after: 61),
      push("ondansetron", after: 1), close,
    ],
    [start("carfilzomib", after: 2), stop(after: 11), push("ondansetron", after: 1), close],
    [
      push("ondansetron", after: 1), start("paclitaxel", after: 2), start("dexameth", after: 5),
      stop(after: 21), stop(after: 30), close,
    ],
    [ShiftStep(after: 3, keys: ["i", "pegfilgrastim", "Enter"]), close],
  ]
}

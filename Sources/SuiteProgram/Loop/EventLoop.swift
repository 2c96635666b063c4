import InfusionRecord
package import RecorderUI
package import SessionStore
package import TerminalCore

/// The program between a store and a screen.
///
/// ```
///  start()  load the store, present
///  turn()   inputs  = key | paste | resize | minute passed | store changed
///           effects = update(&state, intent)
///           ask the store for the effects: facts are appended, then reloaded
///           present, if something changed
/// ```
///
/// The screen shows only what is on disk. The store is behind a `RequestCarrier`: a file answers at once, a
/// server on a thread, so that no key waits for the network. The store, the screen and the clock are
/// parameters, so a test runs the loop turn by turn, without a terminal and without waiting.
package struct EventLoop {
  package var state: RecorderState
  package internal(set) var hasQuit = false
  let requests: any RequestCarrier
  let screen: any Screen
  let workstation: Workstation
  let appointments: any AppointmentBook
  /// What was said of appointments that cannot be read.
  var scheduleFault: String?
  let jobs: BackgroundJobs
  var polling: ChangePolling
  /// Why the last request of the start, or the last append before the end, failed.
  var failure: StoreError?
  /// Whether the next frame differs from the one on screen.
  var isChanged = false

  // Requests.
  /// The number of the next request.
  var nextRequest = 0
  /// The requests without an answer.
  var outstanding: Set<Int> = []
  /// Until when the keys of this turn may wait for answers.
  var patienceEnd: ContinuousClock.Instant?
  /// Whether the store is being asked for facts of other processes.
  var isFollowing = false
  /// Whether all of the record was dropped, because this machine had no right to it.
  var isRecordClosed = false
  /// Whether days of the review are left to read.
  var isReading = false
  /// Whether a part of those days is being read.
  var isReadingPart = false
  /// The days that were read ahead last.
  var daysAhead: [ReviewDesk.Days] = []

  /// Whether the last wait ended without an input.
  private var isIdle = false

  /// A loop over a store that answers within a key's time.
  package init(
    state: RecorderState, store: any FactStore, screen: any Screen, workstation: Workstation,
    accessControl: AccessControl, appointments: any AppointmentBook,
    desk: ReviewDesk, jobs: BackgroundJobs
  ) {
    self.init(
      state: state,
      requests: DirectRequests(
        RecordAccess(
          store: store, accessControl: accessControl, appointments: appointments, desk: desk)),
      screen: screen, workstation: workstation, appointments: appointments, jobs: jobs)
  }

  package init(
    state: RecorderState, requests: any RequestCarrier, screen: any Screen,
    workstation: Workstation, appointments: any AppointmentBook, jobs: BackgroundJobs
  ) {
    self.state = state
    self.requests = requests
    self.screen = screen
    self.workstation = workstation
    self.appointments = appointments
    self.jobs = jobs
    polling = ChangePolling(signal: requests.signal)
  }

  /// Runs until the user quits or the terminal is gone.
  package mutating func run() throws(StoreError) {
    try start()
    while !hasQuit { turn() }
    try end()
  }

  /// Loads the store and shows the first frame.
  package mutating func start() throws(StoreError) {
    state.begin(at: screen.uptime)
    try load()
    screen.present(state.painted())
    ask(isLater: true) { access in
      access.store.maintain()
      return { _ in }
    }
  }

  /// How long the end waits for what is being written.
  private static let endPatience = Duration.seconds(5)

  /// Waits for what is being written. Throws if it was not recorded, or if that is not known.
  mutating func end() throws(StoreError) {
    failure = nil
    guard let isWriting = state.awaited.map({ $0.kind == .writing }), isWriting else { return }
    settleAll(within: EventLoop.endPatience)
    if let failure { throw failure }
    if state.awaited != nil { throw .unanswered(path: "") }
  }

  /// Waits for inputs once and acts on them.
  package mutating func turn() {
    isChanged = false
    // A server maintains itself, and its answer would wake the loop again.
    if isIdle, requests.descriptor < 0 {
      ask(isLater: true) { access in
        access.store.maintain()
        return { _ in }
      }
    }
    prefetchDays()
    let before = state.now
    // The screen shows the present state. Keys that came earlier are read at once.
    state.stands(at: screen.milliseconds)
    var inputs = waitForInputs()
    let arrival = screen.milliseconds
    state.advance(to: workstation.now)
    let isPromptOver = state.endPINPrompt()
    let hasLocked = state.lockIfIdle(at: screen.uptime)
    // These keys were pressed before the lock was on the screen.
    if hasLocked { inputs.removeAll(where: \.isTyped) }
    let isMinuteOver = before.milliseconds / 60_000 != state.now.milliseconds / 60_000
    if isMinuteOver || isPromptOver || hasLocked || !inputs.isEmpty || state.awaited != nil {
      isChanged = true
    }
    settle()
    patienceEnd = ContinuousClock.now + EventLoop.patience
    if isMinuteOver { perform(state.announcePlannedEnds()) }
    if inputs.isEmpty {
      if isMinuteOver { minutePassed() }
      readMoreOfReview()
    }
    for notice in jobs.takeFinished() {
      state.say(notice)
      isChanged = true
    }
    if state.enterDue(at: arrival) == 0 {
      perform(state.releaseEnter(at: arrival))
      isChanged = true
    }
    for input in inputs where !hasQuit { take(input, at: arrival) }
    patienceEnd = nil
    // After the keys, because others' facts may show a second later.
    followIfDue()
    if isChanged, !hasQuit { screen.present(state.painted()) }
  }

  /// Whether the loop has work that does not wait for an input.
  package var isBusy: Bool { isReading || jobs.isRunning }

  /// Acts on one input that came at `milliseconds` of the screen's clock.
  package mutating func take(_ input: Input, at milliseconds: Int64) {
    if state.lockIfIdle(at: screen.uptime), input.isTyped { return }
    perform(state.take(input, at: milliseconds))
  }

  mutating func quit() { hasQuit = true }

  private mutating func minutePassed() {
    perform(state.update(.tick))
    loadSchedule()
    review { desk in
      desk.tick()
      return false
    }
  }

  /// Waits until an input comes, an answer, the next poll for changes is due, or the minute is over.
  private mutating func waitForInputs() -> [Input] {
    let now = workstation.now.milliseconds
    var wait = 60_000 - now % 60_000
    if !isFollowing { wait = min(wait, polling.wait(at: now, isHurried: jobs.isRunning)) }
    if let due = state.enterDue(at: screen.milliseconds) { wait = min(wait, due) }
    if let due = state.pinPromptDue(at: workstation.now) { wait = min(wait, due) }
    // The first wait after a key is short, so that the checkpoint runs soon after the user paused.
    if !isIdle { wait = min(wait, ChangePolling.unsignalledInterval) }
    // The screen says for how long there has been no answer.
    if state.awaited != nil { wait = min(wait, 1_000) }
    if isReading, !isReadingPart { wait = 0 }
    let isRemote = requests.descriptor >= 0
    var inputs = screen.inputs(
      within: max(0, wait), watching: isRemote ? requests.descriptor : polling.descriptor)
    if let signal = inputs.firstIndex(of: .storeChanged) {
      inputs.remove(at: signal)
      if !isRemote { polling.takeSignal(at: workstation.now.milliseconds) }
    } else {
      isIdle = inputs.isEmpty
    }
    if requests.takeSignal() { polling.takeSignal(at: workstation.now.milliseconds) }
    return inputs
  }
}

extension Input {
  /// Whether it is a key or a paste.
  fileprivate var isTyped: Bool {
    switch self {
    case .key, .paste, .mouse: true
    case .resize, .suspend, .resume, .hangup, .tick, .storeChanged: false
    }
  }
}

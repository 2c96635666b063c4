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
///           perform the effects: facts are appended, then reloaded from the store
///           present, if something changed
/// ```
///
/// The screen shows only what is on disk. The store, the screen and the clock are parameters, so a test
/// runs the loop turn by turn, without a terminal and without waiting.
package struct EventLoop {
  package var state: RecorderState
  package internal(set) var hasQuit = false
  let store: any FactStore
  let screen: any Screen
  let workstation: Workstation
  let accessControl: AccessControl
  let appointments: any AppointmentBook
  /// What was said of appointments that cannot be read.
  var scheduleFault: String?
  let jobs: BackgroundJobs
  var desk: ReviewDesk
  var polling: ChangePolling
  /// Whether the last wait ended without an input.
  private var isIdle = false

  package init(
    state: RecorderState, store: any FactStore, screen: any Screen, workstation: Workstation,
    accessControl: AccessControl, appointments: any AppointmentBook,
    desk: ReviewDesk, jobs: BackgroundJobs
  ) {
    self.state = state
    self.store = store
    self.screen = screen
    self.workstation = workstation
    self.accessControl = accessControl
    self.appointments = appointments
    self.desk = desk
    self.jobs = jobs
    polling = ChangePolling(signal: store.changeSignal())
  }

  /// Runs until the user quits or the terminal is gone.
  package mutating func run() throws(StoreError) {
    try start()
    while !hasQuit { turn() }
  }

  /// Loads the store and shows the first frame.
  package mutating func start() throws(StoreError) {
    state.begin(at: screen.uptime)
    try load()
    screen.present(state.painted())
    store.maintain()
  }

  /// Waits for inputs once and acts on them.
  package mutating func turn() {
    if isIdle { store.maintain() }
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
    var isChanged = isMinuteOver || isPromptOver || hasLocked || !inputs.isEmpty
    if isMinuteOver { perform(state.announcePlannedEnds()) }
    if inputs.isEmpty {
      if isMinuteOver { minutePassed() }
      if readMoreOfReview() { isChanged = true }
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
    // After the keys, because others' facts may show a second later.
    if followIfDue() { isChanged = true }
    if isChanged, !hasQuit { screen.present(state.painted()) }
  }

  /// Whether the loop has work that does not wait for an input.
  package var isBusy: Bool { desk.isBusy || jobs.isRunning }

  /// Acts on one input that came at `milliseconds` of the screen's clock.
  package mutating func take(_ input: Input, at milliseconds: Int64) {
    if state.lockIfIdle(at: screen.uptime), input.isTyped { return }
    perform(state.take(input, at: milliseconds))
  }

  mutating func quit() { hasQuit = true }

  private mutating func minutePassed() {
    perform(state.update(.tick))
    loadSchedule()
    desk.tick()
  }

  /// Waits until an input comes, the next poll for changes is due, or the minute is over.
  private mutating func waitForInputs() -> [Input] {
    let now = workstation.now.milliseconds
    var wait = min(polling.wait(at: now, isHurried: jobs.isRunning), 60_000 - now % 60_000)
    if let due = state.enterDue(at: screen.milliseconds) { wait = min(wait, due) }
    if let due = state.pinPromptDue(at: workstation.now) { wait = min(wait, due) }
    // The first wait after a key is short, so that the checkpoint runs soon after the user paused.
    if !isIdle { wait = min(wait, ChangePolling.unsignalledInterval) }
    var inputs = screen.inputs(
      within: desk.isBusy ? 0 : max(0, wait), watching: polling.descriptor)
    if let signal = inputs.firstIndex(of: .storeChanged) {
      inputs.remove(at: signal)
      polling.takeSignal(at: workstation.now.milliseconds)
    } else {
      isIdle = inputs.isEmpty
    }
    return inputs
  }
}

extension Input {
  /// Whether it is a key or a paste.
  fileprivate var isTyped: Bool {
    switch self {
    case .key, .paste: true
    case .resize, .suspend, .resume, .hangup, .tick, .storeChanged: false
    }
  }
}

import InfusionRecord
import RecorderUI
import SessionStore

/// From the store into the state: everything at the start, then what changed.
extension EventLoop {
  mutating func load() throws(StoreError) {
    try store.checkLists()
    polling.head = try store.head()
    loadSchedule()
    try followRestrictions()
    state.take(outboxWarning: try accessControl.outboxWarning())
    state.load(try store.board { [state] logs in state.readings(of: logs, state.formulary) })
  }

  mutating func reload(_ sessions: [SessionID]) throws(StoreError) {
    var logs: [EventLog] = []
    for session in sessions {
      if let log = try store.log(of: session) { logs.append(log) }
    }
    show(logs)
  }

  /// Shows sessions as they are on disk now, on the board and in the review.
  mutating func show(_ logs: [EventLog]) {
    let isReviewShown = state.screen == .review || state.screen == .integrity
    state.reload(logs)
    let isRemoved = desk.refresh(logs, isLookedAt: isReviewShown)
    if isReviewShown || isRemoved { showReview() }
  }

  /// Polls for facts of other processes if a poll is due; true if something changed.
  mutating func followIfDue() -> Bool {
    let now = state.now.milliseconds
    guard polling.wait(at: now, isHurried: jobs.isRunning) <= 0 else { return false }
    let isFound = follow()
    polling.polled(at: now, isFound: isFound)
    return isFound
  }

  private mutating func follow() -> Bool {
    do throws(StoreError) {
      let roster = try accessControl.roster()
      let isRosterNew = roster != state.roster
      if isRosterNew { state.enrol(roster) }
      let areRestrictionsNew = try followRestrictions()
      let isWarningNew = state.take(outboxWarning: try accessControl.outboxWarning())
      let changes = try store.changes(since: polling.head)
      guard changes.head.count != polling.head.count else {
        return isRosterNew || areRestrictionsNew || isWarningNew
      }
      polling.head = changes.head
      try reload(changes.sessions)
      return true
    } catch {
      // What is shown was true when it was read. The next poll tries again.
      return false
    }
  }

  /// Hides and shows what is restricted as of now; true if that may have changed.
  @discardableResult
  mutating func followRestrictions() throws(StoreError) -> Bool {
    guard let restrictions = try accessControl.changedRestrictions() else { return false }
    state.take(restrictions)
    return true
  }

  mutating func loadSchedule() {
    let clock = state.suite.clock
    let today = clock.date(at: state.now.instant)
    let expected = appointments.expectedPatients(on: today)
    let fault = appointments.fault(on: today)
    if let fault, fault != scheduleFault { state.say(Notice(.refused, fault)) }
    scheduleFault = fault
    // Who came today is read once; later arrivals are followed. A store that cannot be read is tried again.
    if !expected.isEmpty, state.arrivals.day != today, let logs = try? store.logs(on: today) {
      state.take(Arrivals(logs, on: today, clock: clock))
    }
    state.expected = expected
  }

  /// Loads what the patient was given at the last visit before today, for suggestions.
  mutating func recallLastVisit(of mrn: String) {
    do throws(StoreError) {
      try store.checkLists()
    } catch {
      state.say(Notice(.refused, error.sentence))
      return
    }
    let today = state.suite.clock.date(at: state.now.instant)
    let last = try? store.lastVisit(of: mrn, before: today)
    // A clock ahead of ours may have opened a session of tomorrow.
    let newest = try? store.lastVisit(of: mrn, before: today + 2)
    state.learn(
      last?.administrations.map(\.facts) ?? [], of: mrn,
      patients: [newest, last].compactMap { $0?.opening?.patient })
  }
}

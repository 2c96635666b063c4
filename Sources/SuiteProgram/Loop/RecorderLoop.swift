import InfusionRecord
import Interchange
package import RecorderUI
package import SessionStore
import TerminalCore

/// The loop that ties the parts together: present, wait, understand, do.
///
/// ```
///  repeat
///    present(view(state))
///    input  = key | paste | resize | time | store changed
///    effects = update(&state, intent)
///    append facts → load from the store        shown = on disk
/// ```
package struct RecorderLoop {
  private var state: RecorderState
  private let store: any FactStore
  private let accessControl: AccessControl
  private let screen: any Screen
  private let workstation: Workstation
  private var head = Head.empty
  private var ending: Ending?
  private let schedule: ScheduleFolder
  private var desk: ReviewDesk
  private let jobs: BackgroundJobs
  private let signal: (any ChangeSignal)?
  /// When others' facts were last looked for, and when some were signalled that were not found yet, in
  /// milliseconds.
  private var followedAt: Int64 = 0
  private var signalledAt: Int64?
  /// Whether what idle time is for was seen to since the last key.
  private var isAtRest = false
  /// Milliseconds between two looks for others' facts, which must show within a second: where the
  /// store signals them, while it signals all the time, and where it does not.
  private static let lookEvery: Int64 = 10_000
  private static let followSignalledEvery: Int64 = 250
  private static let followEvery: Int64 = 900
  /// A fact is signalled when it is written and can be read when the disk has it: how long it is looked
  /// for, in milliseconds.
  private static let commitWithin: Int64 = 1_000
  /// How long a key may wait for rows of the review, and how long the loop reads between two looks
  /// at the keyboard.
  private static let readAtOnce = Duration.milliseconds(20)
  private static let readBetween = Duration.milliseconds(8)

  private enum Ending {
    case quit
    case failed(String)
  }

  package init(
    state: RecorderState, store: any FactStore, accessControl: AccessControl,
    schedule: ScheduleFolder, screen: any Screen, workstation: Workstation, desk: ReviewDesk,
    jobs: BackgroundJobs
  ) {
    self.accessControl = accessControl
    self.workstation = workstation
    self.desk = desk
    self.jobs = jobs
    self.schedule = schedule
    self.state = state
    self.store = store
    self.screen = screen
    signal = store.changeSignal()
  }

  /// Runs until a person leaves or the terminal is gone; a sentence where something failed.
  package mutating func run() -> String? {
    do throws(StoreError) {
      try loadAll()
    } catch {
      return error.sentence
    }
    screen.present(state.view())
    store.checkpoint()
    var isChanged = false
    while ending == nil {
      if isChanged { screen.present(state.view()) }
      if isAtRest { store.checkpoint() }
      expectDays()
      let isBusy = desk.isBusy
      let inputs = inputs(isBusy: isBusy)
      let minute = state.now.milliseconds / 60_000
      state.advance(to: workstation.now)
      isChanged = !inputs.isEmpty || state.now.milliseconds / 60_000 != minute
      if isChanged, inputs.isEmpty {
        perform(state.update(.tick))
        expect()
        desk.tick()
      }
      if inputs.isEmpty, readOn() { isChanged = true }
      for notice in jobs.ended() {
        state.say(notice)
        isChanged = true
      }
      for input in inputs where ending == nil { take(input) }
      // Not between a key and its picture: within a second is soon enough for others' facts.
      if abs(state.now.milliseconds - followedAt) >= followAfter {
        followedAt = state.now.milliseconds
        let isFound = follow()
        if isFound { isChanged = true }
        if let since = signalledAt, isFound || abs(followedAt - since) > RecorderLoop.commitWithin {
          signalledAt = nil
        }
      }
    }
    if case .failed(let sentence)? = ending { return sentence }
    return nil
  }

  /// How long after one look for others' facts the next is due, in milliseconds.
  private var followAfter: Int64 {
    if signal == nil || jobs.isRunning { return RecorderLoop.followEvery }
    return signalledAt == nil ? RecorderLoop.lookEvery : RecorderLoop.followSignalledEvery
  }

  /// What came in before the next look for others' facts, or the next minute, is due.
  private mutating func inputs(isBusy: Bool) -> [Input] {
    let now = workstation.now.milliseconds
    var rest = min(followAfter - abs(now - followedAt), 60_000 - now % 60_000)
    if !isAtRest { rest = min(rest, RecorderLoop.followEvery) }
    let watched = signalledAt == nil ? signal?.descriptor : nil
    var inputs = screen.inputs(within: isBusy ? 0 : max(0, rest), watching: watched ?? -1)
    if let told = inputs.firstIndex(of: .storeChanged) {
      inputs.remove(at: told)
      signal?.clear()
      signalledAt = workstation.now.milliseconds
    } else {
      isAtRest = inputs.isEmpty
    }
    return inputs
  }

  private mutating func take(_ input: Input) {
    guard let intent = state.intent(for: input) else { return }
    perform(state.update(intent))
  }

  // MARK: Effects

  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .append(let session, let version, let events, let done):
        let outcome = append(events, to: session, expecting: version, done: done)
        perform(state.finish(outcome))
      case .signOff(let orders):
        if let refusal = accessControl.configurationRefusal(state.roster) {
          var outcome = SignOffOutcome()
          outcome.failure = refusal
          state.finish(outcome)
          continue
        }
        let (outcome, logs) = desk.sign(orders, actor: state.actor, now: state.now)
        show(logs)
        state.finish(outcome)
      case .review(let days): open(days)
      case .visit(let session, let arrival): visit(session, arrival)
      case .write(let order): write(order)
      case .recall(let mrn): recall(mrn)
      case .signIn(let person, let pin):
        perform(state.finish(accessControl.signIn(person, pin, at: state.now)))
      case .viewed(let session):
        accessControl.note(.viewed(session), by: state.actor.name, at: state.now)
      case .suspend:
        let size = screen.suspend()
        state.advance(to: workstation.now)
        perform(state.update(.resize(size)))
      case .redraw: screen.forget()
      case .quit: ending = .quit
      }
    }
  }

  /// Records facts; they are shown only once the store has them.
  private mutating func append(
    _ events: [Event], to session: SessionID, expecting version: Int, done: String
  ) -> AppendOutcome {
    if events.contains(where: { $0.fact.kind == .sessionReviewed }),
      let refusal = accessControl.configurationRefusal(state.roster)
    {
      return .failed(refusal)
    }
    do throws(StoreError) {
      let after = try store.append(events, to: session, expecting: version)
      // Nobody else recorded in between: nothing is left to follow.
      if after.count == head.count + events.count { head = after }
      try reload([session])
      return .recorded(done: done)
    } catch {
      if case .changedMeanwhile(let session, let others) = error {
        try? reload([session])
        return .changedMeanwhile(others)
      }
      return .failed(error.sentence)
    }
  }

  /// Writes a file beside the screens, once it stands in the audit record.
  private mutating func write(_ order: WriteOrder) {
    if let refusal = accessControl.configurationRefusal(state.roster) {
      state.say(Notice(.refused, refusal))
      return
    }
    let what: String
    var sessions = 1
    switch order {
    case .days(let days, let format, _):
      let span = days.lowerBound == days.upperBound ? "" : " to \(days.upperBound.iso)"
      what = "\(format) \(days.lowerBound.iso)\(span)"
      sessions = (try? store.sessions(of: days).count) ?? 0
    case .packet(let session, let format, _): what = "packet \(session.text) (\(format))"
    }
    accessControl.note(
      .exported(what: what, sessions: sessions), by: state.actor.name, at: state.now)
    jobs.run(order)
  }

  // MARK: Following the store

  private mutating func loadAll() throws(StoreError) {
    head = try store.head()
    expect()
    state.load(try store.board { [state] logs in state.readings(of: logs, state.formulary) })
  }

  private mutating func reload(_ sessions: [SessionID]) throws(StoreError) {
    var logs: [EventLog] = []
    for session in sessions {
      if let log = try store.log(of: session) { logs.append(log) }
    }
    show(logs)
  }

  /// Shows sessions as they are on disk now, on the board and in the review.
  private mutating func show(_ logs: [EventLog]) {
    let isLookedAt = state.screen == .review || state.screen == .integrity
    state.reload(logs)
    desk.refresh(logs, isLookedAt: isLookedAt)
    if isLookedAt, let page = desk.page { state.take(page) }
  }

  // MARK: The review

  private mutating func open(_ days: ReviewDesk.Days) {
    do {
      try desk.open(days, now: state.now.instant, budget: RecorderLoop.readAtOnce)
      if let page = desk.page { state.take(page) }
    } catch {
      state.say(Notice(.refused, "The days cannot be read: \(sentence(error))"))
    }
  }

  /// Has the days read that may be asked for next, once those on screen are whole.
  private mutating func expectDays() {
    guard !desk.isBusy else { return }
    // Where it fails, they are read when they are opened.
    try? desk.expect(state.daysAskedNext)
  }

  /// Reads on where nobody presses a key: the days on screen, then their neighbours.
  ///
  /// - Returns: whether there is something new to show.
  private mutating func readOn() -> Bool {
    guard desk.isBusy else { return false }
    do {
      let isNew = try desk.work(now: state.now.instant, budget: RecorderLoop.readBetween)
      if isNew, let page = desk.page { state.take(page) }
      return isNew
    } catch {
      // What is shown is still true; the days are read again when they are opened.
      return false
    }
  }

  private mutating func visit(_ session: SessionID, _ arrival: Arrival) {
    do throws(StoreError) {
      perform(state.arrive(try store.log(of: session), at: arrival))
    } catch {
      state.say(Notice(.refused, error.sentence))
    }
  }

  private func sentence(_ error: any Error) -> String {
    (error as? StoreError)?.sentence ?? "\(error)"
  }

  /// Shows what came into the store from elsewhere; true where something did.
  private mutating func follow() -> Bool {
    do throws(StoreError) {
      let roster = try accessControl.roster()
      let isOther = roster != state.roster
      if isOther { state.enrol(roster) }
      let changes = try store.changes(since: head)
      guard changes.head.count != head.count else { return isOther }
      head = changes.head
      try reload(changes.sessions)
      return true
    } catch {
      // What is shown is still true; the next second tries again.
      return false
    }
  }

  /// Reads whom the schedule expects today; a file that cannot be read expects nobody.
  private mutating func expect() {
    let today = state.suite.clock.date(at: state.now.instant)
    let appointments = (try? schedule.schedule(today))?.appointments ?? []
    state.expected = appointments.map { appointment in
      ExpectedPatient(
        time: appointment.clock, patient: appointment.patient, chair: appointment.chair,
        payer: appointment.payer, regimen: appointment.regimen,
        drugs: appointment.drugs.map { planned in
          AdministrationFacts(
            administration: "", drug: planned.drug, technique: .infusion,
            amount: planned.dose.isEmpty ? nil : planned.dose,
            plannedMinutes: planned.minutes.map(Double.init))
        })
    }
  }

  /// What the patient got at the last visit before today.
  private mutating func recall(_ mrn: String) {
    let today = state.suite.clock.date(at: state.now.instant)
    let last = try? store.lastVisit(of: mrn, before: today)
    state.learn(last?.administrations.map(\.facts) ?? [], of: mrn)
  }
}

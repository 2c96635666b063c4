import InfusionRecord
import RecorderUI
import SessionReview
import SessionStore

extension EventLoop {
  /// Performs what an update asked for, in order.
  mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .append(let session, let version, let events, let done):
        let outcome = append(events, to: session, expecting: version, done: done)
        perform(state.finish(outcome))
      case .signOff(let orders): signOff(orders)
      case .review(let days): openReview(of: days)
      case .visit(let session, let arrival): visit(session, arrival)
      case .write(let order): write(order)
      case .cancel(let expected): cancel(expected)
      case .recall(let mrn): recallLastVisit(of: mrn)
      case .signIn(let person, let pin):
        perform(state.finish(accessControl.signIn(person, pin, at: state.now)))
      case .viewed(let session):
        audit(viewOf: session)
      case .breakGlass(let session, let reason): breakGlass(of: session, because: reason)
      case .openRecord(let mrn, let reason): openRecord(of: mrn, because: reason)
      case .takeOver(let takeover, let reason): take(over: takeover, because: reason)
      case .refused(let act):
        try? accessControl.audit(.refused(act), by: state.actor.name, at: state.now)
      case .signal(let signal): screen.signal(signal)
      case .suspend:
        let size = screen.suspend()
        state.advance(to: workstation.now)
        state.lockIfIdle(at: screen.uptime)
        perform(state.update(.resize(size)))
      case .redraw: screen.forget()
      case .quit: quit()
      }
    }
  }

  /// Appends facts, and shows them once they are on disk.
  private mutating func append(
    _ events: [Event], to session: SessionID, expecting version: Int, done: String
  ) -> AppendOutcome {
    let isReview = events.contains { $0.fact.kind == .sessionReviewed }
    let right = accessControl.right(of: state.actor.name, to: isReview ? .signOff : .record)
    do throws(StoreError) {
      let after = try store.append(events, to: session, expecting: version, under: right)
      // If no other process appended in between, our own facts are all there is to load.
      if after.count == polling.head.count + events.count { polling.head = after }
      try reload([session])
      return .recorded(done: done)
    } catch {
      if case .changedMeanwhile(let session, let others) = error {
        try? reload([session])
        return .changedMeanwhile(others)
      }
      take(error)
      return .failed(error.sentence)
    }
  }

  /// Audits a view. A user who lost the right to it is signed out; the session is not shown any more.
  private mutating func audit(viewOf session: SessionID) {
    do throws(StoreError) {
      try accessControl.audit(.viewed(session), by: state.actor.name, at: state.now)
    } catch {
      take(error)
    }
  }

  /// Opens a restricted record to the user. The audit entry comes first: nothing is shown without it.
  private mutating func breakGlass(of session: SessionID, because reason: String) {
    do throws(StoreError) {
      guard let mrn = try store.log(of: session)?.opening?.patient.mrn else { return }
      try accessControl.audit(
        .glassBroken(mrn: mrn, session: session, reason: reason), by: state.actor.name,
        at: state.now)
      try followRestrictions()
      perform(state.opened(session))
    } catch {
      state.say(Notice(.refused, "The record was not opened: \(error.sentence)"))
      take(error)
    }
  }

  /// Opens the restricted record of a number that a form is about. The audit entry comes first.
  private mutating func openRecord(of mrn: String, because reason: String) {
    do throws(StoreError) {
      try accessControl.audit(
        .glassBroken(mrn: mrn, session: nil, reason: reason), by: state.actor.name, at: state.now)
      try followRestrictions()
      perform(state.openedRecord(mrn))
    } catch {
      state.say(Notice(.refused, "The record was not opened: \(error.sentence)"))
      take(error)
    }
  }

  /// Lets a person in who takes over a locked screen. The audit entry comes first.
  private mutating func take(over takeover: Takeover, because reason: String) {
    do throws(StoreError) {
      try accessControl.audit(
        .tookOver(from: takeover.former, reason: reason), by: takeover.person.name, at: state.now)
      try followRestrictions()
      perform(state.finish(takeover))
    } catch {
      state.signOut(because: error.sentence)
    }
  }

  /// Shows the people as they are now after the store refused an act, and asks for a sign-in if one is
  /// needed.
  private mutating func take(_ error: StoreError) {
    guard case .refused(let refusal) = error else { return }
    if let roster = try? accessControl.roster() { state.enrol(roster) }
    if refusal.needsSignIn { state.signOut(because: refusal.sentence) }
  }

  private mutating func signOff(_ orders: [SignOffOrder]) {
    let (outcome, logs, refusal) = desk.sign(
      orders, under: accessControl.right(of: state.actor.name, to: .signOff), now: state.now)
    show(logs)
    state.finish(outcome)
    if let refusal { take(.refused(refusal)) }
  }

  /// Cancels an appointment of today. The audit entry decides whether the user may.
  private mutating func cancel(_ expected: ExpectedPatient) {
    let day = state.suite.clock.date(at: state.now.instant)
    do {
      try appointments.cancel(expected, on: day) {
        try accessControl.audit(
          .imported(what: "appointment \(expected.time) of \(day.iso) cancelled"),
          by: state.actor.name, at: state.now)
      }
      state.say(
        Notice(
          .recorded,
          "Cancelled: the appointment of \(expected.patient.displayName) at \(expected.time)."))
    } catch let error as StoreError {
      state.say(Notice(.refused, error.sentence))
      take(error)
    } catch {
      state.say(Notice(.refused, "\(error)"))
    }
    loadSchedule()
  }

  /// Writes a file in the background. The audit entry comes first: an export that breaks off was one.
  private mutating func write(_ order: WriteOrder) {
    let what: String
    var sessions = 1
    switch order {
    case .days(let days, let format, _):
      do throws(StoreError) {
        try store.checkChains()
      } catch {
        state.say(Notice(.refused, error.sentence))
        return
      }
      what = ExportedDays(format: format, days: days).text
      sessions = (try? store.sessions(of: days).count) ?? 0
    case .packet(let session, let format, _): what = "packet \(session.text) (\(format))"
    }
    do throws(StoreError) {
      try accessControl.audit(
        .exported(what: what, sessions: sessions), by: state.actor.name, at: state.now)
      jobs.run(order)
    } catch .readOnly where state.roster.isEmpty {
      // Without enrolled people a store on a disk that cannot be written is still exported.
      jobs.run(order)
    } catch {
      state.say(Notice(.refused, error.sentence))
      take(error)
    }
  }
}

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
        append(events, to: session, expecting: version, done: done)
      case .signOff(let orders): signOff(orders)
      case .review(let days): openReview(of: days)
      case .visit(let session, let arrival): visit(session, arrival)
      case .findPatients(let text): findPatients(text)
      case .visits(let patient): readVisits(of: patient)
      case .write(let order): write(order)
      case .cancel(let expected): cancel(expected)
      case .recall(let mrn): recallLastVisit(of: mrn)
      case .signIn(let person, let pin): signIn(person, pin)
      case .viewed(let session): audit(.viewed(session))
      case .breakGlass(let session, let reason): breakGlass(of: session, because: reason)
      case .openRecord(let mrn, let reason): openRecord(of: mrn, because: reason)
      case .takeOver(let takeover, let reason): take(over: takeover, because: reason)
      case .refused(let act): audit(.refused(act))
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

  // MARK: Recording

  /// Appends facts, and shows them once they are on disk.
  private mutating func append(
    _ events: [Event], to session: SessionID, expecting version: Int, done: String
  ) {
    let isReview = events.contains { $0.fact.kind == .sessionReviewed }
    let name = state.actor.name
    ask(.writing) { access in
      let right = access.accessControl.right(of: name, to: isReview ? .signOff : .record)
      let after: Head
      do throws(StoreError) {
        after = try access.append(events, to: session, expecting: version, under: right)
      } catch {
        let failure = access.failure(error)
        var logs: [EventLog] = []
        if case .changedMeanwhile = error { logs = (try? access.logs(of: [session])) ?? [] }
        return { [logs] loop in loop.take(failure, ofAppendTo: logs) }
      }
      // Facts that are recorded and cannot be read now are shown by the next look.
      let logs = try? access.logs(of: [session])
      return { loop in
        // If no other process appended in between, our own facts are all there is to load.
        if logs != nil, after.count == loop.polling.head.count + events.count {
          loop.polling.head = after
        }
        loop.show(logs ?? [])
        loop.perform(loop.state.finish(.recorded(done: done)))
      }
    }
  }

  private mutating func take(_ failure: RequestFailure, ofAppendTo logs: [EventLog]) {
    if case .changedMeanwhile(_, let others) = failure.error {
      show(logs)
      perform(state.finish(.changedMeanwhile(others)))
    } else {
      take(failure)
      perform(state.finish(AppendOutcome.failed(failure.error.sentence)))
    }
    self.failure = failure.error
  }

  private mutating func signOff(_ orders: [SignOffOrder]) {
    let (name, now) = (state.actor.name, state.now)
    ask(.writing) { access in
      let right = access.accessControl.right(of: name, to: .signOff)
      let (outcome, logs, refusal) = access.desk.sign(orders, under: right, now: now)
      let failure = refusal.map { access.failure(.refused($0)) }
      return { loop in
        loop.show(logs)
        loop.state.finish(outcome)
        if let failure { loop.take(failure) }
      }
    }
  }

  /// Cancels an appointment of today. The audit entry decides whether the user may.
  private mutating func cancel(_ expected: ExpectedPatient) {
    let day = state.suite.clock.date(at: state.now.instant)
    let (name, now) = (state.actor.name, state.now)
    ask(.asking) { access in
      var notice = Notice(
        .recorded,
        "Cancelled: the appointment of \(expected.patient.displayName) at \(expected.time).")
      var failure: RequestFailure?
      do {
        try access.appointments.cancel(expected, on: day) {
          try access.accessControl.audit(
            .imported(what: "appointment \(expected.time) of \(day.iso) cancelled"), by: name,
            at: now)
        }
      } catch let error as StoreError {
        notice = Notice(.refused, error.sentence)
        failure = access.failure(error)
      } catch {
        notice = Notice(.refused, "\(error)")
      }
      return { [notice, failure] loop in
        loop.state.say(notice)
        if let failure { loop.take(failure) }
        loop.loadSchedule()
      }
    }
  }

  /// Writes a file in the background. The audit entry comes first: an export that breaks off was one.
  private mutating func write(_ order: WriteOrder) {
    let (name, now, isAccount) = (state.actor.name, state.now, state.roster.isEmpty)
    ask(.asking) { access in
      do throws(StoreError) {
        let what: String
        var sessions = 1
        switch order {
        case .days(let days, let format, _):
          try access.store.checkChains()
          what = ExportedDays(format: format, days: days).text
          sessions = (try? access.store.sessions(of: days).count) ?? 0
        case .packet(let session, let format, _): what = "packet \(session.text) (\(format))"
        }
        do throws(StoreError) {
          try access.accessControl.audit(
            .exported(what: what, sessions: sessions), by: name, at: now)
        } catch {
          // Without enrolled people a store on a disk that cannot be written is still exported.
          guard case .readOnly = error, isAccount else { throw error }
        }
        return { loop in loop.jobs.run(order) }
      } catch {
        let failure = access.failure(error)
        return { loop in
          loop.state.say(Notice(.refused, failure.error.sentence))
          loop.take(failure)
        }
      }
    }
  }

  // MARK: People

  private mutating func signIn(_ person: String, _ pin: PIN) {
    let now = state.now
    ask(.asking) { access in
      let outcome = access.accessControl.signIn(person, pin, at: now)
      return { loop in
        // Who chose another name meanwhile, or left, is not let in.
        if loop.state.signIn.person == person { loop.perform(loop.state.finish(outcome)) }
      }
    }
  }

  /// Audits a view, or a refusal. A session is not shown any more if the look at it cannot be kept; a user
  /// who lost the right to it is signed out.
  private mutating func audit(_ action: AuditAction) {
    let (name, now) = (state.actor.name, state.now)
    ask(isLater: true) { access in
      do throws(StoreError) {
        try access.audit(action, by: name, at: now)
        return { _ in }
      } catch {
        let failure = access.failure(error)
        return { loop in
          guard case .viewed(let session) = action else { return }
          loop.state.leave(session, of: name, because: failure.error.sentence)
          loop.take(failure)
        }
      }
    }
  }

  /// Opens a restricted record to the user. The audit entry comes first: nothing is shown without it.
  private mutating func breakGlass(of session: SessionID, because reason: String) {
    let (name, now, standing) = (state.actor.name, state.now, state.standing)
    ask(.asking) { access in
      do throws(StoreError) {
        guard let mrn = try access.store.log(of: session)?.opening?.patient.mrn else {
          return { _ in }
        }
        try access.accessControl.audit(
          .glassBroken(mrn: mrn, session: session, reason: reason), by: name, at: now)
        let restrictions = try access.accessControl.changedRestrictions()
        return { loop in
          loop.take(restrictions)
          if loop.isStill(standing) { loop.perform(loop.state.opened(session)) }
        }
      } catch {
        let failure = access.failure(error)
        return { loop in loop.refuseRecord(failure) }
      }
    }
  }

  /// Opens the restricted record of a number that a form is about. The audit entry comes first.
  private mutating func openRecord(of mrn: String, because reason: String) {
    let (name, now, standing) = (state.actor.name, state.now, state.standing)
    ask(.asking) { access in
      do throws(StoreError) {
        try access.accessControl.audit(
          .glassBroken(mrn: mrn, session: nil, reason: reason), by: name, at: now)
        let restrictions = try access.accessControl.changedRestrictions()
        return { loop in
          loop.take(restrictions)
          if loop.isStill(standing) { loop.perform(loop.state.openedRecord(mrn)) }
        }
      } catch {
        let failure = access.failure(error)
        return { loop in loop.refuseRecord(failure) }
      }
    }
  }

  private mutating func refuseRecord(_ failure: RequestFailure) {
    state.say(Notice(.refused, "The record was not opened: \(failure.error.sentence)"))
    take(failure)
  }

  /// Lets a person in who takes over a locked screen. The audit entry comes first.
  private mutating func take(over takeover: Takeover, because reason: String) {
    let now = state.now
    ask(.asking) { access in
      do throws(StoreError) {
        try access.accessControl.audit(
          .tookOver(from: takeover.former, reason: reason), by: takeover.person.name, at: now)
        let restrictions = try access.accessControl.changedRestrictions()
        return { loop in
          loop.take(restrictions)
          if loop.state.signIn.takeover == takeover {
            loop.perform(loop.state.finish(takeover))
          }
        }
      } catch {
        return { loop in loop.state.signOut(because: error.sentence) }
      }
    }
  }

  /// Shows the people as they are now after the store refused an act, and asks for a sign-in if one is
  /// needed.
  mutating func take(_ failure: RequestFailure) {
    guard case .refused(let refusal) = failure.error else { return }
    if let roster = failure.roster { state.enrol(roster) }
    if refusal.needsSignIn { state.signOut(because: refusal.sentence) }
  }

  /// Whether the user is still where something was asked for. If not, it is said that it is there.
  mutating func isStill(_ standing: Standing) -> Bool {
    if state.standing == standing { return true }
    state.say(Notice(.told, "What you asked for is there now; ask again to see it."))
    return false
  }
}

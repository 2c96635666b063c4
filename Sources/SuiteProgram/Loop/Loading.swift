import InfusionRecord
import RecorderUI
import SessionStore

/// From the store into the state: everything at the start, then what changed.
extension EventLoop {
  mutating func load() throws(StoreError) {
    failure = nil
    ask { [state] access in
      do throws(StoreError) {
        try access.store.checkLists()
        let head = try access.store.head()
        let restrictions = try access.accessControl.changedRestrictions()
        let warning = try access.accessControl.outboxWarning()
        var reader = state
        if let restrictions { reader.take(restrictions) }
        let board = try access.store.board { [reader] logs in
          reader.readings(of: logs, reader.formulary)
        }
        return { loop in
          loop.polling.head = head
          loop.loadSchedule()
          loop.take(restrictions)
          loop.state.take(outboxWarning: warning)
          loop.state.load(board)
        }
      } catch {
        return { loop in loop.failure = error }
      }
    }
    // Nothing is on the screen yet, so there is nothing for a key to do. Each request ends by itself.
    while !outstanding.isEmpty {
      _ = requests.wait(milliseconds: 60_000)
      settle()
    }
    if let failure { throw failure }
  }

  /// Reads the board again after the machine had no right to it for a while.
  private mutating func readBoardAgain() {
    ask(isLater: true) { [state] access in
      let board = try? access.store.board { logs in state.readings(of: logs, state.formulary) }
      return { loop in
        guard let board else {
          loop.isRecordClosed = true
          return
        }
        loop.state.load(board)
        loop.state.hideRestricted()
        loop.loadSchedule()
        loop.isChanged = true
      }
    }
  }

  /// Shows sessions as they are on disk now, on the board and in the review.
  mutating func show(_ logs: [EventLog]) {
    let isReviewShown = state.screen == .review || state.screen == .integrity
    state.reload(logs)
    review { desk in
      let isRemoved = desk.refresh(logs, isLookedAt: isReviewShown)
      return isReviewShown || isRemoved
    }
  }

  /// Polls for facts of other processes if a poll is due.
  mutating func followIfDue() {
    let due = polling.wait(at: state.now.milliseconds, isHurried: jobs.isRunning)
    guard !isFollowing, due <= 0 else { return }
    isFollowing = true
    let (head, roster) = (polling.head, state.roster)
    ask(isLater: true) { access in
      let found = access.follow(since: head, roster: roster)
      return { loop in loop.take(found) }
    }
  }

  private mutating func take(_ found: Followed) {
    isFollowing = false
    if let roster = found.roster {
      state.enrol(roster)
      isChanged = true
    }
    let isEmptied = found.roster?.isEmpty == true && !state.roster.isEmpty
    if case .forbidden? = found.error, let sentence = found.error?.sentence {
      if !isRecordClosed { state.closeRecord(because: sentence) }
      isRecordClosed = true
      isChanged = true
    } else if isEmptied {
      isRecordClosed = true
    } else if found.error == nil, isRecordClosed {
      isRecordClosed = false
      readBoardAgain()
    }
    take(found.restrictions)
    if let warning = found.outboxWarning, state.take(outboxWarning: warning) { isChanged = true }
    // What is shown was true when it was read. The next poll tries again.
    if state.noteSilence(found.error?.isSilence == true) {
      isChanged = true
      // Days whose reading broke off are read on.
      review { _ in false }
    }
    if let head = found.head {
      polling.head = head
      show(found.logs)
      isChanged = true
    }
    polling.polled(at: state.now.milliseconds, isFound: found.head != nil)
  }

  /// Hides and shows what is restricted as of now.
  mutating func take(_ restrictions: Restrictions?) {
    guard let restrictions else { return }
    state.take(restrictions)
    isChanged = true
  }

  mutating func loadSchedule() {
    let clock = state.suite.clock
    let today = clock.date(at: state.now.instant)
    let expected = appointments.expectedPatients(on: today)
    let fault = appointments.fault(on: today)
    if let fault, fault != scheduleFault { state.say(Notice(.refused, fault)) }
    scheduleFault = fault
    // Who came today is read once; later arrivals are followed. A store that cannot be read is tried again.
    if !expected.isEmpty, state.arrivals.day != today {
      ask(isLater: true) { access in
        let logs = try? access.store.logs(on: today)
        return { loop in
          guard let logs else { return }
          loop.state.take(Arrivals(logs, on: today, clock: clock))
          loop.isChanged = true
        }
      }
    }
    state.expected = expected
  }

  /// How many of a patient's last visits are read for what was told of allergies.
  private static let visitsRecalled = 10

  /// Loads what the patient was given at the last visit before today, for suggestions.
  mutating func recallLastVisit(of mrn: String) {
    let today = state.suite.clock.date(at: state.now.instant)
    ask(isLater: true) { access in
      do throws(StoreError) {
        try access.store.checkLists()
      } catch {
        return { loop in
          loop.state.say(Notice(.refused, error.sentence))
          loop.isChanged = true
        }
      }
      var last: EventLog?
      var visits: [EventLog] = []
      do throws(StoreError) {
        last = try access.store.lastVisit(of: mrn, before: today)
        // A clock ahead of ours may have opened a session of tomorrow.
        visits = try access.store.lastVisits(
          of: mrn, before: today + 2, limit: EventLoop.visitsRecalled)
      } catch {
        // What could not be read is not taken as nothing; the next form asks again.
        return { _ in }
      }
      let drugs = last?.administrations.map(\.facts) ?? []
      let patients = [visits.first, last].compactMap { $0?.opening?.patient }
      let earlier = EarlierVisits(visits)
      return { loop in
        loop.state.learn(drugs, of: mrn, patients: patients, visits: earlier)
        loop.isChanged = true
      }
    }
  }
}

import InfusionRecord
import RecorderUI
import SessionReview
import SessionStore

/// The review screen's days: read in slices between keys, so that no key waits for a day.
extension EventLoop {
  /// How long the key that opens days may wait for their first rows.
  private static let firstSlice = Duration.milliseconds(20)
  /// How long the loop reads between two looks at the keyboard.
  private static let nextSlice = Duration.milliseconds(8)

  /// Does something with the cached days; shows the page if `work` says so.
  mutating func review(_ work: @escaping @Sendable (inout ReviewDesk) -> Bool) {
    ask(isLater: true) { access in
      let isNew = work(&access.desk)
      return EventLoop.answer(of: access, isNew: isNew)
    }
  }

  /// Shows the page as it is now, and notes whether days are left to read.
  private static func answer(of access: RecordAccess, isNew: Bool) -> Answer {
    let (page, isBusy) = (isNew ? access.desk.page : nil, access.desk.isBusy)
    return { loop in
      loop.isReading = isBusy
      guard let page else { return }
      loop.state.take(page)
      loop.isChanged = true
    }
  }

  mutating func openReview(of days: ClosedRange<CivilDate>) {
    let now = state.now.instant
    ask(.asking) { access in
      do {
        try access.desk.open(days, now: now, budget: EventLoop.firstSlice)
        return EventLoop.answer(of: access, isNew: true)
      } catch {
        let sentence = (error as? StoreError)?.sentence ?? "\(error)"
        let isBusy = access.desk.isBusy
        return { loop in
          loop.isReading = isBusy
          loop.state.say(Notice(.refused, "The days cannot be read: \(sentence)"))
        }
      }
    }
  }

  /// Schedules the days that the user may ask for next, once those on screen are read.
  mutating func prefetchDays() {
    guard !isReading, case let days = state.daysAskedNext, days != daysAhead else { return }
    daysAhead = days
    review { desk in
      // After an error they are read when they are opened.
      try? desk.expect(days)
      return false
    }
  }

  /// Reads the next slice.
  mutating func readMoreOfReview() {
    guard isReading, !isReadingPart else { return }
    isReadingPart = true
    let now = state.now.instant
    ask(isLater: true) { access in
      let isNew = try? access.desk.work(now: now, budget: EventLoop.nextSlice)
      let answer = EventLoop.answer(of: access, isNew: isNew ?? false)
      return { loop in
        loop.isReadingPart = false
        answer(&loop)
        // After an error the rows on screen are still true. The rest is read when the minute is over, or when
        // the days are opened.
        if isNew == nil { loop.isReading = false }
      }
    }
  }

  /// Reads a session that the board does not hold, for a screen or a form.
  mutating func visit(_ session: SessionID, _ arrival: Arrival) {
    let standing = state.standing
    ask(.asking) { access in
      do throws(StoreError) {
        let log = try access.store.log(of: session)
        return { loop in
          if loop.isStill(standing) { loop.perform(loop.state.arrive(log, at: arrival)) }
        }
      } catch {
        return { loop in loop.state.say(Notice(.refused, error.sentence)) }
      }
    }
  }
}

import InfusionRecord
import RecorderUI
import SessionStore

/// The review screen's days: read in slices between keys, so that no key waits for a day.
extension EventLoop {
  /// How long the key that opens days may wait for their first rows.
  private static let firstSlice = Duration.milliseconds(20)
  /// How long the loop reads between two looks at the keyboard.
  private static let nextSlice = Duration.milliseconds(8)

  mutating func openReview(of days: ClosedRange<CivilDate>) {
    do {
      try desk.open(days, now: state.now.instant, budget: EventLoop.firstSlice)
      showReview()
    } catch {
      let sentence = (error as? StoreError)?.sentence ?? "\(error)"
      state.say(Notice(.refused, "The days cannot be read: \(sentence)"))
    }
  }

  /// Schedules the days that the user may ask for next, once those on screen are read.
  mutating func prefetchDays() {
    guard !desk.isBusy else { return }
    // After an error they are read when they are opened.
    try? desk.expect(state.daysAskedNext)
  }

  /// Reads the next slice; true if the screen has something new to show.
  mutating func readMoreOfReview() -> Bool {
    guard desk.isBusy else { return false }
    do {
      let isNew = try desk.work(now: state.now.instant, budget: EventLoop.nextSlice)
      if isNew { showReview() }
      return isNew
    } catch {
      // The rows on screen are still true. The days are read again when they are opened.
      return false
    }
  }

  mutating func showReview() {
    if let page = desk.page { state.take(page) }
  }

  /// Reads a session that the board does not hold, for a screen or a form.
  mutating func visit(_ session: SessionID, _ arrival: Arrival) {
    do throws(StoreError) {
      perform(state.arrive(try store.log(of: session), at: arrival))
    } catch {
      state.say(Notice(.refused, error.sentence))
    }
  }
}

import Glibc

/// The end of a time-out, by the monotonic clock.
struct Deadline {
  private let end: ContinuousClock.Instant
  private let now: () -> ContinuousClock.Instant

  /// - Parameter now: the clock, which counts the sleep of the machine.
  init(after time: Duration, now: @escaping () -> ContinuousClock.Instant = { .now }) {
    self.now = now
    end = now() + time
  }

  /// Waits with poll(2) until the descriptor is ready; false if the time is over.
  func wait(_ descriptor: Int32, for events: Int32) -> Bool {
    while true {
      let left = end - now()
      guard left > .zero else { return false }
      // Rounded up: a poll of 0 ms would spin through the last millisecond.
      let milliseconds = (left + .microseconds(999)) / .milliseconds(1)
      var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let count = poll(&entry, 1, Int32(clamping: Int(milliseconds)))
      if count > 0 { return true }
      if count < 0, errno != EINTR { return false }
    }
  }
}

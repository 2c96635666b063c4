import Glibc

/// A moment of the clock that only goes forward, until which something is waited for.
struct Deadline {
  private let end: Int64

  init(milliseconds: Int) { end = Deadline.now + Int64(milliseconds) }

  /// The milliseconds that are left, at least 0.
  var left: Int { Int(max(0, end - Deadline.now)) }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Waits until the descriptor is ready; false if the time is over.
  func wait(for descriptor: Int32, reading: Bool = false, writing: Bool = false) -> Bool {
    var events: Int32 = 0
    if reading { events |= POLLIN }
    if writing { events |= POLLOUT }
    while true {
      var one = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let milliseconds = left
      let count = poll(&one, 1, Int32(clamping: milliseconds))
      if count > 0 { return true }
      if count == 0 || errno != EINTR { return false }
    }
  }
}

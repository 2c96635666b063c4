import Glibc

/// A pipe whose one end becomes readable when another thread wakes whoever waits for it.
final class WakePipe: Sendable {
  let reading: Int32
  private let writing: Int32

  /// nil if the system has no room for more descriptors.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// Makes the pipe readable. A full pipe is readable already.
  func wake() {
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  /// Makes the pipe quiet.
  func clear() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(reading, &bytes, bytes.count) > 0 {}
  }

  /// Waits until the pipe is readable; false if that took too long. -1 waits without a limit.
  @discardableResult
  func wait(_ milliseconds: Int32) -> Bool { wait(milliseconds, or: -1).own }

  /// Waits until the pipe, or another descriptor, is readable.
  func wait(_ milliseconds: Int32, or other: Int32) -> (own: Bool, other: Bool) {
    var both = [
      pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&both, 2, milliseconds) > 0 else { return (false, false) }
    return (both[0].revents != 0, both[1].revents != 0)
  }
}

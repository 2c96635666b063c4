import Glibc

/// Reads a PIN byte by byte, from a terminal without echo or from a line of standard input.
///
/// Each prompt ends after a minute, whatever was typed by then. A command that waits at a prompt holds
/// what it was told before, and a terminal that was left at a prompt would take the next user's PIN.
package struct SecretReader {
  /// Why there is no PIN.
  package enum Failure: Error {
    /// There is no terminal to ask on.
    case noTerminal
    case left
    case late
  }

  package static let time = Duration.seconds(60)
  private static let longest = 64

  private let descriptor: Int32
  private let deadline: Deadline

  /// - Parameter now: the clock by which the prompt ends; it counts the sleep of the machine.
  package init(
    _ descriptor: Int32, now: @escaping () -> ContinuousClock.Instant = { .now }
  ) {
    self.descriptor = descriptor
    deadline = Deadline(after: SecretReader.time, now: now)
  }

  /// The next line. What follows it is left for the next reader.
  package func line() throws(Failure) -> String {
    var bytes: [UInt8] = []
    while let byte = try next() {
      if byte == 0x0a { return String(decoding: bytes, as: UTF8.self) }
      if byte != 0x0d, bytes.count < SecretReader.longest { bytes.append(byte) }
    }
    if bytes.isEmpty { throw .left }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What is typed until Enter, on a terminal that hands over each byte.
  package func typed() throws(Failure) -> String {
    var bytes: [UInt8] = []
    while let byte = try next() {
      switch byte {
      case 0x0a, 0x0d: return String(decoding: bytes, as: UTF8.self)
      case 0x03, 0x04, 0x1b: throw .left
      case 0x08, 0x7f: _ = bytes.popLast()
      case 0x15: bytes = []
      default: if bytes.count < SecretReader.longest { bytes.append(byte) }
      }
    }
    throw .left
  }

  /// The next byte; nil at the end.
  private func next() throws(Failure) -> UInt8? {
    var byte: UInt8 = 0
    while true {
      guard deadline.wait(descriptor, for: POLLIN) else { throw .late }
      let count = read(descriptor, &byte, 1)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return count == 1 ? byte : nil
    }
  }
}

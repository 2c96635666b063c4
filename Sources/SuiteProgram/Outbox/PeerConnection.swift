import Glibc
import Interchange

/// A connection to an HL7 peer: one message out, one answer in, in bounded time and room.
///
/// Plain sockets that never block: every wait is a `poll` until one deadline, which covers a message
/// from its first byte to the end of its answer. A peer that sends a byte now and then gains nothing.
final class PeerConnection {
  /// Why there is no answer. Nothing of what was sent or came is quoted.
  enum Fault: Error, Equatable {
    case noSuchHost
    case refused(String)
    case noConnection
    case timeOut
    case dropped
    case unexpected(String)

    var sentence: String {
      switch self {
      case .noSuchHost: "its name is not known"
      case .refused(let reason): "it cannot be reached (\(reason))"
      case .noConnection: "it did not take the connection in time"
      case .timeOut: "it did not answer in time"
      case .dropped: "it closed the connection before its answer was whole"
      case .unexpected(let what): what
      }
    }
  }

  private let descriptor: Int32
  private var reader = MLLPReader()

  /// Connects within `seconds`.
  init(to peer: HL7Peer, within seconds: Int) throws(Fault) {
    descriptor = try PeerConnection.connect(to: peer, until: Deadline(seconds: seconds))
  }

  deinit { close(descriptor) }

  /// Sends a message in its frame and waits for what answers it.
  func exchange(_ message: [UInt8], within seconds: Int) throws(Fault) -> HL7Acknowledgement {
    let deadline = Deadline(seconds: seconds)
    try send([0x0B] + message + [0x1C, 0x0D], until: deadline)
    let answer = try receive(until: deadline)
    do throws(HL7Acknowledgement.Fault) {
      return try HL7Acknowledgement(answer)
    } catch {
      throw .unexpected(error.sentence)
    }
  }

  /// Whether nothing came since the last answer and the other end is still there.
  ///
  /// Bytes that nobody asked for would be taken for the next answer.
  var isQuiet: Bool {
    guard reader.isEmpty else { return false }
    var byte: UInt8 = 0
    let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
    return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
  }

  // MARK: Bytes

  private func send(_ bytes: [UInt8], until deadline: Deadline) throws(Fault) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        start += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN, EWOULDBLOCK:
        guard deadline.wait(descriptor, for: POLLOUT) else { throw .timeOut }
      default: throw .dropped
      }
    }
  }

  private func receive(until deadline: Deadline) throws(Fault) -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      guard deadline.wait(descriptor, for: POLLIN) else { throw .timeOut }
      let count = recv(descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK { continue }
      guard count > 0 else { throw .dropped }
      do throws(MLLPReader.Fault) {
        if let message = try reader.take(chunk[..<count]) { return message }
      } catch {
        throw .unexpected(error.sentence)
      }
    }
  }

  // MARK: Connecting

  private static func connect(to peer: HL7Peer, until deadline: Deadline) throws(Fault) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    // An address needs no configured network of its family: `127.0.0.1` on a host with loopback alone.
    var status = getaddrinfo(peer.host, String(peer.port), &hints, &found)
    if status != 0 {
      hints.ai_flags = AI_NUMERICSERV
      status = getaddrinfo(peer.host, String(peer.port), &hints, &found)
    }
    guard status == 0 else { throw .noSuchHost }
    defer { freeaddrinfo(found) }
    var last = Fault.noSuchHost
    var address = found
    while let candidate = address?.pointee {
      let descriptor = socket(
        candidate.ai_family,
        candidate.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
          | Int32(SOCK_NONBLOCK.rawValue), candidate.ai_protocol)
      if descriptor >= 0 {
        if let fault = establish(descriptor, candidate, until: deadline) {
          close(descriptor)
          last = fault
          if fault == .noConnection { throw fault }
        } else {
          return descriptor
        }
      }
      address = candidate.ai_next
    }
    throw last
  }

  /// Nil where the connection stands.
  private static func establish(
    _ descriptor: Int32, _ address: addrinfo, until deadline: Deadline
  ) -> Fault? {
    var status = Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen)
    if status == 0 { return nil }
    guard errno == EINPROGRESS || errno == EINTR else { return .refused(reason(errno)) }
    guard deadline.wait(descriptor, for: POLLOUT) else { return .noConnection }
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &status, &length) == 0, status == 0 else {
      return .refused(reason(status))
    }
    return nil
  }
}

/// A moment after which nobody waits, by a clock that nobody sets.
private struct Deadline {
  private let end: Int64

  init(seconds: Int) {
    end = Deadline.now + Int64(seconds) * 1000
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Waits until the descriptor is ready; false when the time is over.
  func wait(_ descriptor: Int32, for events: Int32) -> Bool {
    while true {
      let left = end - Deadline.now
      guard left > 0 else { return false }
      var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let count = poll(&entry, 1, Int32(left))
      if count > 0 { return true }
      if count < 0, errno != EINTR { return false }
    }
  }
}

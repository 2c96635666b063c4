import Glibc
package import Interchange

/// A TCP connection to an HL7 peer: one message out, one answer in, in bounded time and memory.
///
/// The socket never blocks: every wait is a `poll` until one deadline, which covers a message from its
/// first byte to the last byte of its answer. A peer that sends a byte now and then does not extend it.
package final class PeerConnection {
  /// Why there is no answer. It quotes nothing of what was sent or received.
  package enum Fault: Error, Equatable {
    case noSuchHost
    case refused(String)
    case noConnection
    case timeOut
    case dropped
    case unexpected(String)

    package var sentence: String {
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

  /// Connects, within this time.
  package init(to peer: HL7Peer, within time: Duration) throws(Fault) {
    descriptor = try PeerConnection.connect(to: peer, until: Deadline(after: time))
  }

  deinit { close(descriptor) }

  /// Sends a message in its MLLP frame and waits for the answer.
  package func exchange(_ message: [UInt8], within time: Duration) throws(Fault)
    -> HL7Acknowledgement
  {
    let deadline = Deadline(after: time)
    try send([0x0B] + message + [0x1C, 0x0D], until: deadline)
    let answer = try receive(until: deadline)
    do throws(HL7Acknowledgement.Fault) {
      return try HL7Acknowledgement(answer)
    } catch {
      throw .unexpected(error.sentence)
    }
  }

  /// Whether the peer is connected and has sent nothing since the last answer.
  ///
  /// Otherwise the connection must not be used again: stray bytes would be read as the next answer.
  package var isReusable: Bool {
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
      guard deadline.wait(descriptor, for: POLLIN) else {
        throw reader.lacksLastReturn ? .unexpected(PeerConnection.noLastReturn) : .timeOut
      }
      let count = recv(descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK { continue }
      guard count > 0 else {
        throw reader.lacksLastReturn ? .unexpected(PeerConnection.noLastReturn) : .dropped
      }
      do throws(MLLPReader.Fault) {
        if let message = try reader.take(chunk[..<count]) { return message }
      } catch {
        throw .unexpected(error.sentence)
      }
    }
  }

  private static let noLastReturn =
    "its answer lacks the last carriage return (it ends in 1C; the frame ends in 1C 0D)"

  // MARK: Connecting

  private static func connect(to peer: HL7Peer, until deadline: Deadline) throws(Fault) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    // AI_ADDRCONFIG fails for `127.0.0.1` on a host that has only the loopback interface.
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

  /// Waits until the socket is connected; nil if it is.
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

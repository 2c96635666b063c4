import Glibc
package import Interchange

/// A connection to an HL7 peer: one message out, one answer in, in bounded time and memory.
///
/// The socket never blocks: every wait is a `poll` until one deadline, which covers a message from its
/// first byte to the last byte of its answer. A peer that sends a byte now and then does not extend it.
package final class PeerConnection {
  /// Why there is no answer. It quotes nothing of what was sent or received.
  package enum Fault: Error, Equatable {
    case noSuchHost
    /// The name servers did not answer in time.
    case noAddress
    /// The peer is on another host, and the site's file does not allow that.
    case inClear
    /// The process behind the socket runs as another account.
    case otherAccount(String)
    case refused(String)
    case noConnection
    case timeOut
    case dropped
    case unexpected(String)

    package var sentence: String {
      switch self {
      case .noSuchHost: "its name is not known"
      case .noAddress: "its name was not found in time"
      case .inClear:
        "it is not on this host, where nothing encrypts the way; name a tunnel's socket or port on this "
          + "host, or set peer_in_clear = true in [hl7]"
      case .otherAccount(let wanted): "the process that listens there does not run as \(wanted)"
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

  /// Connects, within this time; the lookup of a name is part of it.
  ///
  /// - Parameters:
  ///   - isInClear: whether the peer may be on another host.
  ///   - account: the account that a Unix socket's process must run as; nil allows this one and root.
  package init(
    to peer: HL7Peer, isInClear: Bool = false, account: String? = nil, within time: Duration
  ) throws(Fault) {
    let deadline = Deadline(after: time)
    switch peer.place {
    case .network(let host, let port):
      let found = try HostLookup.addresses(of: host, port: port, until: deadline)
      guard !found.isEmpty else { throw .noSuchHost }
      let allowed = isInClear ? found : found.filter(\.isLoopback)
      guard !allowed.isEmpty else { throw .inClear }
      descriptor = try PeerConnection.connect(to: allowed, until: deadline)
    case .socket(let path):
      descriptor = try PeerConnection.connect(toSocket: path, of: account, until: deadline)
    }
  }

  deinit { close(descriptor) }

  /// Sends a message in its MLLP frame and waits for the answer.
  package func exchange(_ message: [UInt8], within time: Duration) throws(Fault)
    -> HL7Acknowledgement
  {
    let deadline = Deadline(after: time)
    try send([0x0B] + message + [0x1C, 0x0D], until: deadline)
    let answer = try receive(until: deadline)
    let read: HL7Acknowledgement
    do throws(HL7Acknowledgement.Fault) {
      read = try HL7Acknowledgement(answer)
    } catch {
      throw .unexpected(error.sentence)
    }
    guard isFollowedByNothing(read) else { throw .unexpected("it sent more than one answer") }
    return read
  }

  /// Whether nothing came with an answer but line ends and the same answer again.
  ///
  /// It is only looked at: what came stays, so the connection is not used again.
  private func isFollowedByNothing(_ first: HL7Acknowledgement) -> Bool {
    var rest = reader
    var waiting = [UInt8](repeating: 0, count: MLLPReader.largest)
    let count = recv(descriptor, &waiting, waiting.count, Int32(MSG_PEEK | MSG_DONTWAIT))
    do {
      var next = try rest.take(waiting.prefix(max(0, count)))
      while let more = next {
        let other = try HL7Acknowledgement(more)
        guard other.answer == first.answer,
          other.controlID.utf8.elementsEqual(first.controlID.utf8)
        else { return false }
        next = try rest.take([])
      }
      return rest.isEmpty
    } catch {
      return false
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

  private static func connect(
    to addresses: [HostLookup.Address], until deadline: Deadline
  ) throws(Fault) -> Int32 {
    var last = Fault.noSuchHost
    for address in addresses {
      do throws(Fault) {
        return try connect(
          address.family, address.kind, address.protocolNumber, address.bytes, until: deadline)
      } catch {
        last = error
        if error == .noConnection { throw error }
      }
    }
    throw last
  }

  /// Connects to a Unix socket and checks whose process listens on it (SO_PEERCRED, unix(7)).
  private static func connect(
    toSocket path: String, of account: String?, until deadline: Deadline
  ) throws(Fault) -> Int32 {
    let wanted = account ?? "this account or root"
    var allowed: Set<uid_t> = [geteuid(), 0]
    if let account {
      guard let known = getpwnam(account)?.pointee.pw_uid else {
        throw .refused("there is no account \(account)")
      }
      allowed = [known]
    }
    let family = withUnsafeBytes(of: sa_family_t(AF_UNIX)) { Array($0) }
    let descriptor = try connect(
      AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, family + Array(path.utf8) + [0], until: deadline)
    // `ucred`: process, user, group.
    var listener = [UInt32](repeating: .max, count: 3)
    var length = socklen_t(12)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &listener, &length) == 0,
      allowed.contains(listener[1])
    else {
      close(descriptor)
      throw .otherAccount(wanted)
    }
    return descriptor
  }

  private static func connect(
    _ family: Int32, _ kind: Int32, _ protocolNumber: Int32, _ address: [UInt8],
    until deadline: Deadline
  ) throws(Fault) -> Int32 {
    let descriptor = socket(
      family, kind | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), protocolNumber)
    guard descriptor >= 0 else { throw .refused(reason(errno)) }
    if let fault = establish(descriptor, address, until: deadline) {
      close(descriptor)
      throw fault
    }
    return descriptor
  }

  /// Waits until the socket is connected; nil if it is.
  private static func establish(
    _ descriptor: Int32, _ address: [UInt8], until deadline: Deadline
  ) -> Fault? {
    var status = address.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return Int32(-1) }
      return Glibc.connect(
        descriptor, start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
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

import Glibc
import InfusionRecord
import Synchronization

/// Looks up the addresses of a host within a deadline.
///
/// getaddrinfo(3) waits for name servers as long as it likes and cannot be interrupted. It runs on a
/// thread of its own; after the deadline the thread is left to end by itself.
enum HostLookup {
  struct Address: Sendable, Equatable {
    let family: Int32
    let kind: Int32
    let protocolNumber: Int32
    /// A `sockaddr` of the family.
    let bytes: [UInt8]

    /// Whether packets to it cannot leave this host: 127.0.0.0/8, ::1, and ::ffff:127.0.0.0/104.
    var isLoopback: Bool {
      switch family {
      case AF_INET: return bytes.count >= 8 && bytes[4] == 127
      case AF_INET6:
        guard bytes.count >= 24 else { return false }
        let address = Array(bytes[8..<24])
        let isMapped =
          address[..<10].allSatisfy { $0 == 0 } && address[10] == 255 && address[11] == 255
        return address == [UInt8](repeating: 0, count: 15) + [1] || isMapped && address[12] == 127
      default: return false
      }
    }
  }

  typealias Resolver = @Sendable (_ host: String, _ port: Int) -> [Address]

  /// The addresses of `host`; empty if it is not known.
  ///
  /// - Parameter resolve: asks the system; it may take any time.
  static func addresses(
    of host: String, port: Int, until deadline: Deadline, by resolve: @escaping Resolver = system
  ) throws(PeerConnection.Fault) -> [Address] {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .refused(reason(errno)) }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let answer = Answer()
    BackgroundThread.start {
      answer.take(resolve(host, port))
      // Closing wakes the waiting thread.
      close(writing)
    }
    guard deadline.wait(reading, for: POLLIN) else { throw .noAddress }
    return answer.addresses
  }

  private final class Answer: Sendable {
    private let found = Mutex<[Address]>([])
    var addresses: [Address] { found.withLock { $0 } }
    func take(_ addresses: [Address]) { found.withLock { $0 = addresses } }
  }

  @Sendable private static func system(_ host: String, _ port: Int) -> [Address] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    // AI_ADDRCONFIG fails for `127.0.0.1` on a host that has only the loopback interface.
    var status = getaddrinfo(host, String(port), &hints, &found)
    if status != 0 {
      hints.ai_flags = AI_NUMERICSERV
      status = getaddrinfo(host, String(port), &hints, &found)
    }
    guard status == 0 else { return [] }
    defer { freeaddrinfo(found) }
    var addresses: [Address] = []
    var next = found
    while let entry = next?.pointee {
      let bytes = UnsafeRawBufferPointer(start: entry.ai_addr, count: Int(entry.ai_addrlen))
      addresses.append(
        Address(
          family: entry.ai_family, kind: entry.ai_socktype, protocolNumber: entry.ai_protocol,
          bytes: Array(bytes)))
      next = entry.ai_next
    }
    return addresses
  }
}

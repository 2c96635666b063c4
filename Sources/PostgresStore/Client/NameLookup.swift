import Dispatch
import Glibc
import InfusionRecord
import Synchronization

/// What the name of a host stands for.
///
/// A slow name server would hold up the connection, because libpq waits for it without a limit. So the
/// name is looked up on a thread of its own, which is left alone if it takes too long.
enum NameLookup {
  /// The addresses of a host, at most four; empty if none was found in time.
  static func addresses(of name: String, within milliseconds: Int) -> [String] {
    let answer = Answer()
    BackgroundThread.start {
      let found = lookUp(name)
      answer.found.withLock { $0 = found }
      answer.isThere.signal()
    }
    _ = answer.isThere.wait(timeout: .now() + .milliseconds(milliseconds))
    return answer.found.withLock { $0 }
  }

  private final class Answer: Sendable {
    let found = Mutex<[String]>([])
    let isThere = DispatchSemaphore(value: 0)
  }

  private static func lookUp(_ name: String) -> [String] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
    defer { freeaddrinfo(first) }
    var found: [String] = []
    var next = first
    while let one = next?.pointee, found.count < 4 {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let code = getnameinfo(
        one.ai_addr, one.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
      if code == 0 {
        found.append(
          String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
      }
      next = one.ai_next
    }
    return found
  }
}

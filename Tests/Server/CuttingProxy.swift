import Glibc
import InfusionRecord
package import PostgresStore
import Synchronization

/// A socket in front of a server that passes bytes on until it is told to cut or to stop.
///
/// It counts the bytes of both directions from `arm` on; after that many the connection is cut, or nothing more
/// is passed on.
package final class CuttingProxy: Sendable {
  package enum Fault: Sendable { case cut, silence }

  private struct Plan {
    /// Bytes that still pass; nil for all.
    var left: Int?
    var fault = Fault.cut
    var passed = 0
    var isEnding = false
  }

  private let plan = Mutex(Plan())
  private let listener: Int32
  private let target: String
  package let folder: String

  package init(before host: ServerAddress.Host) throws {
    var template = Array("/tmp/chairtime-proxy-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestServer.Failure.didNotStart("mkdtemp") }
    folder = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    target = "\(host.name)/.s.PGSQL.\(host.port)"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    let isBound = CuttingProxy.withAddress("\(folder)/.s.PGSQL.5432") {
      bind(listener, $0, $1) == 0
    }
    guard isBound, listen(listener, 20) == 0 else {
      throw TestServer.Failure.didNotStart("bind")
    }
    BackgroundThread.start { [self] in accept() }
  }

  /// The address of a suite through the proxy.
  package func address(_ address: ServerAddress) -> ServerAddress {
    var changed = address
    changed.hosts = [ServerAddress.Host(name: folder)]
    // The proxy belongs to the account of the tests.
    changed.peer = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
    return changed
  }

  /// From now on `count` bytes pass, then the fault comes. It holds for connections made later too.
  package func arm(_ fault: Fault, after count: Int) {
    plan.withLock { ($0.fault, $0.left, $0.passed) = (fault, count, 0) }
  }

  /// Lets everything pass; returns how many bytes passed since `arm`.
  @discardableResult
  package func disarm() -> Int {
    plan.withLock { plan in
      plan.left = nil
      return plan.passed
    }
  }

  package func end() {
    plan.withLock { $0.isEnding = true }
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    unlink("\(folder)/.s.PGSQL.5432")
    rmdir(folder)
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { place in
      for (index, byte) in path.utf8.enumerated() where index < place.count - 1 {
        place[index] = byte
      }
    }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  private func accept() {
    while true {
      let client = Glibc.accept(listener, nil, nil)
      if client < 0 { return }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard CuttingProxy.withAddress(target, { connect(server, $0, $1) == 0 }) else {
        close(client)
        close(server)
        continue
      }
      BackgroundThread.start { [self] in pass(client, server) }
    }
  }

  /// Passes bytes in both directions until an end closes, or the plan cuts.
  private func pass(_ client: Int32, _ server: Int32) {
    defer {
      close(client)
      close(server)
    }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    while true {
      var both = [
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
        pollfd(fd: server, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&both, 2, 60_000) > 0 else { return }
      for (from, to) in [(0, server), (1, client)] where both[from].revents != 0 {
        let count = read(both[from].fd, &bytes, bytes.count)
        if count <= 0 { return }
        let (allowed, fault) = plan.withLock { plan -> (Int, Fault) in
          let allowed = min(count, plan.left ?? count)
          plan.left = plan.left.map { $0 - allowed }
          plan.passed += allowed
          return (allowed, plan.fault)
        }
        if allowed > 0, send(to, bytes, allowed, Int32(MSG_NOSIGNAL)) < 0 { return }
        // What was swallowed is gone; a silent line stays open.
        if allowed < count, fault == .cut { return }
      }
    }
  }
}

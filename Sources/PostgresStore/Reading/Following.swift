import Glibc
import InfusionRecord
package import SessionStore

/// Following the facts of other machines.
extension PostgresStore {
  package func head() throws(StoreError) -> Head { try access { try readHead($0) } }

  package func changes(since head: Head) throws(StoreError) -> Changes {
    try access { connection in
      var sessions: [SessionID] = []
      var now = head
      let result = try connection.query(
        """
        SELECT session.id, found.position, fact.seal
        FROM (SELECT session, min(position) AS first, max(position) AS position
              FROM chairtime.fact WHERE suite = $1::smallint AND position > $2::bigint
              GROUP BY session) AS found
          JOIN chairtime.session ON session.suite = $1::smallint AND session.number = found.session
          JOIN chairtime.fact ON fact.suite = $1::smallint AND fact.position = found.position
        ORDER BY found.first
        """, [suite, .integer(head.count)])
      for row in result.map({ Array($0.rows) }) ?? [] {
        sessions.append(SessionID(try row.text("id")))
        let position = Int(try row.integer("position"))
        if position > now.count {
          now = Head(count: position, hash: try row.bytes("seal", count: 32))
        }
      }
      return Changes(head: now, sessions: sessions)
    }
  }

  var channel: String { "chairtime_\(suiteNumber)" }

  func listen(_ connection: ServerConnection) throws {
    guard let signal, let descriptor = connection.descriptor else { return }
    try connection.execute("LISTEN \(channel)")
    signal.watch(descriptor)
  }

  /// Tells the other machines, in a transaction of its own that is not waited for.
  ///
  /// A notification inside the appending transaction would hold one lock of the whole server until the
  /// commit.
  func notify(_ connection: ServerConnection) {
    // The message is empty: any login of the cluster can listen.
    connection.post("SELECT pg_notify('\(channel)', '')")
  }

  package func changeSignal() -> (any ChangeSignal)? {
    if let signal { return signal }
    guard !address.isPooled, let made = ServerSignal(self) else { return nil }
    signal = made
    try? access { try listen($0) }
    return made
  }

  /// Reads what the server sent by itself. If the connection ended, it is made again.
  fileprivate func takeNotifications() {
    do {
      try access { connection in
        if let descriptor = connection.descriptor { signal?.watch(descriptor) }
        try connection.takeNotifications()
      }
    } catch {
      // The next request meets the error again, and tells it.
      signal?.rest()
    }
  }
}

/// Becomes readable when the server sends something by itself: that another machine appended.
///
/// A loop that polls keeps the descriptor, so the number stays the same and stands for the socket of the
/// present connection. Without a connection it stands for a pipe into which nothing is written, and after a
/// notification that came with an answer for a pipe that holds a byte.
final class ServerSignal: ChangeSignal {
  private weak var store: PostgresStore?
  let descriptor: Int32
  /// A terminal that ends before it notified the others leaves them to this.
  let interval: Int64 = 5_000
  private let silent: (reading: Int32, writing: Int32)
  private let ready: (reading: Int32, writing: Int32)

  /// nil if the system has no room for more descriptors.
  init?(_ store: PostgresStore) {
    self.store = store
    silent = ServerSignal.pipe()
    ready = ServerSignal.pipe()
    descriptor = fcntl(silent.reading, F_DUPFD_CLOEXEC, 0)
    var byte: UInt8 = 1
    if descriptor < 0 || write(ready.writing, &byte, 1) != 1 { return nil }
  }

  private static func pipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  deinit {
    let ends = [silent.reading, silent.writing, ready.reading, ready.writing]
    for one in ends + [descriptor] where one >= 0 { close(one) }
  }

  func clear() { store?.takeNotifications() }

  /// Stands for the socket of a new connection.
  func watch(_ socket: Int32) { stand(for: socket) }

  /// Stands for nothing until the next connection.
  func rest() { stand(for: silent.reading) }

  /// Is readable until the next `clear`.
  func alert() { stand(for: ready.reading) }

  private func stand(for other: Int32) {
    dup2(other, descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }
}

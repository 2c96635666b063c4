import Foundation
import Glibc
package import PostgresStore
import SessionStore

/// PgBouncer in front of a server, on a socket in a folder of its own. It ends with this process.
package final class Pooler: Sendable {
  package enum Mode: String, CaseIterable, Sendable {
    /// A connection is a terminal's until it ends.
    case session
    /// Each transaction may get another connection, so nothing can be kept on one.
    case transaction
  }

  package let mode: Mode
  private let folder: String
  /// The end of the pipe that keeps it running.
  private let keeper: Int32

  package static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
  private static let program = "/usr/sbin/pgbouncer"

  /// - Parameter logins: those that the pooler lets through; the server decides what they may do.
  package init(
    _ mode: Mode, before host: ServerAddress.Host,
    for logins: [String] = ["test_recorder", "test_reviewer", "test_verifier"]
  ) throws {
    self.mode = mode
    var template = Array("/tmp/chairtime-pooler-XXXXXX".utf8CString)
    guard Pooler.isInstalled, mkdtemp(&template) != nil else {
      throw TestServer.Failure.notInstalled
    }
    let folder = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.folder = folder
    var before = ""
    if geteuid() == 0, let account = getpwnam("postgres")?.pointee {
      chown(folder, account.pw_uid, account.pw_gid)
      before = "setpriv --reuid=postgres --regid=postgres --clear-groups "
    }
    let settings = """
      [databases]
      * = host=\(host.name) port=\(host.port)
      [pgbouncer]
      unix_socket_dir = \(folder)
      unix_socket_mode = 0700
      listen_port = 5432
      auth_type = trust
      auth_file = \(folder)/logins
      pool_mode = \(mode.rawValue)
      max_client_conn = 400
      default_pool_size = 40
      logfile = \(folder)/log
      """
    try Data(settings.utf8).write(to: URL(filePath: "\(folder)/settings"))
    let lines = logins.map { "\"\($0)\" \"\"\n" }.joined()
    try Data(lines.utf8).write(to: URL(filePath: "\(folder)/logins"))
    keeper = try TestServer.spawn(
      """
      \(before)\(Pooler.program) -q "\(folder)/settings" >/dev/null 2>&1 </dev/null &
      pooler=$!
      cat >/dev/null
      kill -TERM $pooler
      wait $pooler
      rm -rf "\(folder)"
      """)
    for _ in 0..<600 where access("\(folder)/.s.PGSQL.5432", F_OK) != 0 { usleep(10_000) }
  }

  deinit { close(keeper) }

  /// The address of a suite through the pooler.
  package func address(_ address: ServerAddress) -> ServerAddress {
    var changed = address
    changed.hosts = [ServerAddress.Host(name: folder)]
    changed.isPooled = mode == .transaction
    return changed
  }
}

import Foundation
import Glibc
package import PostgresStore
import SessionStore
import Synchronization
import TestSupport

/// A cluster of PostgreSQL that the tests of this process share, in a folder of its own.
///
/// It listens on a socket in that folder and on no network. It is made when the first test asks for it, runs
/// as the calling account, or as `postgres` if that is root, which the server refuses, and ends with this
/// process: a shell waits for the end of a pipe that this process holds.
package final class TestServer: Sendable {
  package enum Locale: String, CaseIterable, Sendable {
    /// Texts are compared byte by byte.
    case c = "C"
    /// Texts are compared as in a dictionary: `a` before `B`.
    case icu

    fileprivate var arguments: String {
      switch self {
      case .c: "--locale=C"
      case .icu: "--locale-provider=icu --icu-locale=en-US --locale=C.UTF-8"
      }
    }
  }

  package enum Failure: Error {
    case notInstalled, didNotStart(String)
  }

  /// Where its socket and its data lie.
  package let folder: String
  /// The end of the pipe that keeps the server running.
  private let keeper: Int32

  private static let servers: [Locale: Result<TestServer, any Error>] = {
    var made: [Locale: Result<TestServer, any Error>] = [:]
    for locale in Locale.allCases { made[locale] = Result { try TestServer(locale) } }
    // The second waits less if both begin at once.
    return made.mapValues { server in server.flatMap { one in Result { try one.prepared() } } }
  }()

  /// The server of a locale, with the tables of Chairtime in the database `record`.
  package static func shared(_ locale: Locale) throws -> TestServer {
    guard let server = servers[locale] else { throw Failure.notInstalled }
    return try server.get()
  }

  private init(_ locale: Locale) throws {
    var template = Array("/tmp/chairtime-server-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let programs = TestServer.programs else {
      throw Failure.notInstalled
    }
    folder = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var before = ""
    if geteuid() == 0, let account = getpwnam("postgres")?.pointee {
      chown(folder, account.pw_uid, account.pw_gid)
      before = "setpriv --reuid=postgres --regid=postgres --clear-groups "
    }
    let script = """
      cd "\(folder)"
      \(before)\(programs)/initdb -D data -U postgres -A trust -E UTF8 --no-sync \
        --no-instructions \(locale.arguments) >log 2>&1 </dev/null || { rm -rf "\(folder)"; exit 1; }
      \(before)\(programs)/postgres -D data -k "\(folder)" -c listen_addresses= -c fsync=off \
        -c max_connections=300 -c shared_buffers=32MB -c full_page_writes=off -c wal_level=minimal \
        -c max_wal_senders=0 -c log_error_verbosity=terse -c log_parameter_max_length=0 \
        -c unix_socket_permissions=0700 \
        >>log 2>&1 </dev/null &
      server=$!
      cat >/dev/null
      kill -INT $server
      wait $server
      rm -rf "\(folder)"
      """
    keeper = try TestServer.spawn(script)
  }

  /// Starts a shell whose standard input is a pipe; returns the other end.
  package static func spawn(_ script: String) throws -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure.didNotStart("pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    do {
      _ = try launch(script, input: ends[0])
    } catch {
      close(ends[1])
      throw error
    }
    return ends[1]
  }

  /// Runs a shell to its end; returns its exit status. It has no input, and its output is its own matter.
  package static func run(_ script: String) throws -> Int32 {
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    let process = try launch(script, input: nothing)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? status >> 8 & 0xff : -1
  }

  /// Starts a shell that inherits no file but its input.
  private static func launch(_ script: String, input: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    closeOtherFiles(&actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A key that interrupts the tests ends this process, and that ends the server.
    // Threads of tests block signals, and a program that inherits that is not ended by one.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))
    posix_spawnattr_setpgroup(&attributes, 0)
    var process: pid_t = 0
    let words = ["/bin/sh", "-c", script]
    var arguments = words.map { word in strdup(word) } + [nil]
    defer { for one in arguments { free(one) } }
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw Failure.didNotStart("posix_spawn \(code)") }
    return process
  }

  /// Waits until the server answers, then makes the tables and a login.
  private func prepared() throws -> TestServer {
    var last: (any Error)?
    for _ in 0..<600 {
      do {
        try ServerSetup.run("SELECT 1", on: administrator("postgres"))
        last = nil
        break
      } catch {
        last = error
        usleep(100_000)
      }
    }
    if let last { throw last }
    try ServerSetup.run(
      "CREATE DATABASE record", on: administrator("postgres"))
    try ServerSetup.run(ServerSetup.initialization, on: administrator("record"))
    for role in ServerSetup.TerminalRole.allCases {
      try ServerSetup.run(
        "CREATE ROLE test_\(role.rawValue) LOGIN; GRANT chairtime_\(role.rawValue) TO test_\(role.rawValue)",
        on: administrator("postgres"))
    }
    try ServerSetup.run(
      "CREATE DATABASE pristine TEMPLATE record", on: administrator("postgres"))
    return self
  }

  /// The folder of the newest server that is installed.
  package static let programs: String? = {
    let versions =
      (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    return versions.compactMap { Int($0) }.sorted().last.map { "/usr/lib/postgresql/\($0)/bin" }
  }()

  // MARK: Addresses

  /// A database as the superuser sees it.
  package func administrator(_ database: String) -> ServerAddress {
    address(of: "", in: database, as: "postgres")
  }

  /// A suite as a terminal sees it.
  package func address(
    of suite: String, in database: String = "record", as login: String = "test_reviewer"
  ) -> ServerAddress {
    var address = ServerAddress(
      hosts: [ServerAddress.Host(name: folder, port: "5432")], database: database, suite: suite,
      user: login)
    // A machine that also runs other tests is slow.
    address.patience = 60
    return login.hasPrefix("test_") ? TestServer.pooled(address, before: folder) : address
  }

  /// The poolers that `CHAIRTIME_POOLER=session` or `transaction` puts before the servers of all tests.
  private static let poolers = Mutex<[String: Pooler]>([:])

  private static func pooled(_ address: ServerAddress, before folder: String) -> ServerAddress {
    guard
      let mode = getenv("CHAIRTIME_POOLER").flatMap({ Pooler.Mode(rawValue: String(cString: $0)) })
    else { return address }
    return poolers.withLock { poolers in
      if poolers[folder] == nil {
        poolers[folder] = try? Pooler(mode, before: address.hosts[0])
      }
      return poolers[folder]?.address(address) ?? address
    }
  }

  /// Adds a suite that all test logins belong to.
  package func addSuite(_ name: String, in database: String = "record") throws {
    try ServerSetup.run(
      ServerSetup.adding(suite: name)
        + """
        INSERT INTO chairtime.member (login, suite, role)
          SELECT 'test_' || role, number, role FROM chairtime.suite,
            unnest(ARRAY['recorder', 'reviewer', 'verifier']) AS role
          WHERE id = '\(name)';
        """, on: administrator(database))
  }

  /// Makes a database of its own, for a test that changes tables or rights.
  package func makeDatabase(_ name: String) throws {
    try ServerSetup.run("CREATE DATABASE \(name) TEMPLATE pristine", on: administrator("postgres"))
    try ServerSetup.run(ServerSchema.databaseRights, on: administrator(name))
  }

  /// Runs SQL as the superuser.
  package func run(_ script: String, in database: String = "record") throws {
    try ServerSetup.run(script, on: administrator(database))
  }
}

import Foundation
import Glibc
package import PostgresStore
import SessionStore

/// A cluster of PostgreSQL that a test starts, freezes, kills and replaces by its standby.
///
/// It listens on a socket in a folder of its own, and on a loopback port if the test asks for one. It ends
/// with this process at the latest.
package final class TestCluster {
  package let folder: String
  package let port: String
  /// The end of the pipe that keeps the server running; -1 if it does not run.
  private var keeper: Int32 = -1
  private let programs: String
  /// What is put before a program so that it does not run as root.
  private let account: String

  /// The network that the server is on; nil for that of the tests.
  private let network: String?

  /// Makes a folder that has no cluster yet.
  private init(port: String = "5432", network: String? = nil) throws {
    self.port = port
    self.network = network
    var template = Array("/tmp/chairtime-cluster-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let programs = TestServer.programs else {
      throw TestServer.Failure.notInstalled
    }
    self.programs = programs
    folder = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if geteuid() == 0, let account = getpwnam("postgres")?.pointee {
      chown(folder, account.pw_uid, account.pw_gid)
      self.account = "setpriv --reuid=postgres --regid=postgres --clear-groups "
    } else {
      account = ""
    }
  }

  /// A new cluster, which runs.
  ///
  /// - Parameters:
  ///   - settings: lines of `postgresql.conf`.
  ///   - port: of a server that also listens on the loopback address, with TLS if `prepare` makes a
  ///     certificate.
  ///   - prepare: commands that run in the folder before the server starts.
  ///   - disk: the size of a disk of its own for the data, as `64m`; only root makes one.
  ///   - network: the name of a network of its own, which only root makes.
  ///   - lines: further lines of `pg_hba.conf`.
  package convenience init(
    settings: [String] = [], port: String = "5432", prepare: String = "", disk: String? = nil,
    network: String? = nil, lines: [String] = []
  ) throws {
    try self.init(port: port, network: network)
    if let disk { try mount(disk) }
    if !prepare.isEmpty { try shell(prepare) }
    try shell(
      "\(programs)/initdb -D data -U postgres -A trust -E UTF8 --no-sync --no-instructions --locale=C"
    )
    try configure(
      [
        "listen_addresses = ''", "port = \(port)", "unix_socket_directories = '\(folder)'",
        "unix_socket_permissions = 0700", "max_connections = 60", "shared_buffers = 16MB",
        "fsync = off", "full_page_writes = off", "log_error_verbosity = terse",
        "log_parameter_max_length = 0", "log_parameter_max_length_on_error = 0",
        "wal_retrieve_retry_interval = 200ms", "wal_sender_timeout = 10s", "max_wal_size = 64MB",
        "min_wal_size = 32MB", "autovacuum = off",
      ] + settings)
    for line in lines { try shell("echo '\(line)' >>data/pg_hba.conf") }
    try start()
  }

  /// Whether the data lie on a disk of their own.
  private var isMounted = false

  private func mount(_ size: String) throws {
    let status = try TestServer.run(
      """
      mkdir "\(folder)/data" && mount -t tmpfs -o size=\(size),mode=700 tmpfs "\(folder)/data" \
        && chown postgres "\(folder)/data"
      """)
    guard status == 0 else { throw TestServer.Failure.didNotStart("mount") }
    isMounted = true
  }

  deinit {
    if isRunning { kill() }
    if isMounted { _ = try? TestServer.run("umount -l \"\(folder)/data\"") }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Adds lines to `postgresql.conf`. They hold from the next start, or the next `reload`.
  package func configure(_ lines: [String]) throws {
    let text = lines.map { $0 + "\n" }.joined()
    try shell("cat >>data/postgresql.conf <<'END'\n\(text)END")
  }

  /// Runs a command in the folder, as the account of the server; throws what it wrote if it fails.
  @discardableResult
  package func shell(_ script: String) throws -> String {
    let file = "\(folder)/script"
    try Data("cd \"\(folder)\"\n\(script)\n".utf8).write(to: URL(filePath: file))
    let status = try TestServer.run(
      "\(account)/bin/sh -e \"\(file)\" >\"\(folder)/output\" 2>&1")
    let text = (try? String(contentsOfFile: "\(folder)/output", encoding: .utf8)) ?? ""
    guard status == 0 else { throw TestServer.Failure.didNotStart(text) }
    return text
  }

  // MARK: Running

  package var isRunning: Bool { keeper >= 0 }

  /// Starts the server, and waits until it answers.
  package func start() throws {
    keeper = try TestServer.spawn(
      """
      cd "\(folder)"
      \(network.map { "ip netns exec \($0) " } ?? "")\(account)\(programs)/postgres -D data >>log 2>&1 </dev/null &
      server=$!
      cat >/dev/null
      kill -QUIT $server
      wait $server
      """)
    for _ in 0..<2_400 {
      do throws(StoreError) {
        _ = try ServerSetup.version(on: administrator())
        return
      } catch {
        // Any other answer is one of a server that runs.
        guard case .unreachable = error else { return }
      }
      usleep(25_000)
    }
    throw TestServer.Failure.didNotStart((try? shell("tail -20 log")) ?? "")
  }

  /// The server and its processes.
  private var processes: [pid_t] {
    let file = (try? String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8)) ?? ""
    // The number may be another process's by now.
    guard let first = file.split(separator: "\n").first.flatMap({ pid_t($0) }),
      let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(first)/cwd"),
      place.hasPrefix(folder)
    else { return [] }
    let children =
      (try? String(contentsOfFile: "/proc/\(first)/task/\(first)/children", encoding: .utf8)) ?? ""
    return [first] + children.split(separator: " ").compactMap { pid_t($0) }
  }

  private func signal(_ number: Int32) {
    for process in processes { Glibc.kill(process, number) }
  }

  /// Ends every process of the server at once, as a crash of the machine does.
  package func kill() {
    signal(SIGKILL)
    if keeper >= 0 { close(keeper) }
    keeper = -1
  }

  /// Stops the server's processes without ending them: connections stay open, and nothing answers.
  package func freeze() {
    signal(SIGSTOP)
    // Processes that were made meanwhile.
    signal(SIGSTOP)
  }

  /// Ends what is left of the server, and starts it again.
  package func restart() throws {
    kill()
    usleep(200_000)
    try start()
  }

  package func thaw() { signal(SIGCONT) }

  package func reload() { if let first = processes.first { Glibc.kill(first, SIGHUP) } }

  // MARK: Standby

  /// A standby of this server, which follows it and runs.
  package func makeStandby(
    named name: String = "standby", settings: [String] = [], network: String? = nil
  ) throws -> TestCluster {
    let standby = try TestCluster(network: network)
    try standby.shell(
      """
      \(programs)/pg_basebackup -h "\(folder)" -p \(port) -U postgres -D data -c fast --no-sync \
        -X stream -R -d "application_name=\(name)"
      """)
    try standby.configure(["unix_socket_directories = '\(standby.folder)'"] + settings)
    try standby.start()
    return standby
  }

  /// Makes a standby the primary, and waits until it takes writes.
  package func promote() throws {
    guard try number("SELECT pg_promote(true, 60)::int") == 1 else {
      throw TestServer.Failure.didNotStart("not promoted")
    }
  }

  /// Waits until a condition holds on this primary; throws if it does not within a minute.
  package func wait(for condition: String) throws {
    for _ in 0..<120 {
      do {
        // A connection of its own each time, because a connection sees settings as they were when it began.
        try run(
          """
          DO $wait$ BEGIN
            FOR i IN 1..20 LOOP
              IF \(condition) THEN RETURN; END IF;
              PERFORM pg_sleep(0.025), pg_stat_clear_snapshot();
            END LOOP;
            RAISE EXCEPTION 'not yet';
          END $wait$
          """)
        return
      } catch {}
    }
    throw TestServer.Failure.didNotStart("never: \(condition)")
  }

  // MARK: SQL

  package var host: ServerAddress.Host { ServerAddress.Host(name: folder, port: port) }

  package func administrator(_ database: String = "postgres") -> ServerAddress {
    ServerAddress(hosts: [host], database: database, suite: "", user: "postgres")
  }

  package func run(_ script: String, in database: String = "postgres") throws {
    var address = administrator(database)
    address.patience = 60
    try ServerSetup.run(script, on: address)
  }

  /// The number that a query gives.
  package func number(_ query: String, in database: String = "postgres") throws -> Int {
    let text = try shell(
      "\(programs)/psql -X -A -t -q -h \"\(folder)\" -p \(port) -U postgres -d \(database) -c \"\(query)\""
    )
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
  }

  /// Makes the tables of Chairtime with one suite, for a login `terminal` that may do everything there.
  package func initialize(suite: String = "north") throws {
    try run("CREATE DATABASE record")
    try run(ServerSetup.initialization, in: "record")
    try run(ServerSetup.adding(suite: suite), in: "record")
    try run(ServerSetup.adding(terminal: "terminal", to: suite, as: .reviewer), in: "record")
  }

  /// The suite as a terminal sees it. Further hosts are tried after this one.
  package func address(of suite: String = "north", then others: [TestCluster] = []) -> ServerAddress
  {
    ServerAddress(
      hosts: [host] + others.map(\.host), database: "record", suite: suite, user: "terminal")
  }
}

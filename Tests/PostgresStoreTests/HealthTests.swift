import Foundation
import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// What a server says of itself, and what needs a person.
@Suite(.serialized) struct HealthTests {
  private func health(
    _ clusters: [TestCluster], as login: String = "postgres", suite: String = ""
  ) throws -> ServerHealth {
    try ServerHealth(
      of: ServerAddress(
        hosts: clusters.map(\.host), database: "record", suite: suite, user: login))
  }

  /// Repeats a look until `isDone`, because servers take a moment to notice.
  private func wait(
    _ look: () throws -> ServerHealth, until isDone: (ServerHealth) -> Bool
  ) throws -> ServerHealth {
    var found = try look()
    for _ in 0..<200 where !isDone(found) {
      usleep(50_000)
      found = try look()
    }
    return found
  }

  /// The lines of `postgresql.conf` that `docs/operations.md` asks for; tests never sync.
  private let settings = [
    "fsync = on", "full_page_writes = on", "client_connection_check_interval = 1s",
    "tcp_keepalives_idle = 3", "tcp_keepalives_interval = 1", "tcp_keepalives_count = 2",
    "hot_standby_feedback = on", "wal_receiver_status_interval = 1s",
  ]

  @Test func `a primary with a synchronous standby is well, and each trouble is named`() throws {
    let primary = try TestCluster(settings: settings)
    try primary.initialize()
    let standby = try primary.makeStandby()
    try primary.configure(["synchronous_standby_names = 'standby'"])
    primary.reload()
    let both = [primary, standby]
    let store = try PostgresStore(primary.address())
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    let head = try store.head()
    store.close()
    let well = try wait({ try health(both) }) { $0.problems.isEmpty }
    #expect(well.problems == [])
    #expect(well.hosts.map(\.isPrimary) == [true, false])
    #expect(well.hosts[0].standbys?.map(\.name) == ["standby"])
    #expect(well.hosts[0].standbys?.first?.isSynchronous == true)
    #expect(abs(well.hosts[0].clockAhead) < 1_000)
    #expect(well.hosts[0].connections.limit == 57)
    #expect(well.record?.suites.map(\.head) == [head])
    let age = Date().timeIntervalSince1970 * 1000 - Double(well.record?.suites.first?.last ?? 0)
    #expect(abs(age) < 120_000)

    // A login that is no superuser sees its suites, and standbys only with pg_monitor.
    try primary.run(ServerSetup.adding(terminal: "watch", to: "north", as: .verifier), in: "record")
    let blind = try health([primary], as: "watch")
    #expect(blind.problems.map(\.kind) == [.rights])
    try primary.run("GRANT pg_monitor TO watch")
    #expect(try health([primary], as: "watch").problems == [])
    #expect(try health([primary], as: "watch").record?.suites.map(\.name) == ["north"])
    try primary.run("CREATE ROLE stranger LOGIN; GRANT pg_monitor, chairtime_verifier TO stranger")
    #expect(try health([primary], as: "stranger").problems.map(\.kind) == [.rights])

    // Settings, each with its failure.
    try primary.configure([
      "log_parameter_max_length = -1", "client_connection_check_interval = 0",
      "synchronous_standby_names = ''",
    ])
    primary.reload()
    let changed = try wait({ try health(both) }) { $0.problems.count == 3 }
    #expect(changed.problems.map(\.kind) == [.setting, .setting, .setting])
    #expect(
      changed.problems.contains {
        $0.sentence.contains("log_parameter_max_length is -1")
          && $0.sentence.contains("patients' names are in the server's log")
      })
    try primary.configure([
      "log_parameter_max_length = 0", "client_connection_check_interval = 1s",
      "synchronous_standby_names = 'other'",
    ])
    primary.reload()
    let alone = try wait({ try health(both) }) { $0.problems.count == 1 }
    #expect(alone.problems.map(\.kind) == [.standby])

    // A guard that was switched off.
    try primary.run(
      "SET synchronous_commit = local; ALTER TABLE chairtime.fact DISABLE TRIGGER fact_is_kept",
      in: "record")
    #expect(try health([primary]).problems.contains { $0.kind == .tables })
    try primary.run(
      "SET synchronous_commit = local; ALTER TABLE chairtime.fact ENABLE ALWAYS TRIGGER fact_is_kept",
      in: "record")

    // Replay paused; then two that take writes; then one that is gone.
    _ = try standby.number("SELECT (pg_wal_replay_pause() IS NULL)::int")
    let paused = try wait({ try health(both) }) {
      $0.problems.contains { $0.sentence.contains("paused") }
    }
    #expect(paused.problems.contains { $0.sentence.contains("shows an old record") })
    _ = try standby.number("SELECT (pg_wal_replay_resume() IS NULL)::int")
    try standby.promote()
    #expect(try health(both).problems.contains { $0.kind == .primaries })
    primary.kill()
    let gone = try health(both)
    #expect(gone.problems.contains { $0.kind == .unreachable })
    #expect(gone.hosts.map { $0.fault == nil } == [false, true])
    standby.kill()
    #expect(
      try health(both).problems.contains {
        $0.sentence.hasPrefix("No host that answers takes writes")
      })
  }

  @Test func `few free connections, a clock that is wrong and open lines are named`() {
    var host = HostHealth(name: "db1", fault: "")
    host.fault = nil
    host.isPrimary = true
    host.connections = (limit: 97, used: 89)
    host.clockAhead = -45_000
    host.isEncrypted = false
    host.openLines = 2
    host.standbys = [
      HostHealth.Standby(
        name: "db2", state: "streaming", isSynchronous: true, bytes: 0, milliseconds: 11_000)
    ]
    host.waiting = 1
    var health = ServerHealth()
    health.hosts = [host]
    health.findProblems(isSuiteNamed: false)
    #expect(
      health.problems.map(\.kind)
        == [.standby, .waiting, .connections, .clock, .encryption, .encryption])
    host.connections.used = 80
    host.clockAhead = 29_000
    host.isEncrypted = true
    host.openLines = 0
    host.standbys = [
      HostHealth.Standby(
        name: "db2", state: "streaming", isSynchronous: true, bytes: 900, milliseconds: 20)
    ]
    host.waiting = 0
    health = ServerHealth()
    health.hosts = [host]
    health.findProblems(isSuiteNamed: false)
    #expect(health.problems == [])
  }

  @Test func `the operations page asks for every setting, with the failure that it answers`() throws
  {
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/operations.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }
    for setting in ServerSetting.all {
      #expect(
        rows.contains { $0.contains("`\(setting.wanted)`") && $0.contains(setting.failure) },
        "\(setting.name)")
    }
  }
}

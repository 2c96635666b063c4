import Glibc
package import SessionStore

extension ServerHealth {
  /// Asks every host of an address, one after the other. A suite in the address is the only one looked at.
  package init(of address: ServerAddress) throws(StoreError) {
    self.init()
    for host in address.hosts {
      var one = address
      one.hosts = [host]
      do throws(StoreError) {
        let connection = try ServerConnection.open(one, wanting: .any)
        defer { connection.close() }
        let found = try reading(one) { try HostHealth(host, connection) }
        hosts.append(found)
        // The record of the primary counts; that of a standby stands for it.
        if found.isPrimary || record == nil {
          record = try reading(one) { try RecordHealth(address.suite, connection) }
        }
      } catch {
        switch error {
        case .unreachable(_, let what), .forbidden(_, let what), .notAStore(_, let what):
          if hosts.last?.name != host.text {
            hosts.append(HostHealth(name: host.text, fault: what))
          } else {
            problems.append(Problem(.rights, "The record on \(host.text) cannot be read: \(what)."))
          }
        case .unanswered, .busy:
          if hosts.last?.name != host.text {
            hosts.append(HostHealth(name: host.text, fault: "no answer in time"))
          }
        default: throw error
        }
      }
    }
    findProblems(isSuiteNamed: !address.suite.isEmpty)
  }

  private func reading<Result>(
    _ address: ServerAddress, _ body: () throws -> Result
  ) throws(StoreError) -> Result {
    do {
      return try body()
    } catch {
      throw StoreError(error, at: address)
    }
  }
}

extension HostHealth {
  init(name: String, fault: String) {
    self.name = name
    self.fault = fault
  }

  fileprivate init(_ host: ServerAddress.Host, _ connection: ServerConnection) throws {
    name = host.text
    let sent = HostHealth.now
    let clock = try connection.number(
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS number")
    // The server looked at its clock half-way, as far as is known.
    clockAhead = Int(clock - (sent + HostHealth.now) / 2)
    let general = try connection.first(
      """
      SELECT NOT pg_is_in_recovery() AS is_primary,
        (SELECT setting FROM pg_settings WHERE name = 'server_version') AS version,
        (SELECT sum(setting::bigint * CASE name WHEN 'max_connections' THEN 1 ELSE -1 END)::bigint
          FROM pg_settings WHERE name IN ('max_connections', 'superuser_reserved_connections'))
          AS places,
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
        (SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'
          AND clock_timestamp() - query_start > interval '2 s') AS waiting,
        (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS is_encrypted,
        has_table_privilege('pg_catalog.pg_hba_file_rules', 'SELECT')
          AND has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS sees_lines,
        pg_has_role(session_user, 'pg_read_all_stats', 'USAGE') AS sees_all
      """
    ) { $0 }
    guard let general else { throw ServerFailure.lost }
    isPrimary = try general.flag("is_primary")
    version = try general.text("version")
    connections = (Int(try general.integer("places")), Int(try general.integer("used")))
    waiting = Int(try general.integer("waiting"))
    if !host.isSocket, !host.name.isEmpty { isEncrypted = try general.flag("is_encrypted") }
    if try general.flag("sees_lines") {
      openLines = Int(
        try connection.number(
          """
          SELECT count(*) AS number FROM pg_hba_file_rules WHERE type IN ('host', 'hostnossl')
            AND auth_method <> 'reject' AND error IS NULL
            AND address NOT IN ('127.0.0.1', '::1', 'localhost')
          """))
    }
    let role = isPrimary ? HostRole.primary : .standby
    // The value at the start of a connection: through a socket those of TCP are shown as 0.
    let values = try connection.all(
      "SELECT name, reset_val FROM pg_settings WHERE name = ANY ($1::text[])",
      [.list(ServerSetting.all.map { .text($0.name) })]
    ) { (try $0.text("name"), try $0.optionalText("reset_val") ?? "") }
    for (name, value) in values {
      guard let setting = ServerSetting.all.first(where: { $0.name == name }),
        setting.roles.contains(role), !setting.isRight(value)
      else { continue }
      settings.append((setting, value))
    }
    if isPrimary {
      standbys = try general.flag("sees_all") ? try HostHealth.standbys(connection) : nil
    } else {
      let state = try connection.first(
        """
        SELECT EXISTS (SELECT 1 FROM pg_stat_wal_receiver) AS receiving,
          pg_is_wal_replay_paused() AS paused
        """
      ) { (try $0.flag("receiving"), try $0.flag("paused")) }
      (isReceiving, isPaused) = state ?? (false, false)
    }
  }

  private static func standbys(_ connection: ServerConnection) throws -> [Standby] {
    try connection.all(
      """
      SELECT application_name, state, sync_state IN ('sync', 'quorum') AS is_synchronous,
        coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint AS bytes,
        coalesce(extract(epoch FROM replay_lag) * 1000, 0)::bigint AS milliseconds
      FROM pg_stat_replication ORDER BY application_name
      """
    ) { row in
      Standby(
        name: try row.text("application_name"), state: try row.text("state"),
        isSynchronous: try row.flag("is_synchronous"), bytes: Int(try row.integer("bytes")),
        milliseconds: Int(try row.integer("milliseconds")))
    }
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension RecordHealth {
  fileprivate init(_ suite: String, _ connection: ServerConnection) throws {
    version = Int(
      try connection.number("SELECT version::bigint AS number FROM chairtime.schema_version"))
    // Other versions have other tables and guards.
    guard version == ServerSchema.version else { return }
    let isKnown = SchemaParts.isKnownServer(connection)
    differences = try SchemaParts(connection).differences(from: .wanted(on: isKnown))
    suites = try connection.all(
      """
      SELECT id, facts, seal, audit, outbox,
        facts - (SELECT coalesce(max(position), 0) FROM chairtime.fact
          WHERE fact.suite = suite.number) AS missing,
        (SELECT (extract(epoch FROM received) * 1000)::bigint FROM chairtime.fact
          WHERE fact.suite = suite.number AND fact.position = suite.facts) AS last
      FROM chairtime.suite WHERE $1::text = '' OR id = $1::text ORDER BY id
      """, [.text(suite)]
    ) { row in
      Suite(
        name: try row.text("id"),
        head: Head(
          count: Int(try row.integer("facts")), hash: try row.bytes("seal", count: 32)),
        audit: Int(try row.integer("audit")), outbox: Int(try row.integer("outbox")),
        missing: Int(try row.integer("missing")), last: try row.optionalInteger("last"))
    }
  }
}

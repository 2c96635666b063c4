/// A setting of a server, what it should be, and the failure that it answers.
///
/// `docs/operations.md` has the same in its table, and a test compares them.
package struct ServerSetting: Sendable {
  package let name: String
  /// The line of `postgresql.conf`.
  package let wanted: String
  /// What happens otherwise.
  package let failure: String
  /// Whether a primary needs it, a standby, or both.
  let roles: Set<HostRole>
  /// Whether a value answers the failure; numbers are in the unit of `pg_settings`.
  let isRight: @Sendable (String) -> Bool

  private init(
    _ name: String, _ wanted: String, on roles: Set<HostRole> = [.primary, .standby],
    else failure: String, _ isRight: @escaping @Sendable (String) -> Bool
  ) {
    (self.name, self.wanted, self.failure) = (name, wanted, failure)
    (self.roles, self.isRight) = (roles, isRight)
  }

  private static func within(_ range: ClosedRange<Int>) -> @Sendable (String) -> Bool {
    { value in Int(value).map(range.contains) ?? false }
  }

  package static let all: [ServerSetting] = [
    ServerSetting(
      "synchronous_standby_names", "synchronous_standby_names = '…'", on: [.primary],
      else: "facts that were acknowledged are lost when the primary fails"
    ) { !$0.isEmpty },
    ServerSetting("fsync", "fsync = on", else: "a power failure damages the database") {
      $0 == "on"
    },
    ServerSetting(
      "full_page_writes", "full_page_writes = on", else: "a power failure damages the database"
    ) { $0 == "on" },
    ServerSetting(
      "client_connection_check_interval", "client_connection_check_interval = 1s",
      else: "terminals that were switched off while they waited keep their places",
      within(1...10_000)),
    ServerSetting(
      "tcp_keepalives_idle", "tcp_keepalives_idle = 3",
      else: "a terminal behind a cut line holds its suite for minutes", within(1...10)),
    ServerSetting(
      "tcp_keepalives_interval", "tcp_keepalives_interval = 1",
      else: "a terminal behind a cut line holds its suite for minutes", within(1...5)),
    ServerSetting(
      "tcp_keepalives_count", "tcp_keepalives_count = 2",
      else: "a terminal behind a cut line holds its suite for minutes", within(1...4)),
    ServerSetting(
      "log_parameter_max_length", "log_parameter_max_length = 0",
      else: "patients' names are in the server's log"
    ) { $0 == "0" },
    ServerSetting(
      "log_parameter_max_length_on_error", "log_parameter_max_length_on_error = 0",
      else: "patients' names are in the server's log"
    ) { $0 == "0" },
    ServerSetting(
      "log_error_verbosity", "log_error_verbosity = terse",
      else: "values of a row that was refused are in the log"
    ) { $0 == "terse" },
    ServerSetting(
      "wal_retrieve_retry_interval", "wal_retrieve_retry_interval = 500ms", on: [.standby],
      else: "after a restart of the primary entries wait five seconds for their standby",
      within(1...1_000)),
    ServerSetting(
      "hot_standby_feedback", "hot_standby_feedback = on", on: [.standby],
      else: "the primary's cleaning ends a long reading there, as a backup is"
    ) { $0 == "on" },
  ]
}

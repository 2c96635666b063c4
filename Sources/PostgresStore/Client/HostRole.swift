/// Which of the hosts of an address is wanted, by the words of libpq (`target_session_attrs`).
package enum HostRole: String, Sendable {
  /// The first that answers.
  case any
  /// The one that takes writes.
  case primary = "read-write"
  /// One that follows the primary and is read only.
  case standby
}

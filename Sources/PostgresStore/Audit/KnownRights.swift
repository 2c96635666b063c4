import SessionStore

/// The entries of the audit record that decide who may do what, as of one of them.
///
/// An append is decided by these and names their last entry. The server refuses it if there is a later one
/// by then, so that one round trip is enough and no right is decided by what was true earlier.
struct KnownRights {
  /// The position of the last entry that decides a right; 0 if there is none.
  var entry: Int64
  var enrolments: [AuditRow]
  var restrictions: [AuditRow]
  var configuration: String?
}

extension PostgresStore {
  func readRights() throws(StoreError) -> KnownRights {
    try snapshot { connection in
      KnownRights(
        entry: try lastRightsEntry(connection), enrolments: try enrolmentRows(),
        restrictions: try restrictionRows(), configuration: try acceptedConfiguration())
    }
  }

  /// The kinds are those of the function `append`.
  func lastRightsEntry(_ connection: ServerConnection) throws -> Int64 {
    try connection.number(
      """
      SELECT coalesce(max(position), 0) AS number FROM chairtime.audit
      WHERE suite = $1::smallint AND kind IN (1, 2, 3, 4, 10, 12, 13, 14, 15)
      """, [suite])
  }
}

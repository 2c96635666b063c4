package import SessionStore

extension PostgresStore {
  /// A login of the server and its role in the suite.
  package struct Member: Sendable, Hashable {
    package let login: String
    package let role: String
  }

  /// The logins that have a role in the suite, as far as this login may see them: the owner sees all, a
  /// terminal itself.
  package func members() throws(StoreError) -> [Member] {
    try access { connection in
      try connection.all(
        "SELECT login::text, role FROM chairtime.member WHERE suite = $1::smallint ORDER BY login",
        [suite]
      ) { Member(login: try $0.text("login"), role: try $0.text("role")) }
    }
  }
}

extension ServerSchema {
  /// Who reads and calls what. No role may write a table.
  ///
  /// A row is shown to the logins of its suite alone. The logins are those of machines, never of persons:
  /// a person signs in with a PIN, as on a file.
  static let rights: String = {
    let readers = [Role.recorder, .verifier].map(\.rawValue).joined(separator: ", ")
    var parts = [
      "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA chairtime FROM PUBLIC;",
      "GRANT USAGE ON SCHEMA chairtime TO \(readers);",
      "GRANT SELECT ON schema_version TO \(readers);",
    ]
    for table in suiteTables {
      parts.append(
        """
        GRANT SELECT ON \(table.name) TO \(readers);
        ALTER TABLE \(table.name) ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON \(table.name) FOR SELECT
          USING (\(table.suite) = ANY ((SELECT my_suites())::smallint[]));
        """)
    }
    parts.append(
      """
      GRANT SELECT ON member TO \(readers);
      ALTER TABLE member ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON member FOR SELECT USING (login = session_user);
      """)
    for function in functions where !function.callers.isEmpty {
      let callers = function.callers.map(\.rawValue).joined(separator: ", ")
      parts.append("GRANT EXECUTE ON FUNCTION \(function.name) TO \(callers);")
    }
    return parts.joined(separator: "\n")
  }()
}

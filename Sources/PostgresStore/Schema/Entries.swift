extension ServerSchema {
  /// Rows of the audit record and of the outbox come in by these, inside a transaction that holds the suite.
  ///
  /// An error of a CHECK is caught, because the server would write the row into its log.
  static let entries: [Function] = [
    Function(
      name: "my_suites", arguments: "", returns: "RETURNS smallint[]",
      attributes: "STABLE SECURITY DEFINER",
      body: """

        BEGIN
          RETURN (SELECT coalesce(array_agg(suite), '{}') FROM member WHERE login = session_user);
        END
        """, callers: [.recorder, .verifier]),
    Function(
      name: "allow", arguments: "a_suite smallint, a_role text", returns: "RETURNS void",
      body: """

        BEGIN
          IF NOT EXISTS (SELECT 1 FROM member WHERE login = session_user AND suite = a_suite)
            OR NOT pg_has_role(session_user, a_role, 'member') THEN
            RAISE EXCEPTION 'no right to this in the suite' USING ERRCODE = '42501';
          END IF;
          -- A commit is not acknowledged before it is on the disk.
          IF current_setting('synchronous_commit') IN ('off', 'local') THEN
            PERFORM set_config('synchronous_commit', 'on', true);
          END IF;
        END
        """),
    Function(
      name: "hold", arguments: "a_suite smallint, OUT facts bigint", returns: "",
      attributes: "SECURITY DEFINER",
      body: """

        BEGIN
          PERFORM allow(a_suite, 'chairtime_recorder');
          PERFORM pg_advisory_xact_lock(1128555105, a_suite);
          SELECT suite.facts INTO STRICT hold.facts FROM suite WHERE number = a_suite FOR UPDATE;
        END
        """, callers: [.recorder]),
    entry(
      "audit", "chairtime_recorder",
      [
        ("position", "bigint"), ("format", "smallint"), ("kind", "smallint"),
        ("recorded", "bigint"),
        ("actor", "text"), ("workstation", "text"), ("person", "text"), ("facts", "bigint"),
        ("body", "text"), ("seal", "bytea"),
      ],
      check: """
          IF a_kind IN (1, 3, 4, 8, 9, 10, 12, 13, 16) THEN
            PERFORM allow(a_suite, 'chairtime_reviewer');
          END IF;
        """),
    entry(
      "outbox_seal", "chairtime_recorder",
      [("position", "bigint"), ("kind", "smallint"), ("number", "bigint"), ("seal", "bytea")],
      check: """
          IF a_kind <> 4 THEN PERFORM allow(a_suite, 'chairtime_reviewer'); END IF;
        """),
    entry(
      "message", "chairtime_reviewer",
      [
        ("number", "bigint"), ("control", "text"), ("session", "bigint"), ("made", "bigint"),
        ("hash", "bytea"), ("content", "bytea"), ("state", "smallint"),
      ]),
    entry(
      "posting", "chairtime_reviewer",
      [
        ("message", "bigint"), ("number", "int"), ("id", "text"), ("unit", "text"),
        ("credit", "boolean"), ("code", "text"), ("units", "bigint"),
      ]),
    entry(
      "message_step", "chairtime_reviewer",
      [
        ("number", "bigint"), ("message", "bigint"), ("state", "smallint"), ("at", "bigint"),
        ("actor", "text"), ("note", "text"), ("seal", "bytea"),
      ]),
    entry(
      "outbox_filling", "chairtime_reviewer",
      [("number", "bigint"), ("facts", "bigint"), ("at", "bigint"), ("actor", "text")]),
    entry(
      "checkpoint", "chairtime_recorder",
      [
        ("number", "bigint"), ("facts", "bigint"), ("audit", "bigint"), ("messages", "bigint"),
        ("steps", "bigint"), ("fillings", "bigint"), ("list", "text"),
      ]),
  ]

  /// A function `add_…` that inserts one row of a table.
  private static func entry(
    _ table: String, _ role: String, _ columns: [(name: String, type: String)], check: String = ""
  ) -> Function {
    let names = columns.map(\.name).joined(separator: ", ")
    let values = columns.map { "a_\($0.name)" }.joined(separator: ", ")
    let extra = check.isEmpty ? "" : check + "\n"
    return Function(
      name: "add_\(table)",
      arguments: (["a_suite smallint"] + columns.map { "a_\($0.name) \($0.type)" })
        .joined(separator: ", "),
      returns: "RETURNS void", attributes: "SECURITY DEFINER",
      body: """

        BEGIN
          PERFORM allow(a_suite, '\(role)');
        \(extra)  INSERT INTO \(table) (suite, \(names)) VALUES (a_suite, \(values));
        EXCEPTION
          WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
            OR invalid_text_representation THEN
            RAISE EXCEPTION 'a row of \(table) is malformed' USING ERRCODE = 'CT002';
        END
        """, callers: role == Role.reviewer.rawValue ? [.reviewer] : [.recorder])
  }

  static let functions: [Function] = seals + guards + entries + [append]
}

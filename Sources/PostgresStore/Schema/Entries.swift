extension ServerSchema {
  /// Rows of the outbox come in by these, inside a transaction that holds the suite.
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
          -- The role in this suite: the server's own roles are those of all its databases.
          IF NOT EXISTS (SELECT 1 FROM member WHERE login = session_user AND suite = a_suite
              AND role IN (a_role, 'reviewer')) THEN
            RAISE EXCEPTION 'no right to this in the suite' USING ERRCODE = '42501';
          END IF;
          -- A commit is not acknowledged before it is on the disk.
          IF current_setting('synchronous_commit') IN ('off', 'local', 'remote_write') THEN
            PERFORM set_config('synchronous_commit', 'on', true);
          END IF;
        END
        """),
    Function(
      name: "hold", arguments: "a_suite smallint, OUT facts bigint", returns: "",
      attributes: "SECURITY DEFINER",
      body: """

        BEGIN
          PERFORM allow(a_suite, 'recorder');
          -- A login can change its own setting. This one ends a transaction that holds the suite for long.
          PERFORM set_config('idle_in_transaction_session_timeout', '30s', true);
          SELECT suite.facts INTO STRICT hold.facts FROM suite WHERE number = a_suite FOR UPDATE;
        END
        """, callers: [.recorder]),
    entry(
      "outbox_seal", .reviewer,
      [("position", "bigint"), ("kind", "smallint"), ("number", "bigint"), ("seal", "bytea")],
      check: """
          -- A checkpoint is sealed by the server: add_checkpoint.
          IF a_kind = 4 THEN
            RAISE EXCEPTION 'a checkpoint comes with its seal' USING ERRCODE = 'CT002';
          END IF;
        """),
    entry(
      "message", .reviewer,
      [
        ("number", "bigint"), ("control", "text"), ("session", "bigint"), ("made", "bigint"),
        ("hash", "bytea"), ("content", "bytea"), ("state", "smallint"),
      ]),
    entry(
      "posting", .reviewer,
      [
        ("message", "bigint"), ("number", "int"), ("id", "text"), ("unit", "text"),
        ("credit", "boolean"), ("code", "text"), ("units", "bigint"),
      ]),
    entry(
      "message_step", .reviewer,
      [
        ("number", "bigint"), ("message", "bigint"), ("state", "smallint"), ("at", "bigint"),
        ("actor", "text"), ("note", "text"), ("seal", "bytea"),
      ]),
    entry(
      "outbox_filling", .reviewer,
      [("number", "bigint"), ("facts", "bigint"), ("at", "bigint"), ("actor", "text")]),
    // The seal and the row at once, so that neither can be there without the other. What was counted is
    // counted here, and a recorder notes heads only: a list of sessions would be its word alone.
    Function(
      name: "add_checkpoint",
      arguments: "a_suite smallint, a_facts bigint, a_audit bigint, a_list text",
      returns: "RETURNS void", attributes: "SECURITY DEFINER",
      body: """

        DECLARE h suite; n bigint; m bigint; s bigint; f bigint; fact_end bytea; audit_end bytea;
          none bytea := decode(repeat('00', 32), 'hex'); l bytea := convert_to(a_list, 'UTF8');
        BEGIN
          PERFORM allow(a_suite, CASE WHEN a_list IS NULL THEN 'recorder' ELSE 'reviewer' END);
          SELECT * INTO STRICT h FROM suite WHERE number = a_suite FOR UPDATE;
          SELECT coalesce(max(number), 0) + 1 INTO n FROM checkpoint WHERE suite = a_suite;
          SELECT coalesce(max(number), 0) INTO m FROM message WHERE suite = a_suite;
          SELECT coalesce(max(number), 0) INTO s FROM message_step WHERE suite = a_suite;
          SELECT coalesce(max(number), 0) INTO f FROM outbox_filling WHERE suite = a_suite;
          fact_end := CASE WHEN a_facts = 0 THEN none ELSE (SELECT seal FROM fact
            WHERE suite = a_suite AND position = a_facts) END;
          audit_end := CASE WHEN a_audit = 0 THEN none ELSE (SELECT seal FROM audit
            WHERE suite = a_suite AND position = a_audit) END;
          IF fact_end IS NULL OR audit_end IS NULL THEN
            RAISE EXCEPTION 'a checkpoint is of entries that are there' USING ERRCODE = 'CT002';
          END IF;
          INSERT INTO outbox_seal (suite, position, kind, number, seal)
            VALUES (a_suite, h.outbox + 1, 4, n, sha256(h.outbox_seal || int8send(4) || int8send(n)
              || int8send(a_facts) || fact_end || int8send(a_audit) || audit_end || int8send(m)
              || int8send(s) || int8send(f)
              || CASE WHEN l IS NULL THEN ''::bytea ELSE int8send(length(l)) || l END));
          INSERT INTO checkpoint (suite, number, facts, audit, messages, steps, fillings, list)
            VALUES (a_suite, n, a_facts, a_audit, m, s, f, a_list);
          IF NOT FOUND THEN
            RAISE EXCEPTION 'a row of checkpoint was not kept' USING ERRCODE = 'CT001';
          END IF;
        EXCEPTION
          WHEN check_violation OR not_null_violation OR unique_violation THEN
            RAISE EXCEPTION 'a row of checkpoint is malformed' USING ERRCODE = 'CT002';
        END
        """, callers: [.recorder]),
  ]

  /// A function `add_…` that inserts one row of a table.
  private static func entry(
    _ table: String, _ role: Role, _ columns: [(name: String, type: String)], check: String = ""
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
          PERFORM allow(a_suite, '\(role == .reviewer ? "reviewer" : "recorder")');
        \(extra)  INSERT INTO \(table) (suite, \(names)) VALUES (a_suite, \(values));
          IF NOT FOUND THEN
            RAISE EXCEPTION 'a row of \(table) was not kept' USING ERRCODE = 'CT001';
          END IF;
        EXCEPTION
          WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
            OR invalid_text_representation THEN
            RAISE EXCEPTION 'a row of \(table) is malformed' USING ERRCODE = 'CT002';
        END
        """, callers: [role])
  }

  static let functions: [Function] =
    seals + readable + guards + entries + auditCounting + [isCorrection, append]
}

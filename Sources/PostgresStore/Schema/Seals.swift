extension ServerSchema {
  /// The seals in SQL, byte for byte as `FactChain` and `AuditRow` compute them.
  ///
  /// The body is `text`, because `jsonb` would put its members into another order.
  static let seals: [Function] = [
    Function(
      name: "fact_seal",
      arguments: """
        before bytea, format smallint, session text, number int, id uuid, kind smallint,
          minute bigint, recorded bigint, basis smallint, actor text, workstation text, reason text,
          body text
        """,
      returns: "RETURNS bytea", attributes: "IMMUTABLE PARALLEL SAFE",
      body: """

        DECLARE
          s bytea := convert_to(session, 'UTF8'); a bytea := convert_to(actor, 'UTF8');
          w bytea := convert_to(workstation, 'UTF8');
          r bytea := convert_to(coalesce(reason, ''), 'UTF8'); b bytea := convert_to(body, 'UTF8');
        BEGIN
          RETURN sha256(before || int8send(format) || int8send(length(s)) || s || int8send(number)
            || uuid_send(id) || int8send(kind) || int8send(minute) || int8send(recorded)
            || int8send(basis) || int8send(length(a)) || a || int8send(length(w)) || w
            || CASE WHEN reason IS NULL THEN '\\x00'::bytea ELSE '\\x01'::bytea END
            || int8send(length(r)) || r || int8send(length(b)) || b);
        END
        """),
    Function(
      name: "audit_seal",
      arguments: """
        before bytea, format smallint, kind smallint, recorded bigint, actor text,
          workstation text, person text, facts bigint, fact bytea, body text
        """,
      returns: "RETURNS bytea", attributes: "IMMUTABLE PARALLEL SAFE",
      body: """

        DECLARE
          a bytea := convert_to(actor, 'UTF8'); w bytea := convert_to(workstation, 'UTF8');
          p bytea := convert_to(coalesce(person, ''), 'UTF8'); b bytea := convert_to(body, 'UTF8');
        BEGIN
          RETURN sha256(before || int8send(format) || int8send(kind) || int8send(recorded)
            || int8send(length(a)) || a || int8send(length(w)) || w
            || CASE WHEN person IS NULL THEN '\\x00'::bytea ELSE '\\x01'::bytea END
            || int8send(length(p)) || p || int8send(facts) || fact || int8send(length(b)) || b);
        END
        """),
  ]
}

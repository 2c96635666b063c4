extension ServerSchema {
  /// What each entry of the audit record carries, counted by the server: a login's word is its action alone.
  ///
  /// The texts are those that `AuditTally`, `AuditLists` and `CountedFailures` make.
  static let auditCounting: [Function] = [
    // The wrong PINs that count after the last entry, and what their seals add up to.
    Function(
      name: "counted_failures", arguments: "a_suite smallint", returns: "RETURNS text",
      attributes: "STABLE",
      body: """

        DECLARE r record; n int := 0; sum bytea := '';
        BEGIN
          FOR r IN
            WITH RECURSIVE known AS (
              (SELECT person FROM audit WHERE suite = a_suite AND person IS NOT NULL
                ORDER BY person LIMIT 1)
              UNION ALL
              SELECT (SELECT a.person FROM audit AS a WHERE a.suite = a_suite
                  AND a.person IS NOT NULL AND a.person > known.person ORDER BY a.person LIMIT 1)
                FROM known WHERE known.person IS NOT NULL
            ), counted AS (
              -- The spellings of a name, composed or not, are one person's.
              SELECT person, max(coalesce((SELECT a.position FROM audit AS a
                  WHERE a.suite = a_suite AND a.person = known.person AND a.kind IN (1, 2, 5)
                  ORDER BY a.position DESC LIMIT 1), 0)) OVER (PARTITION BY normalize(person)) AS start
                FROM known WHERE person IS NOT NULL
            )
            SELECT a.seal FROM counted JOIN audit AS a
                ON a.suite = a_suite AND a.person = counted.person AND a.position > counted.start
              WHERE a.kind = 6 ORDER BY a.position
          LOOP
            n := n + 1;
            sum := substr(sha256(sum || r.seal), 1, 16);
          END LOOP;
          RETURN n || '.' || encode(sum, 'hex');
        END
        """),
    Function(
      name: "list_of", arguments: "a_kind smallint", returns: "RETURNS int",
      attributes: "IMMUTABLE PARALLEL SAFE",
      body: """

        BEGIN
          RETURN CASE WHEN a_kind IN (1, 2, 3, 4) THEN 1 WHEN a_kind = 10 THEN 2
            WHEN a_kind IN (12, 13, 14, 15) THEN 3 ELSE 0 END;
        END
        """),
    // What the entries come to. The last one carries it if this server counted it; otherwise all are counted.
    Function(
      name: "audit_counts",
      arguments: """
        h suite, OUT counts bigint[], OUT persons bigint, OUT lists text[], OUT failures text,
          OUT outbox text
        """,
      returns: "", attributes: "STABLE",
      body: """

        DECLARE r record; last audit; b json; l int;
        BEGIN
          counts := '{0,0,0}';
          persons := 0;
          lists := '{"","",""}';
          IF h.audit > 0 THEN
            SELECT * INTO STRICT last FROM audit WHERE suite = h.number AND position = h.audit;
            b := last.body::json;
          END IF;
          IF h.audit > 0 AND h.counted = h.audit THEN
            counts := ARRAY[b ->> 'people', b ->> 'configurations', b ->> 'restrictions']::bigint[];
            persons := (b ->> 'persons')::bigint;
            lists := string_to_array(b ->> 'lists', '.');
            l := list_of(last.kind);
            IF l > 0 THEN
              lists[l] := encode(substr(sha256(decode(lists[l], 'hex') || last.seal), 1, 16), 'hex');
            END IF;
            failures := CASE WHEN last.kind NOT IN (1, 2, 5, 6) THEN b ->> 'failures' END;
          ELSE
            FOR r IN SELECT kind, person, seal FROM audit WHERE suite = h.number ORDER BY position LOOP
              l := list_of(r.kind);
              IF l > 0 THEN
                counts[l] := counts[l] + 1;
                lists[l] := encode(substr(sha256(decode(lists[l], 'hex') || r.seal), 1, 16), 'hex');
              END IF;
              persons := persons + CASE WHEN r.person IS NULL THEN 0 ELSE 1 END;
            END LOOP;
          END IF;
          failures := coalesce(failures, counted_failures(h.number));
          -- An end of the outbox that is not there any more is named on, so that the last entry tells of it.
          outbox := substring(b ->> 'outbox' from '^[0-9]{1,18}:[0-9a-f]{64}$');
          IF outbox IS NULL OR EXISTS (SELECT 1 FROM outbox_seal WHERE suite = h.number
              AND position = split_part(outbox, ':', 1)::bigint
              AND seal = decode(split_part(outbox, ':', 2), 'hex')) THEN
            outbox := CASE WHEN h.outbox > 0
              THEN h.outbox || ':' || encode(h.outbox_seal, 'hex') END;
          END IF;
        END
        """),
    // An entry: what the login says of its action, then what the server counts, sealed by the server.
    Function(
      name: "add_audit",
      arguments: """
        a_suite smallint, a_kind smallint, a_recorded bigint, a_actor text, a_workstation text,
          a_person text, a_body text
        """,
      returns: "RETURNS void", attributes: "SECURITY DEFINER",
      body: """

        DECLARE h suite; c record; made text; is_right boolean;
        BEGIN
          PERFORM allow(a_suite, 'recorder');
          -- A PIN too: the server cannot ask for the old one.
          IF a_kind IN (1, 2, 3, 4, 8, 9, 10, 12, 13, 16) THEN
            PERFORM allow(a_suite, 'reviewer');
          END IF;
          BEGIN
            is_right := length(a_body) <= 3700 AND is_compact(a_body)
              AND is_action(a_suite, a_kind, a_person, a_body::json);
          EXCEPTION WHEN OTHERS THEN is_right := false;
          END;
          IF NOT coalesce(is_right, false) THEN
            RAISE EXCEPTION 'an audit entry cannot be read' USING ERRCODE = 'CT002';
          END IF;
          SELECT * INTO STRICT h FROM suite WHERE number = a_suite FOR UPDATE;
          SELECT * INTO STRICT c FROM audit_counts(h);
          IF list_of(a_kind) > 0 THEN
            c.counts[list_of(a_kind)] := c.counts[list_of(a_kind)] + 1;
          END IF;
          made := left(a_body, -1) || CASE WHEN a_body = '{}' THEN '' ELSE ',' END
            || '"people":' || c.counts[1] || ',"configurations":' || c.counts[2]
            || ',"restrictions":' || c.counts[3]
            || ',"persons":' || c.persons + CASE WHEN a_person IS NULL THEN 0 ELSE 1 END
            || ',"lists":"' || array_to_string(c.lists, '.') || '","failures":"' || c.failures || '"'
            || CASE WHEN c.outbox IS NULL THEN '' ELSE ',"outbox":"' || c.outbox || '"' END || '}';
          INSERT INTO audit (suite, position, format, kind, recorded, actor, workstation, person, facts,
              body, seal)
            VALUES (a_suite, h.audit + 1, 1, a_kind, a_recorded, a_actor, a_workstation, a_person,
              h.facts, made, audit_seal(h.audit_seal, 1::smallint, a_kind, a_recorded, a_actor,
                a_workstation, a_person, h.facts, h.seal, made));
          IF NOT FOUND THEN
            RAISE EXCEPTION 'a row of audit was not kept' USING ERRCODE = 'CT001';
          END IF;
          UPDATE suite SET counted = h.audit + 1 WHERE number = a_suite;
        EXCEPTION
          WHEN check_violation OR not_null_violation OR unique_violation
            OR foreign_key_violation THEN
            RAISE EXCEPTION 'a row of audit is malformed' USING ERRCODE = 'CT002';
        END
        """, callers: [.recorder]),
  ]
}

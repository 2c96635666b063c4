extension ServerSchema {
  /// The only way in for facts: everything that an append needs, in one round trip.
  ///
  /// It checks what a CHECK would refuse, because a CHECK that fails writes the row into the server's log.
  /// It sends no notification, because that would take one lock of the whole server until the commit.
  static let append = Function(
    name: "append",
    arguments: """
      a_suite smallint, a_rights bigint, a_session text[], a_expecting int[], a_id uuid[],
        a_kind smallint[], a_minute bigint[], a_recorded bigint[], a_basis smallint[],
        a_actor text[], a_workstation text[], a_reason text[], a_body text[], a_day int[],
        a_mrn text[], OUT facts bigint, OUT head bytea
      """,
    returns: "", attributes: "SECURITY DEFINER",
    body: """

      #variable_conflict use_column
      DECLARE
        h suite; n int := coalesce(array_length(a_id, 1), 0); i int := 1; at int;
        s_number bigint; s_version int; s_id text; s_day int; s_status smallint; s_was smallint;
        numbers int[] := '{}'; sessions bigint[] := '{}'; seals bytea[] := '{}'; is_new boolean;
      BEGIN
        PERFORM allow(a_suite, 'recorder');
        IF 21 = ANY (a_kind) THEN PERFORM allow(a_suite, 'reviewer'); END IF;
        FOR k IN 1..n LOOP
          IF num_nulls(a_session[k], a_expecting[k], a_id[k], a_kind[k], a_minute[k], a_recorded[k],
              a_basis[k], a_actor[k], a_workstation[k], a_body[k]) > 0
            OR a_kind[k] NOT BETWEEN 1 AND 63 OR a_basis[k] NOT BETWEEN 1 AND 6
            OR a_minute[k] NOT BETWEEN 0 AND 4223371679
            OR a_recorded[k] NOT BETWEEN 0 AND 253402300799999
            OR length(a_session[k]) NOT BETWEEN 1 AND 128
            OR length(a_actor[k]) NOT BETWEEN 1 AND 256
            OR length(a_workstation[k]) NOT BETWEEN 1 AND 256
            OR length(a_reason[k]) NOT BETWEEN 1 AND 4000
            OR length(a_body[k]) > 65436 OR right(a_body[k], 1) <> '}'
            OR a_day[k] NOT BETWEEN 0 AND 2932896 OR length(a_mrn[k]) > 4000
          THEN
            RAISE EXCEPTION 'event % is malformed', k USING ERRCODE = 'CT002';
          END IF;
        END LOOP;
        BEGIN
          -- What no program can read would be in the way of every list, and so would another day.
          FOR k IN 1..n LOOP
            IF NOT is_fact(a_kind[k], a_minute[k], a_body[k], a_day[k], a_mrn[k]) THEN
              RAISE EXCEPTION 'a body lacks members' USING ERRCODE = 'CT002';
            END IF;
          END LOOP;
        EXCEPTION WHEN OTHERS THEN
          RAISE EXCEPTION 'a body cannot be read' USING ERRCODE = 'CT002';
        END;

        -- The row alone, because an advisory lock is anybody's: it would stop every suite.
        SELECT * INTO STRICT h FROM suite WHERE number = a_suite FOR UPDATE;
        IF coalesce((SELECT max(position) FROM audit WHERE suite = a_suite
            AND kind IN (1, 2, 3, 4, 10, 12, 13, 14, 15)), 0) <> a_rights THEN
          RAISE EXCEPTION 'rights changed meanwhile' USING ERRCODE = 'CT408';
        END IF;
        IF EXISTS (SELECT 1 FROM fact WHERE suite = a_suite AND id = ANY (a_id))
          OR n <> (SELECT count(DISTINCT id) FROM unnest(a_id) AS id) THEN
          -- Perhaps the same append again, whose answer was lost: the versions tell.
          is_new := false;
        ELSE
          is_new := true;
        END IF;

        WHILE i <= n LOOP
          at := i;
          s_id := a_session[at];
          WHILE i <= n AND a_session[i] = s_id AND a_expecting[i] = a_expecting[at] LOOP
            i := i + 1;
          END LOOP;
          SELECT number, version, status INTO s_number, s_version, s_was FROM session
            WHERE suite = a_suite AND id = s_id;
          s_version := coalesce(s_version, 0);
          IF s_number IS NULL AND (a_expecting[at] <> 0 OR a_kind[at] <> 1) THEN
            RAISE EXCEPTION 'there is no session %', s_id USING ERRCODE = 'CT004', DETAIL = s_id;
          END IF;
          IF s_version < a_expecting[at] THEN
            RAISE EXCEPTION 'facts are missing that were acknowledged' USING ERRCODE = 'CT410';
          END IF;
          IF s_version > a_expecting[at] THEN
            RAISE EXCEPTION 'a session changed meanwhile' USING ERRCODE = 'CT409', DETAIL = s_id;
          END IF;
          IF NOT is_new THEN
            RAISE EXCEPTION 'an event of this id is recorded already' USING ERRCODE = 'CT002';
          END IF;
          s_day := NULL;
          s_status := NULL;
          FOR k IN at..i - 1 LOOP
            s_status := CASE a_kind[k] WHEN 19 THEN 1 WHEN 20 THEN 0 WHEN 21 THEN 2 ELSE s_status END;
            -- Only an opening has a day, and the correction of one.
            IF a_kind[k] = 1 OR a_kind[k] = 18 AND a_body[k]::json ->> 'kind' = 'sessionOpened' THEN
              s_day := coalesce(a_day[k], s_day);
            END IF;
            -- What was signed is added to by notes and read words alone, as in the program.
            IF s_was = 2 AND a_kind[k] NOT IN (15, 26) THEN PERFORM allow(a_suite, 'reviewer'); END IF;
            s_was := CASE a_kind[k] WHEN 19 THEN 1 WHEN 20 THEN 0 WHEN 21 THEN 2 ELSE s_was END;
            IF a_kind[k] = 18 AND NOT is_correction(a_suite, s_number, a_body[k],
                array_positions(a_session[1:k - 1], s_id), a_id, a_kind, a_body) THEN
              RAISE EXCEPTION 'a correction is of a fact that can be corrected, by one of its kind'
                USING ERRCODE = 'CT002';
            END IF;
            IF (a_kind[k] = 1) <> (s_version = 0 AND k = at) THEN
              RAISE EXCEPTION 'a session has one opening' USING ERRCODE = 'CT002';
            END IF;
          END LOOP;
          IF s_number IS NULL THEN
            IF s_day IS NULL THEN
              RAISE EXCEPTION 'an opening has a day' USING ERRCODE = 'CT002';
            END IF;
            h.sessions := h.sessions + 1;
            s_number := h.sessions;
            INSERT INTO session (suite, number, id, day, status, version)
              VALUES (a_suite, s_number, s_id, s_day, coalesce(s_status, 0), i - at);
          ELSE
            UPDATE session SET version = s_version + (i - at),
              status = coalesce(s_status, status), day = coalesce(s_day, day)
              WHERE suite = a_suite AND number = s_number;
          END IF;
          FOR k IN at..i - 1 LOOP
            -- Each fact notes the end of the audit record.
            IF h.audit > 0 THEN
              a_body[k] := left(a_body[k], -1)
                || CASE WHEN right(left(a_body[k], -1), 1) = '{' THEN '' ELSE ',' END
                || '"audit":"' || h.audit || ':' || left(encode(h.audit_seal, 'hex'), 16) || '"}';
            END IF;
            numbers[k] := s_version + 1 + k - at;
            sessions[k] := s_number;
            h.seal := fact_seal(h.seal, 1::smallint, s_id, numbers[k], a_id[k], a_kind[k],
              a_minute[k], a_recorded[k], a_basis[k], a_actor[k], a_workstation[k], a_reason[k],
              a_body[k]);
            seals[k] := h.seal;
          END LOOP;
        END LOOP;

        INSERT INTO visit (suite, position, session, mrn)
          SELECT a_suite, h.facts + k, sessions[k], a_mrn[k] FROM generate_series(1, n) AS k
          WHERE a_kind[k] IN (1, 18);
        INSERT INTO fact (suite, position, format, session, number, id, kind, minute, recorded, basis,
            actor, workstation, reason, body, seal)
          SELECT a_suite, h.facts + k, 1, sessions[k], numbers[k], a_id[k], a_kind[k], a_minute[k],
            a_recorded[k], a_basis[k], a_actor[k], a_workstation[k], a_reason[k], a_body[k], seals[k]
          FROM generate_series(1, n) AS k ORDER BY k;
        GET DIAGNOSTICS i = ROW_COUNT;
        IF i <> n OR (SELECT s.facts FROM suite AS s WHERE s.number = a_suite) <> h.facts + n THEN
          RAISE EXCEPTION 'the facts were not kept' USING ERRCODE = 'CT001';
        END IF;
        UPDATE suite SET sessions = h.sessions WHERE number = a_suite AND sessions <> h.sessions;
        facts := h.facts + n;
        head := h.seal;
      END
      """,
    callers: [.recorder])

  /// Whether a correction is of a fact of its session that can be corrected, as the program decides it.
  ///
  /// A closing, a reopening or a review is never corrected. An opening is corrected by an opening, and not
  /// withdrawn; nothing else becomes one. `positions` are the session's facts that come in with it, before it.
  static let isCorrection = Function(
    name: "is_correction",
    arguments: """
      a_suite smallint, s_number bigint, a_body text, positions int[], a_id uuid[],
        a_kind smallint[], a_bodies text[]
      """,
    returns: "RETURNS boolean", attributes: "STABLE",
    body: """

      DECLARE
        made text := a_body::json ->> 'kind'; target uuid := (a_body::json ->> 'event')::uuid;
        first smallint; root smallint; found_body text; k int;
      BEGIN
        FOR step IN 1..1000 LOOP
          root := NULL;
          FOREACH k IN ARRAY positions LOOP
            IF a_id[k] = target THEN
              root := a_kind[k];
              found_body := a_bodies[k];
            END IF;
          END LOOP;
          IF root IS NULL THEN
            SELECT kind, body INTO root, found_body FROM fact
              WHERE suite = a_suite AND session = s_number AND id = target;
          END IF;
          first := coalesce(first, root);
          EXIT WHEN root IS DISTINCT FROM 18;
          target := (found_body::json ->> 'event')::uuid;
        END LOOP;
        RETURN root IS NOT NULL AND root NOT IN (18, 19, 20, 21)
          AND coalesce(made, '') NOT IN ('eventSuperseded', 'sessionClosed', 'sessionReopened',
            'sessionReviewed')
          AND CASE WHEN made IS NULL THEN root <> 1 OR first = 18
            ELSE (root = 1) = (made = 'sessionOpened') END;
      EXCEPTION WHEN invalid_text_representation THEN
        RETURN false;
      END
      """)
}

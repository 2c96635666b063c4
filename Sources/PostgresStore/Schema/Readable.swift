extension ServerSchema {
  /// What the server asks of a fact's or an entry's text before it takes it.
  ///
  /// A text that no program can read stays for ever, so it must not come in. These ask for the form that
  /// `CompactJSON` writes and reads, for openings as `FactBody` reads them, and for entries as `AuditRow` does.
  static let readable: [Function] = [
    // No blanks, no word but true and false, no escape but those that are written, at most 7 levels.
    Function(
      name: "is_compact", arguments: "body text", returns: "RETURNS boolean",
      attributes: "IMMUTABLE PARALLEL SAFE",
      body: """

        DECLARE rest text;
        BEGIN
          IF body IS NULL OR json_typeof(body::json) <> 'object' THEN RETURN false; END IF;
          rest := regexp_replace(body COLLATE "C",
            '"([^"\\\\]|\\\\["\\\\]|\\\\u00(0[1-9a-f]|1[0-9a-f]|7f))*"', '0', 'g');
          IF rest !~ '^[][{}:,0-9.eE+truefals-]*$' OR rest ~ '[0-9]{25}|[eE][-+]?[0-9]{3}' THEN
            RETURN false;
          END IF;
          rest := regexp_replace(rest, '[^][{}]', '', 'g');
          FOR level IN 1..7 LOOP
            EXIT WHEN rest = '';
            rest := regexp_replace(rest, '\\{\\}|\\[\\]', '', 'g');
          END LOOP;
          RETURN rest = '';
        END
        """),
    // What `FactBody` reads of an opening: texts that must be there, and what others must be if they are.
    Function(
      name: "is_opening", arguments: "body json", returns: "RETURNS boolean",
      attributes: "STABLE",
      body: """

        DECLARE texts int; others int; twice boolean;
        BEGIN
          SELECT count(DISTINCT key) FILTER (WHERE key IN ('family', 'given', 'mrn', 'visit',
                'chair', 'zone', 'nurse') AND json_typeof(value) = 'string'),
              count(*) FILTER (WHERE key IN ('family', 'given', 'mrn', 'visit', 'chair', 'zone',
                  'nurse', 'born', 'sex', 'setting', 'pos', 'payer')
                AND json_typeof(value) <> 'string'
                OR key = 'inpatient' AND json_typeof(value) <> 'number'),
              count(*) <> count(DISTINCT key)
            INTO texts, others, twice FROM json_each(body);
          RETURN texts = 7 AND others = 0 AND NOT twice
            AND coalesce(body ->> 'sex', 'unknown') IN ('female', 'male', 'other', 'unknown')
            AND coalesce(body ->> 'setting', 'facility') IN ('facility', 'professional')
            AND coalesce((body ->> 'inpatient')::float8, 0) BETWEEN 0 AND 4223371679
            AND coalesce(body ->> 'born', '2000-01-01') ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
            AND coalesce(body ->> 'born', '2000-01-01')::date IS NOT NULL;
        END
        """),
    // The day of a minute in a zone, as `LocalClock` reads it; UTC if the server does not know the zone.
    Function(
      name: "local_day", arguments: "minute bigint, zone text", returns: "RETURNS int",
      attributes: "STABLE",
      body: """

        DECLARE moment timestamptz := to_timestamp(minute * 60);
        BEGIN
          BEGIN
            IF zone ~ '^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)+$' THEN
              RETURN (moment AT TIME ZONE zone)::date - date '1970-01-01';
            END IF;
          EXCEPTION WHEN OTHERS THEN NULL;
          END;
          RETURN (moment AT TIME ZONE 'UTC')::date - date '1970-01-01';
        END
        """),
    // Whether a fact can be read as far as a list depends on it, and is listed as it says: an opening, or the
    // correction of one, on its own day (two hours are left to other tables of time zones) and under its number.
    Function(
      name: "is_fact",
      arguments: "a_kind smallint, a_minute bigint, a_body text, a_day int, a_mrn text",
      returns: "RETURNS boolean", attributes: "STABLE",
      body: """

        DECLARE b json := a_body::json; twice boolean;
        BEGIN
          IF NOT is_compact(a_body) THEN RETURN false; END IF;
          IF a_kind NOT IN (1, 18) THEN RETURN true; END IF;
          IF a_kind = 18 THEN
            SELECT count(*) <> count(DISTINCT key) INTO twice FROM json_each(b);
            IF twice OR coalesce(json_typeof(b -> 'event'), '') <> 'string'
              OR (b ->> 'event') !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
              RETURN false;
            END IF;
            IF b -> 'kind' IS NULL THEN RETURN a_mrn IS NULL; END IF;
            IF json_typeof(b -> 'kind') <> 'string'
              OR coalesce(json_typeof(b -> 'fact'), '') <> 'object' THEN
              RETURN false;
            END IF;
            IF b ->> 'kind' <> 'sessionOpened' THEN RETURN a_mrn IS NULL; END IF;
            b := b -> 'fact';
          END IF;
          RETURN coalesce(is_opening(b)
            AND a_day BETWEEN local_day(a_minute - 120, b ->> 'zone')
              AND local_day(a_minute + 120, b ->> 'zone')
            AND a_mrn IS NOT NULL AND (b ->> 'mrn' !~ '^[-/0-9A-Za-z]*$'
              OR a_mrn = left(lower((b ->> 'mrn') COLLATE "C"), 4000)), false);
        END
        """),
    // What `AuditRow` reads of an entry, each member once and no other: the server adds what it counts.
    Function(
      name: "is_action",
      arguments: "a_suite smallint, a_kind smallint, a_person text, body json",
      returns: "RETURNS boolean", attributes: "STABLE",
      body: """

        DECLARE
          texts text[] := CASE a_kind WHEN 1 THEN '{role,salt,scrypt}' WHEN 2 THEN '{salt,scrypt}'
            WHEN 3 THEN '{role}' WHEN 7 THEN '{session}' WHEN 8 THEN '{what}' WHEN 9 THEN '{what}'
            WHEN 10 THEN '{hash}' WHEN 11 THEN '{act}' WHEN 12 THEN '{mrn,reason}'
            WHEN 13 THEN '{mrn,reason}' WHEN 14 THEN '{mrn,reason}' WHEN 15 THEN '{reason}'
            WHEN 16 THEN '{before}' ELSE '{}' END;
          numbers text[] := CASE WHEN a_kind IN (1, 2) THEN '{n,r,p}' WHEN a_kind = 8 THEN '{sessions}'
            WHEN a_kind = 16 THEN '{days}' ELSE '{}' END;
          further text[] := CASE a_kind WHEN 14 THEN '{session}' ELSE '{}' END;
          is_whole boolean;
        BEGIN
          SELECT count(*) = count(DISTINCT key)
              AND count(*) FILTER (WHERE key = ANY (texts || numbers))
                = cardinality(texts || numbers)
              AND count(*) FILTER (WHERE key = ANY (texts || further)
                AND json_typeof(value) = 'string'
                OR key = ANY (numbers) AND value::text ~ '^[0-9]{1,9}$') = count(*)
            INTO is_whole FROM json_each(body);
          RETURN is_whole AND a_kind BETWEEN 1 AND 16
            AND (a_person IS NOT NULL) = (a_kind IN (1, 2, 3, 4, 5, 15)
              OR a_kind = 6 AND a_person IS NOT NULL)
            AND coalesce(body ->> 'role', 'nurse') IN ('nurse', 'supervisor')
            AND coalesce(body ->> 'act', 'look') IN ('look', 'record', 'signOff', 'reopenReviewed',
              'export', 'importDocuments', 'changeConfiguration', 'managePeople', 'readAudit',
              'restrict')
            AND (a_kind NOT IN (1, 2) OR body ->> 'salt' ~ '^([0-9a-f]{2})+$'
              AND body ->> 'scrypt' ~ '^([0-9a-f]{2})+$')
            AND coalesce(body ->> 'before', '2000-01-01') ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
            AND coalesce(body ->> 'before', '2000-01-01')::date IS NOT NULL
            -- The name must be an enrolled one: programs compare names by letters that look alike.
            AND (a_kind NOT IN (5, 6) OR a_person IS NULL OR EXISTS (SELECT 1 FROM audit
              WHERE suite = a_suite AND kind = 1 AND person = a_person));
        END
        """),
  ]
}

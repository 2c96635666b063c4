BEGIN;

DO $roles$ BEGIN
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'chairtime_owner') THEN
      CREATE ROLE chairtime_owner NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'chairtime_recorder') THEN
      CREATE ROLE chairtime_recorder NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'chairtime_reviewer') THEN
      CREATE ROLE chairtime_reviewer NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'chairtime_verifier') THEN
      CREATE ROLE chairtime_verifier NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  IF NOT pg_has_role('chairtime_reviewer', 'chairtime_recorder', 'member') THEN
    GRANT chairtime_recorder TO chairtime_reviewer; END IF;
END $roles$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
DO $own$ BEGIN
  EXECUTE format('REVOKE CONNECT, TEMP ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO chairtime_recorder, chairtime_verifier',
    current_database());
  BEGIN
    REVOKE EXECUTE ON FUNCTION lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea)
      FROM PUBLIC;
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END;
END $own$;
DO $own$ BEGIN EXECUTE format('GRANT chairtime_owner TO %I', current_user); END $own$;
CREATE SCHEMA chairtime AUTHORIZATION chairtime_owner;
SET LOCAL ROLE chairtime_owner;
SET LOCAL search_path = chairtime, pg_temp;

CREATE TABLE schema_version (
  version int NOT NULL,
  reads_from int NOT NULL,
  single boolean PRIMARY KEY DEFAULT true CHECK (single)
);

-- One row a suite: the heads of its chains. Whoever appends holds it.
CREATE TABLE suite (
  number smallint PRIMARY KEY CHECK (number > 0),
  id text COLLATE "C" NOT NULL UNIQUE CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  facts bigint NOT NULL DEFAULT 0 CHECK (facts >= 0),
  seal bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(seal) = 32),
  audit bigint NOT NULL DEFAULT 0 CHECK (audit >= 0),
  audit_seal bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
    CHECK (octet_length(audit_seal) = 32),
  outbox bigint NOT NULL DEFAULT 0 CHECK (outbox >= 0),
  outbox_seal bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
    CHECK (octet_length(outbox_seal) = 32),
  sessions bigint NOT NULL DEFAULT 0 CHECK (sessions >= 0)
) WITH (
  fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- What a login may do in which suite.
CREATE TABLE member (
  login name NOT NULL,
  suite smallint NOT NULL REFERENCES suite (number),
  role text COLLATE "C" NOT NULL CHECK (role IN ('recorder', 'reviewer', 'verifier')),
  PRIMARY KEY (login, suite)
);

CREATE TABLE session (
  suite smallint NOT NULL REFERENCES suite (number),
  number bigint NOT NULL CHECK (number > 0),
  id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 128),
  day int NOT NULL CHECK (day BETWEEN 0 AND 2932896),
  status smallint NOT NULL CHECK (status IN (0, 1, 2)),
  version int NOT NULL CHECK (version > 0),
  PRIMARY KEY (suite, number),
  UNIQUE (suite, id)
) WITH (fillfactor = 80);
CREATE INDEX session_day ON session (suite, day, number);
CREATE INDEX session_open ON session (suite, number) WHERE status = 0;

CREATE TABLE fact (
  position bigint NOT NULL CHECK (position > 0),
  session bigint NOT NULL,
  minute bigint NOT NULL CHECK (minute BETWEEN 0 AND 4223371679),
  recorded bigint NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999),
  received timestamptz NOT NULL DEFAULT clock_timestamp(),
  id uuid NOT NULL,
  number int NOT NULL CHECK (number > 0),
  suite smallint NOT NULL,
  format smallint NOT NULL CHECK (format = 1),
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 63),
  basis smallint NOT NULL CHECK (basis BETWEEN 1 AND 6),
  actor text COLLATE "C" NOT NULL CHECK (length(actor) BETWEEN 1 AND 256),
  workstation text COLLATE "C" NOT NULL CHECK (length(workstation) BETWEEN 1 AND 256),
  login name NOT NULL DEFAULT session_user,
  reason text COLLATE "C" CHECK (length(reason) BETWEEN 1 AND 4000),
  body text COLLATE "C" NOT NULL CHECK (length(body) <= 65536 AND body::json IS NOT NULL),
  seal bytea NOT NULL CHECK (octet_length(seal) = 32),
  PRIMARY KEY (suite, position),
  UNIQUE (suite, session, number),
  UNIQUE (suite, id)
);

-- The record number that each opening and each correction of one names. Plain columns, because under
-- row-level security an index on an expression is not used.
CREATE TABLE visit (
  suite smallint NOT NULL,
  position bigint NOT NULL,
  session bigint NOT NULL,
  mrn text COLLATE "C" CHECK (length(mrn) <= 4000),
  PRIMARY KEY (suite, position)
);
CREATE INDEX visit_mrn ON visit (suite, mrn);

CREATE TABLE audit (
  position bigint NOT NULL CHECK (position > 0),
  recorded bigint NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999),
  facts bigint NOT NULL CHECK (facts >= 0),
  received timestamptz NOT NULL DEFAULT clock_timestamp(),
  suite smallint NOT NULL REFERENCES suite (number),
  format smallint NOT NULL CHECK (format = 1),
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 16),
  actor text COLLATE "C" NOT NULL CHECK (length(actor) BETWEEN 1 AND 256),
  workstation text COLLATE "C" NOT NULL CHECK (length(workstation) BETWEEN 1 AND 256),
  login name NOT NULL DEFAULT session_user,
  person text COLLATE "C" CHECK (length(person) BETWEEN 1 AND 256),
  body text COLLATE "C" NOT NULL CHECK (length(body) <= 4096 AND body::json IS NOT NULL),
  seal bytea NOT NULL CHECK (octet_length(seal) = 32),
  PRIMARY KEY (suite, position)
);
CREATE INDEX audit_right ON audit (suite, position) WHERE kind IN (1, 2, 3, 4, 10, 12, 13, 14, 15);
CREATE INDEX audit_person ON audit (suite, person, position) WHERE person IS NOT NULL;

CREATE TABLE outbox_seal (
  suite smallint NOT NULL REFERENCES suite (number),
  position bigint NOT NULL CHECK (position > 0),
  number bigint NOT NULL CHECK (number > 0),
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
  seal bytea NOT NULL CHECK (octet_length(seal) = 32),
  PRIMARY KEY (suite, position)
);

CREATE TABLE message (
  suite smallint NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  session bigint NOT NULL,
  made bigint NOT NULL CHECK (made BETWEEN 0 AND 253402300799999),
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 5),
  control text COLLATE "C" NOT NULL CHECK (length(control) BETWEEN 1 AND 20),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 1048576),
  PRIMARY KEY (suite, number),
  UNIQUE (suite, control)
);
CREATE INDEX message_session ON message (suite, session);
CREATE INDEX message_waiting ON message (suite, state, number) WHERE state IN (1, 2, 4);

CREATE TABLE posting (
  suite smallint NOT NULL,
  message bigint NOT NULL,
  number int NOT NULL CHECK (number > 0),
  units bigint NOT NULL CHECK (units > 0),
  credit boolean NOT NULL,
  id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 12),
  unit text COLLATE "C" NOT NULL CHECK (length(unit) BETWEEN 1 AND 12),
  code text COLLATE "C" NOT NULL CHECK (length(code) BETWEEN 1 AND 20),
  PRIMARY KEY (suite, message, number),
  FOREIGN KEY (suite, message) REFERENCES message (suite, number)
);
CREATE INDEX posting_id ON posting (suite, id);

CREATE TABLE message_step (
  suite smallint NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  message bigint NOT NULL,
  at bigint NOT NULL CHECK (at BETWEEN 0 AND 253402300799999),
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 5),
  actor text COLLATE "C" NOT NULL CHECK (length(actor) BETWEEN 1 AND 256),
  note text COLLATE "C" CHECK (length(note) BETWEEN 1 AND 4000),
  seal bytea NOT NULL CHECK (octet_length(seal) = 32),
  PRIMARY KEY (suite, number),
  FOREIGN KEY (suite, message) REFERENCES message (suite, number)
);
CREATE INDEX message_step_message ON message_step (suite, message, number);

CREATE TABLE outbox_filling (
  suite smallint NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  facts bigint NOT NULL CHECK (facts > 0),
  at bigint NOT NULL CHECK (at BETWEEN 0 AND 253402300799999),
  actor text COLLATE "C" NOT NULL CHECK (length(actor) BETWEEN 1 AND 256),
  PRIMARY KEY (suite, number)
);

CREATE TABLE checkpoint (
  suite smallint NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  facts bigint NOT NULL CHECK (facts >= 0),
  audit bigint NOT NULL CHECK (audit >= 0),
  messages bigint NOT NULL CHECK (messages >= 0),
  steps bigint NOT NULL CHECK (steps >= 0),
  fillings bigint NOT NULL CHECK (fillings >= 0),
  list text COLLATE "C" CHECK (length(list) BETWEEN 1 AND 10000000),
  PRIMARY KEY (suite, number)
);

ALTER TABLE visit ALTER mrn SET STATISTICS 0;
ALTER TABLE session ALTER id SET STATISTICS 0;
ALTER TABLE fact ALTER actor SET STATISTICS 0, ALTER workstation SET STATISTICS 0,
  ALTER reason SET STATISTICS 0, ALTER body SET STATISTICS 0;
ALTER TABLE audit ALTER actor SET STATISTICS 0, ALTER person SET STATISTICS 0,
  ALTER workstation SET STATISTICS 0, ALTER body SET STATISTICS 0;
ALTER TABLE message ALTER control SET STATISTICS 0;
ALTER TABLE message_step ALTER actor SET STATISTICS 0, ALTER note SET STATISTICS 0;
ALTER TABLE outbox_filling ALTER actor SET STATISTICS 0;

CREATE FUNCTION fact_seal(before bytea, format smallint, session text, number int, id uuid, kind smallint,
  minute bigint, recorded bigint, basis smallint, actor text, workstation text, reason text,
  body text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = chairtime, pg_temp AS $function$
DECLARE
  s bytea := convert_to(session, 'UTF8'); a bytea := convert_to(actor, 'UTF8');
  w bytea := convert_to(workstation, 'UTF8');
  r bytea := convert_to(coalesce(reason, ''), 'UTF8'); b bytea := convert_to(body, 'UTF8');
BEGIN
  RETURN sha256(before || int8send(format) || int8send(length(s)) || s || int8send(number)
    || uuid_send(id) || int8send(kind) || int8send(minute) || int8send(recorded)
    || int8send(basis) || int8send(length(a)) || a || int8send(length(w)) || w
    || CASE WHEN reason IS NULL THEN '\x00'::bytea ELSE '\x01'::bytea END
    || int8send(length(r)) || r || int8send(length(b)) || b);
END$function$;

CREATE FUNCTION audit_seal(before bytea, format smallint, kind smallint, recorded bigint, actor text,
  workstation text, person text, facts bigint, fact bytea, body text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = chairtime, pg_temp AS $function$
DECLARE
  a bytea := convert_to(actor, 'UTF8'); w bytea := convert_to(workstation, 'UTF8');
  p bytea := convert_to(coalesce(person, ''), 'UTF8'); b bytea := convert_to(body, 'UTF8');
BEGIN
  RETURN sha256(before || int8send(format) || int8send(kind) || int8send(recorded)
    || int8send(length(a)) || a || int8send(length(w)) || w
    || CASE WHEN person IS NULL THEN '\x00'::bytea ELSE '\x01'::bytea END
    || int8send(length(p)) || p || int8send(facts) || fact || int8send(length(b)) || b);
END$function$;

CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  RAISE EXCEPTION 'rows of % are never edited or removed', TG_TABLE_NAME
    USING ERRCODE = 'CT001';
END$function$;

CREATE FUNCTION fact_appended() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
DECLARE r record; h suite; one smallint;
BEGIN
  FOR one IN SELECT DISTINCT suite FROM fresh ORDER BY 1 LOOP
    SELECT * INTO STRICT h FROM suite WHERE number = one FOR UPDATE;
    FOR r IN SELECT f.*, s.id AS name FROM fresh f
        LEFT JOIN session s ON s.suite = f.suite AND s.number = f.session
        WHERE f.suite = one ORDER BY f.position LOOP
      IF r.position <> h.facts + 1 OR r.seal IS DISTINCT FROM fact_seal(
          h.seal, r.format, r.name, r.number, r.id, r.kind, r.minute, r.recorded, r.basis,
          r.actor, r.workstation, r.reason, r.body) THEN
        RAISE EXCEPTION 'facts are only appended, sealed' USING ERRCODE = 'CT001';
      END IF;
      IF r.number > 1 AND NOT EXISTS (SELECT 1 FROM fact WHERE suite = one
          AND session = r.session AND number = r.number - 1) THEN
        RAISE EXCEPTION 'facts follow each other in a session' USING ERRCODE = 'CT001';
      END IF;
      h.facts := r.position;
      h.seal := r.seal;
    END LOOP;
    UPDATE suite SET facts = h.facts, seal = h.seal WHERE number = one;
  END LOOP;
  RETURN NULL;
END$function$;

CREATE FUNCTION audit_appended() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
DECLARE r record; h suite; one smallint; known bytea;
BEGIN
  FOR one IN SELECT DISTINCT suite FROM fresh ORDER BY 1 LOOP
    SELECT * INTO STRICT h FROM suite WHERE number = one FOR UPDATE;
    FOR r IN SELECT * FROM fresh f WHERE f.suite = one ORDER BY f.position LOOP
      known := decode(repeat('00', 32), 'hex');
      IF r.facts > 0 THEN
        SELECT seal INTO known FROM fact WHERE suite = one AND position = r.facts;
      END IF;
      IF r.position <> h.audit + 1 OR r.seal IS DISTINCT FROM audit_seal(
          h.audit_seal, r.format, r.kind, r.recorded, r.actor, r.workstation, r.person,
          r.facts, known, r.body) THEN
        RAISE EXCEPTION 'audit entries are only appended, sealed' USING ERRCODE = 'CT001';
      END IF;
      h.audit := r.position;
      h.audit_seal := r.seal;
    END LOOP;
    UPDATE suite SET audit = h.audit, audit_seal = h.audit_seal WHERE number = one;
  END LOOP;
  RETURN NULL;
END$function$;

CREATE FUNCTION seal_appended() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
DECLARE r record; h suite; one smallint;
BEGIN
  FOR one IN SELECT DISTINCT suite FROM fresh ORDER BY 1 LOOP
    SELECT * INTO STRICT h FROM suite WHERE number = one FOR UPDATE;
    FOR r IN SELECT * FROM fresh f WHERE f.suite = one ORDER BY f.position LOOP
      IF r.position <> h.outbox + 1 THEN
        RAISE EXCEPTION 'seals are only appended' USING ERRCODE = 'CT001';
      END IF;
      h.outbox := r.position;
      h.outbox_seal := r.seal;
    END LOOP;
    UPDATE suite SET outbox = h.outbox, outbox_seal = h.outbox_seal WHERE number = one;
  END LOOP;
  RETURN NULL;
END$function$;

CREATE FUNCTION seal_has_a_row() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  IF NOT (CASE NEW.kind
      WHEN 1 THEN EXISTS (SELECT 1 FROM message
        WHERE suite = NEW.suite AND number = NEW.number)
      WHEN 2 THEN EXISTS (SELECT 1 FROM message_step
        WHERE suite = NEW.suite AND number = NEW.number)
      WHEN 3 THEN EXISTS (SELECT 1 FROM outbox_filling
        WHERE suite = NEW.suite AND number = NEW.number)
      ELSE EXISTS (SELECT 1 FROM checkpoint
        WHERE suite = NEW.suite AND number = NEW.number) END) THEN
    RAISE EXCEPTION 'a seal is one of a row' USING ERRCODE = 'CT001';
  END IF;
  RETURN NULL;
END$function$;

CREATE FUNCTION is_sealed(a_suite smallint, a_kind int, a_number bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM outbox_seal JOIN suite ON suite.number = outbox_seal.suite
    WHERE outbox_seal.suite = a_suite AND outbox_seal.position = suite.outbox
      AND outbox_seal.kind = a_kind AND outbox_seal.number = a_number);
END$function$;

CREATE FUNCTION message_sealed() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  IF NEW.state <> 1 OR NOT is_sealed(NEW.suite, 1, NEW.number)
    OR NOT EXISTS (SELECT 1 FROM session WHERE suite = NEW.suite AND number = NEW.session)
    OR EXISTS (SELECT 1 FROM message WHERE suite = NEW.suite AND control = NEW.control) THEN
    RAISE EXCEPTION 'a message begins held, sealed, under an id of its own'
      USING ERRCODE = 'CT002';
  END IF;
  RETURN NEW;
END$function$;

CREATE FUNCTION posting_new() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  IF EXISTS (SELECT 1 FROM message_step WHERE suite = NEW.suite AND message = NEW.message)
    OR EXISTS (SELECT 1 FROM posting WHERE suite = NEW.suite AND id = NEW.id
      AND (unit <> NEW.unit OR code <> NEW.code OR units <> NEW.units)) THEN
    RAISE EXCEPTION 'an id never comes with other content' USING ERRCODE = 'CT002';
  END IF;
  RETURN NEW;
END$function$;

CREATE FUNCTION step_sealed() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
DECLARE last smallint;
BEGIN
  SELECT state INTO last FROM message_step
    WHERE suite = NEW.suite AND message = NEW.message ORDER BY number DESC LIMIT 1;
  IF NOT is_sealed(NEW.suite, 2, NEW.number) OR NOT (CASE coalesce(last, 0)
      WHEN 0 THEN NEW.state = 1
      WHEN 1 THEN NEW.state IN (2, 5)
      WHEN 2 THEN NEW.state IN (2, 3, 4)
      WHEN 4 THEN NEW.state IN (1, 5)
      ELSE false END) THEN
    RAISE EXCEPTION 'steps of a message are appended in order, sealed'
      USING ERRCODE = 'CT002';
  END IF;
  RETURN NEW;
END$function$;

CREATE FUNCTION step_moves() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  UPDATE message SET state = NEW.state WHERE suite = NEW.suite AND number = NEW.message;
  RETURN NULL;
END$function$;

CREATE FUNCTION state_follows() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  IF NEW.state IS DISTINCT FROM (SELECT state FROM message_step
      WHERE suite = NEW.suite AND message = NEW.number ORDER BY number DESC LIMIT 1) THEN
    RAISE EXCEPTION 'a message stands as its last step says' USING ERRCODE = 'CT001';
  END IF;
  RETURN NEW;
END$function$;

CREATE FUNCTION filling_sealed() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  IF NOT is_sealed(NEW.suite, 3, NEW.number)
    OR NEW.facts <= (SELECT coalesce(max(facts), 0) FROM outbox_filling
      WHERE suite = NEW.suite)
    OR NEW.facts > (SELECT facts FROM suite WHERE number = NEW.suite) THEN
    RAISE EXCEPTION 'a filling is sealed first, and of facts that are there'
      USING ERRCODE = 'CT002';
  END IF;
  RETURN NEW;
END$function$;

CREATE FUNCTION checkpoint_sealed() RETURNS trigger LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  IF NOT is_sealed(NEW.suite, 4, NEW.number)
    OR NOT EXISTS (SELECT 1 FROM suite WHERE number = NEW.suite
      AND outbox = NEW.number + NEW.messages + NEW.steps + NEW.fillings
      AND facts >= NEW.facts AND audit >= NEW.audit) THEN
    RAISE EXCEPTION 'a checkpoint is sealed first' USING ERRCODE = 'CT001';
  END IF;
  RETURN NEW;
END$function$;

CREATE FUNCTION my_suites() RETURNS smallint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  RETURN (SELECT coalesce(array_agg(suite), '{}') FROM member WHERE login = session_user);
END$function$;

CREATE FUNCTION allow(a_suite smallint, a_role text) RETURNS void LANGUAGE plpgsql 
SET search_path = chairtime, pg_temp AS $function$
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
END$function$;

CREATE FUNCTION is_opening(body json) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = chairtime, pg_temp AS $function$
DECLARE texts int; others int;
BEGIN
  SELECT count(DISTINCT key) FILTER (WHERE key IN ('family', 'given', 'mrn', 'visit',
        'chair', 'zone', 'nurse') AND json_typeof(value) = 'string'),
      count(*) FILTER (WHERE key IN ('family', 'given', 'mrn', 'visit', 'chair', 'zone',
          'nurse', 'born', 'sex', 'setting', 'pos', 'payer')
        AND json_typeof(value) <> 'string'
        OR key = 'inpatient' AND json_typeof(value) <> 'number')
    INTO texts, others FROM json_each(body);
  RETURN texts = 7 AND others = 0
    AND coalesce(body ->> 'sex', 'unknown') IN ('female', 'male', 'other', 'unknown')
    AND coalesce(body ->> 'setting', 'facility') IN ('facility', 'professional')
    AND coalesce((body ->> 'inpatient')::float8, 0) BETWEEN 0 AND 4223371679
    AND coalesce(body ->> 'born', '2000-01-01') ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    AND coalesce(body ->> 'born', '2000-01-01')::date IS NOT NULL;
END$function$;

CREATE FUNCTION hold(a_suite smallint, OUT facts bigint)  LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  PERFORM allow(a_suite, 'recorder');
  -- Whatever the login's own setting, so that nobody holds a suite for long.
  PERFORM set_config('idle_in_transaction_session_timeout', '30s', true);
  SELECT suite.facts INTO STRICT hold.facts FROM suite WHERE number = a_suite FOR UPDATE;
END$function$;

CREATE FUNCTION add_audit(a_suite smallint, a_position bigint, a_format smallint, a_kind smallint, a_recorded bigint, a_actor text, a_workstation text, a_person text, a_facts bigint, a_body text, a_seal bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  PERFORM allow(a_suite, 'recorder');
  -- A PIN too: the server cannot ask for the old one.
  IF a_kind IN (1, 2, 3, 4, 8, 9, 10, 12, 13, 16) THEN
    PERFORM allow(a_suite, 'reviewer');
  END IF;
  INSERT INTO audit (suite, position, format, kind, recorded, actor, workstation, person, facts, body, seal) VALUES (a_suite, a_position, a_format, a_kind, a_recorded, a_actor, a_workstation, a_person, a_facts, a_body, a_seal);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a row of audit was not kept' USING ERRCODE = 'CT001';
  END IF;
EXCEPTION
  WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
    OR invalid_text_representation THEN
    RAISE EXCEPTION 'a row of audit is malformed' USING ERRCODE = 'CT002';
END$function$;

CREATE FUNCTION add_outbox_seal(a_suite smallint, a_position bigint, a_kind smallint, a_number bigint, a_seal bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  PERFORM allow(a_suite, 'reviewer');
  -- A checkpoint is sealed by the server: add_checkpoint.
  IF a_kind = 4 THEN
    RAISE EXCEPTION 'a checkpoint comes with its seal' USING ERRCODE = 'CT002';
  END IF;
  INSERT INTO outbox_seal (suite, position, kind, number, seal) VALUES (a_suite, a_position, a_kind, a_number, a_seal);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a row of outbox_seal was not kept' USING ERRCODE = 'CT001';
  END IF;
EXCEPTION
  WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
    OR invalid_text_representation THEN
    RAISE EXCEPTION 'a row of outbox_seal is malformed' USING ERRCODE = 'CT002';
END$function$;

CREATE FUNCTION add_message(a_suite smallint, a_number bigint, a_control text, a_session bigint, a_made bigint, a_hash bytea, a_content bytea, a_state smallint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  PERFORM allow(a_suite, 'reviewer');
  INSERT INTO message (suite, number, control, session, made, hash, content, state) VALUES (a_suite, a_number, a_control, a_session, a_made, a_hash, a_content, a_state);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a row of message was not kept' USING ERRCODE = 'CT001';
  END IF;
EXCEPTION
  WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
    OR invalid_text_representation THEN
    RAISE EXCEPTION 'a row of message is malformed' USING ERRCODE = 'CT002';
END$function$;

CREATE FUNCTION add_posting(a_suite smallint, a_message bigint, a_number int, a_id text, a_unit text, a_credit boolean, a_code text, a_units bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  PERFORM allow(a_suite, 'reviewer');
  INSERT INTO posting (suite, message, number, id, unit, credit, code, units) VALUES (a_suite, a_message, a_number, a_id, a_unit, a_credit, a_code, a_units);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a row of posting was not kept' USING ERRCODE = 'CT001';
  END IF;
EXCEPTION
  WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
    OR invalid_text_representation THEN
    RAISE EXCEPTION 'a row of posting is malformed' USING ERRCODE = 'CT002';
END$function$;

CREATE FUNCTION add_message_step(a_suite smallint, a_number bigint, a_message bigint, a_state smallint, a_at bigint, a_actor text, a_note text, a_seal bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  PERFORM allow(a_suite, 'reviewer');
  INSERT INTO message_step (suite, number, message, state, at, actor, note, seal) VALUES (a_suite, a_number, a_message, a_state, a_at, a_actor, a_note, a_seal);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a row of message_step was not kept' USING ERRCODE = 'CT001';
  END IF;
EXCEPTION
  WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
    OR invalid_text_representation THEN
    RAISE EXCEPTION 'a row of message_step is malformed' USING ERRCODE = 'CT002';
END$function$;

CREATE FUNCTION add_outbox_filling(a_suite smallint, a_number bigint, a_facts bigint, a_at bigint, a_actor text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
BEGIN
  PERFORM allow(a_suite, 'reviewer');
  INSERT INTO outbox_filling (suite, number, facts, at, actor) VALUES (a_suite, a_number, a_facts, a_at, a_actor);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a row of outbox_filling was not kept' USING ERRCODE = 'CT001';
  END IF;
EXCEPTION
  WHEN check_violation OR not_null_violation OR unique_violation OR foreign_key_violation
    OR invalid_text_representation THEN
    RAISE EXCEPTION 'a row of outbox_filling is malformed' USING ERRCODE = 'CT002';
END$function$;

CREATE FUNCTION add_checkpoint(a_suite smallint, a_facts bigint, a_audit bigint, a_list text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
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
END$function$;

CREATE FUNCTION append(a_suite smallint, a_rights bigint, a_session text[], a_expecting int[], a_id uuid[],
  a_kind smallint[], a_minute bigint[], a_recorded bigint[], a_basis smallint[],
  a_actor text[], a_workstation text[], a_reason text[], a_body text[], a_day int[],
  a_mrn text[], OUT facts bigint, OUT head bytea)  LANGUAGE plpgsql SECURITY DEFINER
SET search_path = chairtime, pg_temp AS $function$
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
    -- A session without a readable opening would be in the way of every list.
    FOR k IN 1..n LOOP
      IF json_typeof(a_body[k]::json) <> 'object'
        OR a_kind[k] = 1 AND NOT is_opening(a_body[k]::json) THEN
        RAISE EXCEPTION 'a body lacks members' USING ERRCODE = 'CT002';
      END IF;
    END LOOP;
  EXCEPTION WHEN OTHERS THEN
    RAISE EXCEPTION 'a body is no JSON' USING ERRCODE = 'CT002';
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
      IF a_kind[k] = 20 AND s_was = 2 THEN PERFORM allow(a_suite, 'reviewer'); END IF;
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
END$function$;

CREATE TRIGGER fact_is_kept BEFORE UPDATE OR DELETE ON fact FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE fact ENABLE ALWAYS TRIGGER fact_is_kept;

CREATE TRIGGER visit_is_kept BEFORE UPDATE OR DELETE ON visit FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE visit ENABLE ALWAYS TRIGGER visit_is_kept;

CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_is_kept;

CREATE TRIGGER outbox_seal_is_kept BEFORE UPDATE OR DELETE ON outbox_seal FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE outbox_seal ENABLE ALWAYS TRIGGER outbox_seal_is_kept;

CREATE TRIGGER posting_is_kept BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE posting ENABLE ALWAYS TRIGGER posting_is_kept;

CREATE TRIGGER message_step_is_kept BEFORE UPDATE OR DELETE ON message_step FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE message_step ENABLE ALWAYS TRIGGER message_step_is_kept;

CREATE TRIGGER outbox_filling_is_kept BEFORE UPDATE OR DELETE ON outbox_filling FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE outbox_filling ENABLE ALWAYS TRIGGER outbox_filling_is_kept;

CREATE TRIGGER checkpoint_is_kept BEFORE UPDATE OR DELETE ON checkpoint FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_kept;

CREATE TRIGGER suite_is_whole BEFORE TRUNCATE ON suite FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE suite ENABLE ALWAYS TRIGGER suite_is_whole;

CREATE TRIGGER session_is_whole BEFORE TRUNCATE ON session FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE session ENABLE ALWAYS TRIGGER session_is_whole;

CREATE TRIGGER fact_is_whole BEFORE TRUNCATE ON fact FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE fact ENABLE ALWAYS TRIGGER fact_is_whole;

CREATE TRIGGER visit_is_whole BEFORE TRUNCATE ON visit FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE visit ENABLE ALWAYS TRIGGER visit_is_whole;

CREATE TRIGGER audit_is_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_is_whole;

CREATE TRIGGER outbox_seal_is_whole BEFORE TRUNCATE ON outbox_seal FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE outbox_seal ENABLE ALWAYS TRIGGER outbox_seal_is_whole;

CREATE TRIGGER message_is_whole BEFORE TRUNCATE ON message FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE message ENABLE ALWAYS TRIGGER message_is_whole;

CREATE TRIGGER posting_is_whole BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE posting ENABLE ALWAYS TRIGGER posting_is_whole;

CREATE TRIGGER message_step_is_whole BEFORE TRUNCATE ON message_step FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE message_step ENABLE ALWAYS TRIGGER message_step_is_whole;

CREATE TRIGGER outbox_filling_is_whole BEFORE TRUNCATE ON outbox_filling FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE outbox_filling ENABLE ALWAYS TRIGGER outbox_filling_is_whole;

CREATE TRIGGER checkpoint_is_whole BEFORE TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION never();
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_whole;

CREATE TRIGGER suite_is_kept BEFORE DELETE OR UPDATE OF number, id ON suite FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE suite ENABLE ALWAYS TRIGGER suite_is_kept;

CREATE TRIGGER session_is_kept BEFORE DELETE OR UPDATE OF suite, number, id ON session FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE session ENABLE ALWAYS TRIGGER session_is_kept;

CREATE TRIGGER message_is_kept BEFORE DELETE OR UPDATE OF suite, number, control, session, made, hash, content ON message FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE message ENABLE ALWAYS TRIGGER message_is_kept;

CREATE TRIGGER fact_is_appended AFTER INSERT ON fact REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION fact_appended();
ALTER TABLE fact ENABLE ALWAYS TRIGGER fact_is_appended;

CREATE TRIGGER audit_is_appended AFTER INSERT ON audit REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION audit_appended();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_is_appended;

CREATE TRIGGER outbox_seal_is_appended AFTER INSERT ON outbox_seal REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION seal_appended();
ALTER TABLE outbox_seal ENABLE ALWAYS TRIGGER outbox_seal_is_appended;

CREATE CONSTRAINT TRIGGER outbox_seal_has_a_row AFTER INSERT ON outbox_seal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_has_a_row();
ALTER TABLE outbox_seal ENABLE ALWAYS TRIGGER outbox_seal_has_a_row;

CREATE TRIGGER message_is_sealed BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION message_sealed();
ALTER TABLE message ENABLE ALWAYS TRIGGER message_is_sealed;

CREATE TRIGGER posting_is_new BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_new();
ALTER TABLE posting ENABLE ALWAYS TRIGGER posting_is_new;

CREATE TRIGGER message_step_is_sealed BEFORE INSERT ON message_step FOR EACH ROW EXECUTE FUNCTION step_sealed();
ALTER TABLE message_step ENABLE ALWAYS TRIGGER message_step_is_sealed;

CREATE TRIGGER message_step_moves_it AFTER INSERT ON message_step FOR EACH ROW EXECUTE FUNCTION step_moves();
ALTER TABLE message_step ENABLE ALWAYS TRIGGER message_step_moves_it;

CREATE TRIGGER message_state_follows BEFORE UPDATE OF state ON message FOR EACH ROW EXECUTE FUNCTION state_follows();
ALTER TABLE message ENABLE ALWAYS TRIGGER message_state_follows;

CREATE TRIGGER outbox_filling_is_sealed BEFORE INSERT ON outbox_filling FOR EACH ROW EXECUTE FUNCTION filling_sealed();
ALTER TABLE outbox_filling ENABLE ALWAYS TRIGGER outbox_filling_is_sealed;

CREATE TRIGGER checkpoint_is_sealed BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION checkpoint_sealed();
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_sealed;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA chairtime FROM PUBLIC;
GRANT USAGE ON SCHEMA chairtime TO chairtime_recorder, chairtime_verifier;
GRANT SELECT ON schema_version TO chairtime_recorder, chairtime_verifier;
GRANT SELECT ON suite TO chairtime_recorder, chairtime_verifier;
ALTER TABLE suite ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON suite FOR SELECT
  USING (number = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON session TO chairtime_recorder, chairtime_verifier;
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON session FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON fact TO chairtime_recorder, chairtime_verifier;
ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON fact FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON visit TO chairtime_recorder, chairtime_verifier;
ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON visit FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON audit TO chairtime_recorder, chairtime_verifier;
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON audit FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON outbox_seal TO chairtime_recorder, chairtime_verifier;
ALTER TABLE outbox_seal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON outbox_seal FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON message TO chairtime_recorder, chairtime_verifier;
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON message FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON posting TO chairtime_recorder, chairtime_verifier;
ALTER TABLE posting ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posting FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON message_step TO chairtime_recorder, chairtime_verifier;
ALTER TABLE message_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON message_step FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON outbox_filling TO chairtime_recorder, chairtime_verifier;
ALTER TABLE outbox_filling ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON outbox_filling FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON checkpoint TO chairtime_recorder, chairtime_verifier;
ALTER TABLE checkpoint ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON checkpoint FOR SELECT
  USING (suite = ANY ((SELECT my_suites())::smallint[]));
GRANT SELECT ON member TO chairtime_recorder, chairtime_verifier;
ALTER TABLE member ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON member FOR SELECT USING (login = session_user);
GRANT EXECUTE ON FUNCTION my_suites TO chairtime_recorder, chairtime_verifier;
GRANT EXECUTE ON FUNCTION hold TO chairtime_recorder;
GRANT EXECUTE ON FUNCTION add_audit TO chairtime_recorder;
GRANT EXECUTE ON FUNCTION add_outbox_seal TO chairtime_reviewer;
GRANT EXECUTE ON FUNCTION add_message TO chairtime_reviewer;
GRANT EXECUTE ON FUNCTION add_posting TO chairtime_reviewer;
GRANT EXECUTE ON FUNCTION add_message_step TO chairtime_reviewer;
GRANT EXECUTE ON FUNCTION add_outbox_filling TO chairtime_reviewer;
GRANT EXECUTE ON FUNCTION add_checkpoint TO chairtime_recorder;
GRANT EXECUTE ON FUNCTION append TO chairtime_recorder;

INSERT INTO schema_version VALUES (2, 2);

COMMIT;

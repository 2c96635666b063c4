extension ServerSchema {
  /// The tables, each with the suite to which a row belongs.
  ///
  /// Names are texts in the rows: one suite never sees another's staff, and an append needs no look-up.
  /// Identifiers are compared byte by byte (`COLLATE "C"`), as SQLite does, whatever the server's locale.
  static let tables = """
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
      sessions bigint NOT NULL DEFAULT 0 CHECK (sessions >= 0),
      -- The last audit entry whose counts the server made. A copied one has those of another program.
      counted bigint NOT NULL DEFAULT 0 CHECK (counted >= 0)
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

    \(withoutStatistics)
    """

  /// What the planner knows of these columns would tell a login of another suite who is there.
  static let withoutStatistics = """
    ALTER TABLE visit ALTER mrn SET STATISTICS 0;
    ALTER TABLE session ALTER id SET STATISTICS 0;
    ALTER TABLE fact ALTER actor SET STATISTICS 0, ALTER workstation SET STATISTICS 0,
      ALTER reason SET STATISTICS 0, ALTER body SET STATISTICS 0;
    ALTER TABLE audit ALTER actor SET STATISTICS 0, ALTER person SET STATISTICS 0,
      ALTER workstation SET STATISTICS 0, ALTER body SET STATISTICS 0;
    ALTER TABLE message ALTER control SET STATISTICS 0;
    ALTER TABLE message_step ALTER actor SET STATISTICS 0, ALTER note SET STATISTICS 0;
    ALTER TABLE outbox_filling ALTER actor SET STATISTICS 0;
    """

  /// The tables whose rows belong to a suite, with the column that names it.
  static let suiteTables: [(name: String, suite: String)] = [
    ("suite", "number"), ("session", "suite"), ("fact", "suite"), ("visit", "suite"),
    ("audit", "suite"), ("outbox_seal", "suite"), ("message", "suite"), ("posting", "suite"),
    ("message_step", "suite"), ("outbox_filling", "suite"), ("checkpoint", "suite"),
  ]
}

/// The tables of a store, as the steps that make them.
///
/// `user_version` counts the steps a file has been through. A step, once released, is never changed:
/// the next change is another step, and files of every released version are kept as test fixtures.
/// The whole of it is explained in `docs/store.md`.
///
/// A fact's place in the chain is its row id. It has no column of its own: SQLite keeps a dead byte in
/// the row for such a column, and a byte that nobody reads is one that could change unseen.
struct Schema: Sendable {
  /// One step, from version `n − 1` to `n`; run in one transaction with the new version number.
  var steps: [String]

  var version: Int { steps.count }

  /// `CtFa` in ASCII: marks a file as a Chairtime store.
  static let applicationID: Int64 = 0x4374_4661

  static let current = Schema(steps: [first, audit])

  private static let first = """
    CREATE TABLE name (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      text TEXT NOT NULL UNIQUE CHECK (length(text) BETWEEN 1 AND 256)
    ) STRICT;

    CREATE TABLE session (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 128),
      day INTEGER NOT NULL CHECK (day BETWEEN 0 AND 2932896),
      status INTEGER NOT NULL CHECK (status IN (0, 1, 2))
    ) STRICT;
    CREATE INDEX session_day ON session (day);
    CREATE INDEX session_open ON session (status) WHERE status = 0;

    CREATE TABLE fact (
      format INTEGER NOT NULL CHECK (format = 1),
      session INTEGER NOT NULL REFERENCES session (number),
      number INTEGER NOT NULL CHECK (number > 0),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 21),
      minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 4223371679),
      recorded INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999),
      basis INTEGER NOT NULL CHECK (basis BETWEEN 1 AND 6),
      actor INTEGER NOT NULL REFERENCES name (number),
      workstation INTEGER NOT NULL REFERENCES name (number),
      reason TEXT CHECK (length(reason) BETWEEN 1 AND 4000),
      body TEXT NOT NULL CHECK (length(body) <= 65536 AND json_valid(body)),
      seal BLOB NOT NULL CHECK (length(seal) = 32),
      UNIQUE (session, number)
    ) STRICT;

    CREATE TRIGGER fact_is_not_edited BEFORE UPDATE ON fact
      BEGIN SELECT RAISE(ABORT, 'facts are never edited'); END;
    CREATE TRIGGER fact_is_not_deleted BEFORE DELETE ON fact
      BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;
    CREATE TRIGGER fact_is_appended BEFORE INSERT ON fact
      WHEN NEW.rowid <> (SELECT coalesce(max(rowid), 0) + 1 FROM fact)
        OR NEW.number <> (
          SELECT coalesce(max(number), 0) + 1 FROM fact WHERE session = NEW.session)
        OR EXISTS (SELECT 1 FROM fact WHERE id = NEW.id)
      BEGIN SELECT RAISE(ABORT, 'facts are only appended'); END;

    CREATE TRIGGER name_is_not_edited BEFORE UPDATE ON name
      BEGIN SELECT RAISE(ABORT, 'names are never edited'); END;
    CREATE TRIGGER name_is_not_deleted BEFORE DELETE ON name
      BEGIN SELECT RAISE(ABORT, 'names are never deleted'); END;
    CREATE TRIGGER name_is_new BEFORE INSERT ON name
      WHEN EXISTS (SELECT 1 FROM name WHERE number = NEW.number OR text = NEW.text)
      BEGIN SELECT RAISE(ABORT, 'names are only added'); END;

    CREATE TRIGGER session_keeps_its_name BEFORE UPDATE OF number, id ON session
      BEGIN SELECT RAISE(ABORT, 'sessions keep their names'); END;
    CREATE TRIGGER session_is_not_deleted BEFORE DELETE ON session
      BEGIN SELECT RAISE(ABORT, 'sessions are never deleted'); END;
    CREATE TRIGGER session_is_new BEFORE INSERT ON session
      WHEN EXISTS (SELECT 1 FROM session WHERE number = NEW.number OR id = NEW.id)
      BEGIN SELECT RAISE(ABORT, 'sessions are only added'); END;

    CREATE VIEW readable AS
      SELECT fact.rowid AS position, session.id AS session, fact.number,
        CASE fact.kind
          WHEN 1 THEN 'sessionOpened' WHEN 2 THEN 'drugStarted' WHEN 3 THEN 'drugPaused'
          WHEN 4 THEN 'drugResumed' WHEN 5 THEN 'drugStopped' WHEN 6 THEN 'rateChanged'
          WHEN 7 THEN 'bagChanged' WHEN 8 THEN 'pushGiven' WHEN 9 THEN 'injectionGiven'
          WHEN 10 THEN 'pumpConnected' WHEN 11 THEN 'pumpDisconnected'
          WHEN 12 THEN 'deviceFlushed' WHEN 13 THEN 'siteOpened' WHEN 14 THEN 'siteClosed'
          WHEN 15 THEN 'noteAdded' WHEN 16 THEN 'doubleCheckRecorded' WHEN 17 THEN 'handedOff'
          WHEN 18 THEN 'eventSuperseded' WHEN 19 THEN 'sessionClosed'
          WHEN 20 THEN 'sessionReopened' WHEN 21 THEN 'sessionReviewed'
        END AS kind,
        strftime('%Y-%m-%dT%H:%MZ', fact.minute * 60, 'unixepoch') AS clinical,
        strftime('%Y-%m-%dT%H:%M:%fZ', fact.recorded / 1000.0, 'unixepoch') AS recorded,
        actor.text AS actor, workstation.text AS workstation, fact.reason, fact.body
      FROM fact
        JOIN session ON session.number = fact.session
        JOIN name AS actor ON actor.number = fact.actor
        JOIN name AS workstation ON workstation.number = fact.workstation;
    """

  /// The audit record: what is no fact about a patient, appended and sealed like the facts.
  private static let audit = """
    CREATE TABLE audit (
      format INTEGER NOT NULL CHECK (format = 1),
      kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 11),
      recorded INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999),
      actor INTEGER NOT NULL REFERENCES name (number),
      workstation INTEGER NOT NULL REFERENCES name (number),
      person INTEGER REFERENCES name (number),
      facts INTEGER NOT NULL CHECK (facts >= 0),
      body TEXT NOT NULL CHECK (length(body) <= 4096 AND json_valid(body)),
      seal BLOB NOT NULL CHECK (length(seal) = 32)
    ) STRICT;
    CREATE INDEX audit_people ON audit (kind) WHERE kind <= 4;
    CREATE INDEX audit_person ON audit (person) WHERE person IS NOT NULL;
    CREATE INDEX audit_configuration ON audit (kind) WHERE kind = 10;

    CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'audit entries are never edited'); END;
    CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
    CREATE TRIGGER audit_is_appended BEFORE INSERT ON audit
      WHEN NEW.rowid <> (SELECT coalesce(max(rowid), 0) + 1 FROM audit)
      BEGIN SELECT RAISE(ABORT, 'audit entries are only appended'); END;
    """
}

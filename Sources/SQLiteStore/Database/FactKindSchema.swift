extension Schema {
  /// Kinds of facts up to 63; the next kinds need no further step.
  ///
  /// SQLite cannot change a CHECK, so the table is copied, row by row in its order. What names the table
  /// is dropped first and created again, because SQLite checks it when the copy gets the table's name.
  static let factKinds = """
    DROP VIEW readable;
    DROP TRIGGER outbox_filling_is_sealed;

    CREATE TABLE fact_of_63_kinds (
      format INTEGER NOT NULL CHECK (format = 1),
      session INTEGER NOT NULL REFERENCES session (number),
      number INTEGER NOT NULL CHECK (number > 0),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 63),
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
    INSERT INTO fact_of_63_kinds (
      rowid, format, session, number, id, kind, minute, recorded, basis, actor, workstation, reason,
      body, seal)
      SELECT rowid, format, session, number, id, kind, minute, recorded, basis, actor, workstation,
        reason, body, seal
      FROM fact ORDER BY rowid;
    DROP TABLE fact;
    ALTER TABLE fact_of_63_kinds RENAME TO fact;

    CREATE INDEX fact_patient ON fact (
      coalesce(json_extract(body, '$.mrn'), json_extract(body, '$.fact.mrn'))
    ) WHERE kind IN (1, 18);

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
    CREATE TRIGGER outbox_filling_is_sealed BEFORE INSERT ON outbox_filling
      WHEN NEW.facts > (SELECT coalesce(max(rowid), 0) FROM fact)
        OR NOT EXISTS (
          SELECT 1 FROM outbox_seal WHERE rowid = (SELECT max(rowid) FROM outbox_seal)
            AND kind = 3 AND number = NEW.number)
      BEGIN SELECT RAISE(ABORT, 'a filling is sealed first, and of facts that are there'); END;

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
          WHEN 22 THEN 'reactionRecorded' WHEN 23 THEN 'allergiesRecorded'
          ELSE 'kind ' || fact.kind
        END AS kind,
        strftime('%Y-%m-%dT%H:%MZ', fact.minute * 60, 'unixepoch') AS clinical,
        strftime('%Y-%m-%dT%H:%M:%fZ', fact.recorded / 1000.0, 'unixepoch') AS recorded,
        actor.text AS actor, workstation.text AS workstation, fact.reason, fact.body
      FROM fact
        JOIN session ON session.number = fact.session
        JOIN name AS actor ON actor.number = fact.actor
        JOIN name AS workstation ON workstation.number = fact.workstation;
    """
}

/// The tables of a store, as the migration steps that create them. `docs/store.md` explains them.
///
/// `user_version` counts the steps that were applied to a file. A released step never changes: the next
/// change is another step. The tests keep a file of every released version.
///
/// The row id is a fact's place in the chain. An INTEGER PRIMARY KEY column would leave an unused byte in
/// each row, and the chain would not detect a change of that byte.
struct Schema: Sendable {
  /// The step at `n` migrates from version `n` to `n + 1`, in one transaction with the version number.
  struct Step: Sendable, ExpressibleByStringLiteral {
    let sql: String
    /// `SchemaText.hash` after the step; nil computes it from the steps, which takes milliseconds.
    var hash: String?
    /// Whether the rows that the outbox held before are sealed after the step.
    var sealsOutbox = false

    init(_ sql: String, hash: String? = nil, sealsOutbox: Bool = false) {
      self.sql = sql
      self.hash = hash
      self.sealsOutbox = sealsOutbox
    }

    init(stringLiteral sql: String) { self.init(sql) }
  }

  var steps: [Step]

  var version: Int { steps.count }

  /// `CtFa` in ASCII; it marks a file as a Chairtime store.
  static let applicationID: Int64 = 0x4374_4661

  static let current = Schema(steps: [
    Step(first, hash: "90ccf2d094124480f17b340788ef658985479c80cd1fdd28c26ec0c7ec51cc92"),
    Step(audit, hash: "96928cf56fe9e37dde7197f5949d9f7d1b18baef0ae78b7c1a021aa19eda0f20"),
    Step(outbox, hash: "65d7b52ffbf235dc512c419b78fcd57a3d20f7a9c4569fdf084608070a32e6be"),
    Step(patients, hash: "3b73ad22b5f3b9c0c750c7f6e657a62499d9f53c3754939f0ddf173cbf260fa3"),
    Step(
      seals, hash: "b1df00749113bbd82ebab58baf91e9084869c33b1f86a5a89762c629f02b2651",
      sealsOutbox: true),
    Step(
      restrictions, hash: "87206a28df3afc8458a43c12c3f150d7444587e803e5b5a4405fcb7f2a170f0a"),
    Step(lists, hash: "2b3e3513c5d25164d66e6340ab2bc98c4879c92d8abf252f42d5f8195df17da8"),
    Step(factKinds, hash: "e50afc41985cc3a5f1ebf6fc02489b5ebb049f21570196b2b68eae9ac7c63d4a"),
  ])

  /// The hash that the tables of a file of `version` must have.
  func hash(ofVersion version: Int) throws -> String {
    if let known = steps[version - 1].hash { return known }
    return try SchemaText(memory(version)).hash
  }

  /// An empty database with the tables of `version`.
  func memory(_ version: Int) throws -> Database {
    let database = try Database(":memory:")
    for step in steps.prefix(version) { try database.execute(step.sql) }
    return database
  }

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

  /// The audit record: it holds what is no fact about a patient, appended and sealed like the facts.
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

  /// The outbox: messages to other systems, and their steps.
  private static let outbox = """
    CREATE TABLE message (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      control TEXT NOT NULL UNIQUE CHECK (length(control) BETWEEN 1 AND 20),
      session INTEGER NOT NULL REFERENCES session (number),
      made INTEGER NOT NULL CHECK (made BETWEEN 0 AND 253402300799999),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 1048576),
      state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
      UNIQUE (control, hash)
    ) STRICT;
    CREATE INDEX message_session ON message (session);
    CREATE INDEX message_waiting ON message (state, number) WHERE state IN (1, 2, 4);

    CREATE TABLE posting (
      message INTEGER NOT NULL REFERENCES message (number),
      number INTEGER NOT NULL CHECK (number > 0),
      id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 12),
      unit TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 12),
      credit INTEGER NOT NULL CHECK (credit IN (0, 1)),
      code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 20),
      units INTEGER NOT NULL CHECK (units > 0),
      PRIMARY KEY (message, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX posting_id ON posting (id);

    CREATE TABLE message_step (
      message INTEGER NOT NULL REFERENCES message (number),
      state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
      at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 253402300799999),
      actor INTEGER NOT NULL REFERENCES name (number),
      note TEXT CHECK (length(note) BETWEEN 1 AND 4000),
      seal BLOB NOT NULL CHECK (length(seal) = 32)
    ) STRICT;
    CREATE INDEX message_step_message ON message_step (message);

    CREATE TABLE outbox_filling (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      facts INTEGER NOT NULL CHECK (facts > 0),
      at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 253402300799999),
      actor INTEGER NOT NULL REFERENCES name (number)
    ) STRICT;
    CREATE TRIGGER outbox_filling_is_appended BEFORE INSERT ON outbox_filling
      WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM outbox_filling)
        OR NEW.facts <= (SELECT coalesce(max(facts), 0) FROM outbox_filling)
      BEGIN SELECT RAISE(ABORT, 'fillings are appended in order'); END;
    CREATE TRIGGER outbox_filling_is_not_edited BEFORE UPDATE ON outbox_filling
      BEGIN SELECT RAISE(ABORT, 'fillings are never edited'); END;
    CREATE TRIGGER outbox_filling_is_not_deleted BEFORE DELETE ON outbox_filling
      BEGIN SELECT RAISE(ABORT, 'fillings are never deleted'); END;

    CREATE TRIGGER message_is_new BEFORE INSERT ON message
      WHEN NEW.state <> 1
        OR EXISTS (SELECT 1 FROM message WHERE number = NEW.number OR control = NEW.control)
      BEGIN SELECT RAISE(ABORT, 'a message begins held, under an id of its own'); END;
    CREATE TRIGGER message_keeps_its_content
      BEFORE UPDATE OF number, control, session, made, hash, content ON message
      BEGIN SELECT RAISE(ABORT, 'messages are never edited'); END;
    CREATE TRIGGER message_state_follows BEFORE UPDATE OF state ON message
      WHEN NEW.state IS NOT (
        SELECT state FROM message_step WHERE message = NEW.number ORDER BY rowid DESC LIMIT 1)
      BEGIN SELECT RAISE(ABORT, 'a message stands as its last step says'); END;
    CREATE TRIGGER message_is_not_deleted BEFORE DELETE ON message
      BEGIN SELECT RAISE(ABORT, 'messages are never deleted'); END;

    CREATE TRIGGER posting_is_new BEFORE INSERT ON posting
      WHEN EXISTS (SELECT 1 FROM posting WHERE message = NEW.message AND number = NEW.number)
        OR EXISTS (SELECT 1 FROM message_step WHERE message = NEW.message)
        OR EXISTS (
          SELECT 1 FROM posting
          WHERE id = NEW.id AND (unit <> NEW.unit OR code <> NEW.code OR units <> NEW.units))
      BEGIN SELECT RAISE(ABORT, 'an id never comes with other content'); END;
    CREATE TRIGGER posting_is_not_edited BEFORE UPDATE ON posting
      BEGIN SELECT RAISE(ABORT, 'postings are never edited'); END;
    CREATE TRIGGER posting_is_not_deleted BEFORE DELETE ON posting
      BEGIN SELECT RAISE(ABORT, 'postings are never deleted'); END;

    CREATE TRIGGER message_step_is_appended BEFORE INSERT ON message_step
      WHEN NEW.rowid <> (SELECT coalesce(max(rowid), 0) + 1 FROM message_step)
        OR NOT CASE coalesce((
            SELECT state FROM message_step WHERE message = NEW.message
            ORDER BY rowid DESC LIMIT 1), 0)
          WHEN 0 THEN NEW.state = 1
          WHEN 1 THEN NEW.state IN (2, 5)
          WHEN 2 THEN NEW.state IN (2, 3, 4)
          WHEN 4 THEN NEW.state IN (1, 5)
          ELSE 0 END
      BEGIN SELECT RAISE(ABORT, 'steps of a message are appended in order'); END;
    CREATE TRIGGER message_step_moves_it AFTER INSERT ON message_step
      BEGIN UPDATE message SET state = NEW.state WHERE number = NEW.message; END;
    CREATE TRIGGER message_step_is_not_edited BEFORE UPDATE ON message_step
      BEGIN SELECT RAISE(ABORT, 'steps are never edited'); END;
    CREATE TRIGGER message_step_is_not_deleted BEFORE DELETE ON message_step
      BEGIN SELECT RAISE(ABORT, 'steps are never deleted'); END;
    """

  /// An index of openings and their corrections by the patient's record number.
  private static let patients = """
    CREATE INDEX fact_patient ON fact (
      coalesce(json_extract(body, '$.mrn'), json_extract(body, '$.fact.mrn'))
    ) WHERE kind IN (1, 18);
    """

  /// The chain of the outbox: every message with its lines, every step and filling, and the checkpoints.
  ///
  /// A row is sealed before it is added, so a row that another program inserts is refused.
  private static let seals = """
    CREATE TABLE outbox_seal (
      kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
      number INTEGER NOT NULL CHECK (number > 0),
      seal BLOB NOT NULL CHECK (length(seal) = 32)
    ) STRICT;

    CREATE TABLE checkpoint (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      facts INTEGER NOT NULL CHECK (facts >= 0),
      audit INTEGER NOT NULL CHECK (audit >= 0),
      messages INTEGER NOT NULL CHECK (messages >= 0),
      steps INTEGER NOT NULL CHECK (steps >= 0),
      fillings INTEGER NOT NULL CHECK (fillings >= 0)
    ) STRICT;

    CREATE TRIGGER outbox_seal_is_not_edited BEFORE UPDATE ON outbox_seal
      BEGIN SELECT RAISE(ABORT, 'seals are never edited'); END;
    CREATE TRIGGER outbox_seal_is_not_deleted BEFORE DELETE ON outbox_seal
      BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END;
    CREATE TRIGGER outbox_seal_is_appended BEFORE INSERT ON outbox_seal
      WHEN NEW.rowid <> (SELECT coalesce(max(rowid), 0) + 1 FROM outbox_seal)
      BEGIN SELECT RAISE(ABORT, 'seals are only appended'); END;

    CREATE TRIGGER message_is_sealed BEFORE INSERT ON message
      WHEN NOT EXISTS (
        SELECT 1 FROM outbox_seal WHERE rowid = (SELECT max(rowid) FROM outbox_seal)
          AND kind = 1 AND number = NEW.number)
      BEGIN SELECT RAISE(ABORT, 'a message is sealed first'); END;
    CREATE TRIGGER message_step_is_sealed BEFORE INSERT ON message_step
      WHEN NOT EXISTS (
        SELECT 1 FROM outbox_seal WHERE rowid = (SELECT max(rowid) FROM outbox_seal)
          AND kind = 2 AND number = NEW.rowid)
      BEGIN SELECT RAISE(ABORT, 'a step is sealed first'); END;
    CREATE TRIGGER outbox_filling_is_sealed BEFORE INSERT ON outbox_filling
      WHEN NEW.facts > (SELECT coalesce(max(rowid), 0) FROM fact)
        OR NOT EXISTS (
          SELECT 1 FROM outbox_seal WHERE rowid = (SELECT max(rowid) FROM outbox_seal)
            AND kind = 3 AND number = NEW.number)
      BEGIN SELECT RAISE(ABORT, 'a filling is sealed first, and of facts that are there'); END;

    CREATE TRIGGER checkpoint_is_sealed BEFORE INSERT ON checkpoint
      WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM checkpoint)
        OR NOT EXISTS (
          SELECT 1 FROM outbox_seal WHERE rowid = (SELECT max(rowid) FROM outbox_seal)
            AND rowid = NEW.number + NEW.messages + NEW.steps + NEW.fillings
            AND kind = 4 AND number = NEW.number)
      BEGIN SELECT RAISE(ABORT, 'a checkpoint is sealed first'); END;
    CREATE TRIGGER checkpoint_is_not_edited BEFORE UPDATE ON checkpoint
      BEGIN SELECT RAISE(ABORT, 'checkpoints are never edited'); END;
    CREATE TRIGGER checkpoint_is_not_deleted BEFORE DELETE ON checkpoint
      BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;
    """

  /// What the list of sessions came to at a checkpoint, as `SessionListDigest.text`.
  private static let lists = """
    ALTER TABLE checkpoint ADD COLUMN list TEXT CHECK (length(list) BETWEEN 1 AND 10000000);
    """
}

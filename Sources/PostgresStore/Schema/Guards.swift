extension ServerSchema {
  /// The triggers that keep what was recorded. They hold for the owner and for a superuser too.
  static let triggers: [Trigger] =
    [
      "fact", "visit", "audit", "outbox_seal", "posting", "message_step", "outbox_filling",
      "checkpoint",
    ]
    .map { table in
      Trigger(
        name: "\(table)_is_kept", table: table, event: "BEFORE UPDATE OR DELETE", function: "never")
    }
    + suiteTables.map { table in
      Trigger(
        name: "\(table.name)_is_whole", table: table.name, event: "BEFORE TRUNCATE",
        function: "never", each: "FOR EACH STATEMENT")
    } + [
      Trigger(
        name: "suite_is_kept", table: "suite", event: "BEFORE DELETE OR UPDATE OF number, id",
        function: "never"),
      Trigger(
        name: "session_is_kept", table: "session",
        event: "BEFORE DELETE OR UPDATE OF suite, number, id", function: "never"),
      Trigger(
        name: "message_is_kept", table: "message",
        event: "BEFORE DELETE OR UPDATE OF suite, number, control, session, made, hash, content",
        function: "never"),
      Trigger(
        name: "fact_is_appended", table: "fact", event: "AFTER INSERT", function: "fact_appended",
        each: "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"),
      Trigger(
        name: "audit_is_appended", table: "audit", event: "AFTER INSERT",
        function: "audit_appended",
        each: "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"),
      Trigger(
        name: "outbox_seal_is_appended", table: "outbox_seal", event: "AFTER INSERT",
        function: "seal_appended",
        each: "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"),
      Trigger(
        name: "outbox_seal_has_a_row", table: "outbox_seal", event: "AFTER INSERT",
        function: "seal_has_a_row", each: "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
        isConstraint: true),
      Trigger(
        name: "message_is_sealed", table: "message", event: "BEFORE INSERT",
        function: "message_sealed"),
      Trigger(
        name: "posting_is_new", table: "posting", event: "BEFORE INSERT", function: "posting_new"),
      Trigger(
        name: "message_step_is_sealed", table: "message_step", event: "BEFORE INSERT",
        function: "step_sealed"),
      Trigger(
        name: "message_step_moves_it", table: "message_step", event: "AFTER INSERT",
        function: "step_moves"),
      Trigger(
        name: "message_state_follows", table: "message", event: "BEFORE UPDATE OF state",
        function: "state_follows"),
      Trigger(
        name: "outbox_filling_is_sealed", table: "outbox_filling", event: "BEFORE INSERT",
        function: "filling_sealed"),
      Trigger(
        name: "checkpoint_is_sealed", table: "checkpoint", event: "BEFORE INSERT",
        function: "checkpoint_sealed"),
    ]

  /// What the triggers call.
  static let guards: [Function] = [
    Function(
      name: "never", arguments: "", returns: "RETURNS trigger",
      body: """

        BEGIN
          RAISE EXCEPTION 'rows of % are never edited or removed', TG_TABLE_NAME
            USING ERRCODE = 'CT001';
        END
        """),
    // The head moves once a statement, or a long transaction would take the square of its length.
    Function(
      name: "fact_appended", arguments: "", returns: "RETURNS trigger",
      body: """

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
        END
        """),
    Function(
      name: "audit_appended", arguments: "", returns: "RETURNS trigger",
      body: """

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
        END
        """),
    Function(
      name: "seal_appended", arguments: "", returns: "RETURNS trigger",
      body: """

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
        END
        """),
    // At the end of the transaction, because a row is added after its seal.
    Function(
      name: "seal_has_a_row", arguments: "", returns: "RETURNS trigger",
      body: """

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
        END
        """),
    Function(
      name: "is_sealed", arguments: "a_suite smallint, a_kind int, a_number bigint",
      returns: "RETURNS boolean", attributes: "STABLE",
      body: """

        BEGIN
          RETURN EXISTS (
            SELECT 1 FROM outbox_seal JOIN suite ON suite.number = outbox_seal.suite
            WHERE outbox_seal.suite = a_suite AND outbox_seal.position = suite.outbox
              AND outbox_seal.kind = a_kind AND outbox_seal.number = a_number);
        END
        """),
    Function(
      name: "message_sealed", arguments: "", returns: "RETURNS trigger",
      body: """

        BEGIN
          IF NEW.state <> 1 OR NOT is_sealed(NEW.suite, 1, NEW.number)
            OR NOT EXISTS (SELECT 1 FROM session WHERE suite = NEW.suite AND number = NEW.session)
            OR EXISTS (SELECT 1 FROM message WHERE suite = NEW.suite AND control = NEW.control) THEN
            RAISE EXCEPTION 'a message begins held, sealed, under an id of its own'
              USING ERRCODE = 'CT002';
          END IF;
          RETURN NEW;
        END
        """),
    Function(
      name: "posting_new", arguments: "", returns: "RETURNS trigger",
      body: """

        BEGIN
          IF EXISTS (SELECT 1 FROM message_step WHERE suite = NEW.suite AND message = NEW.message)
            OR EXISTS (SELECT 1 FROM posting WHERE suite = NEW.suite AND id = NEW.id
              AND (unit <> NEW.unit OR code <> NEW.code OR units <> NEW.units)) THEN
            RAISE EXCEPTION 'an id never comes with other content' USING ERRCODE = 'CT002';
          END IF;
          RETURN NEW;
        END
        """),
    Function(
      name: "step_sealed", arguments: "", returns: "RETURNS trigger",
      body: """

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
        END
        """),
    Function(
      name: "step_moves", arguments: "", returns: "RETURNS trigger",
      body: """

        BEGIN
          UPDATE message SET state = NEW.state WHERE suite = NEW.suite AND number = NEW.message;
          RETURN NULL;
        END
        """),
    Function(
      name: "state_follows", arguments: "", returns: "RETURNS trigger",
      body: """

        BEGIN
          IF NEW.state IS DISTINCT FROM (SELECT state FROM message_step
              WHERE suite = NEW.suite AND message = NEW.number ORDER BY number DESC LIMIT 1) THEN
            RAISE EXCEPTION 'a message stands as its last step says' USING ERRCODE = 'CT001';
          END IF;
          RETURN NEW;
        END
        """),
    Function(
      name: "filling_sealed", arguments: "", returns: "RETURNS trigger",
      body: """

        BEGIN
          IF NOT is_sealed(NEW.suite, 3, NEW.number)
            OR NEW.facts <= (SELECT coalesce(max(facts), 0) FROM outbox_filling
              WHERE suite = NEW.suite)
            OR NEW.facts > (SELECT facts FROM suite WHERE number = NEW.suite) THEN
            RAISE EXCEPTION 'a filling is sealed first, and of facts that are there'
              USING ERRCODE = 'CT002';
          END IF;
          RETURN NEW;
        END
        """),
    Function(
      name: "checkpoint_sealed", arguments: "", returns: "RETURNS trigger",
      body: """

        BEGIN
          IF NOT is_sealed(NEW.suite, 4, NEW.number)
            OR NOT EXISTS (SELECT 1 FROM suite WHERE number = NEW.suite
              AND outbox = NEW.number + NEW.messages + NEW.steps + NEW.fillings
              AND facts >= NEW.facts AND audit >= NEW.audit) THEN
            RAISE EXCEPTION 'a checkpoint is sealed first' USING ERRCODE = 'CT001';
          END IF;
          RETURN NEW;
        END
        """),
  ]
}

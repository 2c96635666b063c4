extension ServerSchema {
  /// The tables with their columns, constraints, indexes, triggers and policies, as PostgreSQL 15 words them.
  /// `CHAIRTIME_WRITE_DOCS=1 swift test --filter KnownPartsTests` writes them again.
  // swift-format-ignore
  static let knownParts = """
    column actor of audit: text, not null, collation C, no statistics
    column actor of fact: text, not null, collation C, no statistics
    column actor of message_step: text, not null, collation C, no statistics
    column actor of outbox_filling: text, not null, collation C, no statistics
    column at of message_step: bigint, not null
    column at of outbox_filling: bigint, not null
    column audit of checkpoint: bigint, not null
    column audit of suite: bigint, not null, with default := 0
    column audit_seal of suite: bytea, not null, with default := decode(repeat('00'::text, 32), 'hex'::text)
    column basis of fact: smallint, not null
    column body of audit: text, not null, collation C, no statistics
    column body of fact: text, not null, collation C, no statistics
    column code of posting: text, not null, collation C
    column content of message: bytea, not null
    column control of message: text, not null, collation C, no statistics
    column counted of suite: bigint, not null, with default := 0
    column credit of posting: boolean, not null
    column day of session: integer, not null
    column facts of audit: bigint, not null
    column facts of checkpoint: bigint, not null
    column facts of outbox_filling: bigint, not null
    column facts of suite: bigint, not null, with default := 0
    column fillings of checkpoint: bigint, not null
    column format of audit: smallint, not null
    column format of fact: smallint, not null
    column hash of message: bytea, not null
    column id of fact: uuid, not null
    column id of posting: text, not null, collation C
    column id of session: text, not null, collation C, no statistics
    column id of suite: text, not null, collation C
    column kind of audit: smallint, not null
    column kind of fact: smallint, not null
    column kind of outbox_seal: smallint, not null
    column list of checkpoint: text, collation C
    column login of audit: name, not null, collation C, with default := SESSION_USER
    column login of fact: name, not null, collation C, with default := SESSION_USER
    column login of member: name, not null, collation C
    column made of message: bigint, not null
    column message of message_step: bigint, not null
    column message of posting: bigint, not null
    column messages of checkpoint: bigint, not null
    column minute of fact: bigint, not null
    column mrn of visit: text, collation C, no statistics
    column note of message_step: text, collation C, no statistics
    column number of checkpoint: bigint, not null
    column number of fact: integer, not null
    column number of message: bigint, not null
    column number of message_step: bigint, not null
    column number of outbox_filling: bigint, not null
    column number of outbox_seal: bigint, not null
    column number of posting: integer, not null
    column number of session: bigint, not null
    column number of suite: smallint, not null
    column outbox of suite: bigint, not null, with default := 0
    column outbox_seal of suite: bytea, not null, with default := decode(repeat('00'::text, 32), 'hex'::text)
    column person of audit: text, collation C, no statistics
    column position of audit: bigint, not null
    column position of fact: bigint, not null
    column position of outbox_seal: bigint, not null
    column position of visit: bigint, not null
    column reads_from of schema_version: integer, not null
    column reason of fact: text, collation C, no statistics
    column received of audit: timestamp with time zone, not null, with default := clock_timestamp()
    column received of fact: timestamp with time zone, not null, with default := clock_timestamp()
    column recorded of audit: bigint, not null
    column recorded of fact: bigint, not null
    column role of member: text, not null, collation C
    column seal of audit: bytea, not null
    column seal of fact: bytea, not null
    column seal of message_step: bytea, not null
    column seal of outbox_seal: bytea, not null
    column seal of suite: bytea, not null, with default := decode(repeat('00'::text, 32), 'hex'::text)
    column session of fact: bigint, not null
    column session of message: bigint, not null
    column session of visit: bigint, not null
    column sessions of suite: bigint, not null, with default := 0
    column single of schema_version: boolean, not null, with default := true
    column state of message: smallint, not null
    column state of message_step: smallint, not null
    column status of session: smallint, not null
    column steps of checkpoint: bigint, not null
    column suite of audit: smallint, not null
    column suite of checkpoint: smallint, not null
    column suite of fact: smallint, not null
    column suite of member: smallint, not null
    column suite of message: smallint, not null
    column suite of message_step: smallint, not null
    column suite of outbox_filling: smallint, not null
    column suite of outbox_seal: smallint, not null
    column suite of posting: smallint, not null
    column suite of session: smallint, not null
    column suite of visit: smallint, not null
    column unit of posting: text, not null, collation C
    column units of posting: bigint, not null
    column version of schema_version: integer, not null
    column version of session: integer, not null
    column workstation of audit: text, not null, collation C, no statistics
    column workstation of fact: text, not null, collation C, no statistics
    constraint audit_actor_check of audit: c := CHECK (((length(actor) >= 1) AND (length(actor) <= 256)))
    constraint audit_body_check of audit: c := CHECK (((length(body) <= 4096) AND ((body)::json IS NOT NULL)))
    constraint audit_facts_check of audit: c := CHECK ((facts >= 0))
    constraint audit_format_check of audit: c := CHECK ((format = 1))
    constraint audit_kind_check of audit: c := CHECK (((kind >= 1) AND (kind <= 16)))
    constraint audit_person_check of audit: c := CHECK (((length(person) >= 1) AND (length(person) <= 256)))
    constraint audit_pkey of audit: p := PRIMARY KEY (suite, "position")
    constraint audit_position_check of audit: c := CHECK (("position" > 0))
    constraint audit_recorded_check of audit: c := CHECK (((recorded >= 0) AND (recorded <= '253402300799999'::bigint)))
    constraint audit_seal_check of audit: c := CHECK ((octet_length(seal) = 32))
    constraint audit_suite_fkey of audit: f := FOREIGN KEY (suite) REFERENCES chairtime.suite(number)
    constraint audit_workstation_check of audit: c := CHECK (((length(workstation) >= 1) AND (length(workstation) <= 256)))
    constraint checkpoint_audit_check of checkpoint: c := CHECK ((audit >= 0))
    constraint checkpoint_facts_check of checkpoint: c := CHECK ((facts >= 0))
    constraint checkpoint_fillings_check of checkpoint: c := CHECK ((fillings >= 0))
    constraint checkpoint_list_check of checkpoint: c := CHECK (((length(list) >= 1) AND (length(list) <= 10000000)))
    constraint checkpoint_messages_check of checkpoint: c := CHECK ((messages >= 0))
    constraint checkpoint_number_check of checkpoint: c := CHECK ((number > 0))
    constraint checkpoint_pkey of checkpoint: p := PRIMARY KEY (suite, number)
    constraint checkpoint_steps_check of checkpoint: c := CHECK ((steps >= 0))
    constraint fact_actor_check of fact: c := CHECK (((length(actor) >= 1) AND (length(actor) <= 256)))
    constraint fact_basis_check of fact: c := CHECK (((basis >= 1) AND (basis <= 6)))
    constraint fact_body_check of fact: c := CHECK (((length(body) <= 65536) AND ((body)::json IS NOT NULL)))
    constraint fact_format_check of fact: c := CHECK ((format = 1))
    constraint fact_kind_check of fact: c := CHECK (((kind >= 1) AND (kind <= 63)))
    constraint fact_minute_check of fact: c := CHECK (((minute >= 0) AND (minute <= '4223371679'::bigint)))
    constraint fact_number_check of fact: c := CHECK ((number > 0))
    constraint fact_pkey of fact: p := PRIMARY KEY (suite, "position")
    constraint fact_position_check of fact: c := CHECK (("position" > 0))
    constraint fact_reason_check of fact: c := CHECK (((length(reason) >= 1) AND (length(reason) <= 4000)))
    constraint fact_recorded_check of fact: c := CHECK (((recorded >= 0) AND (recorded <= '253402300799999'::bigint)))
    constraint fact_seal_check of fact: c := CHECK ((octet_length(seal) = 32))
    constraint fact_suite_id_key of fact: u := UNIQUE (suite, id)
    constraint fact_suite_session_number_key of fact: u := UNIQUE (suite, session, number)
    constraint fact_workstation_check of fact: c := CHECK (((length(workstation) >= 1) AND (length(workstation) <= 256)))
    constraint member_pkey of member: p := PRIMARY KEY (login, suite)
    constraint member_role_check of member: c := CHECK ((role = ANY (ARRAY['recorder'::text, 'reviewer'::text, 'verifier'::text])))
    constraint member_suite_fkey of member: f := FOREIGN KEY (suite) REFERENCES chairtime.suite(number)
    constraint message_content_check of message: c := CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 1048576)))
    constraint message_control_check of message: c := CHECK (((length(control) >= 1) AND (length(control) <= 20)))
    constraint message_hash_check of message: c := CHECK ((octet_length(hash) = 32))
    constraint message_made_check of message: c := CHECK (((made >= 0) AND (made <= '253402300799999'::bigint)))
    constraint message_number_check of message: c := CHECK ((number > 0))
    constraint message_pkey of message: p := PRIMARY KEY (suite, number)
    constraint message_state_check of message: c := CHECK (((state >= 1) AND (state <= 5)))
    constraint message_step_actor_check of message_step: c := CHECK (((length(actor) >= 1) AND (length(actor) <= 256)))
    constraint message_step_at_check of message_step: c := CHECK (((at >= 0) AND (at <= '253402300799999'::bigint)))
    constraint message_step_note_check of message_step: c := CHECK (((length(note) >= 1) AND (length(note) <= 4000)))
    constraint message_step_number_check of message_step: c := CHECK ((number > 0))
    constraint message_step_pkey of message_step: p := PRIMARY KEY (suite, number)
    constraint message_step_seal_check of message_step: c := CHECK ((octet_length(seal) = 32))
    constraint message_step_state_check of message_step: c := CHECK (((state >= 1) AND (state <= 5)))
    constraint message_step_suite_message_fkey of message_step: f := FOREIGN KEY (suite, message) REFERENCES chairtime.message(suite, number)
    constraint message_suite_control_key of message: u := UNIQUE (suite, control)
    constraint outbox_filling_actor_check of outbox_filling: c := CHECK (((length(actor) >= 1) AND (length(actor) <= 256)))
    constraint outbox_filling_at_check of outbox_filling: c := CHECK (((at >= 0) AND (at <= '253402300799999'::bigint)))
    constraint outbox_filling_facts_check of outbox_filling: c := CHECK ((facts > 0))
    constraint outbox_filling_number_check of outbox_filling: c := CHECK ((number > 0))
    constraint outbox_filling_pkey of outbox_filling: p := PRIMARY KEY (suite, number)
    constraint outbox_seal_kind_check of outbox_seal: c := CHECK (((kind >= 1) AND (kind <= 4)))
    constraint outbox_seal_number_check of outbox_seal: c := CHECK ((number > 0))
    constraint outbox_seal_pkey of outbox_seal: p := PRIMARY KEY (suite, "position")
    constraint outbox_seal_position_check of outbox_seal: c := CHECK (("position" > 0))
    constraint outbox_seal_seal_check of outbox_seal: c := CHECK ((octet_length(seal) = 32))
    constraint outbox_seal_suite_fkey of outbox_seal: f := FOREIGN KEY (suite) REFERENCES chairtime.suite(number)
    constraint posting_code_check of posting: c := CHECK (((length(code) >= 1) AND (length(code) <= 20)))
    constraint posting_id_check of posting: c := CHECK (((length(id) >= 1) AND (length(id) <= 12)))
    constraint posting_number_check of posting: c := CHECK ((number > 0))
    constraint posting_pkey of posting: p := PRIMARY KEY (suite, message, number)
    constraint posting_suite_message_fkey of posting: f := FOREIGN KEY (suite, message) REFERENCES chairtime.message(suite, number)
    constraint posting_unit_check of posting: c := CHECK (((length(unit) >= 1) AND (length(unit) <= 12)))
    constraint posting_units_check of posting: c := CHECK ((units > 0))
    constraint schema_version_pkey of schema_version: p := PRIMARY KEY (single)
    constraint schema_version_single_check of schema_version: c := CHECK (single)
    constraint session_day_check of session: c := CHECK (((day >= 0) AND (day <= 2932896)))
    constraint session_id_check of session: c := CHECK (((length(id) >= 1) AND (length(id) <= 128)))
    constraint session_number_check of session: c := CHECK ((number > 0))
    constraint session_pkey of session: p := PRIMARY KEY (suite, number)
    constraint session_status_check of session: c := CHECK ((status = ANY (ARRAY[0, 1, 2])))
    constraint session_suite_fkey of session: f := FOREIGN KEY (suite) REFERENCES chairtime.suite(number)
    constraint session_suite_id_key of session: u := UNIQUE (suite, id)
    constraint session_version_check of session: c := CHECK ((version > 0))
    constraint suite_audit_check of suite: c := CHECK ((audit >= 0))
    constraint suite_audit_seal_check of suite: c := CHECK ((octet_length(audit_seal) = 32))
    constraint suite_counted_check of suite: c := CHECK ((counted >= 0))
    constraint suite_facts_check of suite: c := CHECK ((facts >= 0))
    constraint suite_id_check of suite: c := CHECK ((id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'::text))
    constraint suite_id_key of suite: u := UNIQUE (id)
    constraint suite_number_check of suite: c := CHECK ((number > 0))
    constraint suite_outbox_check of suite: c := CHECK ((outbox >= 0))
    constraint suite_outbox_seal_check of suite: c := CHECK ((octet_length(outbox_seal) = 32))
    constraint suite_pkey of suite: p := PRIMARY KEY (number)
    constraint suite_seal_check of suite: c := CHECK ((octet_length(seal) = 32))
    constraint suite_sessions_check of suite: c := CHECK ((sessions >= 0))
    constraint visit_mrn_check of visit: c := CHECK ((length(mrn) <= 4000))
    constraint visit_pkey of visit: p := PRIMARY KEY (suite, "position")
    index audit_person: plain := CREATE INDEX audit_person ON chairtime.audit USING btree (suite, person, "position") WHERE (person IS NOT NULL)
    index audit_pkey: unique := CREATE UNIQUE INDEX audit_pkey ON chairtime.audit USING btree (suite, "position")
    index audit_right: plain := CREATE INDEX audit_right ON chairtime.audit USING btree (suite, "position") WHERE (kind = ANY (ARRAY[1, 2, 3, 4, 10, 12, 13, 14, 15]))
    index checkpoint_pkey: unique := CREATE UNIQUE INDEX checkpoint_pkey ON chairtime.checkpoint USING btree (suite, number)
    index fact_pkey: unique := CREATE UNIQUE INDEX fact_pkey ON chairtime.fact USING btree (suite, "position")
    index fact_suite_id_key: unique := CREATE UNIQUE INDEX fact_suite_id_key ON chairtime.fact USING btree (suite, id)
    index fact_suite_session_number_key: unique := CREATE UNIQUE INDEX fact_suite_session_number_key ON chairtime.fact USING btree (suite, session, number)
    index member_pkey: unique := CREATE UNIQUE INDEX member_pkey ON chairtime.member USING btree (login, suite)
    index message_pkey: unique := CREATE UNIQUE INDEX message_pkey ON chairtime.message USING btree (suite, number)
    index message_session: plain := CREATE INDEX message_session ON chairtime.message USING btree (suite, session)
    index message_step_message: plain := CREATE INDEX message_step_message ON chairtime.message_step USING btree (suite, message, number)
    index message_step_pkey: unique := CREATE UNIQUE INDEX message_step_pkey ON chairtime.message_step USING btree (suite, number)
    index message_suite_control_key: unique := CREATE UNIQUE INDEX message_suite_control_key ON chairtime.message USING btree (suite, control)
    index message_waiting: plain := CREATE INDEX message_waiting ON chairtime.message USING btree (suite, state, number) WHERE (state = ANY (ARRAY[1, 2, 4]))
    index outbox_filling_pkey: unique := CREATE UNIQUE INDEX outbox_filling_pkey ON chairtime.outbox_filling USING btree (suite, number)
    index outbox_seal_pkey: unique := CREATE UNIQUE INDEX outbox_seal_pkey ON chairtime.outbox_seal USING btree (suite, "position")
    index posting_id: plain := CREATE INDEX posting_id ON chairtime.posting USING btree (suite, id)
    index posting_pkey: unique := CREATE UNIQUE INDEX posting_pkey ON chairtime.posting USING btree (suite, message, number)
    index schema_version_pkey: unique := CREATE UNIQUE INDEX schema_version_pkey ON chairtime.schema_version USING btree (single)
    index session_day: plain := CREATE INDEX session_day ON chairtime.session USING btree (suite, day, number)
    index session_open: plain := CREATE INDEX session_open ON chairtime.session USING btree (suite, number) WHERE (status = 0)
    index session_pkey: unique := CREATE UNIQUE INDEX session_pkey ON chairtime.session USING btree (suite, number)
    index session_suite_id_key: unique := CREATE UNIQUE INDEX session_suite_id_key ON chairtime.session USING btree (suite, id)
    index suite_id_key: unique := CREATE UNIQUE INDEX suite_id_key ON chairtime.suite USING btree (id)
    index suite_pkey: unique := CREATE UNIQUE INDEX suite_pkey ON chairtime.suite USING btree (number)
    index visit_mrn: plain := CREATE INDEX visit_mrn ON chairtime.visit USING btree (suite, mrn)
    index visit_pkey: unique := CREATE UNIQUE INDEX visit_pkey ON chairtime.visit USING btree (suite, "position")
    policy own of audit: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of checkpoint: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of fact: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of member: r, for all := (login = SESSION_USER)
    policy own of message: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of message_step: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of outbox_filling: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of outbox_seal: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of posting: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of session: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of suite: r, for all := (number = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    policy own of visit: r, for all := (suite = ANY (( SELECT chairtime.my_suites() AS my_suites)::smallint[]))
    schema of the record: chairtime_owner
    table audit: chairtime_owner, logged
    table checkpoint: chairtime_owner, logged
    table fact: chairtime_owner, logged
    table member: chairtime_owner, logged
    table message: chairtime_owner, logged
    table message_step: chairtime_owner, logged
    table outbox_filling: chairtime_owner, logged
    table outbox_seal: chairtime_owner, logged
    table posting: chairtime_owner, logged
    table schema_version: chairtime_owner, logged
    table session: chairtime_owner, logged
    table suite: chairtime_owner, logged
    table visit: chairtime_owner, logged
    trigger audit_is_appended of audit: always, 4, chairtime.audit_appended := CREATE TRIGGER audit_is_appended AFTER INSERT ON chairtime.audit REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION chairtime.audit_appended()
    trigger audit_is_kept of audit: always, 27, chairtime.never := CREATE TRIGGER audit_is_kept BEFORE DELETE OR UPDATE ON chairtime.audit FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger audit_is_whole of audit: always, 34, chairtime.never := CREATE TRIGGER audit_is_whole BEFORE TRUNCATE ON chairtime.audit FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger checkpoint_is_kept of checkpoint: always, 27, chairtime.never := CREATE TRIGGER checkpoint_is_kept BEFORE DELETE OR UPDATE ON chairtime.checkpoint FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger checkpoint_is_sealed of checkpoint: always, 7, chairtime.checkpoint_sealed := CREATE TRIGGER checkpoint_is_sealed BEFORE INSERT ON chairtime.checkpoint FOR EACH ROW EXECUTE FUNCTION chairtime.checkpoint_sealed()
    trigger checkpoint_is_whole of checkpoint: always, 34, chairtime.never := CREATE TRIGGER checkpoint_is_whole BEFORE TRUNCATE ON chairtime.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger fact_is_appended of fact: always, 4, chairtime.fact_appended := CREATE TRIGGER fact_is_appended AFTER INSERT ON chairtime.fact REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION chairtime.fact_appended()
    trigger fact_is_kept of fact: always, 27, chairtime.never := CREATE TRIGGER fact_is_kept BEFORE DELETE OR UPDATE ON chairtime.fact FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger fact_is_whole of fact: always, 34, chairtime.never := CREATE TRIGGER fact_is_whole BEFORE TRUNCATE ON chairtime.fact FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger message_is_kept of message: always, 27, chairtime.never := CREATE TRIGGER message_is_kept BEFORE DELETE OR UPDATE OF suite, number, control, session, made, hash, content ON chairtime.message FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger message_is_sealed of message: always, 7, chairtime.message_sealed := CREATE TRIGGER message_is_sealed BEFORE INSERT ON chairtime.message FOR EACH ROW EXECUTE FUNCTION chairtime.message_sealed()
    trigger message_is_whole of message: always, 34, chairtime.never := CREATE TRIGGER message_is_whole BEFORE TRUNCATE ON chairtime.message FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger message_state_follows of message: always, 19, chairtime.state_follows := CREATE TRIGGER message_state_follows BEFORE UPDATE OF state ON chairtime.message FOR EACH ROW EXECUTE FUNCTION chairtime.state_follows()
    trigger message_step_is_kept of message_step: always, 27, chairtime.never := CREATE TRIGGER message_step_is_kept BEFORE DELETE OR UPDATE ON chairtime.message_step FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger message_step_is_sealed of message_step: always, 7, chairtime.step_sealed := CREATE TRIGGER message_step_is_sealed BEFORE INSERT ON chairtime.message_step FOR EACH ROW EXECUTE FUNCTION chairtime.step_sealed()
    trigger message_step_is_whole of message_step: always, 34, chairtime.never := CREATE TRIGGER message_step_is_whole BEFORE TRUNCATE ON chairtime.message_step FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger message_step_moves_it of message_step: always, 5, chairtime.step_moves := CREATE TRIGGER message_step_moves_it AFTER INSERT ON chairtime.message_step FOR EACH ROW EXECUTE FUNCTION chairtime.step_moves()
    trigger outbox_filling_is_kept of outbox_filling: always, 27, chairtime.never := CREATE TRIGGER outbox_filling_is_kept BEFORE DELETE OR UPDATE ON chairtime.outbox_filling FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger outbox_filling_is_sealed of outbox_filling: always, 7, chairtime.filling_sealed := CREATE TRIGGER outbox_filling_is_sealed BEFORE INSERT ON chairtime.outbox_filling FOR EACH ROW EXECUTE FUNCTION chairtime.filling_sealed()
    trigger outbox_filling_is_whole of outbox_filling: always, 34, chairtime.never := CREATE TRIGGER outbox_filling_is_whole BEFORE TRUNCATE ON chairtime.outbox_filling FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger outbox_seal_has_a_row of outbox_seal: always, 5, chairtime.seal_has_a_row := CREATE CONSTRAINT TRIGGER outbox_seal_has_a_row AFTER INSERT ON chairtime.outbox_seal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chairtime.seal_has_a_row()
    trigger outbox_seal_is_appended of outbox_seal: always, 4, chairtime.seal_appended := CREATE TRIGGER outbox_seal_is_appended AFTER INSERT ON chairtime.outbox_seal REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION chairtime.seal_appended()
    trigger outbox_seal_is_kept of outbox_seal: always, 27, chairtime.never := CREATE TRIGGER outbox_seal_is_kept BEFORE DELETE OR UPDATE ON chairtime.outbox_seal FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger outbox_seal_is_whole of outbox_seal: always, 34, chairtime.never := CREATE TRIGGER outbox_seal_is_whole BEFORE TRUNCATE ON chairtime.outbox_seal FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger posting_is_kept of posting: always, 27, chairtime.never := CREATE TRIGGER posting_is_kept BEFORE DELETE OR UPDATE ON chairtime.posting FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger posting_is_new of posting: always, 7, chairtime.posting_new := CREATE TRIGGER posting_is_new BEFORE INSERT ON chairtime.posting FOR EACH ROW EXECUTE FUNCTION chairtime.posting_new()
    trigger posting_is_whole of posting: always, 34, chairtime.never := CREATE TRIGGER posting_is_whole BEFORE TRUNCATE ON chairtime.posting FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger session_is_kept of session: always, 27, chairtime.never := CREATE TRIGGER session_is_kept BEFORE DELETE OR UPDATE OF suite, number, id ON chairtime.session FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger session_is_whole of session: always, 34, chairtime.never := CREATE TRIGGER session_is_whole BEFORE TRUNCATE ON chairtime.session FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger suite_is_kept of suite: always, 27, chairtime.never := CREATE TRIGGER suite_is_kept BEFORE DELETE OR UPDATE OF number, id ON chairtime.suite FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger suite_is_whole of suite: always, 34, chairtime.never := CREATE TRIGGER suite_is_whole BEFORE TRUNCATE ON chairtime.suite FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    trigger visit_is_kept of visit: always, 27, chairtime.never := CREATE TRIGGER visit_is_kept BEFORE DELETE OR UPDATE ON chairtime.visit FOR EACH ROW EXECUTE FUNCTION chairtime.never()
    trigger visit_is_whole of visit: always, 34, chairtime.never := CREATE TRIGGER visit_is_whole BEFORE TRUNCATE ON chairtime.visit FOR EACH STATEMENT EXECUTE FUNCTION chairtime.never()
    """
}

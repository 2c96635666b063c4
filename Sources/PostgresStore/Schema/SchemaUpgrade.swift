extension ServerSchema {
  /// What a version changed in the tables, by the version before it. The rows stay as they are.
  private static let steps: [Int: String] = [
    // The role of a login belongs to the suite. Before, it was that of the whole server.
    1: """
    ALTER TABLE member ADD COLUMN role text COLLATE "C" NOT NULL DEFAULT 'verifier'
      CHECK (role IN ('recorder', 'reviewer', 'verifier'));
    UPDATE member SET role = CASE
        WHEN pg_has_role(login, 'chairtime_reviewer', 'member') THEN 'reviewer'
        WHEN pg_has_role(login, 'chairtime_recorder', 'member') THEN 'recorder'
        ELSE 'verifier' END
      WHERE EXISTS (SELECT 1 FROM pg_roles WHERE rolname = login);
    ALTER TABLE member ALTER COLUMN role DROP DEFAULT;
    \(withoutStatistics)
    """,
    // The server counts what an audit entry carries. Before, each entry was the word of its login.
    2: """
    ALTER TABLE suite ADD COLUMN counted bigint NOT NULL DEFAULT 0 CHECK (counted >= 0);
    """,
  ]

  /// Brings a database of any earlier version up, in one transaction; on one of this version it makes the
  /// guards again.
  ///
  /// Functions, triggers, policies and grants are made again whole, so only the tables have steps.
  package static let upgrade: String = {
    let changes = (1..<version).map { before in
      """
        IF v = \(before) THEN
          EXECUTE $step$\(steps[before] ?? "")$step$;
          v := \(before + 1);
        END IF;
      """
    }
    return """
      BEGIN;
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      \(databaseRights)
      SET LOCAL ROLE chairtime_owner;
      SET LOCAL search_path = chairtime, pg_temp;
      LOCK TABLE suite IN ACCESS EXCLUSIVE MODE;
      DO $upgrade$
      DECLARE v int; part record;
      BEGIN
        SELECT version INTO STRICT v FROM schema_version;
        IF v > \(version) THEN
          RAISE EXCEPTION 'the tables are of a later program' USING ERRCODE = 'CT405';
        END IF;
      \(changes.joined(separator: "\n"))
        FOR part IN SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE relnamespace = 'chairtime'::regnamespace AND NOT tgisinternal LOOP
          EXECUTE format('DROP TRIGGER %I ON %I', part.tgname, part.relname);
        END LOOP;
        FOR part IN SELECT polname, relname FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
            WHERE relnamespace = 'chairtime'::regnamespace LOOP
          EXECUTE format('DROP POLICY %I ON %I', part.polname, part.relname);
        END LOOP;
        FOR part IN SELECT oid::regprocedure::text AS name FROM pg_proc
            WHERE pronamespace = 'chairtime'::regnamespace LOOP
          EXECUTE 'DROP FUNCTION ' || part.name;
        END LOOP;
      END $upgrade$;

      \(guarding)

      UPDATE schema_version SET version = \(version), reads_from = \(version);
      COMMIT;
      """
  }()
}

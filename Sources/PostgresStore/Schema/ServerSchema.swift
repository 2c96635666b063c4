/// The tables, functions, triggers and rights of a database on a server, as the SQL that makes them.
///
/// Each part is data, so that the text which makes a part is also what `verify` compares it with.
/// `docs/store.md` explains the tables.
package enum ServerSchema {
  /// Counts the changes of the schema. A database names its version, and which programs may use it.
  package static let version = 3

  /// A function in the schema `chairtime`.
  struct Function {
    var name: String
    /// The arguments as they are declared.
    var arguments: String
    var returns: String
    /// `STABLE`, `SECURITY DEFINER` and the like.
    var attributes = ""
    var body: String
    /// The roles that may call it.
    var callers: [Role] = []

    var isDefiner: Bool { attributes.contains("SECURITY DEFINER") }

    var sql: String {
      """
      CREATE FUNCTION \(name)(\(arguments)) \(returns) LANGUAGE plpgsql \(attributes)
      SET search_path = chairtime, pg_temp AS $function$\(body)$function$;
      """
    }
  }

  /// A trigger, which always runs: `session_replication_role` does not switch it off.
  struct Trigger {
    var name: String
    var table: String
    /// `BEFORE UPDATE OR DELETE`.
    var event: String
    var function: String
    /// `FOR EACH ROW`, with what stands before it.
    var each = "FOR EACH ROW"
    /// Whether it may wait for the end of the transaction.
    var isConstraint = false

    var sql: String {
      """
      CREATE \(isConstraint ? "CONSTRAINT " : "")TRIGGER \(name) \(event) ON \(table) \(each) EXECUTE FUNCTION \(function)();
      ALTER TABLE \(table) ENABLE ALWAYS TRIGGER \(name);
      """
    }
  }

  /// What a login may do. Roles belong to the whole server, so all databases of Chairtime share them.
  enum Role: String, CaseIterable {
    /// Owns the schema and logs in nowhere.
    case owner = "chairtime_owner"
    /// Reads, and appends facts and what happened at a terminal.
    case recorder = "chairtime_recorder"
    /// Also signs off, changes people and fills the outbox.
    case reviewer = "chairtime_reviewer"
    /// Reads.
    case verifier = "chairtime_verifier"
  }

  /// Makes the roles that are missing; a superuser runs it, or a login that may make roles.
  static let roles = """
    DO $roles$ BEGIN
    \(Role.allCases.map { role in
      """
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '\(role.rawValue)') THEN
            CREATE ROLE \(role.rawValue) NOLOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
      """
    }.joined(separator: "\n"))
      IF NOT pg_has_role('chairtime_reviewer', 'chairtime_recorder', 'member') THEN
        GRANT chairtime_recorder TO chairtime_reviewer; END IF;
    END $roles$;
    """

  /// Who may connect, and what is not for everybody: the database's own rights, which a copy of it lacks.
  ///
  /// Large objects would let any login fill the disk. Only a superuser may take that right away.
  package static let databaseRights = """
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
    """

  /// Everything that an empty database needs, as one transaction.
  package static let script: String = {
    var parts = [
      "BEGIN;", roles,
      """
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      \(databaseRights)
      DO $own$ BEGIN EXECUTE format('GRANT chairtime_owner TO %I', current_user); END $own$;
      CREATE SCHEMA chairtime AUTHORIZATION chairtime_owner;
      SET LOCAL ROLE chairtime_owner;
      SET LOCAL search_path = chairtime, pg_temp;
      """,
      tables,
    ]
    parts.append(guarding)
    parts += ["INSERT INTO schema_version VALUES (\(version), \(version));", "COMMIT;"]
    return parts.joined(separator: "\n\n")
  }()

  /// What works on the tables and guards them.
  static var guarding: String {
    (functions.map(\.sql) + triggers.map(\.sql) + [rights]).joined(separator: "\n\n")
  }
}

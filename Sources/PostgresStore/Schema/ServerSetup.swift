package import SessionStore

/// Setting a server up: the tables, the suites, the logins of terminals.
///
/// Each step is SQL, so that it can be printed for a database administrator instead of being run.
package enum ServerSetup {
  /// Makes the roles, the tables and the functions in an empty database.
  package static var initialization: String { ServerSchema.script }

  /// Brings the tables up, and makes the guards again.
  package static var upgrade: String { ServerSchema.upgrade }

  /// The version of a database's tables, if this program can use them.
  package static func version(on address: ServerAddress) throws(StoreError) -> Int {
    let connection = try ServerConnection.open(address, wanting: .any)
    defer { connection.close() }
    do {
      let found = try connection.first(
        "SELECT version, reads_from FROM chairtime.schema_version"
      ) { row in (Int(try row.integer("version")), Int(try row.integer("reads_from"))) }
      guard let (version, readsFrom) = found else {
        throw StoreError.notAStore(path: address.text, what: "it names no version")
      }
      guard readsFrom <= ServerSchema.version else {
        throw StoreError.newer(path: address.text, found: version, known: ServerSchema.version)
      }
      return version
    } catch {
      throw StoreError(error, at: address)
    }
  }

  /// Adds a suite.
  package static func adding(suite: String) throws(StoreError) -> String {
    """
    BEGIN;
    SET LOCAL ROLE chairtime_owner;
    LOCK TABLE chairtime.suite IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO chairtime.suite (number, id)
      SELECT coalesce(max(number), 0) + 1, \(try literal(suite)) FROM chairtime.suite;
    COMMIT;
    """
  }

  /// What a terminal may do in its suites.
  package enum TerminalRole: String, CaseIterable, Sendable {
    case recorder, reviewer, verifier
  }

  /// Gives a login rights in a suite; makes the login if there is none.
  ///
  /// The settings are kept with the login, because a pooler refuses those of a connection.
  package static func adding(
    terminal login: String, to suite: String, as role: TerminalRole
  ) throws(StoreError) -> String {
    guard !login.lowercased().hasPrefix("chairtime_"), !login.lowercased().hasPrefix("pg_"),
      login.lowercased() != "public"
    else {
      throw .invalid(what: "\(login) is a role of the server, and no login of a machine")
    }
    let name = try literal(login)
    let quoted = try identifier(login)
    return """
      BEGIN;
      DO $make$ BEGIN
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = \(name)) THEN
            CREATE ROLE \(quoted) LOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
        IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = \(name)
            AND (rolsuper OR rolbypassrls OR NOT rolcanlogin)) THEN
          RAISE EXCEPTION 'not the login of a machine' USING ERRCODE = 'CT403'; END IF;
        IF NOT EXISTS (SELECT 1 FROM chairtime.suite WHERE id = \(try literal(suite))) THEN
          RAISE EXCEPTION 'there is no such suite' USING ERRCODE = 'CT404'; END IF;
      END $make$;
      GRANT chairtime_\(role.rawValue) TO \(quoted);
      ALTER ROLE \(quoted) SET lock_timeout = '1500ms';
      ALTER ROLE \(quoted) SET idle_in_transaction_session_timeout = '30s';
      ALTER ROLE \(quoted) SET default_transaction_isolation = 'read committed';
      SET LOCAL ROLE chairtime_owner;
      INSERT INTO chairtime.member (login, suite, role)
        SELECT \(name), number, '\(role.rawValue)' FROM chairtime.suite
        WHERE id = \(try literal(suite))
        ON CONFLICT (login, suite) DO UPDATE SET role = EXCLUDED.role;
      COMMIT;
      """
  }

  /// Takes a login's rights in a suite away. The login itself stays, because it may have others.
  package static func removing(
    terminal login: String, from suite: String
  ) throws(StoreError) -> String {
    """
    BEGIN;
    SET LOCAL ROLE chairtime_owner;
    DO $remove$ BEGIN
      DELETE FROM chairtime.member WHERE login = \(try literal(login))
        AND suite = (SELECT number FROM chairtime.suite WHERE id = \(try literal(suite)));
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the login has no role there' USING ERRCODE = 'CT404'; END IF;
    END $remove$;
    COMMIT;
    """
  }

  /// Runs a step on the server that an address names.
  package static func run(_ script: String, on address: ServerAddress) throws(StoreError) {
    let connection = try ServerConnection.open(address, wanting: .primary)
    defer { connection.close() }
    do {
      try connection.execute(script)
    } catch .refused(state: "42P06", _) {
      throw .invalid(what: "the database has the tables of Chairtime already")
    } catch .refused(state: "CT405", _) {
      throw .newer(
        path: address.text, found: ServerSchema.version + 1, known: ServerSchema.version)
    } catch .refused(state: "CT403", _) {
      throw .invalid(what: "that login passes the guards of the record, or does not log in")
    } catch .refused(state: "CT404", _) {
      throw .missing(path: address.text)
    } catch .refused(state: "23505", _) {
      throw .invalid(what: "there is a suite of that name already")
    } catch {
      throw StoreError(error, at: address)
    }
  }

  /// Names of suites and logins, which need no escape in quotes of either kind.
  private static func check(_ name: String) throws(StoreError) {
    let isPlain = name.utf8.allSatisfy { byte in
      switch UInt8(byte) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    guard isPlain, (1...63).contains(name.utf8.count), name.first?.isLetter == true else {
      throw .invalid(
        what:
          "a suite or a login has a name of 1 to 63 letters, digits and - _ . that begins with a letter"
      )
    }
  }

  private static func literal(_ name: String) throws(StoreError) -> String {
    try check(name)
    return "'\(name)'"
  }

  private static func identifier(_ name: String) throws(StoreError) -> String {
    try check(name)
    return "\"\(name)\""
  }
}

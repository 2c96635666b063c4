import SessionStore

/// Compares the functions, triggers, policies and rights of the database with those of this program.
extension PostgresStore {
  func schemaProblems(_ connection: ServerConnection) throws -> [Verification.Problem] {
    let found = try SchemaParts(connection)
    return found.differences(from: .wanted).map { Verification.Problem(.schema, sentence: $0) }
  }
}

/// The parts of a schema that guard the record, each by its name, with a text of what it is.
struct SchemaParts {
  private(set) var parts: [String: String] = [:]

  /// The parts as this program makes them.
  static let wanted: SchemaParts = {
    var made = SchemaParts()
    for function in ServerSchema.functions {
      made.parts["function \(function.name)"] = description(
        body: function.body, isDefiner: function.isDefiner,
        settings: "search_path=chairtime, pg_temp")
      for role in function.callers.map(\.rawValue) + [ServerSchema.Role.owner.rawValue] {
        made.parts["right of \(role) to call \(function.name)"] = "EXECUTE"
      }
    }
    for trigger in ServerSchema.triggers {
      made.parts["trigger \(trigger.name) of \(trigger.table)"] = "always, \(trigger.function)"
    }
    let guarded = ServerSchema.suiteTables.map(\.name) + ["member"]
    for table in guarded {
      made.parts["row-level security of \(table)"] = "on"
      made.parts["policy own of \(table)"] = "SELECT"
    }
    for table in guarded + ["schema_version"] {
      for role in [ServerSchema.Role.recorder, .verifier] {
        made.parts["right of \(role.rawValue) to \(table)"] = "SELECT"
      }
    }
    return made
  }()

  private init() {}

  /// The parts that the database has.
  init(_ connection: ServerConnection) throws {
    try readFunctions(connection)
    try readTriggers(connection)
    try readPolicies(connection)
    try readRights(connection)
  }

  private static func description(body: String, isDefiner: Bool, settings: String) -> String {
    "\(isDefiner ? "definer" : "caller"), \(settings): \(body)"
  }

  private mutating func readFunctions(_ connection: ServerConnection) throws {
    let found = try connection.all(
      """
      SELECT proname::text, prosrc::text, prosecdef,
        array_to_string(proconfig, '; ') AS settings
      FROM pg_proc WHERE pronamespace = 'chairtime'::regnamespace
      """
    ) { row in
      (
        try row.text("proname"),
        SchemaParts.description(
          body: try row.text("prosrc"), isDefiner: try row.flag("prosecdef"),
          settings: try row.optionalText("settings") ?? "")
      )
    }
    for (name, text) in found { parts["function \(name)"] = text }
  }

  private mutating func readTriggers(_ connection: ServerConnection) throws {
    let found = try connection.all(
      """
      SELECT tgname::text, relname::text, tgenabled::text, proname::text
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
      WHERE relnamespace = 'chairtime'::regnamespace AND NOT tgisinternal
      """
    ) { row in
      (
        "trigger \(try row.text("tgname")) of \(try row.text("relname"))",
        (try row.text("tgenabled") == "A" ? "always" : "not always")
          + ", \(try row.text("proname"))"
      )
    }
    for (name, text) in found { parts[name] = text }
  }

  private mutating func readPolicies(_ connection: ServerConnection) throws {
    let tables = try connection.all(
      """
      SELECT relname::text FROM pg_class
      WHERE relnamespace = 'chairtime'::regnamespace AND relkind = 'r' AND relrowsecurity
      """
    ) { try $0.text("relname") }
    for table in tables { parts["row-level security of \(table)"] = "on" }
    let policies = try connection.all(
      """
      SELECT polname::text, relname::text, polcmd::text, polpermissive, polroles = '{0}' AS is_for_all
      FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
      WHERE relnamespace = 'chairtime'::regnamespace
      """
    ) { row in
      let isPlain = try row.text("polcmd") == "r" && row.flag("is_for_all")
      return (
        "policy \(try row.text("polname")) of \(try row.text("relname"))",
        isPlain ? "SELECT" : "another"
      )
    }
    for (name, text) in policies { parts[name] = text }
  }

  /// What anybody but the owner may do to a table, and who may call a function.
  private mutating func readRights(_ connection: ServerConnection) throws {
    let tables = try connection.all(
      """
      SELECT relname::text, CASE grantee WHEN 0 THEN 'everybody' ELSE grantee::regrole::text END
          AS grantee, string_agg(privilege_type, ', ' ORDER BY privilege_type) AS rights
      FROM pg_class, aclexplode(relacl)
      WHERE relnamespace = 'chairtime'::regnamespace AND relkind = 'r' AND grantee <> relowner
      GROUP BY relname, grantee
      """
    ) { row in
      (
        "right of \(try row.text("grantee")) to \(try row.text("relname"))", try row.text("rights")
      )
    }
    for (name, text) in tables { parts[name] = text }
    let functions = try connection.all(
      """
      SELECT proname::text, CASE grantee WHEN 0 THEN 'everybody' ELSE grantee::regrole::text END
          AS grantee, string_agg(privilege_type, ', ' ORDER BY privilege_type) AS rights
      FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
      WHERE pronamespace = 'chairtime'::regnamespace GROUP BY proname, grantee
      """
    ) { row in
      (
        "right of \(try row.text("grantee")) to call \(try row.text("proname"))",
        try row.text("rights")
      )
    }
    for (name, text) in functions { parts[name] = text }
  }

  /// Sentences about the parts that differ from those of `wanted`.
  func differences(from wanted: SchemaParts) -> [String] {
    Set(wanted.parts.keys).union(parts.keys).sorted()
      .filter { wanted.parts[$0] != parts[$0] }
      .map { part in
        if parts[part] == nil {
          return "The \(part) is missing: the record is not guarded as it should be."
        }
        return wanted.parts[part] == nil
          ? "The \(part) is not part of this program's database."
          : "The \(part) is not the one this program makes."
      }
  }
}

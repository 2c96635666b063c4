import Crypto
import SessionStore

/// Compares what guards the record on a server with what this program makes.
extension PostgresStore {
  func schemaProblems(_ connection: ServerConnection) throws -> [Verification.Problem] {
    let found = try SchemaParts(connection)
    return found.differences(from: .wanted(on: SchemaParts.isKnownServer(connection))).map {
      Verification.Problem(.schema, sentence: $0)
    }
  }

  /// Throws if a guard is not the one that this program makes.
  ///
  /// The server computes one hash of all of them; only if it differs are they read one by one.
  func checkSchema(_ connection: ServerConnection) throws {
    let isKnown = SchemaParts.isKnownServer(connection)
    if isKnown, try SchemaParts.hash(connection) == SchemaParts.wantedHash { return }
    let found = try SchemaParts(connection)
    if let first = found.differences(from: .wanted(on: isKnown)).first { throw altered(first) }
  }
}

/// The parts of a schema that guard the record, each by its name, with a text of what it is.
///
/// A text is what the server says of the part. Other versions of PostgreSQL may word a definition
/// otherwise, so on those only what stands before `definitionMark` is compared.
struct SchemaParts {
  var parts: [String: String] = [:]

  /// Stands between the plain properties of a part and the server's wording of its definition.
  static let definitionMark = " := "

  /// Whether the server is of the version whose wording this program knows.
  static func isKnownServer(_ connection: ServerConnection) -> Bool {
    connection.serverVersion / 10_000 == 15
  }

  /// The parts as this program makes them; without definitions on a server whose wording is not known.
  static func wanted(on isKnown: Bool) -> SchemaParts {
    isKnown ? wanted : wanted.withoutDefinitions
  }

  private static let wanted: SchemaParts = {
    var made = SchemaParts()
    for line in ServerSchema.knownParts.split(separator: "\n") {
      guard let mark = line.firstRange(of: ": ") else { continue }
      made.parts[String(line[..<mark.lowerBound])] = String(line[mark.upperBound...])
    }
    for function in ServerSchema.functions {
      made.parts["function \(function.name)"] =
        (function.isDefiner ? "definer" : "caller") + ", " + function.volatility
        + ", plpgsql, chairtime_owner, search_path=chairtime, pg_temp: " + function.body
      for role in function.callers.map(\.rawValue) + [ServerSchema.Role.owner.rawValue] {
        made.parts["right of \(role) to call \(function.name)"] = "EXECUTE"
      }
    }
    let guarded = ServerSchema.suiteTables.map(\.name) + ["member"]
    for table in guarded { made.parts["row-level security of \(table)"] = "on" }
    for role in [ServerSchema.Role.recorder, .verifier] {
      for table in guarded + ["schema_version"] {
        made.parts["right of \(role.rawValue) to \(table)"] = "SELECT"
      }
      made.parts["right of \(role.rawValue) to the schema"] = "USAGE"
    }
    for role in ServerSchema.Role.allCases {
      made.parts["role \(role.rawValue)"] = "no login, no superuser, keeps to the policies"
    }
    return made
  }()

  /// The SHA-256 of the wanted parts in the order of their names.
  static let wantedHash: String = {
    let text = wanted.parts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\($0.key): \($0.value)\n" }.joined()
    return hexadecimal([UInt8](SHA256.hash(data: Array(text.utf8))))
  }()

  private init() {}

  /// The parts that the database has.
  init(_ connection: ServerConnection) throws {
    try SchemaParts.plainly(connection) {
      let found = try connection.all(SchemaParts.query) { row in
        (try row.text("part"), try row.text("text"))
      }
      for (part, text) in found {
        // A function of the same name with other arguments is a part of its own.
        parts[parts[part] == nil ? part : "second \(part)"] = text
      }
    }
  }

  /// The hash of the parts, computed by the server.
  static func hash(_ connection: ServerConnection) throws -> String {
    try plainly(connection) {
      try connection.first(
        """
        SELECT encode(sha256(convert_to(coalesce(
          string_agg(part || ': ' || text || E'\\n', '' ORDER BY part COLLATE "C", text COLLATE "C"),
          ''), 'UTF8')), 'hex') AS hash FROM (\(query)) AS parts
        """
      ) { try $0.text("hash") } ?? ""
    }
  }

  /// Runs `body` where every name in a definition is written with its schema.
  private static func plainly<Result>(
    _ connection: ServerConnection, _ body: () throws -> Result
  ) throws -> Result {
    let isInside = !connection.isIdle
    try connection.execute((isInside ? "" : "BEGIN; ") + "SET LOCAL search_path = pg_catalog")
    defer { if !isInside, connection.isOpen { try? connection.execute("ROLLBACK") } }
    return try body()
  }

  private var withoutDefinitions: SchemaParts {
    var plain = self
    // A function's own text is the same in every version of the server, whatever it assigns.
    for (part, text) in parts where !part.hasPrefix("function ") {
      guard let mark = text.firstRange(of: SchemaParts.definitionMark) else { continue }
      plain.parts[part] = String(text[..<mark.lowerBound])
    }
    return plain
  }

  /// Sentences about the parts that differ from those of `wanted`.
  func differences(from wanted: SchemaParts) -> [String] {
    let parts = wanted.hasDefinitions ? self.parts : withoutDefinitions.parts
    return Set(wanted.parts.keys).union(parts.keys).sorted()
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

  private var hasDefinitions: Bool {
    parts.contains { part, text in
      !part.hasPrefix("function ") && text.firstRange(of: SchemaParts.definitionMark) != nil
    }
  }
}

extension ServerSchema.Function {
  /// How the planner may use it, and whether it runs without every argument.
  fileprivate var volatility: String {
    let kind =
      attributes.contains("IMMUTABLE")
      ? "immutable" : attributes.contains("STABLE") ? "stable" : "volatile"
    return kind + (attributes.contains("PARALLEL SAFE") ? ", parallel" : "")
  }
}

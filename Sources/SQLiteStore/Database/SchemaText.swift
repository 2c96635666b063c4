import Crypto
import SessionStore

/// The tables, indexes, views and triggers of a database, as their SQL in `sqlite_schema`.
struct SchemaText {
  /// The definition of each part by its type and name: `trigger fact_is_appended`.
  let definitions: [String: String]

  init(_ database: Database) throws {
    var definitions: [String: String] = [:]
    try database.each(
      """
      SELECT type || ' ' || name AS part, tbl_name || ': ' || coalesce(sql, '') AS definition
      FROM sqlite_schema
      """
    ) { definitions[try $0.text("part")] = SchemaText.normalized(try $0.utf8("definition")) }
    self.definitions = definitions
  }

  /// The SHA-256 of all definitions in the order of their names, 64 hexadecimal digits.
  var hash: String {
    var hash = SHA256()
    for (part, definition) in definitions.sorted(by: { $0.key < $1.key }) {
      hash.update(data: Array("\(part)\n\(definition)\n".utf8))
    }
    return hexadecimal([UInt8](hash.finalize()))
  }

  /// Sentences about the parts that differ from those of `wanted`.
  func differences(from wanted: SchemaText) -> [String] {
    Set(wanted.definitions.keys).union(definitions.keys).sorted()
      .filter { wanted.definitions[$0] != definitions[$0] }
      .map { part in
        definitions[part] == nil
          ? "The \(part) is missing: the store is not guarded as it should be."
          : "The \(part) is not the one this program makes."
      }
  }

  /// A definition with a single blank for each run of white space.
  private static func normalized(_ text: [UInt8]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for byte in text {
      let isBlank = byte == 0x20 || (0x09...0x0d).contains(byte)
      if !isBlank {
        bytes.append(byte)
      } else if bytes.last != 0x20 {
        bytes.append(0x20)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SQLiteStore {
  /// Throws if the tables, indexes, views or triggers are not those of the file's version.
  ///
  /// SQLite counts the changes of a schema (`PRAGMA schema_version`), so the text is read again only after
  /// a change. Inside a transaction that writes, no other process can change the schema until the commit.
  func checkSchema(_ database: Database) throws {
    guard mode != .examining else { return }
    let count = try database.pragma("schema_version")
    if count == checkedSchema { return }
    database.enableTriggers(false)
    let version = Int(try database.pragma("user_version"))
    if version > schema.version {
      throw StoreError.newer(path: place.path, found: version, known: schema.version)
    }
    guard version > 0 else { return }
    let found = try SchemaText(database)
    if try found.hash != schema.hash(ofVersion: version) {
      let differences = found.differences(from: try SchemaText(schema.memory(version)))
      throw altered(differences.first ?? "Its tables are not those of this program.")
    }
    database.enableTriggers(true)
    checkedSchema = count
  }
}

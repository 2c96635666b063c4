import CSQLite

/// One connection to a SQLite database, with its prepared statements.
///
/// A thin layer over the C library (sqlite.org/c3ref). Arguments and columns go by name, a column must
/// hold the type that is asked for, and every error code is thrown. A connection belongs to one thread
/// at a time.
///
/// ```swift
/// let minutes = try database.all(
///   "SELECT minute FROM fact WHERE session = :session", ["session": .integer(7)]
/// ) { row in try row.integer("minute") }
/// ```
final class Database {
  typealias Arguments = KeyValuePairs<String, DatabaseValue>

  enum Access { case readWrite, readOnly, immutable }

  enum Transaction: String {
    /// Several reads of one snapshot.
    case reading = "BEGIN DEFERRED"
    /// Takes the write lock at the start, so that decisions and writes see the same snapshot.
    case writing = "BEGIN IMMEDIATE"
  }

  private(set) var handle: OpaquePointer?
  /// The pages of the write-ahead log after the last commit of this connection.
  var logPages = 0
  private let busyMilliseconds: Int32
  private var statements: [String: Statement] = [:]

  /// Opens the database at `path`, or one in memory if `path` is `:memory:`.
  ///
  /// `immutable` reads a file without locks and without a log, for a disk that allows no lock files.
  /// A lock of another process is waited for, `busySeconds` at most.
  init(_ path: String, _ access: Access = .readWrite, busySeconds: Int = 0) throws(DatabaseError) {
    busyMilliseconds = Int32(busySeconds * 1000)
    let code =
      switch access {
      case .readWrite:
        sqlite3_open_v2(
          path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
      case .readOnly:
        sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
      case .immutable:
        sqlite3_open_v2(
          "file:\(Database.escaped(path))?immutable=1", &handle,
          SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
      }
    guard code == SQLITE_OK else {
      let error = DatabaseError(code: handle.map { sqlite3_extended_errcode($0) } ?? code)
      close()
      throw error
    }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, busyMilliseconds)
    // Replaces SQLite's own checkpoints of the log.
    sqlite3_wal_hook(
      handle,
      { database, _, _, pages in
        if let database {
          Unmanaged<Database>.fromOpaque(database).takeUnretainedValue().logPages = Int(pages)
        }
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
    // Without this, SQLite takes a misspelt column in double quotes for a text.
    sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_DQS_DML, 0)
    sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_DQS_DDL, 0)
    // What another program put into the schema gets no function with effects and is not run as a view,
    // and no statement of ours writes the schema's own table (sqlite.org/security.html).
    if Database.canDistrustSchema {
      sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    }
    sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
    sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0)
  }

  /// Whether this SQLite lets a schema that is not trusted use `json_valid`.
  ///
  /// SQLite 3.40 of Debian 12 refuses it ("unsafe use"), so that no store could be read. There the schema
  /// stays trusted; we register no functions, so none has effects.
  static let canDistrustSchema: Bool = {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    guard sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      return false
    }
    sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    return sqlite3_exec(handle, "CREATE TABLE a (b CHECK (json_valid(b)))", nil, nil, nil)
      == SQLITE_OK
  }()

  /// Runs `body` so that a lock of another process is an error at once.
  func withoutWaiting<Result>(_ body: () throws -> Result) rethrows -> Result {
    sqlite3_busy_timeout(handle, 0)
    defer { sqlite3_busy_timeout(handle, busyMilliseconds) }
    return try body()
  }

  /// Whether a setting of the connection is on (`SQLITE_DBCONFIG_…`).
  func flag(_ option: Int32) -> Bool { sqlite3_db_config_value(handle, option) == 1 }

  /// Whether triggers run.
  func enableTriggers(_ isEnabled: Bool) {
    sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, isEnabled ? 1 : 0)
  }

  deinit { close() }

  /// Closes the connection; every later call throws.
  func close() {
    statements = [:]
    sqlite3_close_v2(handle)
    handle = nil
  }

  /// A path as part of a URI (sqlite.org/uri.html).
  private static func escaped(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2f, 0x5f:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }
    return text
  }

  // MARK: Statements

  /// Runs any number of statements that take no arguments and return nothing.
  func execute(_ sql: String) throws(DatabaseError) {
    try check(sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// Runs a statement that returns nothing.
  func run(_ sql: String, _ arguments: Arguments = [:]) throws {
    try each(sql, arguments) { _ in }
  }

  /// Inserts one row of named columns.
  func insert(into table: String, _ values: Arguments) throws {
    let columns = values.map(\.key).joined(separator: ", ")
    let places = values.map { _ in "?" }.joined(separator: ", ")
    let statement = try statement("INSERT INTO \(table) (\(columns)) VALUES (\(places))")
    defer { statement.reset() }
    for (offset, value) in values.enumerated() {
      try check(statement.bind(value.value, at: Int32(offset + 1)))
    }
    _ = try step(statement)
  }

  /// Calls `body` with each row of the result. A row is valid until `body` returns.
  func each(
    _ sql: String, _ arguments: Arguments = [:], _ body: (DatabaseRow) throws -> Void
  ) throws {
    let statement = try prepared(sql, arguments)
    defer { statement.reset() }
    while try step(statement) { try body(DatabaseRow(statement: statement)) }
  }

  /// The results of `make` for each row.
  func all<Result>(
    _ sql: String, _ arguments: Arguments = [:], _ make: (DatabaseRow) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    try each(sql, arguments) { results.append(try make($0)) }
    return results
  }

  /// The result of `make` for the first row; nil if there is no row.
  func first<Result>(
    _ sql: String, _ arguments: Arguments = [:], _ make: (DatabaseRow) throws -> Result
  ) throws -> Result? {
    let statement = try prepared(sql, arguments)
    defer { statement.reset() }
    return try step(statement) ? try make(DatabaseRow(statement: statement)) : nil
  }

  /// The number in the first column of the first row; 0 if there is no row.
  func number(_ sql: String, _ arguments: Arguments = [:]) throws -> Int64 {
    try first(sql, arguments) { try $0.integer($0.columns[0]) } ?? 0
  }

  /// The number for the next row of a table that numbers its rows from 1 without a gap.
  func nextNumber(in table: String) throws -> Int64 {
    try number("SELECT coalesce(max(number), 0) + 1 AS next FROM \(table)")
  }

  private func prepared(
    _ sql: String, _ arguments: Arguments
  ) throws(DatabaseError) -> Statement {
    let statement = try statement(sql)
    for (name, value) in arguments {
      try check(statement.bind(value, at: statement.parameter(name)))
    }
    return statement
  }

  private func statement(_ sql: String) throws(DatabaseError) -> Statement {
    if let known = statements[sql], !known.isRunning { return known }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw lastError }
    let statement = Statement(prepared)
    statements[sql] = statement
    return statement
  }

  /// Advances to the next row; false after the last.
  private func step(_ statement: Statement) throws(DatabaseError) -> Bool {
    switch sqlite3_step(statement.handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw lastError
    }
  }

  private func check(_ code: Int32) throws(DatabaseError) {
    if code != SQLITE_OK { throw lastError }
  }

  private var lastError: DatabaseError {
    DatabaseError(code: handle.map { sqlite3_extended_errcode($0) } ?? SQLITE_MISUSE)
  }

  // MARK: Transactions

  /// Runs `body` on one snapshot: in the present transaction, or in one that reads.
  func snapshot<Result>(_ body: () throws -> Result) throws -> Result {
    isInTransaction ? try body() : try transaction(.reading, body)
  }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Runs `body` in a transaction, and rolls back if it throws.
  func transaction<Result>(_ kind: Transaction, _ body: () throws -> Result) throws -> Result {
    try run(kind.rawValue)
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // Some errors end the transaction by themselves.
      if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
      throw error
    }
  }
}

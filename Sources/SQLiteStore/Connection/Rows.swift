internal import GRDB
import GRDBSQLite
import InfusionRecord
import SessionStore

/// A prepared statement, bound and stepped without going through generic row values.
///
/// A year holds millions of facts; this reads a column without making a `Data` or a `Row` of it. A
/// column of another type than the schema says means a damaged file: it throws, and never traps.
struct Rows {
  private let statement: Statement
  private let handle: SQLiteStatement
  private let database: Database

  /// A column that does not hold what the schema promises.
  struct WrongColumn: Error {
    let column: Int32
  }

  init(_ database: Database, _ sql: String) throws {
    self.database = database
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  // MARK: Binding, from 1

  func bind(_ value: Int64, _ index: Int32) { sqlite3_bind_int64(handle, index, value) }

  func bind(_ text: String?, _ index: Int32) {
    guard var text else {
      sqlite3_bind_null(handle, index)
      return
    }
    text.withUTF8 { bytes in
      _ = sqlite3_bind_text(
        handle, index, UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
        Int32(bytes.count), Rows.transient)
    }
  }

  func bind(utf8 bytes: [UInt8], _ index: Int32) {
    bytes.withUnsafeBytes { buffer in
      _ = sqlite3_bind_text(
        handle, index, buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(buffer.count), Rows.transient)
    }
  }

  func bind(blob bytes: [UInt8], _ index: Int32) {
    bytes.withUnsafeBytes { buffer in
      _ = sqlite3_bind_blob(
        handle, index, buffer.baseAddress, Int32(buffer.count), Rows.transient)
    }
  }

  private static var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  // MARK: Stepping

  /// The next row, or false after the last.
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE {
      sqlite3_reset(handle)
      return false
    }
    let extended = sqlite3_extended_errcode(database.sqliteConnection)
    let message = database.sqliteConnection.flatMap { sqlite3_errmsg($0) }.map {
      String(cString: $0)
    }
    sqlite3_reset(handle)
    throw DatabaseError(resultCode: ResultCode(rawValue: extended), message: message)
  }

  /// Runs a statement that returns nothing.
  func run() throws {
    while try step() {}
  }

  func finish() { sqlite3_reset(handle) }

  // MARK: Columns, from 0

  func integer(_ column: Int32) throws -> Int64 {
    guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else {
      throw WrongColumn(column: column)
    }
    return sqlite3_column_int64(handle, column)
  }

  func optionalInteger(_ column: Int32) throws -> Int64? {
    if sqlite3_column_type(handle, column) == SQLITE_NULL { return nil }
    return try integer(column)
  }

  func text(_ column: Int32) throws -> String {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT else {
      throw WrongColumn(column: column)
    }
    return String(decoding: buffer(column), as: UTF8.self)
  }

  func optionalText(_ column: Int32) throws -> String? {
    if sqlite3_column_type(handle, column) == SQLITE_NULL { return nil }
    return try text(column)
  }

  /// The bytes of a text, as stored.
  func utf8(_ column: Int32) throws -> [UInt8] {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT else {
      throw WrongColumn(column: column)
    }
    return Array(buffer(column))
  }

  func blob(_ column: Int32, count: Int) throws -> [UInt8] {
    guard sqlite3_column_type(handle, column) == SQLITE_BLOB else {
      throw WrongColumn(column: column)
    }
    let bytes = buffer(column)
    guard bytes.count == count else { throw WrongColumn(column: column) }
    return Array(bytes)
  }

  /// A blob of any length.
  func bytes(_ column: Int32) throws -> [UInt8] {
    guard sqlite3_column_type(handle, column) == SQLITE_BLOB else {
      throw WrongColumn(column: column)
    }
    return Array(buffer(column))
  }

  func id(_ column: Int32) throws -> Event.ID {
    guard sqlite3_column_type(handle, column) == SQLITE_BLOB else {
      throw WrongColumn(column: column)
    }
    let bytes = buffer(column)
    guard bytes.count == 16 else { throw WrongColumn(column: column) }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for byte in bytes[..<8] { high = high << 8 | UInt64(byte) }
    for byte in bytes[8...] { low = low << 8 | UInt64(byte) }
    return Event.ID(high: high, low: low)
  }

  private func buffer(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    let base = sqlite3_column_blob(handle, column)
    return UnsafeBufferPointer(
      start: base?.assumingMemoryBound(to: UInt8.self),
      count: base == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
  }
}

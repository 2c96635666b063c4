import CSQLite

/// A prepared statement.
final class Statement {
  let handle: OpaquePointer
  /// The names of the result's columns.
  let columns: [String]

  init(_ handle: OpaquePointer) {
    self.handle = handle
    columns = (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }
  }

  deinit { sqlite3_finalize(handle) }

  var isRunning: Bool { sqlite3_stmt_busy(handle) != 0 }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// The place of the parameter `:name`, from 1; 0 if there is none.
  func parameter(_ name: String) -> Int32 { sqlite3_bind_parameter_index(handle, ":" + name) }

  /// Binds the parameter at `index`; returns the error code of SQLite.
  func bind(_ value: DatabaseValue, at index: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, index)
    case .integer(let number): return sqlite3_bind_int64(handle, index, number)
    case .text(var text):
      return text.withUTF8 { bind($0, at: index) }
    case .utf8(let bytes):
      return bytes.withUnsafeBufferPointer { bind($0, at: index) }
    case .blob(let bytes):
      return bytes.withUnsafeBytes {
        sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count), sqlite3_transient())
      }
    }
  }

  private func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int32) -> Int32 {
    text.withMemoryRebound(to: CChar.self) {
      sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), sqlite3_transient())
    }
  }
}

/// An argument of a statement.
enum DatabaseValue {
  case null
  case integer(Int64)
  case text(String)
  /// A text, as its bytes.
  case utf8([UInt8])
  case blob([UInt8])

  static func integer(_ number: Int) -> DatabaseValue { .integer(Int64(number)) }

  static func text(_ text: String?) -> DatabaseValue { text.map { .text($0) } ?? .null }
}

/// A SQLite error code (sqlite.org/rescode.html).
///
/// The library's message is left out, because it may quote values of the record.
struct DatabaseError: Error, Hashable {
  /// The extended code.
  let code: Int32

  var primaryCode: Int32 { code & 0xff }
}

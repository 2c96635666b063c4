import Glibc

/// The rows that a statement gave, in the binary format of the protocol.
final class QueryResult {
  private let library: PostgresLibrary
  private let handle: OpaquePointer
  let columns: [String]
  let count: Int

  init(_ handle: OpaquePointer, _ library: PostgresLibrary) {
    self.handle = handle
    self.library = library
    count = Int(library.rowCount(handle))
    columns = (0..<library.columnCount(handle)).map { column in
      library.columnName(handle, column).map { String(cString: $0) } ?? ""
    }
  }

  deinit { library.clear(handle) }

  var rows: some Sequence<Row> { (0..<count).lazy.map { Row(result: self, number: CInt($0)) } }

  var first: Row? { count > 0 ? Row(result: self, number: 0) : nil }

  /// The bytes of a value; nil for NULL. They stay where they are as long as the result.
  fileprivate func bytes(_ row: CInt, _ column: CInt) -> UnsafeRawBufferPointer? {
    guard library.isNull(handle, row, column) == 0, let start = library.value(handle, row, column)
    else { return nil }
    return UnsafeRawBufferPointer(start: start, count: Int(library.length(handle, row, column)))
  }

  /// One row of a result.
  struct Row {
    fileprivate let result: QueryResult
    fileprivate let number: CInt

    /// A column that does not hold what the schema declares.
    struct WrongColumn: Error {
      let name: String
    }

    func integer(_ name: String) throws(WrongColumn) -> Int64 {
      guard let number = try optionalInteger(name) else { throw WrongColumn(name: name) }
      return number
    }

    /// A number of two, four or eight bytes; the most significant comes first.
    func optionalInteger(_ name: String) throws(WrongColumn) -> Int64? {
      guard let bytes = try value(name) else { return nil }
      let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      switch bytes.count {
      case 2: return Int64(Int16(truncatingIfNeeded: bits))
      case 4: return Int64(Int32(truncatingIfNeeded: bits))
      case 8: return Int64(bitPattern: bits)
      default: throw WrongColumn(name: name)
      }
    }

    func flag(_ name: String) throws(WrongColumn) -> Bool {
      guard let bytes = try value(name), bytes.count == 1 else { throw WrongColumn(name: name) }
      return bytes[0] != 0
    }

    func text(_ name: String) throws(WrongColumn) -> String {
      guard let text = try optionalText(name) else { throw WrongColumn(name: name) }
      return text
    }

    func optionalText(_ name: String) throws(WrongColumn) -> String? {
      try value(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Bytes, or a text as its UTF-8; of `count` bytes if a count is given.
    func bytes(_ name: String, count: Int? = nil) throws(WrongColumn) -> [UInt8] {
      guard let bytes = try value(name), count == nil || bytes.count == count else {
        throw WrongColumn(name: name)
      }
      return Array(bytes)
    }

    func isNull(_ name: String) throws(WrongColumn) -> Bool { try value(name) == nil }

    private func value(_ name: String) throws(WrongColumn) -> UnsafeRawBufferPointer? {
      guard let column = result.columns.firstIndex(of: name) else { throw WrongColumn(name: name) }
      return result.bytes(number, CInt(column))
    }
  }
}

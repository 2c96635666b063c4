internal import TOMLKit

/// A value of a TOML document, apart from the library that read it.
enum TOMLTree {
  case text(String)
  case whole(Int)
  case number(Double)
  case flag(Bool)
  case list([TOMLTree])
  /// In the order of the keys' bytes.
  case table([(key: String, value: TOMLTree)])
  /// Dates and times; no key of ours takes one.
  case moment

  /// Reads a document.
  ///
  /// - Throws: a fault with line and column where it is no TOML.
  init(document: String, file: String) throws(DocumentError) {
    do {
      self = TOMLTree(try TOMLTable(string: document))
    } catch let error as TOMLParseError {
      throw DocumentError(
        file: file, line: error.source.begin.line, column: error.source.begin.column,
        found: "this is no TOML", expected: TOMLTree.expectation(of: error))
    } catch {
      throw DocumentError(file: file, found: "this is no TOML", expected: "TOML 1.0")
    }
  }

  private init(_ table: TOMLTable) {
    self = .table(
      table.keys.sorted().compactMap { key in
        table[key].map { (key, TOMLTree($0)) }
      })
  }

  private init(_ value: any TOMLValueConvertible) {
    let value = value.tomlValue
    switch value.type {
    case .string: self = .text(value.string ?? "")
    case .bool: self = .flag(value.bool ?? false)
    case .int: self = .whole(value.int ?? 0)
    case .double: self = .number(value.double ?? 0)
    case .array: self = .list(value.array?.map { TOMLTree($0) } ?? [])
    case .table: self = value.table.map { TOMLTree($0) } ?? .table([])
    case .date, .time, .dateTime: self = .moment
    }
  }

  /// What stands there, without its text.
  var kind: String {
    switch self {
    case .text: "a text"
    case .whole: "a whole number"
    case .number: "a number"
    case .flag: "true or false"
    case .list: "a list"
    case .table: "a table"
    case .moment: "a date or time"
    }
  }

  /// The library's words, short of its own prefixes and of the full stop.
  private static func expectation(of error: TOMLParseError) -> String {
    var words = error.description.printable
    if words.hasSuffix(".") { words.removeLast() }
    return "TOML 1.0 (\(words))"
  }
}

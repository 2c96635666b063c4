/// A value of a TOML document.
enum TOMLTree {
  case text(String)
  case whole(Int)
  case number(Double)
  case flag(Bool)
  case list([TOMLTree])
  /// Sorted by the bytes of the keys.
  case table([(key: String, value: TOMLTree)])
  /// A date or time; no key of a site takes one.
  case moment

  /// The kind of value for a fault, without its text.
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
}

/// A table while a document is read, with what may still be added to it.
final class TOMLTable {
  enum Kind {
    /// Created by the header of a table inside it.
    case implicit
    /// Created by its own header.
    case header
    /// Created by a dotted key; later keys may add to it.
    case dotted
    /// Written in braces; nothing may be added.
    case inline
  }

  enum Content {
    case value(TOMLTree)
    case table(TOMLTable)
  }

  var kind: Kind
  private(set) var entries: [String: Content] = [:]

  init(_ kind: Kind) {
    self.kind = kind
  }

  /// Adds a value; false if the key exists.
  func add(_ key: String, _ content: Content) -> Bool {
    guard entries[key] == nil else { return false }
    entries[key] = content
    return true
  }

  /// The table under a key: the existing one if it is of one of these kinds, or a new one. Nil if the
  /// key has a value or a table of another kind.
  func table(_ key: String, new kind: Kind, among kinds: Set<Kind>) -> TOMLTable? {
    switch entries[key] {
    case .value: return nil
    case .table(let found): return kinds.contains(found.kind) ? found : nil
    case nil:
      let table = TOMLTable(kind)
      entries[key] = .table(table)
      return table
    }
  }

  var tree: TOMLTree {
    .table(
      entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { key, content in
        switch content {
        case .value(let value): (key, value)
        case .table(let table): (key, table.tree)
        }
      })
  }
}

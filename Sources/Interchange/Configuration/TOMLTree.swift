/// A value of a TOML document.
enum TOMLTree: Equatable {
  case text(String)
  case whole(Int)
  case number(Double)
  case flag(Bool)
  case list([TOMLTree])
  /// In the order of the keys' bytes.
  case table([Entry])
  /// Dates and times; no key of ours takes one.
  case moment

  struct Entry: Equatable {
    let key: String
    let value: TOMLTree
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
}

/// A table while a document is read: what may still be added to it, and by what.
final class TOMLTable {
  enum Kind {
    /// Named only as the way to another table.
    case passed
    /// Named by a header.
    case headed
    /// Made by a dotted key; the keys after it may add to it.
    case dotted
    /// Written in braces: whole as it stands.
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

  /// Adds what is not there; false where the key is taken.
  func add(_ key: String, _ content: Content) -> Bool {
    guard entries[key] == nil else { return false }
    entries[key] = content
    return true
  }

  /// The table under a key: the one that is there if it is of these kinds, or a new one.
  func table(_ key: String, new kind: Kind, among kinds: Set<Kind>) -> TOMLTable? {
    switch entries[key] {
    case .value: return nil
    case .table(let found): return kinds.contains(found.kind) ? found : nil
    case nil:
      let made = TOMLTable(kind)
      entries[key] = .table(made)
      return made
    }
  }

  var tree: TOMLTree {
    .table(
      entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { key, content in
        switch content {
        case .value(let value): TOMLTree.Entry(key: key, value: value)
        case .table(let table): TOMLTree.Entry(key: key, value: table.tree)
        }
      })
  }
}

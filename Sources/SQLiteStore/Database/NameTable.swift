import SessionStore

/// The table of people's and workstations' names, with a cache. Facts refer to a name by its number.
///
/// The table only grows, so a cached name stays valid. A number that was assigned in a transaction that
/// failed is assigned again: such a name is cached only after it was read back. Names are told apart by their
/// bytes, as the database does; Swift takes two spellings of one letter for equal.
struct NameTable {
  private var texts: [Int64: String] = [:]
  private var numbers: [[UInt8]: Int64] = [:]

  /// The name with a number; nil if there is none.
  mutating func text(_ number: Int64, _ database: Database) throws -> String? {
    if let known = texts[number] { return known }
    let text = try database.first(
      "SELECT text FROM name WHERE number = :number", ["number": .integer(number)]
    ) { try $0.text("text") }
    texts[number] = text
    return text
  }

  /// The number of a name; a new name is added.
  mutating func number(of text: String, _ database: Database) throws -> Int64 {
    let bytes = Array(text.utf8)
    if let known = numbers[bytes] { return known }
    let known = try database.first(
      "SELECT number FROM name WHERE text = :text", ["text": .text(text)]
    ) { try $0.integer("number") }
    if let known {
      numbers[bytes] = known
      return known
    }
    let number = try database.nextNumber(in: "name")
    try database.insert(into: "name", ["number": .integer(number), "text": .text(text)])
    return number
  }
}

extension SQLiteStore {
  func name(_ number: Int64, _ database: Database) throws -> String {
    guard let text = try names.text(number, database) else {
      throw StoreError.damaged(path: place.path, what: "a name is missing")
    }
    return text
  }
}

import CSQLite
import Testing

@testable import SQLiteStore

/// The layer over the SQLite library.
@Suite struct DatabaseTests {
  private let database: Database

  init() throws {
    database = try Database(":memory:")
    try database.execute("CREATE TABLE t (n INTEGER, s TEXT, b BLOB) STRICT")
  }

  private func insert(_ number: Int, _ text: String? = nil, _ bytes: [UInt8] = []) throws {
    try database.insert(
      into: "t", ["n": .integer(number), "s": .text(text), "b": .blob(bytes)])
  }

  @Test(arguments: ["", "'; DROP TABLE t; --", "naïve 中文 🙂", "a\u{0}b"])
  func `a value is read back as it was bound`(text: String) throws {
    try insert(.max, text, [0, 255])
    try database.run("INSERT INTO t (s) VALUES (:s)", ["s": .utf8(Array(text.utf8))])
    let texts = try database.all("SELECT s FROM t") { try $0.text("s") }
    #expect(texts == [text, text])
    let row = try database.first("SELECT n, b FROM t") {
      (number: try $0.integer("n"), bytes: try $0.blob("b", count: 2))
    }
    #expect(row?.number == .max)
    #expect(row?.bytes == [0, 255])
    #expect(try database.number("SELECT length(CAST(s AS BLOB)) FROM t") == text.utf8.count)
  }

  @Test func `a column of another type, length or name throws`() throws {
    try insert(1, nil, [1])
    let attempts: [(DatabaseRow) throws -> Void] = [
      { _ = try $0.integer("s") }, { _ = try $0.text("n") }, { _ = try $0.utf8("b") },
      { _ = try $0.blob("n") }, { _ = try $0.blob("b", count: 2) }, { _ = try $0.integer("x") },
      { _ = try $0.text("s") },
    ]
    for attempt in attempts {
      #expect(throws: DatabaseRow.WrongColumn.self) {
        try database.each("SELECT n, s, b FROM t") { try attempt($0) }
      }
    }
    #expect(try database.first("SELECT s FROM t") { try $0.optionalText("s") } == .some(nil))
    #expect(try database.first("SELECT n FROM t") { try $0.optionalInteger("n") } == 1)
  }

  @Test func `an unknown parameter, a syntax error and a closed connection throw`() throws {
    #expect(throws: DatabaseError(code: SQLITE_RANGE)) {
      try database.run("INSERT INTO t (n) VALUES (:n)", ["m": .integer(1)])
    }
    #expect(throws: DatabaseError(code: SQLITE_ERROR)) { try database.run("SELEKT 1") }
    #expect(throws: DatabaseError(code: SQLITE_ERROR)) {
      try database.run("SELECT \"misspelt\" FROM t")
    }
    database.close()
    #expect(throws: DatabaseError(code: SQLITE_MISUSE)) { try database.run("SELECT 1") }
  }

  @Test func `a statement may run inside itself, and its arguments do not stay`() throws {
    for number in 1...3 { try insert(number) }
    var pairs: [[Int64]] = []
    try database.each("SELECT n FROM t ORDER BY n") { outer in
      let number = try outer.integer("n")
      try database.each("SELECT n FROM t ORDER BY n") { inner in
        pairs.append([number, try inner.integer("n")])
      }
    }
    #expect(pairs.count == 9)
    #expect(pairs.last == [3, 3])
    let sql = "SELECT count(*) AS count FROM t WHERE n = :n"
    #expect(try database.number(sql, ["n": .integer(2)]) == 1)
    #expect(try database.number(sql) == 0)
  }

  @Test func `a transaction that throws leaves nothing, and the next one works`() throws {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try database.transaction(.writing) {
        try insert(1)
        throw Stop()
      }
    }
    #expect(try database.number("SELECT count(*) FROM t") == 0)
    let sum = try database.transaction(.writing) {
      try insert(2)
      return try database.number("SELECT sum(n) FROM t")
    }
    #expect(sum == 2)
    #expect(try database.nextNumber(in: "(SELECT n AS number FROM t)") == 3)
  }
}

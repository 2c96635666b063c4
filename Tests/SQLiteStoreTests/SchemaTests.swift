import CSQLite
import Dispatch
import InfusionRecord
import Synchronization
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

@Suite struct SchemaTests {
  private func filled(_ folder: TemporaryFolder) throws -> SampleRecord {
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.stop("a1", at: "12:00")
    try store.append(record.events, to: record.session, expecting: 0)
    store.close()
    return record
  }

  @Test func `several processes may create one store at the same moment`() {
    let folder = TemporaryFolder()
    for round in 0..<60 {
      let path = folder.file("new-\(round).store")
      let sentences = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do throws(StoreError) {
          try SQLiteStore(StorePlace(path: path)).close()
        } catch {
          sentences.withLock { $0.append(error.sentence) }
        }
      }
      #expect(sentences.withLock { $0 } == [])
    }
  }

  /// Statements that another program might run.
  @Test(arguments: [
    "UPDATE fact SET minute = minute - 1 WHERE rowid = 4",
    "UPDATE fact SET body = body",
    "UPDATE OR REPLACE fact SET number = 9 WHERE rowid = 4",
    "DELETE FROM fact WHERE rowid = 4",
    "DELETE FROM fact",
    "INSERT OR REPLACE INTO fact SELECT * FROM fact WHERE rowid = 2",
    "REPLACE INTO fact (rowid, format, session, number, id, kind, minute, recorded, basis, actor, workstation, reason, body, seal) SELECT 2, format, session, number, id, kind, minute, recorded, basis, actor, workstation, reason, body, seal FROM fact WHERE rowid = 4",
    "INSERT INTO fact (rowid, format, session, number, id, kind, minute, recorded, basis, actor, workstation, reason, body, seal) SELECT 9, format, session, 5, randomblob(16), kind, minute, recorded, basis, actor, workstation, reason, body, seal FROM fact WHERE rowid = 4",
    "INSERT INTO fact (rowid, format, session, number, id, kind, minute, recorded, basis, actor, workstation, reason, body, seal) SELECT 5, format, session, 9, randomblob(16), kind, minute, recorded, basis, actor, workstation, reason, body, seal FROM fact WHERE rowid = 4",
    "INSERT INTO fact (rowid, format, session, number, id, kind, minute, recorded, basis, actor, workstation, reason, body, seal) SELECT 5, format, session, 5, id, kind, minute, recorded, basis, actor, workstation, reason, body, seal FROM fact WHERE rowid = 4",
    "UPDATE name SET text = 'RN N. NOBODY'", "DELETE FROM name",
    "REPLACE INTO name VALUES (1, 'RN N. NOBODY')",
    "UPDATE session SET id = 'other'", "DELETE FROM session",
    "REPLACE INTO session VALUES (1, 'other', 1, 0)",
  ])
  func `the database itself refuses to change what is recorded`(sql: String) throws {
    let folder = TemporaryFolder()
    let record = try filled(folder)
    let raw = try Database(folder.file("s.store"))
    #expect(throws: DatabaseError.self) { try raw.execute(sql) }
    raw.close()
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    #expect(try store.log(of: record.session)?.events == record.events)
    #expect(try store.verify().isWhole)
  }

  /// Each column checks its values, whatever program writes.
  private static let impossible: [[String]] = [
    ["rowid", "0"],
    ["format", "2"],
    ["session", "99"],
    ["number", "0"],
    ["id", "x'00'"],
    ["id", "'0123456789abcdef'"],
    ["kind", "0"],
    ["kind", "64"],
    ["minute", "-1"],
    ["minute", "4223371680"],
    ["minute", "'soon'"],
    ["recorded", "-1"],
    ["basis", "7"],
    ["actor", "99"],
    ["workstation", "99"],
    ["actor", "NULL"],
    ["reason", "''"],
    ["body", "'{'"],
    ["body", "''"],
    ["body", "x'7b7d'"],
    ["seal", "x'00'"],
    ["seal", "NULL"],
  ]

  @Test(arguments: impossible)
  func `an impossible value is refused by its column`(pair: [String]) throws {
    let (column, value) = (pair[0], pair[1])
    let folder = TemporaryFolder()
    _ = try filled(folder)
    let raw = try Database(folder.file("s.store"))
    try raw.execute("PRAGMA foreign_keys = ON")
    let usual = [
      "rowid": "5", "format": "1", "session": "1", "number": "5", "id": "randomblob(16)",
      "kind": "3", "minute": "1", "recorded": "1", "basis": "1", "actor": "1", "workstation": "2",
      "reason": "NULL", "body": "'{\"adm\":\"a1\"}'", "seal": "randomblob(32)",
    ]
    func insert(_ values: [String: String]) throws {
      let columns = values.keys.sorted()
      try raw.execute(
        """
        INSERT INTO fact (\(columns.joined(separator: ", ")))
        VALUES (\(columns.map { values[$0] ?? "" }.joined(separator: ", ")))
        """)
    }
    var values = usual
    values[column] = value
    #expect(throws: DatabaseError.self) { try insert(values) }
    try insert(usual)
  }

  @Test func `the writer syncs fully, checks foreign keys and writes ahead`() throws {
    let folder = TemporaryFolder()
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    let found = try store.access { database in
      (
        try database.pragma("synchronous"), try database.pragma("foreign_keys"),
        try database.first("PRAGMA journal_mode") { try $0.text("journal_mode") }
      )
    }
    #expect(found == (2, 1, "wal"))
  }

  @Test func `a file of a later version is refused and left alone`() throws {
    let folder = TemporaryFolder()
    _ = try filled(folder)
    let raw = try Database(folder.file("s.store"))
    try raw.execute("PRAGMA user_version = 99")
    raw.close()
    for mode in [StoreMode.readWrite, .readOnly] {
      #expect {
        _ = try SQLiteStore(StorePlace(path: folder.file("s.store")), mode: mode)
      } throws: { error in
        if case StoreError.newer(_, 99, Schema.current.version) = error { true } else { false }
      }
    }
  }

  @Test func `another program's database is refused`() throws {
    let folder = TemporaryFolder()
    let raw = try Database(folder.file("s.store"))
    try raw.execute("CREATE TABLE x (y)")
    raw.close()
    #expect(throws: StoreError.self) {
      _ = try SQLiteStore(StorePlace(path: folder.file("s.store"), trusting: true))
    }
  }

  @Test func `a store of an earlier version is migrated and keeps every fact`() throws {
    let folder = TemporaryFolder()
    let record = try filled(folder)
    var next = Schema.current
    next.steps.append("CREATE TABLE extra (number INTEGER PRIMARY KEY) STRICT;")
    let place = StorePlace(path: folder.file("s.store"))
    let store = try SQLiteStore(place, mode: .readWrite, schema: next)
    #expect(try store.log(of: record.session)?.events == record.events)
    let version = try store.access { Int(try $0.pragma("user_version")) }
    #expect(version == Schema.current.version + 1)
  }

  @Test func `a step that fails leaves the version before it`() throws {
    let folder = TemporaryFolder()
    let record = try filled(folder)
    var next = Schema.current
    next.steps.append("CREATE TABLE extra (x) STRICT; CREATE TABLE fact (x);")
    let place = StorePlace(path: folder.file("s.store"))
    #expect(throws: StoreError.self) {
      _ = try SQLiteStore(place, mode: .readWrite, schema: next)
    }
    let store = try SQLiteStore(place)
    #expect(try store.log(of: record.session)?.events == record.events)
    #expect(try store.verify().isWhole)
  }

  /// A new released step gets its hash from what this test prints.
  @Test func `the hash of every version is that of the tables it makes`() throws {
    for version in 1...Schema.current.version {
      let hash = try SchemaText(Schema.current.memory(version)).hash
      #expect(Schema.current.steps[version - 1].hash == hash, "version \(version)")
    }
  }

  /// Parts that another program added or changed.
  @Test(arguments: [
    ("CREATE TRIGGER extra AFTER INSERT ON fact BEGIN DELETE FROM audit; END", "trigger extra"),
    ("DROP TRIGGER posting_is_not_deleted", "trigger posting_is_not_deleted is missing"),
    ("CREATE VIEW extra AS SELECT * FROM fact", "view extra"),
    ("DROP VIEW readable; CREATE VIEW readable AS SELECT 1", "view readable"),
    (
      "DROP INDEX audit_people; CREATE INDEX audit_people ON audit (kind) WHERE kind <= 0",
      "index audit_people"
    ),
    ("CREATE TABLE extra (x)", "table extra"), ("DROP INDEX session_open", "index session_open"),
  ])
  func `a store with other tables or triggers is not opened, and verify names them`(
    sql: String, named: String
  ) throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    _ = try filled(folder)
    let raw = try Database(path)
    try raw.execute(sql)
    raw.close()
    for mode in [StoreMode.readWrite, .readOnly] {
      #expect { _ = try SQLiteStore(StorePlace(path: path), mode: mode) } throws: {
        isAltered($0, named)
      }
    }
    let problems = try SQLiteStore(StorePlace(path: path), mode: .examining).verify().problems
    #expect(problems.contains { $0.kind == .schema && $0.sentence.contains(named) })
  }

  @Test func `a trigger that is added while the store is open does not run`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    var record = try filled(folder)
    let store = try SQLiteStore(StorePlace(path: path))
    let raw = try Database(path)
    try raw.execute(
      "CREATE TRIGGER extra AFTER INSERT ON fact BEGIN UPDATE session SET status = 2; END")
    let event = record.event(.noteAdded(text: "x", administration: nil), at: "12:30")
    #expect { try store.append([event], to: record.session, expecting: 4) } throws: {
      isAltered($0, "trigger extra")
    }
    #expect { _ = try store.log(of: record.session) } throws: { isAltered($0, "trigger extra") }
    try raw.execute("DROP TRIGGER extra")
    try store.append([event], to: record.session, expecting: 4)
    #expect(try store.board().map(\.version) == [5])
  }

  @Test func `the schema cannot be written, and runs no function with effects and no view`() throws
  {
    let folder = TemporaryFolder()
    _ = try filled(folder)
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    let flags = try store.access { database in
      [
        SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_VIEW,
        SQLITE_DBCONFIG_ENABLE_TRIGGER,
      ].map { database.flag($0) }
    }
    #expect(flags == [true, !Database.canDistrustSchema, false, true])
  }

  @Test func `white space between the words of a definition does not count`() throws {
    let one = try Database(":memory:")
    try one.execute("CREATE TABLE a (b INTEGER,\n  c TEXT)")
    let two = try Database(":memory:")
    try two.execute("CREATE TABLE a (b INTEGER, c TEXT)")
    #expect(try SchemaText(one).hash == SchemaText(two).hash)
  }
}

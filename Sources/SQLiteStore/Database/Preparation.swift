import CSQLite
import Glibc
import SessionStore

/// The checks and settings of a new connection: is the file a store, of which version.
extension SQLiteStore {
  /// Migrates the schema, applies the settings and reads them back.
  func prepare() throws(StoreError) {
    var isUpgraded = false
    try access { database in
      // Otherwise sorters and copies write to /tmp.
      try database.execute("PRAGMA temp_store = MEMORY")
      if try database.pragma("application_id") != Schema.applicationID {
        // In one snapshot, because another process may be creating the store right now.
        let isOther = try database.snapshot {
          let mark = try database.pragma("application_id")
          let version = try database.pragma("user_version")
          let parts = try database.number("SELECT count(*) AS parts FROM sqlite_master")
          return mark != Schema.applicationID && (mark != 0 || version != 0 || parts != 0)
        }
        if isOther {
          throw StoreError.notAStore(path: place.path, what: "another program's database")
        }
      }
      let version = Int(try database.pragma("user_version"))
      if version > schema.version {
        throw StoreError.newer(path: place.path, found: version, known: schema.version)
      }
      if mode == .readWrite {
        try useWriteAheadLog(database)
        if version < schema.version { try migrate(database) }
        isUpgraded = version > 0 && version < schema.version
        try database.execute(
          """
          PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;
          """)
        try assertSettings(database)
      } else if version < schema.version {
        throw version == 0
          ? StoreError.notAStore(path: place.path, what: "it is empty")
          : StoreError.older(path: place.path, found: version)
      }
      try checkSchema(database)
    }
    // Verifies everything once and writes a checkpoint, so that no signature has to wait for that. What
    // is broken is refused there, not here: recording goes on.
    if isUpgraded { try? checkChains() }
    writeOutboxHead()
  }

  /// Switches the file to write-ahead mode.
  ///
  /// If another process does the same at the same moment, SQLite does not wait but fails: we retry.
  private func useWriteAheadLog(_ database: Database) throws {
    var tries = SQLiteStore.busySeconds * 100
    while try database.journalMode() != "wal" {
      do {
        try database.run("PRAGMA journal_mode = WAL")
        return
      } catch let error as DatabaseError where error.primaryCode == SQLITE_BUSY && tries > 0 {
        tries -= 1
        usleep(10_000)
      }
    }
  }

  private func assertSettings(_ database: Database) throws {
    for (name, value) in [("synchronous", 2), ("foreign_keys", 1)] as [(String, Int64)] {
      let found = try database.pragma(name)
      if found != value {
        throw StoreError.io(path: place.path, code: Int(found), what: "\(name) did not take")
      }
    }
    let journal = try database.journalMode()
    if journal != "wal" {
      throw StoreError.io(path: place.path, code: 0, what: "the journal is \(journal), not wal")
    }
  }

  /// Runs the missing steps of the schema, each in a transaction with its version number.
  private func migrate(_ database: Database) throws {
    var isDone = false
    while !isDone {
      isDone = try database.transaction(.writing) {
        // Another process may have migrated the file while this one waited for the lock.
        let version = Int(try database.pragma("user_version"))
        guard version < schema.version else { return true }
        // A trigger of another program would run in the step.
        try checkSchema(database)
        let step = schema.steps[version]
        try database.execute(step.sql)
        if step.sealsOutbox { try sealOutbox(database) }
        try database.execute(
          """
          PRAGMA user_version = \(version + 1); PRAGMA application_id = \(Schema.applicationID)
          """)
        return false
      }
    }
  }

  /// Throws if a chain no longer holds the entry that was acknowledged last.
  func check(_ chain: ChainName) throws(StoreError) {
    guard let acknowledged = HeadFile(of: chain, at: place).read(),
      acknowledged.count > 0
    else { return }
    try access { database in
      guard let seal = try self.seal(of: acknowledged.count, in: chain, database) else {
        let table = SQLiteStore.table(of: chain)
        let found = try database.number("SELECT coalesce(max(rowid), 0) AS found FROM \(table)")
        throw StoreError.endMissing(
          path: place.path, chain: chain, found: Int(found), acknowledged: acknowledged.count)
      }
      guard seal == acknowledged.hash else {
        throw StoreError.damaged(
          path: place.path,
          what: "\(chain.entry) \(acknowledged.count) is not the one that was acknowledged")
      }
    }
  }

  /// What is missing at the end of the outbox, in a sentence; nil if nothing is. It stops no recording.
  func faultOfOutbox() throws(StoreError) -> String? {
    do throws(StoreError) {
      try check(.outbox)
      return nil
    } catch {
      switch error {
      case .endMissing(_, let chain, let found, let acknowledged):
        return "It holds \(chain.words(found)), but \(acknowledged) were recorded."
      case .damaged(_, let what): return "\(what.prefix(1).uppercased())\(what.dropFirst())."
      default: throw error
      }
    }
  }

  /// The seal of an entry of a chain; nil if there is none.
  func seal(of entry: Int, in chain: ChainName, _ database: Database) throws -> [UInt8]? {
    try database.first(
      "SELECT seal FROM \(SQLiteStore.table(of: chain)) WHERE rowid = :entry",
      ["entry": .integer(entry)]
    ) { try $0.blob("seal", count: 32) }
  }

  /// The table that holds the seals of a chain, by row id.
  static func table(of chain: ChainName) -> String {
    switch chain {
    case .facts: "fact"
    case .audit: "audit"
    case .outbox: "outbox_seal"
    }
  }
}

extension Database {
  /// The value of a setting that is a number.
  func pragma(_ name: String) throws -> Int64 { try number("PRAGMA \(name)") }

  fileprivate func journalMode() throws -> String {
    try first("PRAGMA journal_mode") { try $0.text("journal_mode") } ?? ""
  }
}

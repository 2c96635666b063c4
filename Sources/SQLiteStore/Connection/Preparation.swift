import GRDB
import Glibc
import InfusionRecord
import SessionStore

/// What is done before a connection is used: is it a store, of which version, under which settings.
extension SQLiteStore {
  /// Brings schema and settings to what this program needs, and reads the settings back.
  func prepare() throws(StoreError) {
    let place = place
    try access { database in
      // Sorters and copies would else spill into /tmp.
      try database.set("PRAGMA temp_store = MEMORY")
      if try SQLiteStore.integer(database, "PRAGMA application_id") != Schema.applicationID {
        // At one moment: another program may be making it right now.
        let isOther = try database.transact(.reading) {
          let mark = try SQLiteStore.integer(database, "PRAGMA application_id")
          let version = try SQLiteStore.integer(database, "PRAGMA user_version")
          let parts = try SQLiteStore.integer(database, "SELECT count(*) FROM sqlite_master")
          return mark != Schema.applicationID && (mark != 0 || version != 0 || parts != 0)
        }
        if isOther {
          throw StoreError.notAStore(path: place.path, what: "another program's database")
        }
      }
      var version = try SQLiteStore.integer(database, "PRAGMA user_version")
      if version > Int64(self.schema.version) {
        throw StoreError.newer(
          path: place.path, found: Int(version), known: self.schema.version)
      }
      if self.mode == .readWrite {
        try self.keepLog(database)
        if version < Int64(self.schema.version) {
          try self.migrate(database)
          version = Int64(self.schema.version)
        }
        try database.set(
          """
          PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;
          PRAGMA wal_autocheckpoint = \(self.logPages)
          """)
        try self.assertSettings(database)
      } else if version < Int64(self.schema.version) {
        throw version == 0
          ? StoreError.notAStore(path: place.path, what: "it is empty")
          : StoreError.older(path: place.path, found: Int(version))
      }
    }
  }

  /// Puts the store into write-ahead mode, which no other program may be doing at the same moment:
  /// SQLite gives up at once there instead of waiting.
  private func keepLog(_ database: Database) throws {
    var tries = SQLiteStore.busySeconds * 100
    while try SQLiteStore.text(database, "PRAGMA journal_mode") != "wal" {
      do {
        _ = try SQLiteStore.text(database, "PRAGMA journal_mode = WAL")
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && tries > 0 {
        tries -= 1
        usleep(10_000)
      }
    }
  }

  private func assertSettings(_ database: Database) throws {
    let wanted: [(String, Int64)] = [("synchronous", 2), ("foreign_keys", 1)]
    for (name, value) in wanted {
      let found = try SQLiteStore.integer(database, "PRAGMA \(name)")
      if found != value {
        throw StoreError.io(path: place.path, code: Int(found), what: "\(name) did not take")
      }
    }
    let journal = try SQLiteStore.text(database, "PRAGMA journal_mode")
    if journal != "wal" {
      throw StoreError.io(path: place.path, code: 0, what: "the journal is \(journal), not wal")
    }
  }

  /// Takes the file through the steps it lacks, each with its version number in one transaction.
  private func migrate(_ database: Database) throws {
    while true {
      var isDone = false
      try database.inTransaction(.immediate) {
        // Another process may have done it while this one waited.
        let version = Int(try SQLiteStore.integer(database, "PRAGMA user_version"))
        if version >= schema.version {
          isDone = true
          return .rollback
        }
        try database.execute(sql: schema.steps[version])
        try database.execute(
          sql: """
            PRAGMA user_version = \(version + 1); PRAGMA application_id = \(Schema.applicationID);
            """)
        return .commit
      }
      if isDone { return }
    }
  }

  /// Whether the store still holds what was acknowledged last.
  func check(against acknowledged: Head, table: String) throws(StoreError) {
    guard acknowledged.count > 0 else { return }
    let place = place
    try access { database in
      let rows = try Rows(database, "SELECT seal FROM \(table) WHERE rowid = ?")
      rows.bind(Int64(acknowledged.count), 1)
      guard try rows.step() else {
        let found = try SQLiteStore.integer(
          database, "SELECT coalesce(max(rowid), 0) FROM \(table)")
        throw StoreError.factsMissing(
          path: place.path, found: Int(found), acknowledged: acknowledged.count)
      }
      let seal = try rows.blob(0, count: 32)
      rows.finish()
      guard seal == acknowledged.hash else {
        throw StoreError.damaged(
          path: place.path,
          what: "\(table) \(acknowledged.count) is not the one that was acknowledged")
      }
    }
  }
}

import GRDB
import GRDBSQLite

extension Database {
  enum Transaction: String {
    /// One moment of the store for several reads.
    case reading = "BEGIN DEFERRED"
    /// The write lock from the start, so that what is decided on is what is written to.
    case writing = "BEGIN IMMEDIATE"
  }

  /// Runs `body` in a transaction: all of what it did holds when this returns, and nothing of it where
  /// it throws.
  ///
  /// GRDB's `inTransaction` does as much with statements it takes apart and prepares each time: with
  /// the settings below, a twentieth of what a command computes.
  func transact<Result>(_ kind: Transaction, _ body: () throws -> Result) throws -> Result {
    try Rows(self, kind.rawValue).run()
    do {
      let result = try body()
      try Rows(self, "COMMIT").run()
      return result
    } catch {
      // Some errors end the transaction by themselves.
      if isInsideTransaction { try? Rows(self, "ROLLBACK").run() }
      throw error
    }
  }

  /// Runs settings that are no part of a transaction and return nothing.
  func set(_ pragmas: String) throws {
    let code = sqlite3_exec(sqliteConnection, pragmas, nil, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }
}

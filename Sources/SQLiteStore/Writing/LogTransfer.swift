import SessionStore

/// Moving the write-ahead log into the database file, which SQLite calls a checkpoint of the log.
///
/// SQLite 3.7.0 to 3.51.2 can lose committed pages if a commit begins the log again while a checkpoint
/// begins (sqlite.org/wal.html, "The WAL-Reset Bug"). So SQLite's own checkpoints are off, and ours run
/// while this connection holds the write lock: no other process of this program can commit then. A
/// connection cannot do both, so a second one moves the log.
extension SQLiteStore {
  /// The length of the log at which a write moves it.
  ///
  /// A short log is overwritten soon, which costs a third less than extending it; but the append that
  /// moves it costs five times as much as the others (`Tests/Benchmarks/run store`). So the log may grow
  /// if the event loop moves it.
  var pagesBeforeTransfer: Int { isMaintainedWhenIdle ? 1000 : 250 }

  /// The facts after the last checkpoint of the chains at which an idle loop writes the next one.
  private static let factsBeforeCheckpoint = 10_000

  /// Moves the log after 20 appends, so that no append has to. The event loop calls this when it is idle.
  package func maintain() {
    guard mode == .readWrite else { return }
    if !isMaintainedWhenIdle {
      isMaintainedWhenIdle = true
      shortenTail()
    }
    guard appendsSinceTransfer >= 20 else { return }
    // A failure is ignored: a later append meets it and reports it.
    try? access { database in
      try transferLog(database)
      appendsSinceTransfer = 0
    }
  }

  /// Writes a checkpoint of the chains if many facts follow the last.
  ///
  /// The board reads the facts after it at every start. A suite that signs off writes checkpoints anyway.
  private func shortenTail() {
    try? access { database in
      let base = try listBase(database)
      if try readHead(database).count - base.facts < SQLiteStore.factsBeforeCheckpoint { return }
      try checkChains()
    }
  }

  /// Moves the log if it is long. A failure is ignored, because the write is durable already.
  func transferLogIfLong(_ database: Database) {
    if database.logPages >= pagesBeforeTransfer { try? transferLog(database) }
  }

  /// Moves the log. If another process is writing, it is left to a later write.
  private func transferLog(_ database: Database) throws {
    try database.withoutWaiting {
      try database.transaction(.writing) {
        let other = try Database(place.path)
        defer { other.close() }
        try other.execute("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(PASSIVE)")
      }
    }
    database.logPages = 0
  }
}

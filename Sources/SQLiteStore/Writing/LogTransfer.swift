import SessionStore

/// Moving the write-ahead log into the database file, which SQLite calls a checkpoint of the log.
extension SQLiteStore {
  /// The length of the log at which an append moves it.
  ///
  /// A short log is overwritten soon, which costs a third less than extending it; but the append that
  /// moves it costs five times as much as the others (`Tests/Benchmarks/run store`). So the log may grow
  /// if the event loop moves it.
  var pagesBeforeTransfer: Int { isMaintainedWhenIdle ? 1000 : 250 }

  /// Moves the log after 20 appends, so that no append has to. The event loop calls this when it is idle.
  package func maintain() {
    let isDue = appendsSinceTransfer >= 20
    guard mode == .readWrite, isDue || !isMaintainedWhenIdle else { return }
    isMaintainedWhenIdle = true
    // A failure is ignored: a later append meets it and reports it.
    try? access { database in
      try database.execute("PRAGMA wal_autocheckpoint = \(pagesBeforeTransfer)")
      guard isDue else { return }
      try database.execute("PRAGMA wal_checkpoint(PASSIVE)")
      appendsSinceTransfer = 0
    }
  }
}

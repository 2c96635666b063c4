import SessionStore

/// Checkpoints: moving the write-ahead log into the database file.
extension SQLiteStore {
  /// The length of the log at which an append runs a checkpoint.
  ///
  /// A short log is overwritten soon, which costs a third less than extending it; but the append that
  /// runs the checkpoint costs five times as much as the others (`Tests/Benchmarks/run store`). So the
  /// log may grow if the event loop runs checkpoints.
  var pagesBeforeCheckpoint: Int { hasIdleCheckpoints ? 1000 : 250 }

  /// Runs a checkpoint after 20 appends, so that no append has to. The event loop calls this when it is
  /// idle.
  package func checkpoint() {
    let isDue = appendsSinceCheckpoint >= 20
    guard mode == .readWrite, isDue || !hasIdleCheckpoints else { return }
    hasIdleCheckpoints = true
    // A failure is ignored: a later append meets it and reports it.
    try? access { database in
      try database.execute("PRAGMA wal_autocheckpoint = \(pagesBeforeCheckpoint)")
      guard isDue else { return }
      try database.execute("PRAGMA wal_checkpoint(PASSIVE)")
      appendsSinceCheckpoint = 0
    }
  }
}

import Glibc
package import SessionStore

extension SQLiteStore {
  /// Writes a consistent copy to a new file, and verifies it. Other processes may record meanwhile.
  ///
  /// SQLite makes the copy from one snapshot. It gets its name only after every fact is checked and the
  /// file is synced: a file with that name is a whole backup.
  ///
  /// - Parameter kept: heads with which the copy must begin.
  package func backup(
    to path: String, against kept: KeptHeads = KeptHeads()
  ) throws(StoreError) -> Verification {
    let target = StorePlace(path: path, trusting: true)
    try SQLiteStore.checkBackup(path)
    let partial = StorePlace(path: path + "-partial", trusting: true)
    let descriptor = open(partial.path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor < 0, errno == EEXIST {
      throw .unsafe(
        path: path, what: "\(partial.path) is there, as of a backup that broke off; remove it first"
      )
    }
    guard descriptor >= 0 else { throw StorePlace.failure(errno, path, "creating the backup") }
    Glibc.close(descriptor)
    do throws(StoreError) {
      let found = try write(to: partial, against: kept)
      try name(partial, as: target)
      StorePlace.syncFolder(target.folder)
      return found
    } catch {
      unlink(partial.path)
      throw error
    }
  }

  /// Throws if a backup cannot get this name: a file has it, it is a name of a store, or its folder is
  /// missing.
  package static func checkBackup(_ path: String) throws(StoreError) {
    let target = StorePlace(path: path, trusting: true)
    if target.exists {
      throw .unsafe(path: path, what: "there is a file of that name already; name a new one")
    }
    if let store = StoreFile.owner(of: path) {
      throw .unsafe(path: path, what: "it is a name of the store \(store); name another file")
    }
    guard Glibc.access(target.folder, F_OK) == 0 else {
      throw .unsafe(path: path, what: "its folder is missing; make it first")
    }
    // The copy is opened by its name, so nobody else may be able to give that name to another file.
    if let unsafe = FolderChain.unsafeFolder(above: target.path) {
      throw .unsafe(
        path: path, what: "another account may replace what lies in \(unsafe); name another folder")
    }
  }

  /// Gives the copy its name, unless a file of that name was made meanwhile.
  private func name(_ partial: StorePlace, as target: StorePlace) throws(StoreError) {
    switch NewFile.name(partial.path, as: target.path) {
    case 0: return
    case EEXIST:
      throw .unsafe(
        path: target.path, what: "there is a file of that name already; name a new one")
    case let number: throw StorePlace.failure(number, target.path, "naming the backup")
    }
  }

  private func write(
    to partial: StorePlace, against kept: KeptHeads
  ) throws(StoreError) -> Verification {
    do {
      try access { database in
        try database.run("VACUUM INTO :path", ["path": .text(partial.path)])
      }
    } catch .full {
      // As a rule the backup's disk is full, not the store's.
      throw .full(path: partial.path)
    }
    let copy = try SQLiteStore(partial, mode: .readOnly)
    let found = try copy.verify(
      against: kept.facts, audit: kept.audit, outbox: kept.outbox)
    copy.close()
    let descriptor = open(partial.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorePlace.failure(errno, partial.path, "syncing") }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw StorePlace.failure(errno, partial.path, "syncing")
    }
    return found
  }
}

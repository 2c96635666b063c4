import GRDB
import Glibc
package import SessionStore

extension SQLiteStore {
  /// Writes a consistent copy to a new file while others go on recording, and verifies it.
  ///
  /// The copy is made by SQLite from one snapshot, checked fact by fact, brought to the disk and only
  /// then given its name: a file with that name is a whole backup.
  package func backup(to path: String) throws(StoreError) -> Verification {
    let target = StorePlace(path: path, trusting: true)
    if target.exists {
      throw .unsafe(path: path, what: "there is a file of that name already; name a new one")
    }
    guard Glibc.access(target.folder, F_OK) == 0 else {
      throw .unsafe(path: path, what: "its folder is missing; make it first")
    }
    let partial = StorePlace(path: path + "-partial", trusting: true)
    unlink(partial.path)
    let descriptor = open(partial.path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw StorePlace.failure(errno, path, "creating the backup") }
    Glibc.close(descriptor)
    do throws(StoreError) {
      let found = try write(to: partial)
      guard rename(partial.path, target.path) == 0 else {
        throw StorePlace.failure(errno, path, "naming the backup")
      }
      StorePlace.syncFolder(target.folder)
      return found
    } catch {
      unlink(partial.path)
      throw error
    }
  }

  private func write(to partial: StorePlace) throws(StoreError) -> Verification {
    do {
      try queue.inDatabase { database in
        try database.execute(sql: "VACUUM INTO ?", arguments: [partial.path])
      }
    } catch {
      // A full disk is the target's as a rule, and the target is what the person can change.
      throw StoreError(error, at: partial)
    }
    let copy = try SQLiteStore(partial, mode: .readOnly)
    let found = try copy.verify()
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

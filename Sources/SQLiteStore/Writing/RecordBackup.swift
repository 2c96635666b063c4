import Glibc
package import SessionStore

extension SQLiteStore {
  /// Writes a backup of a record that another kind of store holds.
  ///
  /// The rows go into a store in a folder of its own, each checked against its seal, and the backup is made
  /// of that store. The folder is removed whatever happens, so a backup that fails leaves no file.
  ///
  /// - Parameters:
  ///   - location: where the rows come from, as messages name it.
  ///   - kept: heads with which the record must begin.
  package static func backup(
    of source: any RecordSource, at location: String, to path: String, against kept: KeptHeads
  ) throws(StoreError) -> Verification {
    try checkBackup(path)
    let folder = StorePlace(path: path, trusting: true).path + "-copying"
    guard mkdir(folder, 0o700) == 0 else {
      if errno == EEXIST {
        throw .unsafe(
          path: path, what: "\(folder) is there, as of a backup that broke off; remove it first")
      }
      throw StorePlace.failure(errno, path, "creating the backup")
    }
    let place = StorePlace(path: folder + "/record", trusting: true)
    defer {
      for one in [place.path] + place.companions { unlink(one) }
      rmdir(folder)
    }
    let store = try SQLiteStore(place)
    defer { store.close() }
    _ = try store.take(recordOf: source, at: location)
    return try store.backup(to: path, against: kept)
  }
}

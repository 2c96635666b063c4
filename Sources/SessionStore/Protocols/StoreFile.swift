import Glibc

/// Which files belong to a store that is kept in a file.
package enum StoreFile {
  /// The path of the store to which `path` belongs; nil if it belongs to none.
  ///
  /// A file belongs to a store in the same folder if its name is the store's, or begins with it and a
  /// hyphen: `-wal`, `-shm`, the heads, the lock of the outbox, copies that are kept. Whether the file
  /// exists makes no difference, because a file that is made under such a name would be taken for the
  /// store's own later. Next to a store of the usual name the edit tables and the appointments have plain
  /// names. What is kept of a server's store lies in a folder of its own, as if next to one of that name.
  package static func owner(of path: String) -> String? {
    let path = whole(path)
    if let owner = ownerByName(path) { return owner }
    // The folders of the appointments and of the tables of drugs hold nothing else.
    var folder = NewFile.folder(of: path)
    while folder != "/", folder != "." {
      let isCompanion = [Companion.schedule, .drugTables].contains { folder.hasSuffix($0.rawValue) }
      if isCompanion, let owner = ownerByName(folder) { return owner }
      folder = NewFile.folder(of: folder)
    }
    return nil
  }

  /// The path without links in its folder, as far as the folder is there.
  private static func whole(_ path: String) -> String {
    let folder = NewFile.folder(of: path)
    let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    if let found = realpath(folder, nil) {
      defer { free(found) }
      let folder = String(cString: found)
      return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    }
    return folder == "/" || folder == "." ? path : "\(whole(folder))/\(name)"
  }

  private static func ownerByName(_ path: String) -> String? {
    let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    if isTaken(path) { return path }
    if Companion(rawValue: String(path[start...])) != nil {
      let usual = String(path[..<start]) + usualName
      if isTaken(usual) { return usual }
    }
    var end = path.endIndex
    while let hyphen = path[start..<end].lastIndex(of: "-") {
      let candidate = String(path[..<hyphen])
      if hyphen > start, isTaken(candidate) { return candidate }
      end = hyphen
    }
    return nil
  }

  /// Whether a path is that of a store, or the name in the place of one for what an account keeps of a
  /// server's store.
  private static func isTaken(_ path: String) -> Bool {
    isStore(path) || path.hasSuffix("/\(usualName)") && path.contains("/\(serversFolder)/")
  }

  /// The end of the folder in which an account keeps the appointments and edit tables of servers' stores,
  /// a folder for each.
  private static let serversFolder = "chairtime/servers"

  /// The name of the account's own store.
  package static let usualName = "chairtime.store"

  /// What a site keeps next to its store.
  package enum Companion: String, CaseIterable {
    /// The folder of the appointments.
    case schedule
    case editTables = "edit-tables.json"
    /// The folder of the tables of drug codes.
    case drugTables = "drug-tables"
  }

  /// The path of a companion of the store at `path`.
  ///
  /// Its name contains the store's, so that no other store of the folder, made by no supervisor, opens
  /// it. Only next to a store of the usual name it is plain.
  package static func path(of companion: Companion, of path: String) -> String {
    let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    return path[start...] == usualName
      ? "\(path[..<start])\(companion.rawValue)" : "\(path)-\(companion.rawValue)"
  }

  /// Whether a file begins as a database of SQLite does (sqlite.org/fileformat2.html, 1.3).
  private static func isStore(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let magic = Array("SQLite format 3\0".utf8)
    var bytes = [UInt8](repeating: 0, count: magic.count)
    return pread(descriptor, &bytes, bytes.count, 0) == bytes.count && bytes == magic
  }
}

import Glibc

/// Which files belong to a store that is kept in a file.
package enum StoreFile {
  /// The path of the store to which `path` belongs; nil if it belongs to none.
  ///
  /// A file belongs to a store in the same folder if its name is the store's, or begins with it and a
  /// hyphen: `-wal`, `-shm`, the heads, the lock of the outbox, copies that are kept. Whether the file
  /// exists makes no difference, because a file that is made under such a name would be taken for the
  /// store's own later. Next to a store of the usual name the edit tables and the appointments have plain
  /// names.
  package static func owner(of path: String) -> String? {
    if let owner = ownerByName(path) { return owner }
    // The folder of the appointments holds nothing else, by whatever name it is reached.
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex,
      let whole = realpath(String(path[..<slash]), nil)
    else { return nil }
    defer { free(whole) }
    let folder = String(cString: whole)
    return folder.hasSuffix(Companion.schedule.rawValue) ? ownerByName(folder) : nil
  }

  private static func ownerByName(_ path: String) -> String? {
    let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    if isStore(path) { return path }
    if Companion(rawValue: String(path[start...])) != nil {
      let usual = String(path[..<start]) + usualName
      if isStore(usual) { return usual }
    }
    var end = path.endIndex
    while let hyphen = path[start..<end].lastIndex(of: "-") {
      let candidate = String(path[..<hyphen])
      if hyphen > start, isStore(candidate) { return candidate }
      end = hyphen
    }
    return nil
  }

  /// The name of the account's own store.
  package static let usualName = "chairtime.store"

  /// What a site keeps next to its store.
  package enum Companion: String, CaseIterable {
    /// The folder of the appointments.
    case schedule
    case editTables = "edit-tables.json"
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

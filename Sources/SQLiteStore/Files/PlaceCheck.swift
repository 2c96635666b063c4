import Glibc
import SessionStore

/// Whether a file and its folder are safe for patients' facts.
extension StorePlace {
  /// Throws if others may read the file or write into the folder, if one of them is a link or belongs to
  /// another person, or if the disk is on another machine.
  func check() throws(StoreError) {
    try checkFolder()
    try checkFile()
    if let name = NetworkFileSystem.name(at: path) {
      throw .network(path: path, fileSystem: name)
    }
  }

  func checkFolder() throws(StoreError) {
    // No flag opens what the account may not enter.
    if access(folder, X_OK) != 0, errno == EACCES { throw .unreadable(path: path) }
    var found = try status(of: folder)
    if found.st_mode & S_IFMT == S_IFLNK {
      guard stat(folder, &found) == 0 else {
        throw StorePlace.failure(errno, folder, "looking at its folder")
      }
      if !isTrusted {
        throw .unsafe(
          path: path, what: "its folder \(folder) is a symbolic link; name the folder itself")
      }
    }
    guard found.st_mode & S_IFMT == S_IFDIR else {
      throw .notAStore(path: folder, what: "not a folder")
    }
    try checkPermissions(
      found, name: "its folder", forbidden: 0o022,
      "others may write into its folder; run chmod go-w \(folder)")
    if !isTrusted, let unsafe = FolderChain.unsafeFolder(above: folder) {
      throw .unsafe(
        path: path,
        what: "another account may replace what lies in \(unsafe); move the store, or pass "
          + "--trust-permissions")
    }
  }

  private func checkFile() throws(StoreError) {
    let found = try status(of: path)
    switch found.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: throw .unsafe(path: path, what: "it is a symbolic link; name the file itself")
    case S_IFDIR: throw .notAStore(path: path, what: "a folder")
    case S_IFIFO: throw .notAStore(path: path, what: "a pipe")
    case S_IFSOCK: throw .notAStore(path: path, what: "a socket")
    case S_IFCHR, S_IFBLK: throw .notAStore(path: path, what: "a device")
    default: throw .notAStore(path: path, what: "not a plain file")
    }
    // SQLite's companions are found by name: two names would be two logs of one file.
    if found.st_nlink > 1 {
      throw .unsafe(path: path, what: "the file has a second name (a hard link)")
    }
    try checkPermissions(
      found, name: "it", forbidden: 0o077, "others may read it; run chmod 600 \(path)")
    for companion in companions { try checkCompanion(companion) }
  }

  /// Throws if a companion is no plain file of this account with one name: patients' pages would be written
  /// through a link, and a head would not be kept.
  private func checkCompanion(_ companion: String) throws(StoreError) {
    var found = stat()
    guard lstat(companion, &found) == 0 else { return }
    guard found.st_mode & S_IFMT == S_IFREG, found.st_nlink == 1 else {
      throw .unsafe(
        path: path, what: "\(companion) is no plain file with one name; look at it and remove it")
    }
    // Root may have made it; nothing is gained by refusing it.
    if found.st_uid == 0 { found.st_uid = geteuid() }
    try checkPermissions(
      found, name: companion, forbidden: 0o077,
      "others may read \(companion); run chmod 600 \(companion)")
  }

  /// Gives the account its companions back.
  ///
  /// SQLite makes `-shm` with the permissions that the store has at that moment, so a look at a store that
  /// was 0400 would shut it for good. A head that cannot be written would stay behind the record.
  func openCompanions() {
    guard access(path, R_OK | W_OK) == 0 else { return }
    for companion in companions {
      var found = stat()
      guard lstat(companion, &found) == 0, found.st_mode & S_IFMT == S_IFREG,
        found.st_uid == geteuid(), found.st_mode & 0o600 != 0o600
      else { continue }
      chmod(companion, 0o600)
    }
  }

  /// Why a head is not compared, or not kept, in a sentence; nil if all are. None is kept next to a
  /// store that cannot be written.
  var headFault: String? {
    let isWriting = access(path, W_OK) == 0
    for chain in ChainName.allCases {
      let path = headPath(of: chain)
      guard access(path, isWriting ? R_OK | W_OK : R_OK) != 0,
        [EACCES, EPERM].contains(errno)
      else { continue }
      return "No head of \(chain.title) is kept, because this account may not open \(path): an end "
        + "that another program removes is not missed. Give the file to the account (chown), or remove it."
    }
    return nil
  }

  private func status(of path: String) throws(StoreError) -> stat {
    var found = stat()
    guard lstat(path, &found) == 0 else {
      throw StorePlace.failure(errno, path, "looking at it")
    }
    return found
  }

  private func checkPermissions(
    _ found: stat, name: String, forbidden: mode_t, _ fault: String
  ) throws(StoreError) {
    if isTrusted { return }
    if found.st_uid != geteuid() {
      throw .unsafe(
        path: path,
        what: "\(name) belongs to another person; pass --trust-permissions if that is intended")
    }
    if found.st_mode & forbidden != 0 {
      throw .unsafe(path: path, what: "\(fault), or pass --trust-permissions")
    }
  }
}

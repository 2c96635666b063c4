import Glibc
package import SessionStore

/// The path of a store, its folder and its companions.
///
/// The companions are SQLite's `-wal` and `-shm`, and four files of our own: `-head`, `-audit` and
/// `-outbox-head` hold the last acknowledged heads, `-reserve` holds room to open the store on a full disk.
package struct StorePlace: Sendable {
  package let path: String
  /// Whether the user takes responsibility for permissions that are too wide.
  package let isTrusted: Bool

  /// `trusting` accepts files and folders that others may read, but no links and no network disks.
  ///
  /// SQLite would take a name that begins with `file:` for a URI and `:memory:` for no file, so such a name
  /// gets its folder.
  package init(path: String, trusting: Bool = false) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if path.hasPrefix("file:") || path.hasPrefix(":") { path = "./" + path }
    self.path = path
    isTrusted = trusting
  }

  /// The place from the option, from `CHAIRTIME_STORE`, or in the user's data folder (XDG base directory
  /// specification 0.8, which ignores a relative path).
  package static func standard(
    option: String?, environment: (String) -> String?, trusting: Bool = false
  ) throws(StoreError) -> StorePlace {
    let variable = environment("CHAIRTIME_STORE").flatMap { $0.isEmpty ? nil : $0 }
    if let named = option ?? variable {
      guard !named.isEmpty else { throw .nowhere(what: "The name of the store is empty") }
      guard let path = HomeFolder.expanding(named, environment: environment) else {
        throw .nowhere(what: "\(named) begins with ~ and names no home folder")
      }
      return StorePlace(path: path, trusting: trusting)
    }
    if let folder = environment("XDG_DATA_HOME"), folder.hasPrefix("/") {
      return StorePlace(
        path: "\(folder)/chairtime/\(StoreFile.usualName)", trusting: trusting)
    }
    guard let home = HomeFolder.path(environment: environment) else {
      throw .nowhere(what: "HOME is not set, and the account has no home folder")
    }
    return StorePlace(
      path: "\(home)/.local/share/chairtime/\(StoreFile.usualName)", trusting: trusting)
  }

  package var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path of the file with a chain's last acknowledged head.
  func headPath(of chain: ChainName) -> String {
    switch chain {
    case .facts: path + "-head"
    case .audit: path + "-audit"
    case .outbox: path + "-outbox-head"
    }
  }

  /// The paths of all companions.
  var companions: [String] {
    ["-wal", "-shm", "-reserve"].map { path + $0 } + ChainName.allCases.map(headPath)
  }

  package var exists: Bool { access(path, F_OK) == 0 }

  /// Whether there is a file. Throws if the account may not look for one.
  package func isFound() throws(StoreError) -> Bool {
    if exists { return true }
    if errno == EACCES { throw .unreadable(path: path) }
    return false
  }

  // MARK: Creating

  /// Creates the folder (mode 0700) and the file (0600) if they are missing.
  func make() throws(StoreError) {
    if !exists { try checkName() }
    try makeFolder(folder)
    try checkFolder()
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw StorePlace.failure(errno, path, "creating it")
    }
    fsync(descriptor)
    close(descriptor)
    StorePlace.syncFolder(folder)
  }

  /// Throws if a new file of this name would be taken for a part of another store.
  func checkName() throws(StoreError) {
    if let owner = StoreFile.owner(of: path) {
      throw .unsafe(path: path, what: "it is a name of the store \(owner); name another file")
    }
  }

  /// Creates the folder (mode 0700) if it is missing, for a store that is no file.
  package func makeFolder() throws(StoreError) {
    try makeFolder(folder)
    try checkFolder()
  }

  private func makeFolder(_ folder: String) throws(StoreError) {
    if folder == "." || access(folder, F_OK) == 0 { return }
    if errno == EACCES { throw .unreadable(path: path) }
    if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
      try makeFolder(String(folder[..<slash]))
    }
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw StorePlace.failure(errno, folder, "creating the folder")
    }
  }

  static func syncFolder(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func failure(_ number: Int32, _ path: String, _ what: String) -> StoreError {
    switch number {
    case ENOSPC, EDQUOT, EFBIG: .full(path: path)
    case EROFS, EACCES, EPERM: .readOnly(path: path)
    case ENOENT: .missing(path: path)
    default: .io(path: path, code: Int(number), what: what)
    }
  }
}

extension StorePlace {
  /// Why SQLite could not open the file: no permission, no room, or no file.
  var reasonNotOpened: StoreError {
    do throws(StoreError) {
      guard try isFound() else { return .missing(path: path) }
    } catch {
      return error
    }
    if isDiskFull { return .full(path: path) }
    if access(path, R_OK) != 0, errno == EACCES { return .unreadable(path: path) }
    if access(path, R_OK) != 0 || access(folder, W_OK) != 0 { return .readOnly(path: path) }
    return .io(path: path, code: 14, what: "opening it")
  }

  /// Whether the disk has less room than SQLite's lock file needs.
  var isDiskFull: Bool { room.map { $0 < 65_536 } ?? false }

  /// The free bytes of the disk; nil if the system does not say.
  var room: UInt64? {
    var found = statvfs()
    guard statvfs(folder, &found) == 0 else { return nil }
    return UInt64(found.f_bavail) * UInt64(found.f_frsize)
  }
}

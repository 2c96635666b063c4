import Glibc
import SessionStore

/// Where a store is, and whether that is a safe place for patients' facts.
///
/// Beside the store file lie SQLite's `-wal` and `-shm`, and three files of our own: `-head` and
/// `-audit`, the last acknowledged heads, and `-reserve`, room to open the store on a full disk. Refused unless told
/// otherwise: a folder or file that others may read or write, a symbolic or hard link, another
/// person's file, a network file system.
package struct StorePlace: Sendable {
  package let path: String
  /// Whether somebody took responsibility for permissions that are not ours alone.
  package let isTrusted: Bool

  /// `trusting` accepts files and folders that others may read; never links or network disks.
  package init(path: String, trusting: Bool = false) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    isTrusted = trusting
  }

  /// The place by option, by `CHAIRTIME_STORE`, or in the person's data folder (XDG base directory
  /// specification 0.8, where a relative value counts as none).
  package static func standard(
    option: String?, environment: (String) -> String?, trusting: Bool = false
  ) -> StorePlace {
    if let option, !option.isEmpty { return StorePlace(path: option, trusting: trusting) }
    if let named = environment("CHAIRTIME_STORE"), !named.isEmpty {
      return StorePlace(path: named, trusting: trusting)
    }
    var folder = environment("XDG_DATA_HOME") ?? ""
    if !folder.hasPrefix("/") { folder = (environment("HOME") ?? "/") + "/.local/share" }
    return StorePlace(path: folder + "/chairtime/chairtime.store", trusting: trusting)
  }

  package var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  var headPath: String { path + "-head" }
  var auditHeadPath: String { path + "-audit" }
  var reservePath: String { path + "-reserve" }

  package var exists: Bool { access(path, F_OK) == 0 }

  // MARK: Making it

  /// Makes the folder (0700) and the file (0600) where they are missing.
  func make() throws(StoreError) {
    try makeFolder(folder)
    try check(isFolder: true, folder)
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw StorePlace.failure(errno, path, "creating it")
    }
    fsync(descriptor)
    close(descriptor)
    StorePlace.syncFolder(folder)
  }

  private func makeFolder(_ folder: String) throws(StoreError) {
    if folder == "." || access(folder, F_OK) == 0 { return }
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

  // MARK: Judging it

  /// Whether file and folder are what a record may be kept in.
  func check() throws(StoreError) {
    try check(isFolder: true, folder)
    try check(isFolder: false, path)
    if let name = NetworkFileSystem.name(at: path) {
      throw .network(path: path, fileSystem: name)
    }
  }

  private func check(isFolder: Bool, _ path: String) throws(StoreError) {
    var found = stat()
    guard lstat(path, &found) == 0 else { throw StorePlace.failure(errno, path, "looking at it") }
    let kind = found.st_mode & S_IFMT
    let name = isFolder ? "its folder" : "it"
    if kind == S_IFLNK {
      // A link to the folder is somebody's arrangement; a link to the file is two names for one.
      if !isFolder {
        throw .unsafe(path: path, what: "it is a symbolic link; name the file itself")
      }
      guard stat(path, &found) == 0 else {
        throw StorePlace.failure(errno, path, "looking at its folder")
      }
      if !isTrusted {
        throw .unsafe(
          path: self.path,
          what: "its folder \(path) is a symbolic link; name the folder itself")
      }
    }
    let now = found.st_mode & S_IFMT
    guard now == (isFolder ? S_IFDIR : S_IFREG) else {
      throw .notAStore(path: path, what: isFolder ? "not a folder" : StorePlace.kindName(now))
    }
    if !isFolder && found.st_nlink > 1 {
      throw .unsafe(path: path, what: "the file has a second name (a hard link)")
    }
    if isTrusted { return }
    if found.st_uid != geteuid() {
      throw .unsafe(
        path: self.path,
        what: "\(name) belongs to another person; pass --trust-permissions if that is intended")
    }
    let forbidden: mode_t = isFolder ? 0o022 : 0o077
    if found.st_mode & forbidden != 0 {
      let others = isFolder ? "others may write into its folder" : "others may read it"
      let mend = isFolder ? "chmod go-w \(path)" : "chmod 600 \(path)"
      throw .unsafe(
        path: self.path, what: "\(others); run \(mend), or pass --trust-permissions")
    }
  }

  private static func kindName(_ mode: mode_t) -> String {
    switch mode {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "not a plain file"
    }
  }

  // MARK: Room in reserve

  private static let reserveSize: off_t = 1 << 20

  /// Keeps a mebibyte, so that the store can be opened when the disk is full.
  func keepReserve() {
    if access(reservePath, F_OK) == 0 { return }
    var room = statvfs()
    guard statvfs(path, &room) == 0,
      UInt64(room.f_bavail) * UInt64(room.f_frsize) > UInt64(16 * StorePlace.reserveSize)
    else { return }
    let descriptor = open(reservePath, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    let failed = posix_fallocate(descriptor, 0, StorePlace.reserveSize) != 0
    close(descriptor)
    if failed { unlink(reservePath) }
  }

  /// Gives the reserve back to the disk; false where there was none.
  func releaseReserve() -> Bool {
    unlink(reservePath) == 0
  }
}

extension StorePlace {
  /// Why SQLite could not open it: no right, no room, or no file.
  static func cannotOpen(_ place: StorePlace) -> StoreError {
    if !place.exists { return .missing(path: place.path) }
    if isFull(place) { return .full(path: place.path) }
    if access(place.path, R_OK) != 0 || access(place.folder, W_OK) != 0 {
      return .readOnly(path: place.path)
    }
    return .io(path: place.path, code: 14, what: "opening it")
  }

  /// Whether the disk has no room for another page.
  static func isFull(_ place: StorePlace) -> Bool {
    var room = statvfs()
    guard statvfs(place.folder, &room) == 0 else { return false }
    return UInt64(room.f_bavail) * UInt64(room.f_frsize) < 65_536
  }
}

/// The size of a file in bytes.
enum FileSize {
  static func of(_ path: String) -> Int? {
    var found = stat()
    return stat(path, &found) == 0 ? Int(found.st_size) : nil
  }
}

/// A file itself, whatever name it has.
struct FileIdentity: Equatable {
  private let device: dev_t
  private let number: ino_t

  /// Nil where there is no file of that name.
  init?(path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    device = found.st_dev
    number = found.st_ino
  }
}

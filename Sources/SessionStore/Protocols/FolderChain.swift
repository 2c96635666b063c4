import Glibc

/// The folders above a file, up to the root.
package enum FolderChain {
  /// The first folder, from a file's own up to the root, in which another account may put other files or
  /// folders in place of these; nil if there is none.
  ///
  /// A folder is safe if it belongs to this account or to root and if others may not write into it, or only
  /// their own files (the sticky bit, as in `/tmp`).
  package static func unsafeFolder(above path: String) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let whole = realpath(folder, nil) else { return nil }
    defer { free(whole) }
    var place = String(cString: whole)
    while true {
      if isUnsafe(place) { return place }
      guard place != "/", let slash = place.lastIndex(of: "/") else { return nil }
      place = slash == place.startIndex ? "/" : String(place[..<slash])
    }
  }

  private static func isUnsafe(_ folder: String) -> Bool {
    var status = stat()
    guard lstat(folder, &status) == 0 else { return false }
    if status.st_uid != geteuid(), status.st_uid != 0 { return true }
    if status.st_mode & S_ISVTX != 0 { return false }
    return status.st_mode & S_IWOTH != 0
      || status.st_mode & S_IWGRP != 0 && status.st_gid != getegid() && status.st_gid != 0
  }
}

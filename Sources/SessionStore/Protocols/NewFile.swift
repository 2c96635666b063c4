import Glibc

/// Gives a finished temporary file its name without ever replacing a file.
package enum NewFile {
  /// Renames `temporary` to `path`; returns 0, or the error number: EEXIST if there is such a file.
  ///
  /// A check before rename(2) could be overtaken by another process, and rename(2) replaces. link(2) does
  /// not. A disk without hard links gets an empty file of that name first, which then is replaced.
  package static func name(_ temporary: String, as path: String) -> Int32 {
    if link(temporary, path) == 0 {
      unlink(temporary)
      return 0
    }
    guard [EPERM, ENOSYS, ENOTSUP, EMLINK].contains(errno) else { return errno }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return errno }
    close(descriptor)
    guard rename(temporary, path) == 0 else {
      let number = errno
      unlink(path)
      return number
    }
    return 0
  }

  /// Opens a file for writing, and makes it (0600) if it is missing.
  ///
  /// - Parameters:
  ///   - flags: what open(2) gets besides `O_CREAT`.
  ///   - other: the file or folder whose owner gets a file that was made.
  /// - Returns: a descriptor, or a negative number with the error in `errno`.
  package static func openOrMake(_ path: String, _ flags: Int32, ownedAs other: String) -> Int32 {
    let flags = flags | O_CLOEXEC | O_NOFOLLOW
    let found = open(path, flags)
    if found >= 0 || errno != ENOENT { return found }
    let made = open(path, flags | O_CREAT | O_EXCL, 0o600)
    // Another process made it meanwhile.
    if made < 0, errno == EEXIST { return open(path, flags) }
    if made >= 0 { give(made, toOwnerOf: other) }
    return made
  }

  /// Gives a file or folder that root made to the owner of another one, because that account could not
  /// open it.
  package static func give(_ descriptor: Int32, toOwnerOf path: String) {
    var owner = stat()
    guard geteuid() == 0, stat(path, &owner) == 0, owner.st_uid != 0 else { return }
    _ = fchown(descriptor, owner.st_uid, owner.st_gid)
  }

  /// The folder of a file.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

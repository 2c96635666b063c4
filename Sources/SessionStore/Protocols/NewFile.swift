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
}

import Glibc

/// What the system says of a file.
struct FileStatus {
  let size: Int
  let identity: FileIdentity

  /// nil if there is no file with this name.
  init?(path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    size = Int(found.st_size)
    identity = FileIdentity(device: found.st_dev, number: found.st_ino)
  }
}

/// A file, whatever its name is.
struct FileIdentity: Equatable {
  let device: dev_t
  let number: ino_t
}

import Glibc
import PlainText

/// A file a user asked for.
///
/// It is written whole or not at all, and only its owner can read it (0600).
package struct OutputFile {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// Writes a file that must not exist yet.
  package func writeNew(_ bytes: [UInt8]) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw Complaint("\(path.printable) is there already; it was left so.") }
      throw fault(errno)
    }
    defer { close(descriptor) }
    do {
      try fill(descriptor, bytes)
      guard fsync(descriptor) == 0 || errno == EINVAL else { throw fault(errno) }
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Writes all of `bytes` to an open file.
  func fill(_ descriptor: Int32, _ bytes: [UInt8]) throws {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw fault(errno) }
      start += count
    }
  }

  /// Creates the folder of a file and those above it (0700).
  package static func makeFolder(of path: String) throws {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if access(folder, F_OK) == 0 { return }
    try makeFolder(of: folder)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw Complaint("\(folder.printable) cannot be made: \(reason(errno)).")
    }
  }

  func fault(_ number: Int32) -> Complaint {
    Complaint("\(path.printable) cannot be written: \(reason(number)); nothing was written.")
  }
}

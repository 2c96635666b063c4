import Glibc
import Interchange

/// A file the program writes at somebody's word: whole or not at all, and for its owner alone.
///
/// Exports hold patients' data, so no other account of the host may read them (0600) and nothing is
/// left half written: the bytes go to a file beside it, which takes the name only when it is on disk.
struct OutputFile {
  let path: String

  /// Writes, over what may be there.
  func write(_ bytes: [UInt8]) throws {
    let beside = path + ".part"
    unlink(beside)
    try fill(beside, bytes)
    guard rename(beside, path) == 0 else {
      let number = errno
      unlink(beside)
      throw fault(number)
    }
  }

  /// Writes a file that must not be there yet.
  func writeNew(_ bytes: [UInt8]) throws {
    try fill(path, bytes)
  }

  private func fill(_ name: String, _ bytes: [UInt8]) throws {
    let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      if errno == EEXIST { throw Complaint("\(path.printable) is there already; it was left so.") }
      throw fault(errno)
    }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let number = errno
        close(file)
        unlink(name)
        throw fault(number)
      }
      start += count
    }
    guard fsync(file) == 0 || errno == EINVAL else {
      let number = errno
      close(file)
      unlink(name)
      throw fault(number)
    }
    close(file)
  }

  /// Makes the folder a file is to lie in (0700) and those above it.
  static func makeFolder(of path: String) throws {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if access(folder, F_OK) == 0 { return }
    try makeFolder(of: folder)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw Complaint("\(folder.printable) cannot be made: \(reason(errno)).")
    }
  }

  private func fault(_ number: Int32) -> Complaint {
    Complaint("\(path.printable) cannot be written: \(reason(number)); nothing was written.")
  }
}

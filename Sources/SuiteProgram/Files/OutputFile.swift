import Glibc
import PlainText
import SessionStore

/// A file that is written whole or not at all, and that only its owner can read (0600).
///
/// A file that a user names must be new. Nothing is written over a file that is there, nor under a name
/// that belongs to a store, whether or not that file exists.
package struct OutputFile {
  package let path: String
  /// Whether the program keeps the file itself and replaces it.
  package let isOwn: Bool

  /// A file that a user names.
  package init(path: String) {
    self.path = path
    isOwn = false
  }

  /// A file that the program keeps next to the store.
  package init(own path: String) {
    self.path = path
    isOwn = true
  }

  /// Throws if the file may not be written. Called before anything is asked or audited; the write
  /// decides again.
  package func check() throws {
    guard !isOwn else { return }
    if path.isEmpty { throw Complaint("The file has no name; nothing was written. Name one.") }
    var status = stat()
    if lstat(path, &status) == 0 {
      throw Complaint("\(path.printable) is there already; it was left so.")
    }
    if let store = StoreFile.owner(of: path) {
      throw Complaint(
        "\(path.printable) is a name of the store \(store.printable); nothing was written. Name "
          + "another file.")
    }
  }

  /// Gives the file at `temporary` its name.
  func take(_ temporary: String) throws {
    if isOwn {
      guard rename(temporary, path) == 0 else { throw fault(errno) }
      return
    }
    switch NewFile.name(temporary, as: path) {
    case 0: return
    case EEXIST:
      throw Complaint("\(path.printable) is there already; it was left so.")
    case let number: throw fault(number)
    }
  }

  /// Writes a file that must not exist yet.
  package func writeNew(_ bytes: [UInt8]) throws {
    try check()
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

  /// Creates the folder of a file and those above it (0700). What root makes belongs to the owner of the
  /// folder above it.
  package static func makeFolder(of path: String) throws {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if access(folder, F_OK) == 0 { return }
    try makeFolder(of: folder)
    guard mkdir(folder, 0o700) == 0 else {
      if errno == EEXIST { return }
      throw Complaint("\(folder.printable) cannot be made: \(reason(errno)).")
    }
    let made = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard made >= 0 else { return }
    NewFile.give(made, toOwnerOf: NewFile.folder(of: folder))
    close(made)
  }

  func fault(_ number: Int32) -> Complaint {
    Complaint("\(path.printable) cannot be written: \(reason(number)); nothing was written.")
  }
}

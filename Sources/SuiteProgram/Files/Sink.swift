import Glibc
import PlainText
import SessionStore

/// Receives an export piece by piece and writes it to standard output or to a file.
///
/// An export holds patients' data, so only the file's owner can read it (0600). The bytes go to a
/// temporary file in the same folder, which is renamed once it is on disk, so no half-written file has
/// the name. A temporary file that is there already is left, unless the program keeps the file itself.
package final class Sink {
  private let file: OutputFile?
  private let writing: ([UInt8]) throws -> Void
  private var descriptor: Int32 = -1
  private var isFinished = false
  /// A write buffer of 64 KiB.
  private var buffer: [UInt8] = []

  package init(_ file: OutputFile) {
    self.file = file
    writing = { _ in }
  }

  /// Passes the bytes to `writing`.
  package init(writing: @escaping ([UInt8]) throws -> Void) {
    file = nil
    self.writing = writing
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if !isFinished { unlink(temporaryPath) }
  }

  private var temporaryPath: String { (file?.path ?? "") + ".part" }

  package func take(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Writes what is buffered and gives the file its name.
  package func finish() throws {
    try flush()
    guard let file else { return }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw file.fault(errno) }
    try file.take(temporaryPath)
    isFinished = true
  }

  private func flush() throws {
    guard let file else {
      try writing(buffer)
      buffer.removeAll(keepingCapacity: true)
      return
    }
    if descriptor < 0 {
      try file.check()
      if file.isOwn { unlink(temporaryPath) }
      descriptor = open(
        temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if descriptor < 0, errno == EEXIST {
        throw Complaint(
          "\(temporaryPath.printable) is there already, as of a write that broke off; it was left so. "
            + "Remove it, or name another file.")
      }
      guard descriptor >= 0 else { throw file.fault(errno) }
      if file.isOwn { NewFile.give(descriptor, toOwnerOf: NewFile.folder(of: file.path)) }
    }
    try file.fill(descriptor, buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

import Glibc

/// A buffered output for exports: a file, or a closure such as standard output.
///
/// An export holds patients' data, so only its owner may read the file (0600). The bytes go to a `.part`
/// file, which is renamed once it is on disk, so the name never stands for half an export.
package final class Sink {
  private let file: OutputFile?
  private let writing: ([UInt8]) throws -> Void
  private var descriptor: Int32 = -1
  private var isFinished = false
  /// At most 64 KiB, so that a day of 500 sessions needs few writes.
  private var waiting: [UInt8] = []

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
    if !isFinished { unlink(partPath) }
  }

  private var partPath: String { (file?.path ?? "") + ".part" }

  package func take(_ bytes: [UInt8]) throws {
    waiting += bytes
    if waiting.count >= 1 << 16 { try flush() }
  }

  /// Writes the rest and gives the file its name.
  package func finish() throws {
    try flush()
    guard let file else { return }
    guard fsync(descriptor) == 0 || errno == EINVAL, rename(partPath, file.path) == 0 else {
      throw file.fault(errno)
    }
    isFinished = true
  }

  private func flush() throws {
    guard let file else {
      try writing(waiting)
      waiting.removeAll(keepingCapacity: true)
      return
    }
    if descriptor < 0 {
      unlink(partPath)
      descriptor = open(
        partPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw file.fault(errno) }
    }
    try file.fill(descriptor, waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}

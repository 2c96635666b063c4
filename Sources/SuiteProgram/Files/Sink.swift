import Glibc

/// Where an export goes as it is made: standard output, or a file.
///
/// An export holds patients' data, so a file is its owner's alone (0600), and nothing is left half
/// written under its name: the bytes go to a file beside it, which takes the name once it is on disk.
package final class Sink {
  private let file: OutputFile?
  private let writing: ([UInt8]) throws -> Void
  private var descriptor: Int32 = -1
  private var isFinished = false
  /// Small pieces are gathered: one write for each session of five hundred is slow.
  private var waiting: [UInt8] = []

  package init(_ file: OutputFile) {
    self.file = file
    writing = { _ in }
  }

  /// Without a file: hands the pieces to `writing`.
  package init(writing: @escaping ([UInt8]) throws -> Void) {
    file = nil
    self.writing = writing
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if !isFinished { unlink(beside) }
  }

  private var beside: String { (file?.path ?? "") + ".part" }

  package func take(_ bytes: [UInt8]) throws {
    waiting += bytes
    if waiting.count >= 1 << 16 { try flush() }
  }

  /// Puts everything in its place.
  package func finish() throws {
    try flush()
    guard let file else { return }
    guard fsync(descriptor) == 0 || errno == EINVAL, rename(beside, file.path) == 0 else {
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
      unlink(beside)
      descriptor = open(
        beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw file.fault(errno) }
    }
    try file.fill(descriptor, waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}

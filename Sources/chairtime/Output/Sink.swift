import Glibc

/// Where an export goes as it is made: standard output, or a file.
///
/// An export holds patients' data, so a file is its owner's alone (0600), and nothing is left half
/// written under its name: the bytes go to a file beside it, which takes the name once it is on disk.
final class Sink {
  private let file: OutputFile?
  private var descriptor: Int32 = -1
  private var isFinished = false
  /// Small pieces are gathered: one write for each session of five hundred is slow.
  private var waiting: [UInt8] = []

  init(_ file: OutputFile?) {
    self.file = file
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if !isFinished { unlink(beside) }
  }

  private var beside: String { (file?.path ?? "") + ".part" }

  func take(_ bytes: [UInt8]) throws {
    waiting += bytes
    if waiting.count >= 1 << 16 { try flush() }
  }

  /// Puts everything in its place.
  func finish() throws {
    try flush()
    guard let file else { return }
    guard fsync(descriptor) == 0 || errno == EINVAL, rename(beside, file.path) == 0 else {
      throw file.fault(errno)
    }
    isFinished = true
  }

  private func flush() throws {
    guard let file else {
      try StandardStream.print(waiting)
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

import Glibc
import Interchange
import PlainText

/// The lock of the one process that sends, so that no message goes out twice at once.
///
/// It is a `flock` on a file next to the store. The kernel releases it when the process ends, so there
/// are no stale locks. The file stays: two processes could lock two files if one were removed.
package final class OutboxLock {
  private let descriptor: Int32

  /// - Throws: a sentence if another process sends, or the file cannot be opened.
  package init(path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw Complaint("\(path.printable) cannot be opened: \(reason(errno)); nothing was sent.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      close(descriptor)
      throw Complaint(
        number == EWOULDBLOCK
          ? "Another chairtime is sending from this store; nothing was sent. Try again when it is done."
          : "\(path.printable) cannot be locked: \(reason(number)); nothing was sent.")
    }
  }

  deinit { close(descriptor) }
}

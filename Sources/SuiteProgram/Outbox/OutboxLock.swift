import Glibc
import Interchange
import PlainText

/// Held by the one process that sends: a message goes out once at a time.
///
/// The lock is the system's (`flock`) on a file beside the store, so it ends with the process however
/// that ends, and nobody has to take a stale one away. The file stays: to remove it would let two in.
package final class OutboxLock {
  private let descriptor: Int32

  /// - Throws: a sentence where another process sends, or the file cannot be had.
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

import Glibc
import Interchange
import PlainText
import SessionStore

/// A lock that one process holds at a time.
///
/// It is a `flock` on a file of its own. The kernel releases it when the process ends, so there are no
/// stale locks. The file stays: two processes could lock two files if one were removed.
package final class FileLock {
  /// What the lock is for.
  package enum Purpose: Sendable {
    /// Sending the outbox, so that no message goes out twice at once.
    case sending
    /// Changing the appointments, so that no process writes over what another has just written.
    case appointments

    /// What did not happen, if the lock cannot be had.
    fileprivate var undone: String {
      switch self {
      case .sending: "nothing was sent"
      case .appointments: "no appointment was changed"
      }
    }

    fileprivate var other: String {
      switch self {
      case .sending: "Another chairtime is sending from this store"
      case .appointments: "Another chairtime is changing the appointments"
      }
    }
  }

  private let descriptor: Int32

  /// - Throws: a sentence if another process holds the lock, or the file cannot be opened.
  package init(path: String, for purpose: Purpose) throws {
    descriptor = NewFile.openOrMake(path, O_RDWR, ownedAs: NewFile.folder(of: path))
    guard descriptor >= 0 else {
      throw Complaint("\(path.printable) cannot be opened: \(reason(errno)); \(purpose.undone).")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      close(descriptor)
      throw Complaint(
        number == EWOULDBLOCK
          ? "\(purpose.other); \(purpose.undone). Try again when it is done."
          : "\(path.printable) cannot be locked: \(reason(number)); \(purpose.undone).")
    }
  }

  deinit { close(descriptor) }
}

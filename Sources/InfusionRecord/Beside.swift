import Foundation
import Glibc

/// Work beside the calling thread, on threads of its own.
///
/// Dispatch's shared queues are left alone: on Linux a program that used one once wakes every second
/// from then on to look after it, and a board nobody touches is to sleep.
public enum Beside {
  /// How many processors there are to work on.
  public static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Starts `body` on another thread. Signals stay with the threads there are.
  public static func start(_ body: @escaping @Sendable () -> Void) {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    Thread.detachNewThread(body)
  }
}

import Glibc

/// Threads for work that the event loop does not wait for.
///
/// Dispatch's global queues keep a manager thread that wakes once per second. We avoid them so an idle
/// board uses no CPU; each thread here ends with its work.
package enum BackgroundThread {
  /// Runs `body` on a new thread, or on the calling thread if the system refuses another one.
  package static func start(_ body: @escaping @Sendable () -> Void) {
    if !isStarted(body) { body() }
  }

  /// Runs `body` on a new thread; false if the system refuses another one.
  ///
  /// The new thread blocks all signals; the main thread handles them.
  package static func isStarted(_ body: @escaping @Sendable () -> Void) -> Bool {
    // A thread inherits the signal mask of the thread that creates it.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let error = pthread_create(
      &thread, nil,
      { work in
        if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if error == 0 {
      pthread_detach(thread)
    } else {
      work.release()
    }
    return error == 0
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

import CSystem
import Glibc

/// Work beside the calling thread, on threads of its own.
///
/// Dispatch's shared queues are left alone: on Linux a program that used one once wakes every second
/// from then on to look after it, and a board nobody touches is to sleep.
public enum Beside {
  /// How many processors there are to work on.
  public static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Starts `body` on another thread and, where there is one, another processor; runs it here where the
  /// system has no thread to give. Signals stay with the threads there are.
  public static func start(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    let isStarted = cs_start_thread(
      { work in
        if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if !isStarted { work.takeRetainedValue().body() }
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

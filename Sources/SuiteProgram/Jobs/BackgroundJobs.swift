import Glibc
import InfusionRecord
package import RecorderUI
import SessionStore
import Synchronization

/// Orders that run on other threads, so that no key waits for an export of a year.
///
/// The event loop collects the results with `takeFinished`.
package final class BackgroundJobs: Sendable {
  private let finished = Mutex<[Notice]>([])
  private let running = Mutex(0)
  private let start: @Sendable (@escaping @Sendable () -> Void) -> Void
  private let perform: @Sendable (WriteOrder) throws -> String

  /// - Parameters:
  ///   - start: runs a closure on another thread.
  ///   - perform: carries an order out; returns a sentence for the user, or throws one.
  package init(
    start: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = BackgroundThread.start,
    perform: @escaping @Sendable (WriteOrder) throws -> String
  ) {
    self.start = start
    self.perform = perform
  }

  /// Whether a job runs, or has finished and was not collected.
  var isRunning: Bool { running.withLock { $0 > 0 } || finished.withLock { !$0.isEmpty } }

  /// The results of the jobs that finished since the last call.
  func takeFinished() -> [Notice] {
    finished.withLock { finished in
      defer { finished = [] }
      return finished
    }
  }

  func run(_ order: WriteOrder) {
    running.withLock { $0 += 1 }
    start { [self] in
      let result: Notice
      do {
        result = Notice(.recorded, try perform(order))
      } catch let error as StoreError {
        result = Notice(.refused, "Nothing was written: \(error.sentence)")
      } catch {
        result = Notice(.refused, "\(error)")
      }
      finished.withLock { $0.append(result) }
      running.withLock { $0 -= 1 }
    }
  }
}

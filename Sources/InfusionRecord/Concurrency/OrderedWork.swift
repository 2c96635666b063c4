import Dispatch
import Synchronization

/// Work on a stream of input by several threads, with the results in the order of the input.
///
/// Each thread runs one loop: it takes the next piece, works on it, and delivers the result when the
/// results of all earlier pieces are delivered. So memory holds one piece a thread, however long the
/// input is, and a result never waits for input after it.
package struct OrderedWork<Piece: Sendable, Output> {
  /// Reads the next piece; nil at the end. One thread at a time calls it.
  let next: @Sendable () -> Piece?
  /// Makes a thread's own function from a piece to its result.
  let worker: @Sendable () -> (Piece) -> Output
  /// Uses a result. One thread at a time calls it; an error ends the work.
  let deliver: @Sendable (Output) throws -> Void

  package init(
    next: @escaping @Sendable () -> Piece?,
    worker: @escaping @Sendable () -> (Piece) -> Output,
    deliver: @escaping @Sendable (Output) throws -> Void
  ) {
    self.next = next
    self.worker = worker
    self.deliver = deliver
  }

  /// Runs to the end of the input on this thread and `threads - 1` others.
  ///
  /// - Throws: The error that `deliver` threw. No later result is delivered then.
  package func run(threads: Int) throws {
    let shared = Shared()
    let unfinished = DispatchGroup()
    for _ in 1..<max(1, threads) {
      unfinished.enter()
      BackgroundThread.start {
        loop(shared)
        unfinished.leave()
      }
    }
    loop(shared)
    unfinished.wait()
    if let failure = shared.failure.withLock({ $0 }) { throw failure }
  }

  private final class Shared: Sendable {
    /// Signalled when the piece that was taken last is delivered. Held while a thread takes a piece.
    let lastTurn: Mutex<DispatchSemaphore>
    let hasFailed = Atomic(false)
    let failure = Mutex<(any Error)?>(nil)

    init() {
      let first = DispatchSemaphore(value: 0)
      first.signal()
      lastTurn = Mutex(first)
    }
  }

  private func loop(_ shared: Shared) {
    let work = worker()
    while let (piece, turn, done) = take(shared) {
      let result = work(piece)
      turn.wait()
      if !shared.hasFailed.load(ordering: .acquiring) {
        do {
          try deliver(result)
        } catch {
          shared.failure.withLock { $0 = error }
          shared.hasFailed.store(true, ordering: .releasing)
        }
      }
      done.signal()
    }
  }

  /// The next piece, what is signalled when its turn comes, and what to signal after it.
  private func take(_ shared: Shared) -> (Piece, DispatchSemaphore, DispatchSemaphore)? {
    shared.lastTurn.withLock { lastTurn in
      guard !shared.hasFailed.load(ordering: .acquiring), let piece = next() else { return nil }
      let done = DispatchSemaphore(value: 0)
      defer { lastTurn = done }
      return (piece, lastTurn, done)
    }
  }
}

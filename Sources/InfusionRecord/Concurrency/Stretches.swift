import Dispatch
import Synchronization

/// What is made of one stretch of elements after another, on every processor that is free.
///
/// Each stretch is made by whoever comes to it first: a thread that starts late leaves more of them to
/// the others, and one that finds none left is not waited for.
public final class Stretches<Made: Sendable, Failure: Error>: Sendable {
  public typealias Make = @Sendable () throws(Failure) -> [Made]

  private struct State {
    /// Kept to the end: what they hold is let go of by one thread, not by several at a time.
    var makes: [Make] = []
    var made: [[Made]] = []
    /// The first that nobody took up yet.
    var next = 0
    var failure: (place: Int, error: Failure)?
    var workers = 0
  }

  private let state = Mutex(State())
  private let unmade = DispatchGroup()

  public init() {}

  /// Has a stretch made, by another thread where one is free, at the latest when `all` is called.
  public func add(_ make: @escaping Make) {
    unmade.enter()
    let needsWorker = state.withLock { state in
      state.makes.append(make)
      state.made.append([])
      // One alone is no work for two.
      guard state.makes.count > 1, state.workers < Beside.processors - 1 else { return false }
      state.workers += 1
      return true
    }
    guard needsWorker else { return }
    Beside.start { [self] in
      while makeNext(isWorker: true) {}
    }
  }

  /// All that was made, in order; the first error in that order is thrown.
  public func all() throws(Failure) -> [Made] {
    while makeNext(isWorker: false) {}
    unmade.wait()
    let (made, failure) = state.withLock { ($0.made, $0.failure) }
    if let failure { throw failure.error }
    var all: [Made] = []
    for stretch in made {
      for one in stretch { all.append(one) }
    }
    return all
  }

  /// Makes the stretch that waits longest; false where none does.
  private func makeNext(isWorker: Bool) -> Bool {
    let next = state.withLock { state -> (place: Int, make: Make)? in
      if state.next < state.makes.count {
        defer { state.next += 1 }
        return (state.next, state.makes[state.next])
      }
      if isWorker { state.workers -= 1 }
      return nil
    }
    guard let next else { return false }
    defer { unmade.leave() }
    do throws(Failure) {
      let made = try next.make()
      state.withLock { $0.made[next.place] = made }
    } catch {
      state.withLock { state in
        if let first = state.failure, first.place < next.place { return }
        state.failure = (next.place, error)
      }
    }
    return true
  }
}

extension Array where Element: Sendable {
  /// What `transform` makes of the elements, in their order, a stretch of them at a time on each
  /// processor.
  ///
  /// `transform` gets a stretch and gives its results in order. A stretch has `length` elements, the
  /// last one fewer; where all are one stretch they stay on the calling thread. The first error, in
  /// the order of the elements, is thrown.
  public func concurrentMap<Made: Sendable, Failure: Error>(
    by length: Int, _ transform: @escaping @Sendable (ArraySlice<Element>) throws(Failure) -> [Made]
  ) throws(Failure) -> [Made] {
    guard count > length else { return try transform(self[...]) }
    let stretches = Stretches<Made, Failure>()
    for start in stride(from: 0, to: count, by: length) {
      stretches.add { () throws(Failure) in
        try transform(self[start..<Swift.min(start + length, count)])
      }
    }
    return try stretches.all()
  }
}

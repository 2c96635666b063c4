import Dispatch
import Synchronization

/// What is made of one stretch of elements after another, on every processor that is free.
///
/// Each stretch is made by whoever comes to it first: a thread that starts late leaves more of them to
/// the others.
public final class Stretches<Made: Sendable, Failure: Error>: Sendable {
  public typealias Make = @Sendable () throws(Failure) -> [Made]

  private struct State {
    var made: [[Made]] = []
    var failures: [(place: Int, failure: Failure)] = []
    var waiting: [(place: Int, make: Make)] = []
    var workers = 0
  }

  private let state = Mutex(State())
  private let work = DispatchGroup()

  public init() {}

  /// Has a stretch made, by another thread where one is free, at the latest when `all` is called.
  public func add(_ make: @escaping Make) {
    let needsWorker = state.withLock { state in
      state.waiting.append((state.made.count, make))
      state.made.append([])
      // One alone is no work for two.
      guard state.made.count > 1, state.workers < Beside.processors - 1 else { return false }
      state.workers += 1
      return true
    }
    guard needsWorker else { return }
    work.enter()
    Beside.start { [self] in
      while makeNext(isWorker: true) {}
      work.leave()
    }
  }

  /// All that was made, in order; the first error in that order is thrown.
  public func all() throws(Failure) -> [Made] {
    while makeNext(isWorker: false) {}
    work.wait()
    let (made, failures) = state.withLock { ($0.made, $0.failures) }
    if let first = failures.min(by: { $0.place < $1.place }) { throw first.failure }
    var all: [Made] = []
    for stretch in made {
      for one in stretch { all.append(one) }
    }
    return all
  }

  /// Makes the stretch that waits longest; false where none does.
  private func makeNext(isWorker: Bool) -> Bool {
    let next = state.withLock { state -> (place: Int, make: Make)? in
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      if isWorker { state.workers -= 1 }
      return nil
    }
    guard let next else { return false }
    do throws(Failure) {
      let made = try next.make()
      state.withLock { $0.made[next.place] = made }
    } catch {
      state.withLock { $0.failures.append((next.place, error)) }
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

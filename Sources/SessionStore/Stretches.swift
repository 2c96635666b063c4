import Dispatch
import InfusionRecord
import Synchronization

/// What is made of one stretch of sessions after another, beside the reading of the next.
final class Stretches<Made: Sendable>: Sendable {
  /// How many sessions make it worth asking another processor.
  static var length: Int { 40 }

  private struct Stretch {
    let place: Int
    let make: @Sendable () throws -> [Made]
  }

  private struct State {
    var results: [Result<[Made], any Error>?] = []
    var waiting: [Stretch] = []
    var workers = 0
  }

  private let state = Mutex(State())
  private let work = DispatchGroup()

  /// Has a stretch made, by another thread where one is free, at the latest when `made` is called.
  func add(_ make: @escaping @Sendable () throws -> [Made]) {
    let needsWorker = state.withLock { state in
      state.waiting.append(Stretch(place: state.results.count, make: make))
      state.results.append(nil)
      // One alone is no work for two.
      guard state.results.count > 1, state.workers < Beside.processors - 1 else { return false }
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
  func made() throws -> [Made] {
    while makeNext(isWorker: false) {}
    work.wait()
    return try state.withLock { $0.results }.flatMap { try $0?.get() ?? [] }
  }

  /// Makes the stretch that waits longest; false where none does.
  private func makeNext(isWorker: Bool) -> Bool {
    let next: Stretch? = state.withLock { state in
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      if isWorker { state.workers -= 1 }
      return nil
    }
    guard let next else { return false }
    let result = Result(catching: next.make)
    state.withLock { $0.results[next.place] = result }
    return true
  }
}

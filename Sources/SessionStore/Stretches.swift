import Dispatch
import Synchronization

/// What is made of one stretch of sessions after another, beside the reading of the next.
final class Stretches<Made: Sendable>: Sendable {
  /// How many sessions make it worth asking another processor.
  static var length: Int { 40 }

  private let work = DispatchGroup()
  private let results = Mutex<[Result<[Made], any Error>?]>([])

  /// Makes a stretch, beside what the caller does next or before the call returns.
  func add(isBesides: Bool, _ make: @escaping @Sendable () throws -> [Made]) {
    let place = results.withLock { results in
      results.append(nil)
      return results.count - 1
    }
    let run: @Sendable () -> Void = { [self] in
      let result = Result(catching: make)
      results.withLock { $0[place] = result }
    }
    if isBesides {
      DispatchQueue.global(qos: .userInitiated).async(group: work, execute: run)
    } else {
      run()
    }
  }

  /// All that was made, in order; the first error in that order is thrown.
  func made() throws -> [Made] {
    work.wait()
    return try results.withLock { $0 }.flatMap { try $0?.get() ?? [] }
  }
}

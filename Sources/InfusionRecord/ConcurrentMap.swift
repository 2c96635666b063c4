import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What `transform` makes of the elements, in their order, a stretch of them on each processor.
  ///
  /// `transform` gets a stretch and gives its results in order. A stretch has at least `least`
  /// elements, so that few of them stay on the calling thread. The first error, in the order of the
  /// elements, is thrown.
  public func concurrentMap<Made: Sendable, Failure: Error>(
    least: Int, _ transform: @escaping @Sendable (ArraySlice<Element>) throws(Failure) -> [Made]
  ) throws(Failure) -> [Made] {
    let parts = Swift.min(Beside.processors, count / Swift.max(least, 1))
    guard parts > 1 else { return try transform(self[...]) }
    let found = Parts<Result<[Made], Failure>>(count: parts)
    let make: @Sendable (Int) -> Void = { part in
      do throws(Failure) {
        let stretch = self[(count * part / parts)..<(count * (part + 1) / parts)]
        found.set(part, .success(try transform(stretch)))
      } catch {
        found.set(part, .failure(error))
      }
    }
    let others = DispatchGroup()
    for part in 1..<parts {
      others.enter()
      Beside.start {
        make(part)
        others.leave()
      }
    }
    make(0)
    others.wait()
    var all: [Made] = []
    all.reserveCapacity(count)
    for part in 0..<parts {
      if let result = found.of(part) { all += try result.get() }
    }
    return all
  }
}

/// The results of the parts, whichever comes first.
private final class Parts<Value: Sendable>: Sendable {
  private let values: Mutex<[Value?]>

  init(count: Int) {
    values = Mutex([Value?](repeating: nil, count: count))
  }

  func set(_ part: Int, _ value: Value) { values.withLock { $0[part] = value } }

  func of(_ part: Int) -> Value? { values.withLock { $0[part] } }
}

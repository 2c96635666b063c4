import Dispatch
import Glibc
import Synchronization

extension Array where Element: Sendable {
  /// What `transform` makes of the elements, in their order, a stretch of them on each processor.
  ///
  /// `transform` gets a stretch and gives its results in order. A stretch has at least `least`
  /// elements, so that few of them stay on the calling thread. The first error, in the order of the
  /// elements, is thrown.
  public func concurrentMap<Made: Sendable, Failure: Error>(
    least: Int, _ transform: @Sendable (ArraySlice<Element>) throws(Failure) -> [Made]
  ) throws(Failure) -> [Made] {
    let parts = Swift.min(ConcurrentMap.processors, count / Swift.max(least, 1))
    guard parts > 1 else { return try transform(self[...]) }
    let found = Mutex([Result<[Made], Failure>?](repeating: nil, count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let result: Result<[Made], Failure>
      do throws(Failure) {
        let stretch = self[(count * part / parts)..<(count * (part + 1) / parts)]
        result = .success(try transform(stretch))
      } catch {
        result = .failure(error)
      }
      found.withLock { $0[part] = result }
    }
    var all: [Made] = []
    all.reserveCapacity(count)
    for case .some(let result) in found.withLock({ $0 }) { all += try result.get() }
    return all
  }
}

private enum ConcurrentMap {
  /// How many processors there are to work on.
  static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

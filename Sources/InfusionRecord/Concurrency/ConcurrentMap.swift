import Dispatch
import Glibc
import Synchronization

extension Array where Element: Sendable {
  /// The results of `transform` in the order of the elements, computed on all processors.
  ///
  /// `transform` gets a chunk of `size` elements, the last chunk fewer, and returns the chunk's results
  /// in order. A single chunk runs on the calling thread. The calling thread takes chunks too, so a
  /// thread that starts late delays nothing. Of several errors, the one of the first chunk is thrown.
  package func concurrentMap<Output: Sendable, Failure: Error>(
    chunksOf size: Int,
    _ transform: @escaping @Sendable (ArraySlice<Element>) throws(Failure) -> [Output]
  ) throws(Failure) -> [Output] {
    let chunks = stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    let next = Atomic(0)
    let results = Mutex([Result<[Output], Failure>?](repeating: nil, count: chunks.count))
    let unfinished = DispatchGroup()
    for _ in chunks { unfinished.enter() }
    @Sendable func takeChunks() {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < chunks.count else { return }
        let result = Result { () throws(Failure) in try transform(chunks[index]) }
        results.withLock { $0[index] = result }
        unfinished.leave()
      }
    }
    let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    for _ in 1..<Swift.max(1, Swift.min(processors, chunks.count)) {
      BackgroundThread.start(takeChunks)
    }
    takeChunks()
    unfinished.wait()
    var outputs: [Output] = []
    for result in results.withLock({ $0 }) {
      if let result { outputs += try result.get() }
    }
    return outputs
  }
}

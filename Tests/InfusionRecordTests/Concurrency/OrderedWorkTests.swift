import InfusionRecord
import Synchronization
import Testing

struct OrderedWorkTests {
  private struct Stopped: Error {}

  /// Doubles the numbers below `count`; odd ones take longer, so threads overtake each other.
  private func doubled(
    _ count: Int, threads: Int, failingAt failure: Int? = nil
  ) throws -> (results: [Int], failed: Bool) {
    let next = Atomic(0)
    let isTaking = Atomic(false)
    let results = Mutex<[Int]>([])
    let work = OrderedWork(
      next: { () -> Int? in
        let isTaken = isTaking.exchange(true, ordering: .sequentiallyConsistent)
        #expect(!isTaken)
        defer { isTaking.store(false, ordering: .sequentiallyConsistent) }
        let number = next.add(1, ordering: .sequentiallyConsistent).oldValue
        return number < count ? number : nil
      },
      worker: {
        { number in
          var sum = 0
          for step in 0..<(number % 2 * 20_000) { sum &+= step }
          return sum == -1 ? 0 : number * 2
        }
      },
      deliver: { number in
        if number == failure { throw Stopped() }
        results.withLock { $0.append(number) }
      })
    do {
      try work.run(threads: threads)
    } catch is Stopped {
      return (results.withLock { $0 }, true)
    }
    return (results.withLock { $0 }, false)
  }

  @Test(arguments: [1, 2, 8])
  func `results come in the order of the input, and one thread at a time takes it`(
    threads: Int
  ) throws {
    let (results, failed) = try doubled(500, threads: threads)
    #expect(results == (0..<500).map { $0 * 2 })
    #expect(!failed)
    #expect(try doubled(0, threads: threads).results.isEmpty)
    #expect(try doubled(1, threads: threads).results == [0])
  }

  @Test(arguments: [1, 2, 8])
  func `a result that cannot be delivered ends the work, and no later one is delivered`(
    threads: Int
  ) throws {
    let (results, failed) = try doubled(500, threads: threads, failingAt: 20)
    #expect(results == (0..<10).map { $0 * 2 })
    #expect(failed)
  }
}

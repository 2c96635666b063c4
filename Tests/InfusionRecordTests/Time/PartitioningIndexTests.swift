import InfusionRecord
import Testing

/// Bisection finds what a walk finds.
struct PartitioningIndexTests {
  @Test(arguments: 0...17)
  func `the first element that belongs is found, at every place in a list`(count: Int) {
    let list = Array(0..<count)
    for limit in 0...count {
      #expect(list.partitioningIndex { $0 >= limit } == limit)
      let slice = list[(count / 3)...]
      #expect(slice.partitioningIndex { $0 >= limit } == max(count / 3, limit))
    }
  }
}

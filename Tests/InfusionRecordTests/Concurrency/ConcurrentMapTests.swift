import InfusionRecord
import Testing

@Suite struct ConcurrentMapTests {
  private struct Odd: Error, Equatable { let number: Int }

  @Test(arguments: [0, 1, 49, 50, 99, 100, 1001])
  func `results are in the order of the elements, however many there are`(count: Int) {
    let numbers = Array(0..<count)
    #expect(numbers.concurrentMap(chunksOf: 50) { $0.map { $0 * 2 } } == numbers.map { $0 * 2 })
  }

  @Test func `a chunk may leave elements out`() {
    let even = Array(0..<1000).concurrentMap(chunksOf: 10) { $0.filter { $0.isMultiple(of: 2) } }
    #expect(even == Array(stride(from: 0, to: 1000, by: 2)))
  }

  @Test func `of several errors the one of the first chunk is thrown`() {
    #expect(throws: Odd(number: 7)) {
      try Array(0..<1000).concurrentMap(chunksOf: 10) { numbers throws(Odd) in
        for number in numbers where number == 7 || number == 993 { throw Odd(number: number) }
        return Array(numbers)
      }
    }
  }
}

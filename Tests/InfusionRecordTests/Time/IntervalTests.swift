import InfusionRecord
import Testing

@Suite struct IntervalTests {
  @Test func `an interval with its end before its start is empty`() {
    let interval = Interval(start: Instant(seconds: 5), end: Instant(seconds: 3))
    #expect(interval.isEmpty)
    #expect(interval.seconds == 0)
  }
}

/// Compares every interval list within seven seconds with plain sets of seconds.
@Suite struct IntervalListTests {
  /// The list whose seconds are the bits of `mask`.
  private static func list(_ mask: Int) -> [Interval] {
    IntervalList.union((0..<7).filter { mask & 1 << $0 != 0 }.map(second))
  }

  private static func second(_ number: Int) -> Interval {
    Interval(start: Instant(seconds: Int64(number)), end: Instant(seconds: Int64(number + 1)))
  }

  private static func seconds(_ list: [Interval]) -> Int {
    list.reduce(0) { mask, interval in
      (interval.start.seconds..<interval.end.seconds).reduce(mask) { $0 | 1 << Int($1) }
    }
  }

  private static func isList(_ list: [Interval]) -> Bool {
    list.allSatisfy { !$0.isEmpty } && zip(list, list.dropFirst()).allSatisfy { $0.end < $1.start }
  }

  @Test func `a union has the seconds of all lists and is sorted without touching parts`() {
    for a in 0..<128 {
      #expect(Self.seconds(Self.list(a)) == a)
      for b in 0..<128 {
        let union = IntervalList.union((Self.list(b) + Self.list(a)).reversed())
        #expect(Self.seconds(union) == a | b && Self.isList(union))
      }
    }
  }

  @Test func `subtraction leaves the uncovered seconds, and the covered seconds are counted`() {
    for mask in 0..<128 {
      let covers = Self.list(mask)
      for start in 0..<7 {
        for end in start + 1...7 {
          let whole = Interval(
            start: Instant(seconds: Int64(start)), end: Instant(seconds: Int64(end)))
          let bits = Self.seconds([whole])
          var left: [Interval] = []
          IntervalList.subtract(covers[...], from: whole, into: &left)
          #expect(Self.seconds(left) == bits & ~mask && Self.isList(left))
          let inside = IntervalList.seconds(of: whole, inside: covers[...])
          #expect(inside == Int64((bits & mask).nonzeroBitCount))
        }
      }
    }
  }

  @Test func `an interval inserted into a list is the union with it`() {
    for mask in 0..<128 {
      for start in 0..<7 {
        for end in start + 1...7 {
          var list = Self.list(mask)
          let interval = Interval(
            start: Instant(seconds: Int64(start)), end: Instant(seconds: Int64(end)))
          IntervalList.insert(interval, into: &list)
          #expect(Self.seconds(list) == mask | Self.seconds([interval]) && Self.isList(list))
        }
      }
    }
  }
}

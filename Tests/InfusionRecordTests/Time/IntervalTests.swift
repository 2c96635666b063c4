import InfusionRecord
import Testing

/// Tests every pair of intervals between seven moments.
@Suite struct IntervalTests {
  private static let moments = 0...6
  private static let intervals: [Interval] = moments.flatMap { start in
    moments.filter { $0 > start }.map { interval(start, $0) }
  }

  private static func interval(_ start: Int, _ end: Int) -> Interval {
    Interval(start: Instant(seconds: Int64(start)), end: Instant(seconds: Int64(end)))
  }

  /// Allen's definitions in terms of starts and ends.
  private static func holds(_ relation: Interval.Relation, _ a: Interval, _ b: Interval) -> Bool {
    switch relation {
    case .before: a.end < b.start
    case .meets: a.end == b.start
    case .overlaps: a.start < b.start && b.start < a.end && a.end < b.end
    case .starts: a.start == b.start && a.end < b.end
    case .during: b.start < a.start && a.end < b.end
    case .finishes: b.start < a.start && a.end == b.end
    case .equals: a == b
    case .after: holds(.before, b, a)
    case .metBy: holds(.meets, b, a)
    case .overlappedBy: holds(.overlaps, b, a)
    case .startedBy: holds(.starts, b, a)
    case .contains: holds(.during, b, a)
    case .finishedBy: holds(.finishes, b, a)
    }
  }

  private static let inverse: [Interval.Relation: Interval.Relation] = [
    .before: .after, .meets: .metBy, .overlaps: .overlappedBy, .starts: .startedBy,
    .during: .contains, .finishes: .finishedBy, .equals: .equals, .after: .before,
    .metBy: .meets, .overlappedBy: .overlaps, .startedBy: .starts, .contains: .during,
    .finishedBy: .finishes,
  ]

  @Test func `each pair has exactly one of thirteen relations, and each occurs`() {
    var seen: Set<Interval.Relation> = []
    for a in Self.intervals {
      for b in Self.intervals {
        let fitting = Interval.Relation.allCases.filter { Self.holds($0, a, b) }
        #expect(fitting == [a.relation(to: b)])
        seen.insert(a.relation(to: b))
      }
    }
    #expect(seen.count == 13)
  }

  @Test func `the relation of a swapped pair is the inverse`() {
    for a in Self.intervals {
      for b in Self.intervals {
        #expect(b.relation(to: a) == Self.inverse[a.relation(to: b)])
      }
    }
  }

  @Test func `intervals overlap unless they are apart or meet`() {
    let apart: Set<Interval.Relation> = [.before, .after, .meets, .metBy]
    for a in Self.intervals {
      for b in Self.intervals {
        #expect(a.overlaps(b) == !apart.contains(a.relation(to: b)))
      }
    }
  }

  /// The relations of a growing interval to another, in order, by where it began.
  private static let courses: [[Interval.Relation]] = [
    [.before, .meets, .overlaps, .finishedBy, .contains],
    [.starts, .equals, .startedBy],
    [.during, .finishes, .overlappedBy],
    [.metBy], [.after],
  ]

  @Test func `a growing interval passes through its relations in order`() {
    for other in Self.intervals {
      for start in Self.moments.dropLast() {
        let passed = (start + 1...Self.moments.upperBound).map {
          Self.interval(start, $0).relation(to: other)
        }
        let course = Self.courses.first { $0.contains(passed[0]) } ?? []
        let places = passed.map { course.firstIndex(of: $0) ?? -1 }
        #expect(places == places.sorted() && !places.contains(-1), "\(start) \(other)")
      }
    }
  }

  @Test func `an interval with its end before its start is empty`() {
    let interval = Self.interval(5, 3)
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

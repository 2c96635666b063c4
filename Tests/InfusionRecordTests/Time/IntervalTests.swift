import InfusionRecord
import Testing

/// Every pair of stretches in a world of seven moments.
@Suite struct IntervalTests {
  private static let moments = 0...6
  private static let stretches: [Interval] = moments.flatMap { start in
    moments.filter { $0 > start }.map { interval(start, $0) }
  }

  private static func interval(_ start: Int, _ end: Int) -> Interval {
    Interval(start: Instant(seconds: Int64(start)), end: Instant(seconds: Int64(end)))
  }

  /// Allen's definitions by starts and ends, each by itself.
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
    for a in Self.stretches {
      for b in Self.stretches {
        let fitting = Interval.Relation.allCases.filter { Self.holds($0, a, b) }
        #expect(fitting == [a.relation(to: b)])
        seen.insert(a.relation(to: b))
      }
    }
    #expect(seen.count == 13)
  }

  @Test func `the relation of a pair turned round is the inverse`() {
    for a in Self.stretches {
      for b in Self.stretches {
        #expect(b.relation(to: a) == Self.inverse[a.relation(to: b)])
      }
    }
  }

  @Test func `stretches that share a second are those that neither lie apart nor meet`() {
    let apart: Set<Interval.Relation> = [.before, .after, .meets, .metBy]
    for a in Self.stretches {
      for b in Self.stretches {
        #expect(a.overlaps(b) == !apart.contains(a.relation(to: b)))
      }
    }
  }

  /// What a stretch that still runs passes through, by where it began beside the other.
  private static let courses: [[Interval.Relation]] = [
    [.before, .meets, .overlaps, .finishedBy, .contains],
    [.starts, .equals, .startedBy],
    [.during, .finishes, .overlappedBy],
    [.metBy], [.after],
  ]

  @Test func `a stretch that still runs goes through its relations in order`() {
    for other in Self.stretches {
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

  @Test func `an end before the start is no time at all`() {
    let stretch = Self.interval(5, 3)
    #expect(stretch.isEmpty)
    #expect(stretch.seconds == 0)
  }
}

/// Every list of stretches in a world of seven seconds, beside plain sets of seconds.
@Suite struct IntervalListTests {
  /// The list whose seconds are the bits of `mask`.
  private static func list(_ mask: Int) -> [Interval] {
    IntervalList.union((0..<7).filter { mask & 1 << $0 != 0 }.map(second))
  }

  private static func second(_ number: Int) -> Interval {
    Interval(start: Instant(seconds: Int64(number)), end: Instant(seconds: Int64(number + 1)))
  }

  private static func seconds(_ list: [Interval]) -> Int {
    list.reduce(0) { mask, stretch in
      (stretch.start.seconds..<stretch.end.seconds).reduce(mask) { $0 | 1 << Int($1) }
    }
  }

  private static func isList(_ list: [Interval]) -> Bool {
    list.allSatisfy { !$0.isEmpty } && zip(list, list.dropFirst()).allSatisfy { $0.end < $1.start }
  }

  @Test func `a union has the seconds of all, sorted and without touching parts`() {
    for a in 0..<128 {
      #expect(Self.seconds(Self.list(a)) == a)
      for b in 0..<128 {
        let union = IntervalList.union((Self.list(b) + Self.list(a)).reversed())
        #expect(Self.seconds(union) == a | b && Self.isList(union))
      }
    }
  }

  @Test func `what is left of a stretch, and what lies inside, are the rest and the common part`() {
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

  @Test func `a stretch put into a list is the union with it`() {
    for mask in 0..<128 {
      for start in 0..<7 {
        for end in start + 1...7 {
          var list = Self.list(mask)
          let stretch = Interval(
            start: Instant(seconds: Int64(start)), end: Instant(seconds: Int64(end)))
          IntervalList.insert(stretch, into: &list)
          #expect(Self.seconds(list) == mask | Self.seconds([stretch]) && Self.isList(list))
        }
      }
    }
  }
}

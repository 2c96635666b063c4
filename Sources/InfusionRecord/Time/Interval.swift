/// A half-open time interval: `start` is included, `end` is not.
///
/// Two intervals that abut share no second, so their lengths add up.
package struct Interval: Hashable, Sendable {
  package var start: Instant
  /// Never before `start`.
  package var end: Instant

  package init(start: Instant, end: Instant) {
    self.start = start
    self.end = max(start, end)
  }

  package var seconds: Int64 { end - start }
  package var isEmpty: Bool { end <= start }
}

/// Operations on interval lists: sorted by start, no interval empty, none overlapping or abutting.
///
/// These are functions over plain arrays because the engine keeps all its lists in one buffer and
/// passes ranges of it.
package enum IntervalList {
  /// Sorts and merges `list[range.lowerBound...]` in place and drops empty intervals.
  package static func normalize(_ list: inout [Interval], from lower: Int) {
    guard list.count > lower else { return }
    if list.count - lower > 1 {
      list[lower...].sort { $0.start < $1.start }
    }
    var last = lower - 1
    for index in lower..<list.count {
      let next = list[index]
      if next.isEmpty { continue }
      if last >= lower, next.start <= list[last].end {
        if next.end > list[last].end { list[last].end = next.end }
      } else {
        last += 1
        list[last] = next
      }
    }
    list.removeSubrange((last + 1)...)
  }

  /// The union of any intervals, as a list.
  package static func union(_ intervals: some Sequence<Interval>) -> [Interval] {
    var list = Array(intervals)
    normalize(&list, from: 0)
    return list
  }

  /// Appends `whole` minus `covers` to `result`; both are lists.
  package static func subtract(
    _ covers: ArraySlice<Interval>, from whole: Interval, into result: inout [Interval]
  ) {
    var start = whole.start
    var index = firstIndex(in: covers, endingAfter: start)
    while index < covers.endIndex, covers[index].start < whole.end {
      let cover = covers[index]
      if start < cover.start { result.append(Interval(start: start, end: cover.start)) }
      if start < cover.end { start = cover.end }
      index += 1
    }
    if start < whole.end { result.append(Interval(start: start, end: whole.end)) }
  }

  /// The seconds of `whole` that `list` covers.
  package static func seconds(of whole: Interval, inside list: ArraySlice<Interval>) -> Int64 {
    var total: Int64 = 0
    var index = firstIndex(in: list, endingAfter: whole.start)
    while index < list.endIndex, list[index].start < whole.end {
      total += min(list[index].end, whole.end) - max(list[index].start, whole.start)
      index += 1
    }
    return total
  }

  /// Total length in seconds.
  package static func seconds(_ list: ArraySlice<Interval>) -> Int64 {
    list.reduce(0) { $0 + $1.seconds }
  }

  /// Adds an interval to a list and merges it with the intervals it touches.
  package static func insert(_ interval: Interval, into list: inout [Interval]) {
    let low = list.partitioningIndex { $0.end >= interval.start }
    var merged = interval
    var upper = low
    while upper < list.count, list[upper].start <= interval.end {
      merged = Interval(
        start: min(merged.start, list[upper].start), end: max(merged.end, list[upper].end))
      upper += 1
    }
    list.replaceSubrange(low..<upper, with: CollectionOfOne(merged))
  }

  private static func firstIndex(
    in list: ArraySlice<Interval>, endingAfter moment: Instant
  ) -> Int {
    list.partitioningIndex { $0.end > moment }
  }
}

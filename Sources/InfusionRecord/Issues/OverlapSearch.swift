extension Issue {
  /// The issues of infusions that run together through one catheter, in the order of the rows.
  ///
  /// The rows of a catheter are read in the order of their starts. Each is compared with those that still
  /// run then, so rows one after another cost no comparison.
  ///
  /// - Parameter catheter: the number of the catheter through which a row runs.
  static func foundTogether(
    _ rows: [Administration], clock: ClockText, through catheter: (Administration) -> Int
  ) -> [Issue] {
    let spans = rows.map(span)
    var pairs: [(first: Int, second: Int)] = []
    var isWhole = true
    let started = rows.indices.filter { rows[$0].start != nil }
    let groups = Dictionary(grouping: started) { catheter(rows[$0]) }
    for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
      guard isWhole else { break }
      var running: [Int] = []
      for row in group.sorted(by: { (spans[$0].from, $0) < (spans[$1].from, $1) }) {
        let (from, to) = spans[row]
        running.removeAll { spans[$0].to <= from }
        if from < to {
          pairs += running.filter { isIssue(rows[$0], rows[row]) }
            .map { (min($0, row), max($0, row)) }
        }
        running.append(row)
        if pairs.count > RecordLimits.overlaps {
          pairs.removeLast(pairs.count - RecordLimits.overlaps)
          isWhole = false
          break
        }
      }
    }
    pairs.sort { ($0.first, $0.second) < ($1.first, $1.second) }
    var issues = pairs.map { together(rows[$0.first], rows[$0.second], clock: clock) }
    if !isWhole {
      issues.append(
        Issue(
          .tooManyOverlaps, [],
          "More than \(RecordLimits.overlaps) pairs of drugs ran together; the others are not listed. "
            + "Check whether this is one session."))
    }
    return issues
  }

  /// From the start to the stop, or without end.
  private static func span(_ row: Administration) -> (from: Instant, to: Instant) {
    (row.start ?? .distantPast, row.stop ?? .distantFuture)
  }

  /// Whether two infusions that run at the same time are an issue. One bag is one infusion, and two drugs that
  /// both still run are no issue yet.
  private static func isIssue(_ first: Administration, _ second: Administration) -> Bool {
    if first.bag != nil, first.bag == second.bag { return false }
    return first.drug == second.drug || first.stop != nil || second.stop != nil
  }

  private static func together(
    _ first: Administration, _ second: Administration, clock: ClockText
  ) -> Issue {
    let (a, b) = (span(first), span(second))
    let from = max(a.from, b.from)
    let to = min(a.to, b.to)
    if first.drug == second.drug {
      return Issue(
        .sameDrugTwice, [first.id, second.id], at: from,
        "\(first.drug.displayName) runs twice on one access site.")
    }
    let names = "\(first.drug.displayName) and \(second.drug.displayName)"
    let minutes = Minutes(flooring: to - from).count
    let range = clock.range(from, to)
    // A charting overlap: the drug that started later also ended later.
    let isHandover =
      a.from < b.from
      ? (first.stop == to && second.stop != to) : (second.stop == to && first.stop != to)
    if minutes <= RecordLimits.chartingOverlap && isHandover {
      return Issue(
        .chartingOverlap, [first.id, second.id], at: from, minutes: minutes,
        "\(names) overlap \(minutes) min (\(range)): confirm the stop of the first.")
    }
    return Issue(
      .overlap, [first.id, second.id], at: from, minutes: minutes,
      "\(names) ran together for \(minutes) min (\(range)).")
  }
}

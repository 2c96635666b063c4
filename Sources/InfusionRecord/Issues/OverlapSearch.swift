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
      var running = RunningRows()
      for row in group.sorted(by: { (spans[$0].from, $0) < (spans[$1].from, $1) }) {
        let (from, to) = spans[row]
        running.ending.removeAll { spans[$0].to <= from }
        if from < to {
          pairs += running.compared(with: rows[row])
            .filter { rows[$0].bag == nil || rows[$0].bag != rows[row].bag }
            .map { (min($0, row), max($0, row)) }
        }
        running.add(row, rows[row])
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

/// The rows of a catheter that run at a moment.
///
/// Two drugs that both still run are no issue yet, so a row without a stop is never compared with the others
/// that have none. Otherwise a session with thousands of running rows would take the square of the time.
private struct RunningRows {
  /// The rows with a stop.
  var ending: [Int] = []
  private var open: [Int] = []
  private var openByDrug: [Drug: [Int]] = [:]

  /// The rows that are an issue together with another that starts now, unless both are of one bag.
  func compared(with row: Administration) -> [Int] {
    ending + (row.stop == nil ? openByDrug[row.drug] ?? [] : open)
  }

  mutating func add(_ index: Int, _ row: Administration) {
    if row.stop != nil {
      ending.append(index)
    } else {
      open.append(index)
      openByDrug[row.drug, default: []].append(index)
    }
  }
}

package import InfusionRecord
package import TimelineEngine

/// When the minutes of one administration ran that are in units, and when those ran that are in none.
///
/// ```
///  07:00     07:30        08:00     08:30
///  ██████████▒▒▒▒▒▒▒▒▒▒▒▒▒██████████         in units, in none, in units
/// ```
///
/// The two lists share no moment, and together they are all the time in which it ran. Their minutes are
/// those of the statement's account, but for what flooring leaves over.
package struct ShadedMinutes: Sendable, Hashable {
  package private(set) var charged: [Interval] = []
  package private(set) var uncharged: [Interval] = []

  /// - Parameter position: the administration's place in the timeline.
  package init(_ statement: Statement, at position: Int) {
    let running = statement.running(at: position)
    charged = statement.partlyChargedStretches(of: position)
    if charged.isEmpty {
      let isCharged = !statement.uncharged.contains { $0.administration == position }
      if isCharged { charged = running } else { uncharged = running }
      return
    }
    for stretch in running {
      IntervalList.subtract(charged[...], from: stretch, into: &uncharged)
    }
  }
}

extension Statement {
  /// The stretches in which an administration ran up to the moment of the statement, without its pauses;
  /// none for a service without a length and for minutes of a paper record.
  fileprivate func running(at position: Int) -> [Interval] {
    let row = timeline.administrations[position]
    guard row.statedMinutes == nil, let start = row.start, let asOf else { return [] }
    let end: Instant
    if row.isRunning {
      end = asOf
    } else if let stop = row.stop {
      end = min(stop, asOf)
    } else if let stop = computedStop(of: position) {
      end = stop
    } else {
      // Its stop was computed and lies ahead, or nothing tells how long it ran.
      let entry = minutes.first { $0.administration == position }
      guard let entry, entry.recorded > 0 else { return [] }
      end = asOf
    }
    let whole = Interval(start: start, end: end)
    let pauses = row.pauses.lazy.filter { $0.start < end }.map { pause in
      let stop = pause.stop ?? end
      return Interval(start: pause.start, end: stop > asOf ? end : stop)
    }
    var running: [Interval] = []
    IntervalList.subtract(IntervalList.union(pauses)[...], from: whole, into: &running)
    return running
  }
}

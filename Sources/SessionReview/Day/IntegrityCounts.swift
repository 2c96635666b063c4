import InfusionRecord

/// How a unit charts its times: late, not observed, computed, in one go, at round lengths.
///
/// The counts are of the whole unit and never of a person, because a league table teaches people to
/// chart nicely, not truly. Lengths are counted by the minute, because an auditor looks for heaps at
/// round numbers and just past a threshold.
package struct IntegrityCounts: Sendable, Hashable {
  package private(set) var sessions = 0
  /// Facts about administrations, without drugs of paper records.
  package private(set) var facts = 0
  /// Drugs of paper records, which have no clock times.
  package private(set) var paperDrugs = 0
  /// Facts written more than 30 minutes after they happened.
  package private(set) var lateEntries = 0
  package private(set) var corrections = 0
  package private(set) var stops = 0
  package private(set) var stopsNotObserved = 0
  /// Stops computed from rate and volume, by the person who charted or by the engine.
  package private(set) var computedStops = 0
  /// Sessions in which five stops or more were written within one minute.
  package private(set) var stopsInOneMinute = 0
  /// Stopped infusions by recorded minutes, 0 to 240; the last entry counts the longer ones.
  package private(set) var durations = [Int](repeating: 0, count: 242)

  package init() {}

  mutating func add(_ session: SessionCharting) {
    sessions += 1
    facts += session.facts
    paperDrugs += session.paperDrugs
    lateEntries += session.lateEntries
    corrections += session.corrections
    stops += session.stops
    stopsNotObserved += session.stopsNotObserved
    computedStops += session.computedStops
    if session.hasStopsInOneMinute { stopsInOneMinute += 1 }
    for minutes in session.durations { durations[Int(minutes)] += 1 }
  }
}

extension IntegrityCounts {
  /// A length at which invented times heap.
  package struct Heap: Sendable {
    package let minutes: Int
    /// Why an auditor looks at this length.
    package let why: String
    /// How many infusions lasted exactly so long.
    package let found: Int
    /// How many the minutes around it suggest.
    package let expected: Double

    /// Whether far more were found than expected.
    package var isHigh: Bool { found >= 5 && Double(found) > 3 * expected }
    /// `3.4`.
    package var expectedText: String { tenths(expected) }
  }

  /// The watched lengths. The thresholds are those of the first blocks and of further hours.
  private static let watched: [(minutes: Int, why: String)] = [
    (5, "round"), (15, "round, last minute of a push"), (16, "first minute of an infusion"),
    (30, "round"), (31, "first minute of a hydration hour"), (60, "round"),
    (90, "round, last minute before a further hour"), (91, "first minute of a further hour"),
    (120, "round"),
  ]

  /// Every watched length. The expected number is the mean of the four minutes on each side, without
  /// those that are watched themselves.
  package var heaps: [Heap] {
    IntegrityCounts.watched.map { minutes, why in
      let around = ((minutes - 4)...(minutes + 4)).filter { minute in
        (0...240).contains(minute) && !IntegrityCounts.watched.contains { $0.minutes == minute }
      }
      let total = around.reduce(0) { $0 + durations[$1] }
      return Heap(
        minutes: minutes, why: why, found: durations[minutes],
        expected: around.isEmpty ? 0 : Double(total) / Double(around.count))
    }
  }

  /// One count, with its share of the whole if it is a part.
  package struct Line: Sendable, Hashable {
    package let label: String
    package let value: String
    /// Whether it is a part of the line before.
    package let isPart: Bool
  }

  /// The counts in the order of every page.
  package var lines: [Line] {
    let allStops = stops + stopsNotObserved
    // Most units have none, and the line would say nothing.
    let paper = Line(
      label: "Drugs of paper records, without clock times", value: String(paperDrugs), isPart: false
    )
    return [
      Line(label: "Sessions", value: String(sessions), isPart: false),
      Line(label: "Facts of administrations", value: String(facts), isPart: false),
      Line(
        label: "written more than \(RecordLimits.lateEntry) min later",
        value: share(lateEntries, of: facts), isPart: true),
    ] + (paperDrugs > 0 ? [paper] : []) + [
      Line(label: "Corrections", value: String(corrections), isPart: false),
      Line(label: "Stops", value: String(allStops), isPart: false),
      Line(label: "not observed", value: share(stopsNotObserved, of: allStops), isPart: true),
      Line(
        label: "computed from rate and volume", value: share(computedStops, of: allStops),
        isPart: true),
      Line(
        label: "Sessions with \(RecordLimits.stopsInOneMinute) stops or more in one minute",
        value: String(stopsInOneMinute), isPart: false),
    ]
  }

  /// Infusions by recorded minutes, five minutes to a bin, up to the last bin that is not empty.
  package var bins: [(from: Int, to: Int, count: Int)] {
    let all = stride(from: 0, through: 240, by: 5).map { from in
      (from: from, to: from + 4, count: durations[from..<min(from + 5, 241)].reduce(0, +))
    }
    guard let last = all.lastIndex(where: { $0.count > 0 }) else { return [] }
    return Array(all[...last])
  }

  /// Infusions of more than 240 minutes.
  package var longer: Int { durations[241] }

  private func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "0" : "\(part) (\(tenths(Double(part) * 100 / Double(whole))) %)"
  }
}

/// A number of 0 or more, rounded to a tenth: `3.4`.
private func tenths(_ number: Double) -> String {
  let tenths = Int((number * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}

internal import InfusionRecord

/// How a unit charts: what was written late, not seen, computed, cleared in one go or rounded.
///
/// Counts for the unit, never by person: a league table teaches people to chart nicely, not truly.
/// Durations are counted by the minute, because heaps at round numbers or just past a threshold are
/// what an auditor looks for (the thresholds are those of the further-hour and first-block rules).
public struct IntegrityCounts: Sendable {
  public private(set) var sessions = 0
  /// Facts about administrations.
  public private(set) var facts = 0
  /// Of them, written down more than 30 minutes after they happened.
  public private(set) var lateEntries = 0
  public private(set) var corrections = 0
  public private(set) var stops = 0
  public private(set) var stopsNotObserved = 0
  /// Stops computed from rate and volume, by whoever charted them or for want of a stop.
  public private(set) var computedStops = 0
  /// Sessions in which five stops or more were written within one minute.
  public private(set) var stopsInOneMinute = 0
  /// Stopped infusions by their recorded minutes, 0 to 240; the last holds the longer ones.
  public private(set) var durations = [Int](repeating: 0, count: 242)

  public init() {}

  mutating func add(_ session: SessionCharting) {
    sessions += 1
    facts += session.facts
    lateEntries += session.lateEntries
    corrections += session.corrections
    stops += session.stops
    stopsNotObserved += session.stopsNotObserved
    computedStops += session.computedStops
    if session.hasStopsInOneMinute { stopsInOneMinute += 1 }
    for minutes in session.durations { durations[Int(minutes)] += 1 }
  }

  /// Lengths at which invented times heap, and why each is looked at.
  public static let watched: [(minutes: Int, why: String)] = [
    (5, "round"), (15, "round, last minute of a push"), (16, "first minute of an infusion"),
    (30, "round"), (31, "first minute of a hydration hour"), (60, "round"),
    (90, "round, last minute before a further hour"), (91, "first minute of a further hour"),
    (120, "round"),
  ]

  /// How many infusions lasted exactly `minutes`, and how many the minutes around it lead to expect:
  /// the mean of the four minutes on each side that are not watched themselves.
  public func heap(at minutes: Int) -> (found: Int, expected: Double) {
    let watched = Set(IntegrityCounts.watched.map(\.minutes))
    let around = ((minutes - 4)...(minutes + 4)).filter {
      (0...240).contains($0) && !watched.contains($0)
    }
    let total = around.reduce(0) { $0 + durations[$1] }
    return (durations[minutes], around.isEmpty ? 0 : Double(total) / Double(around.count))
  }
}

extension IntegrityCounts {
  /// One count with its share of what it is a part of.
  public struct Line: Sendable, Hashable {
    public let label: String
    public let value: String
    /// Whether it is a part of the line before.
    public let isPart: Bool
  }

  /// The counts in the order in which every page shows them.
  public var lines: [Line] {
    [
      Line(label: "Sessions", value: String(sessions), isPart: false),
      Line(label: "Facts of administrations", value: String(facts), isPart: false),
      Line(
        label: "written more than \(RecordLimits.lateEntry) min later",
        value: share(lateEntries, of: facts), isPart: true),
      Line(label: "Corrections", value: String(corrections), isPart: false),
      Line(label: "Stops", value: String(stops + stopsNotObserved), isPart: false),
      Line(
        label: "not observed", value: share(stopsNotObserved, of: stops + stopsNotObserved),
        isPart: true),
      Line(
        label: "computed from rate and volume",
        value: share(computedStops, of: stops + stopsNotObserved), isPart: true),
      Line(
        label: "Sessions with \(RecordLimits.stopsInOneMinute) stops or more in one minute",
        value: String(stopsInOneMinute), isPart: false),
    ]
  }

  /// Infusions by their recorded minutes, five to a bin, to the last that is not empty.
  public var bins: [(from: Int, to: Int, count: Int)] {
    let all = stride(from: 0, through: 240, by: 5).map { from in
      (
        from: from, to: from + 4, count: durations[from..<min(from + 5, 241)].reduce(0, +)
      )
    }
    guard let last = all.lastIndex(where: { $0.count > 0 }) else { return [] }
    return Array(all[...last])
  }

  /// Infusions of more than 240 minutes.
  public var longer: Int { durations[241] }

  /// The expected number at a watched length, to a tenth: `3.4`.
  public func expectedText(at minutes: Int) -> String { tenths(heap(at: minutes).expected) }

  private func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "0" : "\(part) (\(tenths(Double(part) * 100 / Double(whole))) %)"
  }

  private func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

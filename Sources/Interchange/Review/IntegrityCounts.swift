import InfusionRecord
internal import TimelineEngine

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
  public private(set) var computedStops = 0
  /// Sessions in which five stops or more were written within one minute.
  public private(set) var stopsInOneMinute = 0
  /// Stopped infusions by their recorded minutes, 0 to 240; the last holds the longer ones.
  public private(set) var durations = [Int](repeating: 0, count: 242)

  public init() {}

  mutating func add(_ session: SessionExport) {
    sessions += 1
    for entry in session.log.entries {
      corrections += entry.amendments.count
      guard entry.original.fact.administration != nil else { continue }
      facts += 1
      let delay = entry.original.recordedTime.instant - entry.original.clinicalTime
      if delay > Int64(RecordLimits.lateEntry) * 60 || entry.original.basis == .lateEntry {
        lateEntries += 1
      }
    }
    for source in session.recorded.administrations {
      switch source.progress {
      case .stopNotObserved: stopsNotObserved += 1
      case .stopped:
        stops += 1
        if source.stopBasis == .computedFromRateAndVolume { computedStops += 1 }
      case .running, .paused: break
      }
      guard source.facts.technique == .infusion, let stop = source.stop else { continue }
      var seconds = stop - source.start
      for pause in source.pauses { seconds -= (pause.stop ?? stop) - pause.start }
      durations[min(241, max(0, Int(seconds / 60)))] += 1
    }
    if session.recorded.issues.contains(where: { $0.kind == .stopsInOneMinute }) {
      stopsInOneMinute += 1
    }
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

import InfusionRecord
import TimelineEngine

/// How the times of one session were charted: what `IntegrityCounts` adds up.
///
/// Each row of a day keeps one, so that a session that changed is counted again without reading the
/// others.
struct SessionCharting: Sendable, Hashable {
  /// Facts about administrations, without drugs of paper records.
  private(set) var facts = 0
  /// Drugs of paper records. They have no clock times, so none is late, a stop or a length.
  private(set) var paperDrugs = 0
  private(set) var lateEntries = 0
  private(set) var corrections = 0
  private(set) var stops = 0
  private(set) var stopsNotObserved = 0
  private(set) var computedStops = 0
  /// Whether five stops or more were written within one minute.
  private(set) var hasStopsInOneMinute = false
  /// Recorded minutes of the stopped infusions; 241 stands for every longer one.
  private(set) var durations: [UInt8] = []

  init(_ session: DerivedSession, issues: [Issue]) {
    for entry in session.log.entries {
      corrections += entry.amendments.count
      guard entry.original.fact.administration != nil,
        !(entry.original.fact.beginning?.isWithoutClock ?? false)
      else { continue }
      facts += 1
      let presumed = TimeBasis.presumed(
        for: entry.original.clinicalTime, writtenAt: entry.original.recordedTime.instant)
      if presumed == .lateEntry || entry.original.basis == .lateEntry { lateEntries += 1 }
    }
    for source in session.recorded.administrations {
      if source.statedMinutes != nil {
        paperDrugs += 1
        continue
      }
      switch source.progress {
      case .stopNotObserved: stopsNotObserved += 1
      case .stopped:
        stops += 1
        switch source.stopBasis {
        case .computedFromRateAndVolume: computedStops += 1
        // When it was last seen running is known, and when it ended is not.
        case .lastSeenRunning:
          stops -= 1
          stopsNotObserved += 1
        default: break
        }
      case .running, .paused: break
      }
      guard source.facts.technique == .infusion, let stop = source.stop else { continue }
      let seconds = source.runningSeconds(asOf: stop)
      durations.append(UInt8(min(241, max(0, seconds / 60))))
    }
    computedStops += session.statement.findings.count { $0.id == .computedStop }
    hasStopsInOneMinute = issues.contains { $0.kind == .stopsInOneMinute }
  }
}

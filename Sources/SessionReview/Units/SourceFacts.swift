package import InfusionRecord

/// What the record says of several administrations taken together.
package struct SourceFacts {
  package private(set) var start: Instant?
  package private(set) var startBasis: TimeBasis?
  package private(set) var stop: Instant?
  package private(set) var stopBasis: TimeBasis?
  package private(set) var recordedBy: [String] = []
  package private(set) var corrections: [String] = []
  package private(set) var isCorrected = false
  /// Whether each has one moment and no end that could be charted.
  package let areMoments: Bool

  package init(_ sources: [RecordedAdministration]) {
    areMoments = sources.allSatisfy(\.isMoment)
    var hasOpenEnd = false
    for source in sources {
      // A paper record without clock times has a day and no times.
      if source.statedMinutes == nil { hasOpenEnd = takeTimes(of: source) || hasOpenEnd }
      for entry in source.entries {
        recordedBy.append(entry.original.actor)
        for amendment in entry.amendments {
          isCorrected = true
          recordedBy.append(amendment.actor)
          if let reason = amendment.reason { corrections.append(reason) }
        }
      }
    }
    if hasOpenEnd {
      stop = nil
      stopBasis = sources.compactMap { $0.stop == nil ? $0.stopBasis : nil }.first
    }
    recordedBy = recordedBy.uniqued
    corrections = corrections.uniqued
  }

  /// Who charted an administration: the authors of its facts, without those who noted or corrected.
  package static func charters(of source: RecordedAdministration) -> [String] {
    let observations: Set<Fact.Kind> = [.noteAdded, .reactionRecorded, .drugAccounted]
    return source.entries.filter { !observations.contains($0.original.fact.kind) }
      .map(\.original.actor).uniqued
  }

  /// Widens the times by those of an administration; returns whether its end is open. The moment of an injection
  /// is its start and no stop.
  private mutating func takeTimes(of source: RecordedAdministration) -> Bool {
    if start.map({ source.start < $0 }) ?? true {
      start = source.start
      startBasis = source.startBasis
    }
    if source.isMoment { return false }
    guard let end = source.stop else { return true }
    if stop.map({ $0 < end }) ?? true {
      stop = end
      stopBasis = source.stopBasis
    }
    return false
  }
}

import InfusionRecord

/// When the uncharged minutes of an administration ran, and beside which other administration.
///
/// It is asked only about minutes that are not charged, so sessions without overlaps pay nothing for
/// it. The stretches of drugs are collected once for a session.
struct UnchargedPlaces {
  /// A stretch of another administration.
  private struct Other {
    let row: Int32
    let interval: Interval
  }

  /// The stretches of drugs by catheter and start, each with the latest end on its catheter up to it.
  private struct Drugs {
    let stretches: [HydrationMinutes.DrugStretch]
    private var latestEnds: [Instant] = []

    init(_ stretches: [HydrationMinutes.DrugStretch]) {
      self.stretches = stretches
      latestEnds.reserveCapacity(stretches.count)
      for index in stretches.indices {
        let end = stretches[index].interval.end
        let isFirst = index == 0 || stretches[index - 1].place != stretches[index].place
        latestEnds.append(isFirst ? end : max(latestEnds[index - 1], end))
      }
    }

    /// The stretches on a catheter that overlap a span, by start.
    func overlapping(_ span: Interval, at place: HydrationMinutes.Place) -> [Other] {
      var low = stretches.indices.partitioningIndex { index in
        let other = stretches[index].place
        return other > place || other == place && latestEnds[index] > span.start
      }
      var found: [Other] = []
      while low < stretches.count, stretches[low].place == place,
        stretches[low].interval.start < span.end
      {
        if stretches[low].interval.end > span.start {
          found.append(Other(row: stretches[low].row, interval: stretches[low].interval))
        }
        low += 1
      }
      return found
    }
  }

  private var drugs: Drugs?

  mutating func stretches(
    of position: Int32, _ clause: Clause, isPartlyCharged: Bool, in draft: Draft
  ) -> [UnchargedStretch] {
    // A paper record has no clock times; the stretch of its minutes is none of the clock's.
    if draft.rows[Int(position)].isWithoutClock { return [] }
    let found: [UnchargedStretch] =
      switch clause {
      case .coveredByInfusion, .concurrentOnce, .concurrentChemo:
        besideInfusions(position, isPartlyCharged: isPartlyCharged, in: draft)
      case .hydrationBesideDrug: besideDrugs(position, in: draft)
      case .hydrationOnce: besideHydration(position, in: draft)
      case .hydrationMinimum: uncountedPieces(of: position, in: draft)
      default: []
      }
    return found.isEmpty ? whole(position, in: draft) : found
  }

  /// The running stretches of a row, or its moment.
  private func whole(_ position: Int32, in draft: Draft) -> [UnchargedStretch] {
    let row = draft.rows[Int(position)]
    let running = draft.intervals[row.segments.indices]
    if running.isEmpty {
      return row.position.map { [UnchargedStretch(Interval(start: $0, end: $0))] } ?? []
    }
    return running.map { UnchargedStretch($0) }
  }

  // MARK: Infusions

  private func besideInfusions(
    _ position: Int32, isPartlyCharged: Bool, in draft: Draft
  ) -> [UnchargedStretch] {
    let row = draft.rows[Int(position)]
    let dose = draft.doses[Int(row.dose)]
    var rest: [Interval] = []
    let counted = isPartlyCharged ? draft.intervals[dose.counted.indices] : []
    for segment in draft.intervals[row.segments.indices] {
      IntervalList.subtract(counted, from: segment, into: &rest)
    }
    return attribute(rest, to: infusions(beside: position, in: draft))
  }

  /// The infusions charged by time that ran on the row's catheter and rank above its dose, highest
  /// first.
  private func infusions(beside position: Int32, in draft: Draft) -> [Other] {
    let row = draft.rows[Int(position)]
    let own = draft.doses[Int(row.dose)]
    guard let start = row.start, let end = row.end else { return [] }
    var leg = own.firstLeg
    while leg >= 0, draft.legs[Int(leg)].catheter != row.catheter {
      leg = draft.legs[Int(leg)].next
    }
    guard leg >= 0 else { return [] }
    let cluster = draft.legs[Int(leg)].cluster
    var lower = Int(leg)
    while lower > 0, draft.legs[lower - 1].cluster == cluster { lower -= 1 }
    var doses: [Int] = []
    for index in lower..<draft.legs.count {
      let other = draft.legs[index]
      guard other.cluster == cluster, other.start < end else { break }
      let dose = draft.doses[Int(other.dose)]
      if other.end > start, other.dose != row.dose, dose.timing == .byTime,
        !doses.contains(Int(other.dose)),
        SoloMinutes.outranks(dose, own, among: draft.timeline.administrations)
      {
        doses.append(Int(other.dose))
      }
    }
    doses.sort {
      SoloMinutes.outranks(
        draft.doses[$0], draft.doses[$1], among: draft.timeline.administrations)
    }
    var others: [Other] = []
    for dose in doses {
      for member in draft.doseRows[draft.doses[dose].rows.indices]
      where draft.rows[Int(member)].catheter == row.catheter {
        for segment in draft.intervals[draft.rows[Int(member)].segments.indices] {
          others.append(Other(row: member, interval: segment))
        }
      }
    }
    return others
  }

  // MARK: Hydration

  private mutating func besideDrugs(_ position: Int32, in draft: Draft) -> [UnchargedStretch] {
    let row = draft.rows[Int(position)]
    let running = Array(draft.intervals[row.segments.indices])
    let found = attribute(running, to: drugs(beside: position, in: draft))
    return found.filter { $0.beside != nil }
  }

  /// The stretches of drugs on the row's catheter, by start.
  private mutating func drugs(beside position: Int32, in draft: Draft) -> [Other] {
    let row = draft.rows[Int(position)]
    guard let start = row.start, let end = row.end else { return [] }
    let all = drugs ?? Drugs(HydrationMinutes.drugStretches(in: draft))
    drugs = all
    return all.overlapping(Interval(start: start, end: end), at: HydrationMinutes.Place(row))
  }

  /// Minutes that neither a drug took nor counted for this row: another hydration has them.
  private mutating func besideHydration(_ position: Int32, in draft: Draft) -> [UnchargedStretch] {
    let row = draft.rows[Int(position)]
    var taken = drugs(beside: position, in: draft).map(\.interval)
    var others: [Other] = []
    for piece in draft.pieces {
      if piece.row == position {
        taken.append(piece.interval)
      } else if draft.rows[Int(piece.row)].encounter == row.encounter,
        draft.rows[Int(piece.row)].codedSite == row.codedSite
      {
        others.append(Other(row: piece.row, interval: piece.interval))
      }
    }
    IntervalList.normalize(&taken, from: 0)
    var rest: [Interval] = []
    for segment in draft.intervals[row.segments.indices] {
      IntervalList.subtract(taken[...], from: segment, into: &rest)
    }
    return attribute(rest, to: others)
  }

  /// What counted for this row in groups that are too short for a unit.
  private func uncountedPieces(of position: Int32, in draft: Draft) -> [UnchargedStretch] {
    draft.pieces.lazy.filter { piece in
      piece.row == position
        && draft.groups[Int(piece.group)].minutes < draft.parameters.hydrationEntry
    }.map { UnchargedStretch($0.interval) }
  }

  // MARK: Attributing

  /// Gives each moment of `rest` to the first of the others that ran then, in the order of time.
  private func attribute(_ rest: [Interval], to others: [Other]) -> [UnchargedStretch] {
    var left = rest
    var found: [UnchargedStretch] = []
    for other in others {
      if left.isEmpty { break }
      var next: [Interval] = []
      for interval in left {
        let start = max(interval.start, other.interval.start)
        let end = min(interval.end, other.interval.end)
        guard start < end else {
          next.append(interval)
          continue
        }
        found.append(UnchargedStretch(Interval(start: start, end: end), beside: other.row))
        IntervalList.subtract([other.interval], from: interval, into: &next)
      }
      left = next
    }
    found += left.map { UnchargedStretch($0) }
    return found.sorted { $0.interval.start < $1.interval.start }
  }
}

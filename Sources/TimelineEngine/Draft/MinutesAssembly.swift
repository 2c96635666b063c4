import InfusionRecord

extension Draft {
  /// Accounts for every recorded minute: charged, or uncharged with the reason.
  func addLedger(to result: inout Statement) {
    var places = UnchargedPlaces()
    result.minutes.reserveCapacity(order.count)
    for position in order where rows[Int(position)].exists {
      let row = rows[Int(position)]
      if row.isComputed, !row.isRunning, let end = row.end {
        result.computedStops.append((position, end))
      }
      let recorded = Minutes(flooring: row.seconds)
      let (charged, isAttached) = chargedSeconds(position)
      let entry = MinutesLedger.Entry(
        administration: Int(position), recorded: recorded, charged: Minutes(flooring: charged))
      result.minutes.append(entry)
      if charged > 0, charged < row.seconds {
        result.partlyCharged += chargedStretches(position).map { (position, $0) }
      }
      addUncharged(position, entry, isAttached: isAttached, at: &places, to: &result)
    }
  }

  /// The seconds of a row inside the counted stretches of a dose with units, and whether the row
  /// supports a charge.
  private func chargedSeconds(_ position: Int32) -> (Int64, Bool) {
    let row = rows[Int(position)]
    guard row.dose >= 0, isReportable else { return (0, false) }
    let dose = doses[Int(row.dose)]
    if dose.kind == .hydration { return (row.chargedHydration, row.isHydrationCharged) }
    guard dose.unitCount > 0 else { return (0, false) }
    let isTimed =
      dose.timing == .byTime && dose.relation?.role != .shortRepeatPush
      && dose.kind != .subcutaneous
    guard isTimed, dose.countedSeconds != dose.seconds else { return (row.seconds, true) }
    let counted = intervals[dose.counted.indices]
    var seconds: Int64 = 0
    for segment in intervals[row.segments.indices] {
      seconds += IntervalList.seconds(of: segment, inside: counted)
    }
    return (seconds, true)
  }

  /// The stretches of a row whose seconds `chargedSeconds` counts, if they are not all.
  private func chargedStretches(_ position: Int32) -> [Interval] {
    let row = rows[Int(position)]
    let dose = doses[Int(row.dose)]
    let counted =
      dose.kind == .hydration ? chargedPieces(of: position) : Array(intervals[dose.counted.indices])
    var rest: [Interval] = []
    var charged: [Interval] = []
    for segment in intervals[row.segments.indices] {
      rest.removeAll(keepingCapacity: true)
      IntervalList.subtract(counted[...], from: segment, into: &rest)
      IntervalList.subtract(rest[...], from: segment, into: &charged)
    }
    return charged
  }

  /// The counted pieces of a row and of its dose, in groups of hydration with units.
  private func chargedPieces(of position: Int32) -> [Interval] {
    IntervalList.union(
      pieces.lazy.filter { piece in
        groups[Int(piece.group)].minutes >= parameters.hydrationEntry
          && (piece.row == position || rowsBeside(piece).contains { $0.row == position })
      }.map(\.interval))
  }

  private func addUncharged(
    _ position: Int32, _ entry: MinutesLedger.Entry, isAttached: Bool,
    at places: inout UnchargedPlaces, to result: inout Statement
  ) {
    let row = rows[Int(position)]
    let total = entry.uncharged.count
    func add(_ clause: Clause, _ minutes: Int) {
      var part = Uncharged(
        administration: Int(position), minutes: Minutes(minutes), clause: clause)
      part.stretches.start = Int32(result.stretches.count)
      result.stretches += places.stretches(
        of: position, clause, isPartlyCharged: isAttached, in: self)
      part.stretches.count = Int32(result.stretches.count) - part.stretches.start
      result.uncharged.append(part)
    }
    guard isReportable else { return add(.facilityPlaceOfService, total) }
    if let exclusion = row.exclusion { return add(exclusion, total) }
    guard row.dose >= 0, row.section != .outside else { return add(.notThisFamily, total) }
    let dose = doses[Int(row.dose)]
    if dose.kind == .hydration {
      var left = total
      let byDrug = min(left, Int(row.besideDrug / 60))
      if byDrug > 0 { add(.hydrationBesideDrug, byDrug) }
      left -= byDrug
      let byHydration = min(left, Int(row.besideHydration / 60))
      if byHydration > 0 { add(.hydrationOnce, byHydration) }
      left -= byHydration
      if isAttached {
        let short = row.seconds - row.besideDrug - row.besideHydration - row.chargedHydration
        let byMinimum = min(left, max(0, Int(short / 60)))
        if byMinimum > 0 { add(.hydrationMinimum, byMinimum) }
        left -= byMinimum
        // A minute that flooring leaves over belongs to the drug if there is one.
        if left > 0 { add(row.besideDrug > 0 ? .hydrationBesideDrug : .hydrationMinimum, left) }
      } else if left > 0 || total == 0 || byDrug + byHydration == 0 {
        add(row.isDocumented ? .hydrationMinimum : .hydrationMissingTime, left)
      }
      return
    }
    if isAttached {
      if total > 0 { add(.coveredByInfusion, total) }
      return
    }
    add(dose.clause ?? defaultClause(dose), total)
  }

  private func defaultClause(_ dose: Dose) -> Clause {
    switch dose.technique {
    case .pumpDisconnect: .pumpDisconnect
    case .oral: .notThisFamily
    default: dose.timing == .byTime ? .furtherHourMinimum : .notThisFamily
    }
  }
}

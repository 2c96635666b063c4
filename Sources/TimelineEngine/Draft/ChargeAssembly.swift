import InfusionRecord

// A draft becomes a statement: its units are added up into charges, and every minute is accounted for.

extension Draft {
  mutating func statement(rulebook: String) -> Statement {
    var result = Statement(
      timeline: timeline, rulebook: rulebook, policy: policy, editTables: editTables, asOf: asOf)
    result.firstEncounter = encounterRows.first ?? 0
    if encounterRows.count > 1 { result.encounters = encounterRows.map { $0 } }
    let runs = markProvisional()
    addCharges(to: &result)
    addLedger(to: &result)
    addDrugs(to: &result)
    // A copy, because sharing would make the draft allocate its list again for the next session.
    if !findings.isEmpty { result.findings = findings.map { $0 } }
    result.conflicts = conflicts
    result.status = overallStatus(isRunning: runs)
    return result
  }

  /// Marks the units that a running dose of their encounter can still change; returns whether any dose
  /// runs.
  private mutating func markProvisional() -> Bool {
    var isAnyRunning = false
    var runningEncounters: [Bool] = []
    for index in doses.indices where doses[index].isRunning && doses[index].rows.count > 0 {
      switch doses[index].kind {
      case .infusion, .push, .pending, .held, .hydration, .subcutaneous: break
      default: continue
      }
      if runningEncounters.isEmpty {
        runningEncounters = Array(repeating: false, count: max(1, encounterRows.count))
      }
      isAnyRunning = true
      runningEncounters[Int(doses[index].encounter)] = true
    }
    guard isAnyRunning else { return false }
    for index in units.indices
    where units[index].status == .final && !units[index].isSettled
      && (runningEncounters[Int(units[index].encounter)] || units[index].code == .deviceFlush)
    {
      units[index].status = .provisional
    }
    return true
  }

  private func overallStatus(isRunning: Bool) -> Statement.Status {
    if isRunning { return .provisional }
    if doses.indices.contains(where: { isHeld($0) }) { return .held }
    // What an unknown drug comes to is open, so the session is not final.
    if rows.indices.contains(where: { rows[$0].isUnclassified }) { return .held }
    var worst = drugStatus
    if worst == .held { return .held }
    for index in units.indices { worst = max(worst, units[index].status) }
    if worst < .review, doses.indices.contains(where: { isUnchargedByDispute($0) }) {
      worst = .review
    }
    if worst < .review, rows.indices.contains(where: { rows[$0].isPlaceUnknown }) {
      worst = .review
    }
    // A session with an error in its record is never final.
    if worst < .review, findings.contains(where: { $0.severity == .error }) { worst = .review }
    return worst
  }

  private func isHeld(_ dose: Int) -> Bool {
    switch doses[dose].clause {
    case .held, .pumpClass: true
    default: doses[dose].kind == .held
    }
  }

  /// Whether a dose has no units by a rule on which sources disagree.
  private func isUnchargedByDispute(_ dose: Int) -> Bool {
    switch doses[dose].clause {
    case .concurrentChemo, .repeatShortInfusion: true
    default: false
    }
  }

  // MARK: Charges

  private mutating func addCharges(to result: inout Statement) {
    if units.count > 1 {
      var list: [UnitLine] = []
      swap(&list, &units)
      let lines = LineOrder(self)
      sortInPlace(&list) { lines.comesFirst($0, $1) }
      swap(&list, &units)
    }
    result.charges.reserveCapacity(units.count)
    result.attached.reserveCapacity(units.count * 2)
    result.reasons.reserveCapacity(units.count * 3)
    result.parts.reserveCapacity(units.count)
    result.clock.reserveCapacity(units.count * 2)
    var lower = 0
    while lower < units.count {
      var upper = lower + 1
      while upper < units.count, isSameCharge(units[lower], units[upper]) { upper += 1 }
      addCharge(lower..<upper, to: &result)
      lower = upper
    }
  }

  private func isSameCharge(_ left: UnitLine, _ right: UnitLine) -> Bool {
    left.code == right.code && left.date == right.date && left.encounter == right.encounter
      && left.site == right.site && left.modifiers == right.modifiers
  }

  private func addCharge(_ lines: Range<Int>, to result: inout Statement) {
    let first = units[lines.lowerBound]
    var charge = Charge(
      code: first.code, units: 0, modifiers: first.modifiers, serviceDate: first.date,
      site: first.site, encounter: first.encounter, status: .final, minutes: 0)
    charge.attached.start = Int32(result.attached.count)
    charge.reasons.start = Int32(result.reasons.count)
    charge.parts.start = Int32(result.parts.count)
    var lastSource: (dose: Int32, group: Int32) = (-2, -2)
    for index in lines {
      let line = units[index]
      charge.units += 1
      charge.status = max(charge.status, line.status)
      guard (line.dose, line.group) != lastSource else {
        result.parts[result.parts.count - 1].add(line)
        continue
      }
      lastSource = (line.dose, line.group)
      charge.minutes = charge.minutes + Minutes(Int(line.minutes))
      var part = ChargePart(line)
      part.attached.start = Int32(result.attached.count)
      part.reasons.start = Int32(result.reasons.count)
      result.reasons.append(line.why)
      addSupport(of: line, to: &result)
      if let form = line.modifierWhy {
        let rule: Rule.ID =
          switch form {
          case .modifierInjection, .modifierInjectionOther: .injection
          case .modifierPair: .codePairs
          default: .secondInitial
          }
        result.reasons.append(Reason(rule, form, administration: line.row(in: self) ?? -1))
      }
      part.attached.count = Int32(result.attached.count) - part.attached.start
      part.reasons.count = Int32(result.reasons.count) - part.reasons.start
      result.parts.append(part)
    }
    charge.parts.count = Int32(result.parts.count) - charge.parts.start
    charge.attached.count = Int32(result.attached.count) - charge.attached.start
    charge.reasons.count = Int32(result.reasons.count) - charge.reasons.start
    result.charges.append(charge)
  }

  /// Adds the administrations that support a unit, and the reasons that its minutes and class give.
  private func addSupport(of line: UnitLine, to result: inout Statement) {
    let partStart = result.attached.count
    if line.group >= 0 {
      let group = groups[Int(line.group)]
      for piece in pieces[group.pieces.indices] {
        attach(piece.row, from: partStart, to: &result)
        for (row, _) in rowsBeside(piece)
        where !result.attached[partStart...].contains(row) {
          attach(row, from: partStart, to: &result)
        }
      }
      var reason = Reason(
        .hydrationMinutes, countedForm(of: group), administration: group.firstRow, group.minutes)
      reason.clock = copyClock(group.counted, to: &result)
      result.reasons.append(reason)
      addBases(of: pieces[group.pieces.indices].map(\.dose), row: group.firstRow, to: &result)
      return
    }
    let dose = doses[Int(line.dose)]
    attachDose(line, from: partStart, to: &result)
    let row = dose.firstRow
    switch dose.kind {
    case .infusion where dose.timing == .byTime:
      var form = dose.isIntended ? abortedForm : .counted
      if joined.contains(where: { $0.dose == line.dose }) { form = .countedTogether }
      var reason = Reason(
        dose.countedSeconds == dose.seconds ? .countedMinutes : .soloMinutes, form,
        administration: row, dose.countedMinutes)
      reason.clock = copyClock(dose.counted, to: &result)
      result.reasons.append(reason)
    case .subcutaneous:
      // The minutes of the drug, on all its sites.
      var reason = Reason(.countedMinutes, .counted, administration: row, Int(line.minutes))
      reason.clock = copyClock(line.counted, to: &result)
      result.reasons.append(reason)
    case .push:
      let form: Reason.Form =
        dose.isForMissingTime
        ? .pushForMissingTime
        : dose.technique == .push ? .pushCharted : .pushByTime
      var reason = Reason(
        dose.isForMissingTime ? .missingTimes : .pushOrInfusion, form, administration: row,
        dose.minutes)
      reason.clock = copyClock(dose.segments, to: &result)
      result.reasons.append(reason)
    default: break
    }
    if dose.drugClass == .complexBiologic {
      result.reasons.append(
        Reason(
          .drugClass, dose.isChemo ? .biologicAsChemo : .biologicAsDrug, administration: row))
    }
    if dose.isComputed {
      result.reasons.append(Reason(.missingTimes, .computedStop, administration: row))
    }
    if dose.isSeenRunning || dose.isSeenInPause || dose.isWithoutClock {
      addBases(of: [line.dose], row: row, to: &result)
    }
  }

  /// What lies between the stretches of a group of hydration on its catheters, which decides the source of their sum.
  private func countedForm(of group: HydrationGroup) -> Reason.Form {
    let stretches = intervals[group.counted.indices]
    guard stretches.count > 1 else { return .counted }
    let gaps = zip(stretches, stretches.dropFirst()).map {
      Interval(start: $0.end, end: $1.start)
    }[...]
    let catheters = pieces[group.pieces.indices].map(\.catheter)
    func isBetween(_ dose: Dose) -> Bool {
      dose.encounter == group.encounter && dose.section > .hydration
        && doseRows[dose.rows.indices].contains { catheters.contains(rows[Int($0)].catheter) }
        && intervals[dose.segments.indices].contains {
          IntervalList.seconds(of: $0, inside: gaps) > 0
        }
    }
    let between = doses.filter(isBetween)
    if between.contains(where: { $0.kind == .infusion }) { return .aroundInfusion }
    if between.contains(where: { $0.kind == .push }) { return .aroundPush }
    let dose = pieces[group.pieces.indices].first?.dose
    return pieces[group.pieces.indices].allSatisfy { $0.dose == dose } ? .counted : .apart
  }

  /// Adds how minutes are known that the clock did not give.
  private func addBases(of list: [Int32], row: Int32, to result: inout Statement) {
    if list.contains(where: { doses[Int($0)].isSeenRunning }) {
      result.reasons.append(Reason(.missingTimes, .lastSeenRunning, administration: row))
    }
    if list.contains(where: { doses[Int($0)].isSeenInPause }) {
      result.reasons.append(Reason(.missingTimes, .lastSeenInPause, administration: row))
    }
    if list.contains(where: { doses[Int($0)].isWithoutClock }) {
      result.reasons.append(Reason(.statedMinutes, .withoutClock, administration: row))
    }
  }

  private var abortedForm: Reason.Form {
    policy.abortedInfusion == .intendedDiscontinued ? .abortedDiscontinued : .aborted
  }

  private func attachDose(_ line: UnitLine, from partStart: Int, to result: inout Statement) {
    let dose = doses[Int(line.dose)]
    if dose.kind == .subcutaneous {
      for other in doses
      where other.kind == .subcutaneous && other.infusate == dose.infusate
        && other.encounter == dose.encounter
      {
        for row in doseRows[other.rows.indices] { attach(row, from: partStart, to: &result) }
      }
      return
    }
    for index in dose.rows.indices { attach(doseRows[index], from: partStart, to: &result) }
  }

  /// Adds a row unless it is the last one added to the part, whose rows begin at `partStart`.
  private func attach(_ row: Int32, from partStart: Int, to result: inout Statement) {
    guard result.attached.count == partStart || result.attached.last != row else { return }
    result.attached.append(row)
  }

  private func copyClock(_ run: Run, to result: inout Statement) -> Run {
    let start = Int32(result.clock.count)
    for index in run.indices where intervals[index].start < StatedMinutes.beyond {
      result.clock.append(intervals[index])
    }
    return Run(start: start, count: Int32(result.clock.count) - start)
  }
}

import InfusionRecord

/// Units before they are added up into charges.
struct UnitLine {
  var code: Code
  var units: Int32
  var date: CivilDate?
  var encounter: Int32
  var site: Int32
  var modifiers = Modifiers()
  var hasSiteModifier = false
  var isSecondEncounter = false
  var status = Statement.Status.final
  /// Nothing that still runs can change it.
  var isSettled = false
  var dose: Int32 = -1
  var group: Int32 = -1
  var minutes: Int32 = 0
  var why: Reason

  /// The administration that stands for the line.
  func row(in draft: Draft) -> Int32? {
    if dose >= 0 { return draft.doses[Int(dose)].firstRow }
    if group >= 0 { return draft.groups[Int(group)].firstRow }
    return nil
  }
}

extension Draft {
  /// Adds one unit of a dose.
  mutating func emit(
    _ code: Code, dose index: Int, date: CivilDate?, why: Reason, isDisputed: Bool = false,
    isSettled: Bool = false
  ) {
    let dose = doses[index]
    var line = UnitLine(
      code: code, units: 1, date: date, encounter: dose.encounter, site: dose.site, why: why)
    line.dose = Int32(index)
    line.isSettled = isSettled
    if dose.timing == .byTime {
      line.minutes = Int32(dose.countedMinutes)
    } else {
      line.minutes = Int32(clamping: dose.minutes)
    }
    if isDisputed || dose.isDisputed { line.status = .review }
    if dose.isMissingFact { line.status = .held }
    if code.kind == .initial, dose.relation?.role == .initial,
      let initial = initials.first(where: { $0.dose == Int32(index) })
    {
      line.modifiers = SecondInitial.modifiers(of: initial, in: self)
      line.hasSiteModifier = !line.modifiers.isEmpty
    }
    doses[index].unitCount += 1
    append(line)
  }

  mutating func append(_ line: UnitLine) {
    units.append(line)
  }
}

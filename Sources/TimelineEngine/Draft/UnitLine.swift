import InfusionRecord

/// One unit, before units are added up into charges.
struct UnitLine {
  var code: Code
  var encounter: Int32
  var site: Int32
  /// When the service began.
  var start: Instant?
  /// The hour of `counted` that the unit stands for; 0 is the first block.
  var hour: Int32 = 0
  /// The counted stretches of a timed service; empty for a service that is not counted by time.
  var counted = Run()
  var countedSeconds: Int64 = 0
  /// `DateOfService` sets it.
  var date: CivilDate?
  var modifiers = Modifiers()
  /// Why it has the modifier of a further site, encounter or injection; nil if it has none.
  var modifierWhy: Reason.Form?
  var status = Statement.Status.final
  /// Nothing that still runs can change it.
  var isSettled = false
  /// The dose; -1 for hydration.
  var dose: Int32 = -1
  /// The hydration group; -1 for a dose.
  var group: Int32 = -1
  var minutes: Int32 = 0
  var why: Reason

  init(_ code: Code, encounter: Int32, site: Int32, start: Instant?, why: Reason) {
    self.code = code
    self.encounter = encounter
    self.site = site
    self.start = start
    self.why = why
  }

  /// The administration that stands for the unit.
  func row(in draft: Draft) -> Int32? {
    if dose >= 0 { return draft.doses[Int(dose)].firstRow }
    if group >= 0 { return draft.groups[Int(group)].firstRow }
    return nil
  }
}

extension Draft {
  /// Adds one unit of a dose.
  ///
  /// - Parameter hour: the counted hour it stands for; nil for a service that is not counted by time.
  mutating func emit(
    _ code: Code, dose index: Int, hour: Int? = nil, why: Reason, isDisputed: Bool = false,
    isSettled: Bool = false
  ) {
    let dose = doses[index]
    var line = UnitLine(
      code, encounter: dose.encounter, site: dose.site, start: dose.start, why: why)
    line.dose = Int32(index)
    line.isSettled = isSettled
    if let hour {
      line.hour = Int32(hour)
      line.counted = dose.counted
      line.countedSeconds = dose.countedSeconds
    }
    line.minutes = Int32(
      clamping: dose.timing == .byTime ? dose.countedMinutes : dose.minutes)
    if isDisputed || dose.isDisputed { line.status = .review }
    if dose.isMissingFact { line.status = .held }
    if code.kind == .initial, dose.relation?.role == .initial,
      let initial = initials.first(where: { $0.dose == Int32(index) })
    {
      line.modifiers = SecondInitial.modifiers(of: initial, in: self)
      line.modifierWhy = line.modifiers.isEmpty ? nil : initial.laterThan
    }
    doses[index].unitCount += 1
    units.append(line)
  }
}

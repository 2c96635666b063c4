import InfusionRecord

/// A pump refill, an on-body injector and, as the sole service of its day, a flush of the access
/// device are one unit each: 96521, 96522, 96377, 96523.
///
/// Access, flush and supplies beside any other service are part of it and not charged.
enum DeviceService {
  static let rule = Rule(
    .deviceService,
    claim: """
      A pump refill, an on-body injector and, as the sole service of its day, a flush of the \
      access device are one unit each: 96521, 96522, 96377, 96523.
      """,
    sections: ["R15", "R23", "D36"],
    citations: [.transmittal902, .palmettoA53778, .selectHealth09])

  static func charge(_ draft: inout Draft) {
    for index in draft.doses.indices where draft.doses[index].kind == .device {
      let dose = draft.doses[index]
      let service: (code: Code, form: Reason.Form)? =
        switch dose.technique {
        case .onBodyInjector: (.onBodyInjector, .onBody)
        case .pumpRefill: (.pumpRefill, .refill)
        case .implantedPumpRefill: (.implantedPumpRefill, .refill)
        default: nil
        }
      guard let service else { continue }
      draft.emit(
        service.code, dose: index, date: draft.date(dose.start ?? dose.end),
        why: Reason(.deviceService, service.form, administration: dose.firstRow),
        isSettled: true)
    }
  }

  /// Charges a flush where nothing else falls on its date; at most one a date.
  static func chargeFlush(_ draft: inout Draft) {
    var flushes: [Int32] = []
    for index in draft.doses.indices
    where draft.doses[index].kind == .device && draft.doses[index].technique == .flush {
      flushes.append(Int32(index))
    }
    guard !flushes.isEmpty else { return }
    sortInPlace(&flushes) { draft.startsBefore($0, $1) }
    var dates = Set(draft.units.map(\.date))
    for index in flushes {
      let dose = draft.doses[Int(index)]
      let date = draft.date(dose.start ?? dose.end)
      guard dates.insert(date).inserted else {
        draft.doses[Int(index)].clause = .flushNotSole
        draft.find(.flushNotSole, dose.firstRow)
        continue
      }
      draft.emit(
        .deviceFlush, dose: Int(index), date: date,
        why: Reason(.deviceService, .flush, administration: dose.firstRow))
    }
  }
}
